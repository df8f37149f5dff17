#include "store/trace.h"

#include "store/statement.h"

/*
 * Rows of interviews whose trace is whole are looked at for a day more, for a call that was
 * recorded beside the writing of the report.
 */
#define DAY_MS "86400000"

/* What there is of each interview that may have something to send, beside its cursor. */
#define TRACES                                                                              \
	"WITH traces AS (SELECT i.id, i.status, i.finished_at, i.created_at AS started_at," \
	" coalesce(t.turn_seq, 0) AS turn_seq, coalesce(t.call_id, 0) AS call_id,"          \
	" coalesce(t.is_finished, 0) AS stage, coalesce(t.failures, 0) AS failures,"        \
	" coalesce(t.retry_at, 0) AS retry_at, r.created_at AS report_at,"                  \
	" (SELECT max(seq) FROM turns WHERE interview_id = i.id) AS last_seq,"              \
	" (SELECT max(id) FROM llm_calls WHERE interview_id = i.id) AS last_call"           \
	" FROM interviews AS i LEFT JOIN trace_exports AS t ON t.interview_id = i.id"       \
	" LEFT JOIN reports AS r ON r.interview_id = i.id AND r.texts_due = 0"              \
	" WHERE coalesce(t.is_finished, 0) < 2 OR r.created_at > $1 - " DAY_MS "),"         \
	" ages AS (SELECT *, coalesce((SELECT created_at FROM turns"                        \
	" WHERE interview_id = traces.id AND seq = traces.last_seq), started_at)"           \
	" AS spoken_at FROM traces)"

#define IS_OVER                                                                        \
	"(stage = 0 AND (spoken_at < $2 OR (status = 'completed' AND"                  \
	" (report_at IS NOT NULL OR finished_at < $3)))) OR (stage < 2 AND report_at " \
	"IS NOT NULL)"

enum err trace_next(struct store *store, struct arena *arena, const struct trace_clock *clock,
                    struct trace_cursor *ret_cursor, bool *ret_is_over)
{
	struct statement *statement;
	struct trace_cursor cursor;
	bool is_over;
	enum err err = statement_first(
	        store,
	        TRACES " SELECT id, turn_seq, call_id, stage, failures, retry_at, " IS_OVER
	               " AS is_over FROM ages WHERE retry_at <= $1 AND (coalesce(last_seq, 0)"
	               " > turn_seq OR coalesce(last_call, 0) > call_id OR is_over)"
	               " ORDER BY retry_at, started_at DESC LIMIT 1",
	        VALUES(val_int(clock->now), val_int(clock->silent_since),
	               val_int(clock->finished_since)),
	        &statement);

	if (err != OK)
		return err;
	cursor = (struct trace_cursor){
		.interview_id = column_text(statement, 0, arena),
		.turn_seq = column_int(statement, 1),
		.call_id = column_int64(statement, 2),
		.end = (enum trace_end)column_int(statement, 3),
		.failures = column_int(statement, 4),
		.retry_at = column_int64(statement, 5),
	};
	is_over = column_bool(statement, 6);
	err = statement_close(statement);
	if (err != OK)
		return err;
	*ret_cursor = cursor;
	*ret_is_over = is_over;
	return OK;
}

enum err trace_save(struct store *store, const struct trace_cursor *cursor)
{
	return statement_run(
	        store,
	        "INSERT INTO trace_exports (interview_id, turn_seq, call_id, is_finished,"
	        " failures, retry_at) SELECT $1, $2, $3, $4, $5, $6"
	        " WHERE EXISTS (SELECT 1 FROM interviews WHERE id = $1) ON CONFLICT (interview_id) "
	        "DO UPDATE SET"
	        " turn_seq = excluded.turn_seq, call_id = excluded.call_id,"
	        " is_finished = excluded.is_finished, failures = excluded.failures,"
	        " retry_at = excluded.retry_at",
	        VALUES(val_text(cursor->interview_id), val_int(cursor->turn_seq),
	               val_int(cursor->call_id), val_int(cursor->end), val_int(cursor->failures),
	               val_int(cursor->retry_at)));
}

/* --- calls -------------------------------------------------------------------- */

static struct llm_call read_call(const struct statement *statement, struct arena *arena)
{
	return (struct llm_call){
		.id = column_int64(statement, 0),
		.question_id = column_text(statement, 1, arena),
		.agent = column_text(statement, 2, arena),
		.model = column_text(statement, 3, arena),
		.parameters = column_text(statement, 4, arena),
		.prompt_tokens = column_int(statement, 5),
		.completion_tokens = column_int(statement, 6),
		.reasoning_tokens = column_int(statement, 7),
		.is_estimated = column_bool(statement, 8),
		.latency_ms = column_int64(statement, 9),
		.first_token_ms = column_is_null(statement, 10) ? -1 : column_int64(statement, 10),
		.outcome = column_text(statement, 11, arena),
		.finish = column_text(statement, 12, arena),
		.requests = column_int(statement, 13),
		.created_at = column_int64(statement, 14),
		.prompt = column_text(statement, 15, arena),
		.reply = column_text(statement, 16, arena),
		.reasoning = column_text(statement, 17, arena),
		.error = column_text(statement, 18, arena),
		.note = column_text(statement, 19, arena),
		.prompt_hash = "",
	};
}

enum err trace_call_list(struct store *store, struct arena *arena, const struct trace_calls *calls,
                         struct llm_call_list *ret_list)
{
	struct llm_call_list list = { 0 };
	struct statement *statement;
	enum err err =
	        statement_open(store,
	                       "SELECT id, question_id, agent, model, parameters, prompt_tokens,"
	                       " completion_tokens, reasoning_tokens, is_estimated, latency_ms,"
	                       " first_token_ms, outcome, finish, requests, created_at,"
	                       " iif($1, prompt, ''), iif($1, reply, ''), iif($1, reasoning, ''),"
	                       " iif($1, error, ''), iif($1, note, '') FROM llm_calls"
	                       " WHERE interview_id = $2 AND id > $3 ORDER BY id LIMIT $4",
	                       VALUES(val_int(calls->has_content), val_text(calls->interview_id),
	                              val_int(calls->after_id), val_int(calls->most)),
	                       &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = read_call(statement, arena);
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}

enum err trace_last_reply(struct store *store, struct arena *arena, const char *interview_id,
                          const char *agent, const char **ret_reply)
{
	return statement_text(store, arena,
	                      "SELECT reply FROM llm_calls WHERE interview_id = $1"
	                      " AND agent = $2 AND outcome = 'ok'"
	                      " ORDER BY id DESC LIMIT 1",
	                      VALUES(val_text(interview_id), val_text(agent)), ret_reply);
}

/* --- counters ----------------------------------------------------------------- */

static enum err add_to_setting(struct store *store, const char *name, int64_t more)
{
	return statement_run(store,
	                     "INSERT INTO settings (name, value) VALUES ($1, CAST($2 AS TEXT))"
	                     " ON CONFLICT (name) DO UPDATE"
	                     " SET value = CAST(CAST(value AS INTEGER) + $2 AS TEXT)",
	                     VALUES(val_text(name), val_int(more)));
}

enum err trace_count(struct store *store, const struct trace_counts *more)
{
	bool own = false;
	enum err err = store_join(store, &own);

	if (err != OK)
		return err;
	if (more->sent > 0)
		err = add_to_setting(store, "trace_sent", more->sent);
	if (err == OK && more->rejected > 0)
		err = add_to_setting(store, "trace_rejected", more->rejected);
	if (err == OK && more->failed > 0)
		err = add_to_setting(store, "trace_failed", more->failed);
	return store_leave(store, own, err);
}

#define STORED(name) \
	"coalesce((SELECT CAST(value AS INTEGER) FROM settings WHERE name = '" name "'), 0)"

enum err trace_counts(struct store *store, struct trace_counts *ret_counts)
{
	struct trace_counts counts;
	struct statement *statement;
	enum err err = statement_first(
	        store,
	        "SELECT " STORED("trace_sent") ", " STORED("trace_rejected") ", " STORED(
	                "trace_failed") ","
	                                " coalesce(sum((SELECT count(*) FROM turns WHERE "
	                                "interview_id = i.id"
	                                " AND seq > coalesce(t.turn_seq, 0)) + (SELECT count(*) "
	                                "FROM llm_calls"
	                                " WHERE interview_id = i.id AND id > coalesce(t.call_id, "
	                                "0))), 0)"
	                                " FROM interviews AS i LEFT JOIN trace_exports AS t ON "
	                                "t.interview_id = i.id",
	        NULL, &statement);

	if (err != OK)
		return err;
	counts = (struct trace_counts){
		.sent = column_int64(statement, 0),
		.rejected = column_int64(statement, 1),
		.failed = column_int64(statement, 2),
		.waiting = column_int64(statement, 3),
	};
	err = statement_close(statement);
	if (err == OK)
		*ret_counts = counts;
	return err;
}
