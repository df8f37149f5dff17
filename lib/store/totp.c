#include "store/login.h"
#include "store/statement.h"

enum err totp_enable(struct store *store, const struct user *user,
                     const struct recovery_codes *codes)
{
	bool own;
	enum err err = store_join(store, &own);

	if (err != OK)
		return err;
	err = statement_change(
	        store,
	        "UPDATE users SET totp_secret = $1, totp_step = $2"
	        " WHERE id = $3 AND totp_secret IS NULL",
	        VALUES(val_text(user->totp_secret), val_int(user->totp_step), val_text(user->id)));
	if (err == ERR_NOT_FOUND)
		err = ERR_CONFLICT;
	if (err == OK)
		err = recovery_replace(store, user->id, codes);
	return store_leave(store, own, err);
}

enum err totp_disable(struct store *store, const char *user_id)
{
	bool own;
	enum err err = store_join(store, &own);

	if (err != OK)
		return err;
	err = statement_run(store,
	                    "UPDATE users SET totp_secret = NULL, totp_step = 0 WHERE id = $1",
	                    VALUES(val_text(user_id)));
	if (err == OK)
		err = statement_run(store, "DELETE FROM recovery_codes WHERE user_id = $1",
		                    VALUES(val_text(user_id)));
	return store_leave(store, own, err);
}

enum err totp_use_step(struct store *store, const char *user_id, int64_t step)
{
	const enum err err =
	        statement_change(store,
	                         "UPDATE users SET totp_step = $1"
	                         " WHERE id = $2 AND totp_secret IS NOT NULL AND totp_step < $3",
	                         VALUES(val_int(step), val_text(user_id), val_int(step)));

	return err == ERR_NOT_FOUND ? ERR_LOGIN : err;
}
