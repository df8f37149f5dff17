#include "base/clock.h"
#include "store/idempotency.h"
#include "store/statement.h"
#include "store/token.h"
#include "store/user.h"
#include "store/user_row.h"

enum { NOTE_USE_MS = 5 * 60 * 1000 };

/* Log-ins of browsers that one user can have at a time; a newer one ends the oldest. */
enum { SESSIONS_MAX = 100 };

/* How long a refresh token that was exchanged is known, to see it come again. */
static const int64_t KEEP_USED_MS = 90LL * 24 * 60 * 60 * 1000;

/* Makes room for one more. */
static enum err drop_oldest(struct store *store, const char *user_id)
{
	return statement_run(store,
	                     "DELETE FROM web_sessions WHERE token_hash IN"
	                     " (SELECT token_hash FROM web_sessions WHERE user_id = $1"
	                     " ORDER BY seen_at DESC, id LIMIT -1 OFFSET $2)",
	                     VALUES(val_text(user_id), val_int(SESSIONS_MAX - 1)));
}

static enum err add(struct store *store, const char *token_hash, const char *user_id,
                    const char *user_agent, int64_t expires_at)
{
	const int64_t now = clock_now_ms();
	struct arena *scratch = arena_create();
	enum err err = statement_change(
	        store,
	        "INSERT INTO web_sessions (token_hash, id, user_id, user_agent, created_at,"
	        " seen_at, expires_at) SELECT $1, $2, $3, $4, $5, $6, $7 FROM users WHERE id = $3",
	        VALUES(val_text(token_hash), val_text(store_new_id(scratch)), val_text(user_id),
	               val_text(user_agent), val_int(now), val_int(now), val_int(expires_at)));

	arena_destroy(scratch);
	return err;
}

enum err session_add(struct store *store, const char *token_hash, const char *user_id,
                     const char *user_agent, int64_t expires_at)
{
	bool own;
	enum err err = store_join(store, &own);

	if (err != OK)
		return err;
	err = drop_oldest(store, user_id);
	if (err == OK)
		err = add(store, token_hash, user_id, user_agent, expires_at);
	return store_leave(store, own, err);
}

enum err session_user(struct store *store, struct arena *arena, const char *token_hash,
                      int64_t expires_at, struct user *ret_user)
{
	const int64_t now = clock_now_ms();
	struct statement *statement;
	struct user user;
	int64_t seen_at;
	enum err err;

	err = statement_first(store,
	                      "SELECT " USER_COLUMNS ", s.seen_at"
	                      " FROM web_sessions s JOIN users u ON u.id = s.user_id"
	                      " WHERE s.token_hash = $1 AND s.expires_at > $2"
	                      " AND u.disabled_at IS NULL",
	                      VALUES(val_text(token_hash), val_int(now)), &statement);
	if (err != OK)
		return err;
	user = user_read(statement, arena);
	seen_at = column_int64(statement, USER_COLUMN_COUNT);
	err = statement_close(statement);
	if (err != OK)
		return err;
	if (now - seen_at >= NOTE_USE_MS)
		statement_note(store,
		               "UPDATE web_sessions SET seen_at = $1, expires_at = $2"
		               " WHERE token_hash = $3",
		               VALUES(val_int(now), val_int(expires_at), val_text(token_hash)));
	*ret_user = user;
	return OK;
}

enum err session_delete(struct store *store, const char *token_hash)
{
	return statement_run(store, "DELETE FROM web_sessions WHERE token_hash = $1",
	                     VALUES(val_text(token_hash)));
}

enum err session_list(struct store *store, struct arena *arena, const char *user_id,
                      struct session_list *ret_list)
{
	struct session_list list = { 0 };
	struct statement *statement;
	enum err err = statement_open(store,
	                              "SELECT id, token_hash, user_agent, created_at, seen_at,"
	                              " expires_at FROM web_sessions WHERE user_id = $1"
	                              " AND expires_at > $2 ORDER BY seen_at DESC, id",
	                              VALUES(val_text(user_id), val_int(clock_now_ms())),
	                              &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = (struct session_row){
			.id = column_text(statement, 0, arena),
			.token_hash = column_text(statement, 1, arena),
			.user_agent = column_text(statement, 2, arena),
			.created_at = column_int64(statement, 3),
			.seen_at = column_int64(statement, 4),
			.expires_at = column_int64(statement, 5),
		};
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}

enum err session_delete_one(struct store *store, const char *user_id, const char *id)
{
	return statement_change(store, "DELETE FROM web_sessions WHERE user_id = $1 AND id = $2",
	                        VALUES(val_text(user_id), val_text(id)));
}

enum err session_delete_all(struct store *store, const char *user_id, const char *but_hash)
{
	return statement_run(store,
	                     "DELETE FROM web_sessions WHERE user_id = $1 AND token_hash <> $2",
	                     VALUES(val_text(user_id), val_text(but_hash != NULL ? but_hash : "")));
}

enum err session_delete_expired(struct store *store)
{
	const int64_t now = clock_now_ms();
	enum err err = statement_run(store, "DELETE FROM web_sessions WHERE expires_at <= $1",
	                             VALUES(val_int(now)));

	if (err == OK)
		err = statement_run(store, "DELETE FROM throttles WHERE window_end <= $1",
		                    VALUES(val_int(now)));
	if (err == OK)
		err = token_delete_expired(store, now - KEEP_USED_MS);
	return err == OK ? idempotency_delete_expired(store) : err;
}
