#include "base/clock.h"
#include "store/login.h"
#include "store/statement.h"
#include "store/user_row.h"

enum err challenge_add(struct store *store, const char *token_hash, const char *user_id,
                       int64_t expires_at)
{
	bool own;
	enum err err = store_join(store, &own);

	if (err != OK)
		return err;
	err = statement_run(store, "DELETE FROM login_challenges WHERE expires_at <= $1",
	                    VALUES(val_int(clock_now_ms())));
	if (err == OK)
		err = statement_run(
		        store,
		        "INSERT INTO login_challenges (token_hash, user_id, expires_at)"
		        " VALUES ($1, $2, $3)",
		        VALUES(val_text(token_hash), val_text(user_id), val_int(expires_at)));
	return store_leave(store, own, err);
}

enum err challenge_user(struct store *store, struct arena *arena, const char *token_hash,
                        struct user *ret_user)
{
	return user_find(
	        store, arena,
	        "SELECT " USER_COLUMNS " FROM login_challenges c JOIN users u ON u.id = c.user_id"
	        " WHERE c.token_hash = $1 AND c.tries < $2 AND c.expires_at > $3"
	        " AND u.disabled_at IS NULL",
	        VALUES(val_text(token_hash), val_int(CHALLENGE_TRIES), val_int(clock_now_ms())),
	        ret_user);
}

enum err challenge_try(struct store *store, const char *token_hash)
{
	return statement_change(
	        store,
	        "UPDATE login_challenges SET tries = tries + 1"
	        " WHERE token_hash = $1 AND tries < $2 AND expires_at > $3",
	        VALUES(val_text(token_hash), val_int(CHALLENGE_TRIES), val_int(clock_now_ms())));
}

enum err challenge_delete(struct store *store, const char *token_hash)
{
	return statement_run(store, "DELETE FROM login_challenges WHERE token_hash = $1",
	                     VALUES(val_text(token_hash)));
}
