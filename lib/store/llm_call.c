#include "store/llm_call.h"

#include "store/statement.h"

#define CALL_COLUMNS                                                            \
	"interview_id, question_id, agent, model, prompt_hash, prompt,"         \
	" parameters, reply, reasoning, prompt_tokens, completion_tokens,"      \
	" reasoning_tokens, is_estimated, latency_ms, first_token_ms, outcome," \
	" finish, error, note, requests, created_at"

static struct value val_first_token(int64_t ms)
{
	return ms < 0 ? val_text(NULL) : val_int(ms);
}

/* A text that nobody set is empty. */
static struct value val_filled(const char *text)
{
	return val_text(text != NULL ? text : "");
}

enum err llm_call_add(struct store *store, struct llm_call *call)
{
	struct statement *statement;
	int64_t id;
	enum err err = statement_first(
	        store,
	        "INSERT INTO llm_calls (" CALL_COLUMNS ", user_id) SELECT $1, $2, $3, $4, $5,"
	        " $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22"
	        " WHERE ($1 IS NULL OR EXISTS (SELECT 1 FROM interviews WHERE id = $1))"
	        " AND ($22 IS NULL OR EXISTS (SELECT 1 FROM users WHERE id = $22))"
	        " RETURNING id",
	        VALUES(val_text(call->interview_id), val_filled(call->question_id),
	               val_text(call->agent), val_text(call->model), val_text(call->prompt_hash),
	               val_text(call->prompt), val_text(call->parameters), val_filled(call->reply),
	               val_filled(call->reasoning), val_int(call->prompt_tokens),
	               val_int(call->completion_tokens), val_int(call->reasoning_tokens),
	               val_int(call->is_estimated), val_int(call->latency_ms),
	               val_first_token(call->first_token_ms), val_text(call->outcome),
	               val_filled(call->finish), val_filled(call->error), val_filled(call->note),
	               val_int(call->requests), val_int(call->created_at), val_text(call->user_id)),
	        &statement);

	if (err != OK)
		return err;
	id = column_int64(statement, 0);
	err = statement_close(statement);
	if (err == OK)
		call->id = id;
	return err;
}

static struct llm_call read_call(const struct statement *statement, struct arena *arena)
{
	return (struct llm_call){
		.interview_id = column_text(statement, 0, arena),
		.question_id = column_text(statement, 1, arena),
		.agent = column_text(statement, 2, arena),
		.model = column_text(statement, 3, arena),
		.prompt_hash = column_text(statement, 4, arena),
		.prompt = column_text(statement, 5, arena),
		.parameters = column_text(statement, 6, arena),
		.reply = column_text(statement, 7, arena),
		.reasoning = column_text(statement, 8, arena),
		.prompt_tokens = column_int(statement, 9),
		.completion_tokens = column_int(statement, 10),
		.reasoning_tokens = column_int(statement, 11),
		.is_estimated = column_bool(statement, 12),
		.latency_ms = column_int64(statement, 13),
		.first_token_ms = column_is_null(statement, 14) ? -1 : column_int64(statement, 14),
		.outcome = column_text(statement, 15, arena),
		.finish = column_text(statement, 16, arena),
		.error = column_text(statement, 17, arena),
		.note = column_text(statement, 18, arena),
		.requests = column_int(statement, 19),
		.created_at = column_int64(statement, 20),
		.id = column_int64(statement, 21),
	};
}

enum err llm_call_list(struct store *store, struct arena *arena, const char *interview_id,
                       int64_t after_id, struct llm_call_list *ret_list)
{
	struct llm_call_list list = { 0 };
	struct statement *statement;
	enum err err = statement_open(store,
	                              "SELECT " CALL_COLUMNS ", id FROM llm_calls"
	                              " WHERE interview_id = $1 AND id > $2 ORDER BY id",
	                              VALUES(val_text(interview_id), val_int(after_id)),
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

enum err llm_call_requests(struct store *store, const char *interview_id, int64_t *ret_count)
{
	return statement_int64(store,
	                       "SELECT coalesce(sum(requests), 0) FROM llm_calls"
	                       " WHERE interview_id = $1",
	                       VALUES(val_text(interview_id)), ret_count);
}
