#include "store/idempotency.h"

#include "base/clock.h"
#include "store/statement.h"

/* No request works longer than that; what is "at work" for longer has died. */
static const int64_t DEAD_MS = 10LL * 60 * 1000;
static const int64_t KEPT_MS = 24LL * 60 * 60 * 1000;

static enum err find(struct store *store, struct arena *arena, const struct idempotency *claim,
                     struct idempotency *ret_found)
{
	struct statement *statement;
	struct idempotency found = { .user_id = claim->user_id, .name = claim->name };
	enum err err = statement_first(store,
	                               "SELECT request_hash, status, headers, body"
	                               " FROM idempotency_keys WHERE user_id = $1 AND name = $2",
	                               VALUES(val_text(claim->user_id), val_text(claim->name)),
	                               &statement);

	if (err != OK)
		return err;
	found.request_hash = column_text(statement, 0, arena);
	found.status = column_int(statement, 1);
	found.headers = column_text(statement, 2, arena);
	found.body = column_text(statement, 3, arena);
	err = statement_close(statement);
	if (err == OK)
		*ret_found = found;
	return err;
}

/* Why there is no new row: too many are there, or the account is not. */
static enum err refused(struct store *store, const char *user_id)
{
	struct statement *statement;
	enum err err = statement_first(store, "SELECT 1 FROM users WHERE id = $1",
	                               VALUES(val_text(user_id)), &statement);

	if (err == OK)
		err = statement_close(statement);
	return err == OK ? ERR_LIMITED : err;
}

enum err idempotency_claim(struct store *store, struct arena *arena,
                           const struct idempotency *claim, struct idempotency *ret_before)
{
	const int64_t now = clock_now_ms();
	enum err err = statement_change(
	        store,
	        "INSERT INTO idempotency_keys (user_id, name, request_hash, created_at)"
	        " SELECT $1, $2, $3, $4 FROM users WHERE id = $1 AND (SELECT count(*) FROM "
	        "idempotency_keys"
	        " WHERE user_id = $1) < $5 ON CONFLICT (user_id, name) DO UPDATE SET"
	        " request_hash = excluded.request_hash, status = 0, headers = '', body = '',"
	        " created_at = excluded.created_at"
	        " WHERE idempotency_keys.created_at <= $6"
	        " OR (idempotency_keys.status = 0 AND idempotency_keys.created_at <= $7)",
	        VALUES(val_text(claim->user_id), val_text(claim->name),
	               val_text(claim->request_hash), val_int(now), val_int(IDEMPOTENCY_KEYS_MAX),
	               val_int(now - KEPT_MS), val_int(now - DEAD_MS)));

	if (err != ERR_NOT_FOUND)
		return err;
	err = find(store, arena, claim, ret_before);
	if (err == ERR_NOT_FOUND)
		return refused(store, claim->user_id);
	return err == OK ? ERR_CONFLICT : err;
}

enum err idempotency_finish(struct store *store, const struct idempotency *answer)
{
	return statement_change(store,
	                        "UPDATE idempotency_keys SET status = $1, headers = $2, body = $3"
	                        " WHERE user_id = $4 AND name = $5 AND status = 0",
	                        VALUES(val_int(answer->status), val_text(answer->headers),
	                               val_text(answer->body), val_text(answer->user_id),
	                               val_text(answer->name)));
}

enum err idempotency_drop(struct store *store, const char *user_id, const char *name)
{
	return statement_run(store,
	                     "DELETE FROM idempotency_keys"
	                     " WHERE user_id = $1 AND name = $2 AND status = 0",
	                     VALUES(val_text(user_id), val_text(name)));
}

enum err idempotency_delete_expired(struct store *store)
{
	return statement_run(store, "DELETE FROM idempotency_keys WHERE created_at <= $1",
	                     VALUES(val_int(clock_now_ms() - KEPT_MS)));
}
