#include "store/record.h"

#include <math.h>

#include "base/hash.h"
#include "base/json.h"
#include "store/statement.h"

#define OF_INTERVIEW                                \
	" JOIN questions q ON q.id = r.question_id" \
	" WHERE q.interview_id = $1 ORDER BY q.position"

#define OVERRIDE "r.id, r.question_id, r.score, r.reason, r.created_at"
#define APPEAL                                                                      \
	"r.id, r.question_id, r.key_point_id, r.span_start, r.span_end, r.comment," \
	" r.granted, r.status_before, r.reply, r.created_at, r.decided_at"

/*
 * The first column is the record's id and no part of the row. The others are what was hashed for
 * each report there is: a column that is added here, or another order, makes all of them differ.
 */
static const struct {
	const char *kind, *sql;
} sources[] = {
	{ "interview", "SELECT id, id, owner_id, role_id, level, type, language, edition,"
	               " question_count, time_limit_min, job_description, status, max_turns,"
	               " created_at, finished_at, coding_percent, code_language, repeats"
	               " FROM interviews WHERE id = $1" },
	{ "question", "SELECT id, id, position, bank_id, q_type, category, snapshot, state,"
	              " follow_ups, hints_used, model_answer, answer, asked_at, finished_at"
	              " FROM questions WHERE interview_id = $1 ORDER BY position" },
	{ "turn", "SELECT seq, seq, question_id, author, kind, body, nonce, observation,"
	          " created_at, engine, is_cut FROM turns WHERE interview_id = $1 ORDER BY seq" },
	{ "evaluation",
	  "SELECT r.question_id, r.question_id, r.engine, r.version, r.score, r.max_score, "
	  "r.verdict,"
	  " r.structure, r.relevance, r.technical_accuracy, r.depth, r.communication, r.flags,"
	  " r.feedback_short, r.feedback_detailed, r.next_difficulty, r.created_at,"
	  " r.builtin_score, r.builtin_verdict, r.unproved, r.fallback, r.steps"
	  " FROM evaluations r" OF_INTERVIEW },
	{ "mark", "SELECT r.question_id || '/' || r.position, r.question_id, r.position,"
	          " r.key_point_id, r.body, r.status, r.coverage, r.wording, r.wrong,"
	          " r.first_span, r.matched FROM marks r" OF_INTERVIEW ", r.position" },
	{ "evidence", "SELECT r.question_id || '/' || r.position || '/' || r.span_start,"
	              " r.question_id, r.position, r.span_start, r.span_end"
	              " FROM evidence r" OF_INTERVIEW ", r.position, r.span_start" },
	{ "submission",
	  "SELECT r.id, r.id, r.question_id, r.owner_id, r.kind, r.code_language, r.code,"
	  " r.custom_input, r.state, r.attempt_number, r.public_passed, r.public_total,"
	  " r.hidden_passed, r.hidden_total, r.errors, r.result, r.hints_used, r.time_spent_ms,"
	  " r.created_at, r.finished_at FROM submissions r" OF_INTERVIEW ", r.created_at, r.id" },
	{ "hint", "SELECT r.question_id || '/' || r.level, r.question_id, r.level, r.body, r.price,"
	          " r.created_at, r.engine FROM hints r" OF_INTERVIEW ", r.level" },
	{ "event", "SELECT id, id, question_id, kind,"
	           " CASE kind WHEN 'identical_code' THEN NULL ELSE evidence END AS evidence,"
	           " created_at FROM events WHERE interview_id = $1 ORDER BY id" },
	{ "override", "SELECT r.id, " OVERRIDE " FROM overrides r"
	              " JOIN questions q ON q.id = r.question_id"
	              " WHERE q.interview_id = $1 AND r.withdrawn_at IS NULL"
	              " AND r.id = (SELECT max(o.id) FROM overrides o"
	              " WHERE o.question_id = r.question_id AND o.withdrawn_at IS NULL)"
	              " ORDER BY r.id" },
	{ "appeal", "SELECT r.id, " APPEAL " FROM appeals r"
	            " JOIN questions q ON q.id = r.question_id"
	            " WHERE q.interview_id = $1 AND r.state = 'accepted'"
	            " ORDER BY r.created_at, r.id" },
	{ "llm_call", "SELECT id, id, question_id, agent, model, prompt_hash, prompt, parameters,"
	              " reply, reasoning, prompt_tokens, completion_tokens, reasoning_tokens,"
	              " is_estimated, latency_ms, first_token_ms, outcome, finish, error, note,"
	              " requests, created_at FROM llm_calls WHERE interview_id = $1 ORDER BY id" },
};

/* What stands behind a NUL byte, where only a stranger's hand puts it, is not lost. */
static const char *whole_text(struct arena *arena, const struct statement *statement, int i)
{
	const char *text = (const char *)sqlite3_column_text(statement->handle, i);
	const size_t len = (size_t)sqlite3_column_bytes(statement->handle, i);

	return strlen(text) == len ? text : hash_bytes(arena, text, len);
}

static void add_column(struct arena *arena, cJSON *row, const struct statement *statement, int i)
{
	const char *name = sqlite3_column_name(statement->handle, i);

	switch (sqlite3_column_type(statement->handle, i)) {
	case SQLITE_NULL:
		json_set_null(row, name);
		break;
	case SQLITE_TEXT:
		json_set_string(row, name, whole_text(arena, statement, i));
		break;
	default:
		json_set_number(row, name, column_real(statement, i));
	}
}

static struct record read_record(const struct statement *statement, struct arena *arena,
                                 const char *kind)
{
	const int count = sqlite3_column_count(statement->handle);
	struct record record = {
		.kind = kind,
		.id = column_text(statement, 0, arena),
		.row = cJSON_CreateObject(),
	};

	for (int i = 1; i < count; i++)
		add_column(arena, record.row, statement, i);
	return record;
}

static enum err read_kind(struct store *store, struct arena *arena, size_t source,
                          const char *interview_id, struct record_list *list)
{
	struct statement *statement;
	enum err err = statement_open(store, sources[source].sql, VALUES(val_text(interview_id)),
	                              &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list->items = rows_grow(arena, list->items, list->count, sizeof(*list->items));
		list->items[list->count++] = read_record(statement, arena, sources[source].kind);
	}
	return statement_close(statement);
}

enum err record_list(struct store *store, struct arena *arena, const char *interview_id,
                     const char *kind, struct record_list *ret_list)
{
	struct record_list list = { 0 };
	enum err err = OK;

	for (size_t i = 0; err == OK && i < sizeof(sources) / sizeof(*sources); i++)
		if (kind == NULL || strcmp(kind, sources[i].kind) == 0)
			err = read_kind(store, arena, i, interview_id, &list);
	if (err == OK)
		*ret_list = list;
	return err;
}

enum err record_ruling(struct store *store, struct arena *arena, const char *kind, const char *id,
                       struct record *ret_record)
{
	const bool is_override = strcmp(kind, "override") == 0;
	struct statement *statement;
	struct record record;
	enum err err = statement_first(
	        store,
	        is_override ? "SELECT r.id, " OVERRIDE
	                      " FROM overrides r WHERE r.id = CAST($1 AS INTEGER)"
	                    : "SELECT r.id, " APPEAL " FROM appeals r WHERE r.id = $1",
	        VALUES(val_text(id)), &statement);

	if (err != OK)
		return err;
	record = read_record(statement, arena, is_override ? "override" : "appeal");
	err = statement_close(statement);
	if (err == OK)
		*ret_record = record;
	return err;
}

/* cJSON prints as few digits as are equal within its tolerance: here every bit counts. */
static cJSON *exact(struct arena *arena, const cJSON *value)
{
	if (cJSON_IsNumber(value) && isfinite(value->valuedouble))
		return cJSON_CreateRaw(arena_printf(arena, "%.17g", value->valuedouble));
	return cJSON_Duplicate(value, true);
}

const char *record_text(struct arena *arena, const cJSON *row)
{
	cJSON *copy = cJSON_CreateObject();
	const cJSON *column;

	cJSON_ArrayForEach(column, row) json_set(copy, column->string, exact(arena, column));
	return json_text(copy);
}

char *record_hash(struct arena *arena, const cJSON *row)
{
	return hash_texts(arena, (const char *const[]){ record_text(arena, row), NULL });
}
