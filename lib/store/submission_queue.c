#include "base/clock.h"
#include "store/submission_row.h"

/* Who of the queued comes first: see submission_claim. */
#define QUEUE_ORDER                                                         \
	"(SELECT count(*) FROM submissions r WHERE r.owner_id = s.owner_id" \
	" AND r.state = 'running'), (SELECT coalesce(max(r.started_at), 0)" \
	" FROM submissions r WHERE r.owner_id = s.owner_id), s.created_at, s.rowid"

static enum err next_id(struct store *store, struct arena *arena, const char **ret_id)
{
	return statement_text(store, arena,
	                      "SELECT s.id FROM submissions s WHERE s.state = 'queued'"
	                      " ORDER BY " QUEUE_ORDER " LIMIT 1",
	                      NULL, ret_id);
}

static enum err claim_inside(struct store *store, struct arena *arena, int slot, const char *worker,
                             struct submission *ret_submission)
{
	const char *id;
	enum err err = next_id(store, arena, &id);

	if (err == OK)
		err = statement_change(
		        store,
		        "UPDATE submissions SET state = 'running', slot = $1, worker = $2,"
		        " started_at = max($3, (SELECT coalesce(max(r.started_at), 0) + 1"
		        " FROM submissions r WHERE r.state = 'running')) WHERE id = $4",
		        VALUES(val_int(slot), val_text(worker), val_int(clock_now_ms()),
		               val_text(id)));
	if (err == OK)
		err = submission_by_id(store, arena, id, ret_submission);
	return err;
}

enum err submission_claim(struct store *store, struct arena *arena, int slot, const char *worker,
                          struct submission *ret_submission)
{
	struct submission submission;
	const char *id;
	bool own = false;
	enum err err = next_id(store, arena, &id);

	/* Most looks find an empty queue: those shall not wait for the lock of writers. */
	if (err == OK)
		err = store_join(store, &own);
	if (err != OK)
		return err;
	err = store_leave(store, own, claim_inside(store, arena, slot, worker, &submission));
	if (err == OK)
		*ret_submission = submission;
	return err;
}

enum err submission_finish(struct store *store, const struct submission *submission)
{
	enum err err = statement_change(
	        store,
	        "UPDATE submissions SET state = $1, public_passed = $2, public_total = $3,"
	        " hidden_passed = $4, hidden_total = $5, errors = $6, result = $7,"
	        " explanation = $8, finished_at = $9, slot = -1"
	        " WHERE id = $10 AND worker = $11 AND state = 'running'",
	        VALUES(val_text(submission->state), val_int(submission->public_passed),
	               val_int(submission->public_total), val_int(submission->hidden_passed),
	               val_int(submission->hidden_total), val_int(submission->errors),
	               val_text(submission->result),
	               val_text(submission->explanation != NULL ? submission->explanation : ""),
	               val_int(clock_now_ms()), val_text(submission->id),
	               val_text(submission->worker)));

	return err == ERR_NOT_FOUND ? ERR_CONFLICT : err;
}

enum err submission_any_pending(struct store *store, bool *ret_pending)
{
	return statement_bool(store,
	                      "SELECT EXISTS (SELECT 1 FROM submissions"
	                      " WHERE state IN ('queued', 'running'))",
	                      NULL, ret_pending);
}

enum err submission_running(struct store *store, struct arena *arena,
                            struct submission_list *ret_list)
{
	return submission_read_all(store, arena,
	                           "SELECT " SUBMISSION_COLUMNS " FROM submissions s"
	                           " WHERE s.state = 'running' ORDER BY s.started_at, s.rowid",
	                           NULL, ret_list);
}

enum err submission_position(struct store *store, const char *id, int *ret_position)
{
	return statement_int(
	        store,
	        "SELECT coalesce((SELECT ahead FROM (SELECT s.id AS id, row_number() OVER"
	        " (ORDER BY " QUEUE_ORDER ") - 1 AS ahead FROM submissions s"
	        " WHERE s.state = 'queued') WHERE id = $1), 0)",
	        VALUES(val_text(id)), ret_position);
}
