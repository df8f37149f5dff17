#include "base/clock.h"
#include "store/login.h"
#include "store/statement.h"
#include "store/token.h"
#include "store/user_row.h"

enum err reset_issue(struct store *store, const struct password_reset *reset)
{
	bool own;
	enum err err = store_join(store, &own);

	if (err != OK)
		return err;
	err = statement_run(store, "DELETE FROM password_resets WHERE user_id = $1",
	                    VALUES(val_text(reset->user_id)));
	if (err == OK)
		err = statement_run(
		        store,
		        "INSERT INTO password_resets (code_hash, user_id, issued_by, created_at,"
		        " expires_at, drops_factor) VALUES ($1, $2, $3, $4, $5, $6)",
		        VALUES(val_text(reset->code_hash), val_text(reset->user_id),
		               val_text(reset->issued_by), val_int(clock_now_ms()),
		               val_int(reset->expires_at), val_int(reset->drops_factor)));
	return store_leave(store, own, err);
}

enum err reset_user(struct store *store, struct arena *arena, const char *code_hash,
                    struct user *ret_user)
{
	return user_find(store, arena,
	                 "SELECT " USER_COLUMNS
	                 " FROM password_resets r JOIN users u ON u.id = r.user_id"
	                 " WHERE r.code_hash = $1 AND r.used_at IS NULL AND r.expires_at > $2"
	                 " AND u.disabled_at IS NULL",
	                 VALUES(val_text(code_hash), val_int(clock_now_ms())), ret_user);
}

static enum err read_drops_factor(struct store *store, const char *code_hash, bool *ret_drops)
{
	return statement_bool(store,
	                      "SELECT drops_factor FROM password_resets WHERE code_hash = $1",
	                      VALUES(val_text(code_hash)), ret_drops);
}

static enum err use(struct store *store, struct arena *arena, const char *code_hash,
                    const char *password_hash)
{
	bool drops_factor = false;
	struct user user;
	enum err err = reset_user(store, arena, code_hash, &user);

	if (err == OK)
		err = read_drops_factor(store, code_hash, &drops_factor);
	if (err == OK)
		err = statement_run(store,
		                    "UPDATE password_resets SET used_at = $1 WHERE code_hash = $2",
		                    VALUES(val_int(clock_now_ms()), val_text(code_hash)));
	if (err == OK)
		err = user_save_password(store, user.id, password_hash);
	if (err == OK && drops_factor)
		err = totp_disable(store, user.id);
	if (err == OK)
		err = personal_token_delete_all(store, user.id);
	return err == OK ? user_end_log_ins(store, user.id, NULL) : err;
}

enum err reset_use(struct store *store, struct arena *arena, const char *code_hash,
                   const char *password_hash)
{
	bool own;
	enum err err = store_join(store, &own);

	if (err != OK)
		return err;
	err = use(store, arena, code_hash, password_hash);
	return store_leave(store, own, err);
}
