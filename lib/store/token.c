#include "store/token.h"

#include "base/clock.h"
#include "store/statement.h"
#include "store/user_row.h"

/* Log-ins of programs that one user can have at a time; a newer one ends the oldest. */
enum { FAMILIES_MAX = 50 };

static enum err add_refresh(struct store *store, const char *family_id, const char *token_hash)
{
	return statement_run(
	        store,
	        "INSERT INTO refresh_tokens (token_hash, family_id, created_at)"
	        " VALUES ($1, $2, $3)",
	        VALUES(val_text(token_hash), val_text(family_id), val_int(clock_now_ms())));
}

/* Makes room: dead families go, and the least used ones beyond the limit. */
static enum err drop_families(struct store *store, const char *user_id)
{
	return statement_run(
	        store,
	        "DELETE FROM token_families WHERE user_id = $1 AND id NOT IN"
	        " (SELECT id FROM token_families WHERE user_id = $1"
	        " AND revoked_at IS NULL AND expires_at > $2"
	        " ORDER BY seen_at DESC, id LIMIT $3)",
	        VALUES(val_text(user_id), val_int(clock_now_ms()), val_int(FAMILIES_MAX - 1)));
}

enum err token_family_add(struct store *store, struct arena *arena, struct token_family *family,
                          const char *refresh_hash)
{
	const int64_t now = clock_now_ms();
	const char *id = store_new_id(arena);
	bool own;
	enum err err = store_join(store, &own);

	if (err != OK)
		return err;
	err = drop_families(store, family->user_id);
	if (err == OK)
		err = statement_change(
		        store,
		        "INSERT INTO token_families (id, user_id, user_agent, created_at,"
		        " seen_at, expires_at) SELECT $1, $2, $3, $4, $5, $6 FROM users"
		        " WHERE id = $2",
		        VALUES(val_text(id), val_text(family->user_id),
		               val_text(family->user_agent), val_int(now), val_int(now),
		               val_int(family->expires_at)));
	if (err == OK)
		err = add_refresh(store, id, refresh_hash);
	err = store_leave(store, own, err);
	if (err != OK)
		return err;
	family->id = id;
	family->created_at = family->seen_at = now;
	return OK;
}

enum err token_family_user(struct store *store, struct arena *arena, const char *family_id,
                           struct user *ret_user)
{
	struct statement *statement;
	struct user user;
	enum err err = statement_first(
	        store,
	        "SELECT " USER_COLUMNS " FROM token_families f JOIN users u ON u.id = f.user_id"
	        " WHERE f.id = $1 AND f.revoked_at IS NULL AND f.expires_at > $2"
	        " AND u.disabled_at IS NULL",
	        VALUES(val_text(family_id), val_int(clock_now_ms())), &statement);

	if (err != OK)
		return err;
	user = user_read(statement, arena);
	err = statement_close(statement);
	if (err == OK)
		*ret_user = user;
	return err;
}

static enum err revoke(struct store *store, const char *family_id)
{
	return statement_run(store,
	                     "UPDATE token_families SET revoked_at = $1"
	                     " WHERE id = $2 AND revoked_at IS NULL",
	                     VALUES(val_int(clock_now_ms()), val_text(family_id)));
}

/* The family of a refresh token; `ret_is_used`: it had been exchanged before. */
static enum err use_refresh(struct store *store, struct arena *arena, const char *token_hash,
                            const char **ret_family_id, bool *ret_is_used)
{
	struct statement *statement;
	const char *id;
	enum err err = statement_change(store,
	                                "UPDATE refresh_tokens SET used_at = $1"
	                                " WHERE token_hash = $2 AND used_at IS NULL",
	                                VALUES(val_int(clock_now_ms()), val_text(token_hash)));

	if (err != OK && err != ERR_NOT_FOUND)
		return err;
	*ret_is_used = err == ERR_NOT_FOUND;
	err = statement_first(store, "SELECT family_id FROM refresh_tokens WHERE token_hash = $1",
	                      VALUES(val_text(token_hash)), &statement);
	if (err != OK)
		return err;
	id = column_text(statement, 0, arena);
	err = statement_close(statement);
	if (err == OK)
		*ret_family_id = id;
	return err;
}

static enum err prolong(struct store *store, const char *family_id, int64_t expires_at)
{
	return statement_change(
	        store,
	        "UPDATE token_families SET seen_at = $1, expires_at = $2"
	        " WHERE id = $3",
	        VALUES(val_int(clock_now_ms()), val_int(expires_at), val_text(family_id)));
}

/* Within the transaction; ERR_NOT_FOUND: the old token gives nothing, what was done stays. */
static enum err rotate(struct store *store, struct arena *arena, struct token_exchange *exchange)
{
	bool is_used = false;
	enum err err = use_refresh(store, arena, exchange->old_hash, &exchange->family_id,
	                           &is_used);

	if (err == OK && is_used) {
		err = revoke(store, exchange->family_id);
		return err == OK ? ERR_NOT_FOUND : err;
	}
	if (err == OK)
		err = token_family_user(store, arena, exchange->family_id, &exchange->user);
	if (err == OK)
		err = add_refresh(store, exchange->family_id, exchange->new_hash);
	return err == OK ? prolong(store, exchange->family_id, exchange->expires_at) : err;
}

enum err token_rotate(struct store *store, struct arena *arena, struct token_exchange *exchange)
{
	bool own;
	enum err err = store_join(store, &own), rotated;

	if (err != OK)
		return err;
	rotated = rotate(store, arena, exchange);
	err = store_leave(store, own, rotated == ERR_NOT_FOUND ? OK : rotated);
	if (err != OK)
		return err;
	return rotated == ERR_NOT_FOUND ? ERR_LOGIN : OK;
}

enum err token_family_list(struct store *store, struct arena *arena, const char *user_id,
                           struct token_family_list *ret_list)
{
	struct token_family_list list = { 0 };
	struct statement *statement;
	enum err err = statement_open(
	        store,
	        "SELECT id, user_agent, created_at, seen_at, expires_at FROM token_families"
	        " WHERE user_id = $1 AND revoked_at IS NULL AND expires_at > $2"
	        " ORDER BY seen_at DESC, id",
	        VALUES(val_text(user_id), val_int(clock_now_ms())), &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = (struct token_family){
			.id = column_text(statement, 0, arena),
			.user_id = user_id,
			.user_agent = column_text(statement, 1, arena),
			.created_at = column_int64(statement, 2),
			.seen_at = column_int64(statement, 3),
			.expires_at = column_int64(statement, 4),
		};
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}

enum err token_family_revoke(struct store *store, const char *user_id, const char *family_id)
{
	return statement_change(
	        store,
	        "UPDATE token_families SET revoked_at = $1"
	        " WHERE id = $2 AND user_id = $3 AND revoked_at IS NULL",
	        VALUES(val_int(clock_now_ms()), val_text(family_id), val_text(user_id)));
}

enum err token_family_revoke_all(struct store *store, const char *user_id)
{
	return statement_run(store,
	                     "UPDATE token_families SET revoked_at = $1"
	                     " WHERE user_id = $2 AND revoked_at IS NULL",
	                     VALUES(val_int(clock_now_ms()), val_text(user_id)));
}

/* A used token older than a log-in can last proves nothing any more. */
enum err token_delete_expired(struct store *store, int64_t used_before)
{
	enum err err = statement_run(store, "DELETE FROM token_families WHERE expires_at <= $1",
	                             VALUES(val_int(clock_now_ms())));

	if (err == OK)
		err = statement_run(store, "DELETE FROM refresh_tokens WHERE used_at <= $1",
		                    VALUES(val_int(used_before)));
	return err == OK
	               ? statement_run(store, "DELETE FROM personal_tokens WHERE expires_at <= $1",
	                               VALUES(val_int(clock_now_ms())))
	               : err;
}
