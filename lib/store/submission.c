#include "store/submission.h"

#include "base/clock.h"
#include "store/submission_row.h"

static const char *or_empty(const char *text)
{
	return text != NULL ? text : "";
}

static struct submission read_submission(const struct statement *statement, struct arena *arena)
{
	return (struct submission){
		.id = column_text(statement, 0, arena),
		.question_id = column_text(statement, 1, arena),
		.owner_id = column_text(statement, 2, arena),
		.kind = column_text(statement, 3, arena),
		.code_language = column_text(statement, 4, arena),
		.code = column_text(statement, 5, arena),
		.custom_input = column_text(statement, 6, arena),
		.state = column_text(statement, 7, arena),
		.attempt_number = column_int(statement, 8),
		.slot = column_int(statement, 9),
		.worker = column_text(statement, 10, arena),
		.public_passed = column_int(statement, 11),
		.public_total = column_int(statement, 12),
		.hidden_passed = column_int(statement, 13),
		.hidden_total = column_int(statement, 14),
		.errors = column_int(statement, 15),
		.result = column_text(statement, 16, arena),
		.explanation = column_text(statement, 17, arena),
		.hints_used = column_int(statement, 18),
		.time_spent_ms = column_int(statement, 19),
		.nonce = column_text(statement, 20, arena),
		.created_at = column_int64(statement, 21),
		.started_at = column_int64(statement, 22),
		.finished_at = column_int64(statement, 23),
		.explanation_engine = column_text(statement, 24, arena),
		.explanation_asks = column_text(statement, 25, arena),
	};
}

enum err submission_read_one(struct store *store, struct arena *arena, const char *sql,
                             const struct value *values, struct submission *ret_submission)
{
	struct statement *statement;
	struct submission submission;
	enum err err = statement_first(store, sql, values, &statement);

	if (err != OK)
		return err;
	submission = read_submission(statement, arena);
	err = statement_close(statement);
	if (err == OK)
		*ret_submission = submission;
	return err;
}

enum err submission_read_all(struct store *store, struct arena *arena, const char *sql,
                             const struct value *values, struct submission_list *ret_list)
{
	struct submission_list list = { 0 };
	struct statement *statement;
	enum err err = statement_open(store, sql, values, &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = read_submission(statement, arena);
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}

static enum err by_nonce(struct store *store, struct arena *arena, const struct submission *twin,
                         struct submission *ret_submission)
{
	return submission_read_one(store, arena,
	                           "SELECT " SUBMISSION_COLUMNS " FROM submissions s"
	                           " WHERE s.question_id = $1 AND s.nonce = $2",
	                           VALUES(val_text(twin->question_id), val_text(twin->nonce)),
	                           ret_submission);
}

static enum err insert(struct store *store, const struct submission *submission)
{
	return statement_run(
	        store,
	        "INSERT INTO submissions (id, question_id, owner_id, kind, code_language, code,"
	        " custom_input, state, hints_used, time_spent_ms, nonce, created_at,"
	        " attempt_number)"
	        " SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, CASE $4"
	        " WHEN 'submit' THEN coalesce(max(attempt_number), 0) + 1 ELSE 0 END"
	        " FROM submissions WHERE question_id = $2",
	        VALUES(val_text(submission->id), val_text(submission->question_id),
	               val_text(submission->owner_id), val_text(submission->kind),
	               val_text(submission->code_language), val_text(submission->code),
	               val_text(or_empty(submission->custom_input)), val_text(submission->state),
	               val_int(submission->hints_used), val_int(submission->time_spent_ms),
	               val_text(submission->nonce), val_int(submission->created_at)));
}

/* OK when nothing of the question is queued or running. */
static enum err check_idle(struct store *store, const char *question_id)
{
	struct statement *statement;
	enum err err = statement_first(store,
	                               "SELECT 1 FROM submissions WHERE question_id = $1"
	                               " AND state IN ('queued','running')",
	                               VALUES(val_text(question_id)), &statement);

	if (err == ERR_NOT_FOUND)
		return OK;
	if (err == OK)
		err = statement_close(statement);
	return err == OK ? ERR_BUSY : err;
}

static enum err add_inside(struct store *store, struct arena *arena, struct submission *submission)
{
	struct submission stored;
	enum err err = by_nonce(store, arena, submission, &stored);

	if (err == OK) {
		submission->id = stored.id;
		return ERR_CONFLICT;
	}
	if (err == ERR_NOT_FOUND)
		err = check_idle(store, submission->question_id);
	if (err != OK)
		return err;
	submission->id = store_new_id(arena);
	submission->created_at = clock_now_ms();
	err = insert(store, submission);
	if (err != OK)
		return err;
	err = submission_by_id(store, arena, submission->id, &stored);
	if (err == OK)
		submission->attempt_number = stored.attempt_number;
	return err;
}

enum err submission_add(struct store *store, struct arena *arena, struct submission *submission)
{
	bool own = false;
	enum err err = store_join(store, &own);

	if (err != OK)
		return err;
	return store_leave(store, own, add_inside(store, arena, submission));
}

enum err submission_by_id(struct store *store, struct arena *arena, const char *id,
                          struct submission *ret_submission)
{
	return submission_read_one(
	        store, arena, "SELECT " SUBMISSION_COLUMNS " FROM submissions s WHERE s.id = $1",
	        VALUES(val_text(id)), ret_submission);
}

enum err submission_list(struct store *store, struct arena *arena, const char *question_id,
                         bool attempts_only, struct submission_list *ret_list)
{
	return submission_read_all(
	        store, arena,
	        "SELECT " SUBMISSION_COLUMNS " FROM submissions s"
	        " WHERE s.question_id = $1 AND s.kind IN ('submit', $2)"
	        " ORDER BY s.created_at, s.rowid",
	        VALUES(val_text(question_id), val_text(attempts_only ? "submit" : "run")),
	        ret_list);
}

enum err submission_latest(struct store *store, struct arena *arena, const char *question_id,
                           struct submission *ret_submission)
{
	return submission_read_one(store, arena,
	                           "SELECT " SUBMISSION_COLUMNS " FROM submissions s"
	                           " WHERE s.question_id = $1"
	                           " ORDER BY s.created_at DESC, s.rowid DESC LIMIT 1",
	                           VALUES(val_text(question_id)), ret_submission);
}

enum err submission_pending(struct store *store, const char *interview_id, const char *question_id,
                            bool *ret_pending)
{
	return statement_bool(store,
	                      "SELECT count(*) FROM submissions s"
	                      " JOIN questions q ON q.id = s.question_id"
	                      " WHERE q.interview_id = $1 AND q.id = coalesce($2, q.id)"
	                      " AND s.state IN ('queued','running')",
	                      VALUES(val_text(interview_id), val_text(question_id)), ret_pending);
}

/* A statement that changed no row found another state than it was made for. */
static enum err changed(enum err err)
{
	return err == ERR_NOT_FOUND ? ERR_CONFLICT : err;
}

enum err submission_ask_explanation(struct store *store, const char *id, const char *nonce)
{
	return changed(statement_change(
	        store,
	        "UPDATE submissions SET explanation_asks = explanation_asks || $1 || char(10)"
	        " WHERE id = $2 AND explanation_engine = 'builtin'"
	        " AND instr(char(10) || explanation_asks, char(10) || $1 || char(10)) = 0"
	        " AND length(explanation_asks) - length(replace(explanation_asks, char(10), ''))"
	        " < $3",
	        VALUES(val_text(nonce), val_text(id), val_int(SUBMISSION_MAX_ASKS))));
}

enum err submission_set_explanation(struct store *store, const char *id, const char *explanation,
                                    const char *engine)
{
	return changed(
	        statement_change(store,
	                         "UPDATE submissions SET explanation = $1, explanation_engine = $2"
	                         " WHERE id = $3 AND explanation_engine = 'builtin'",
	                         VALUES(val_text(explanation), val_text(engine), val_text(id))));
}

enum err submission_set_hash(struct store *store, const char *id, const char *code_hash)
{
	return statement_change(store, "UPDATE submissions SET code_hash = $1 WHERE id = $2",
	                        VALUES(val_text(code_hash), val_text(id)));
}

enum err submission_twins(struct store *store, struct arena *arena, const char *id,
                          struct submission_list *ret_list)
{
	return submission_read_all(
	        store, arena,
	        "SELECT " SUBMISSION_COLUMNS " FROM submissions me"
	        " JOIN questions mine ON mine.id = me.question_id"
	        " JOIN submissions s ON s.code_hash = me.code_hash AND s.code_hash <> ''"
	        " JOIN questions theirs ON theirs.id = s.question_id"
	        " WHERE me.id = $1 AND s.owner_id <> me.owner_id AND s.kind = 'submit'"
	        " AND theirs.bank_id = mine.bank_id ORDER BY s.created_at, s.rowid LIMIT 10",
	        VALUES(val_text(id)), ret_list);
}
