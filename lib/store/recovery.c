#include <string.h>

#include "base/clock.h"
#include "store/login.h"
#include "store/statement.h"

static enum err add_codes(struct store *store, const char *user_id,
                          const struct recovery_codes *codes)
{
	enum err err = statement_run(store, "DELETE FROM recovery_codes WHERE user_id = $1",
	                             VALUES(val_text(user_id)));

	for (size_t i = 0; i < codes->count && err == OK; i++)
		err = statement_run(
		        store, "INSERT INTO recovery_codes (user_id, code_hash) VALUES ($1, $2)",
		        VALUES(val_text(user_id), val_text(codes->hashes[i])));
	return err;
}

enum err recovery_set(struct store *store, struct arena *arena, const char *user_id,
                      const char **ret_set)
{
	return statement_text(store, arena,
	                      "SELECT coalesce(min(code_hash), '') FROM recovery_codes"
	                      " WHERE user_id = $1",
	                      VALUES(val_text(user_id)), ret_set);
}

static enum err check_set(struct store *store, const char *user_id, const char *expected)
{
	struct arena *scratch = arena_create();
	const char *set = "";
	enum err err = recovery_set(store, scratch, user_id, &set);

	if (err == OK && strcmp(set, expected) != 0)
		err = ERR_CONFLICT;
	arena_destroy(scratch);
	return err;
}

enum err recovery_replace(struct store *store, const char *user_id,
                          const struct recovery_codes *codes)
{
	struct statement *statement;
	bool own;
	enum err err = store_join(store, &own);

	if (err != OK)
		return err;
	err = statement_first(store,
	                      "SELECT 1 FROM users WHERE id = $1 AND totp_secret IS NOT NULL",
	                      VALUES(val_text(user_id)), &statement);
	if (err == OK)
		err = statement_close(statement);
	else if (err == ERR_NOT_FOUND)
		err = ERR_CONFLICT;
	if (err == OK && codes->replaces != NULL)
		err = check_set(store, user_id, codes->replaces);
	if (err == OK)
		err = add_codes(store, user_id, codes);
	return store_leave(store, own, err);
}

enum err recovery_use(struct store *store, const char *user_id, const char *code_hash)
{
	const enum err err = statement_change(
	        store,
	        "UPDATE recovery_codes SET used_at = $1"
	        " WHERE user_id = $2 AND code_hash = $3 AND used_at IS NULL",
	        VALUES(val_int(clock_now_ms()), val_text(user_id), val_text(code_hash)));

	return err == ERR_NOT_FOUND ? ERR_LOGIN : err;
}

enum err recovery_left(struct store *store, const char *user_id, int *ret_left)
{
	return statement_int(store,
	                     "SELECT count(*) FROM recovery_codes"
	                     " WHERE user_id = $1 AND used_at IS NULL",
	                     VALUES(val_text(user_id)), ret_left);
}
