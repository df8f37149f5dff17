#include <math.h>

#include "store/llm_call.h"
#include "store/statement.h"

/*
 * The 95th percentile is the smallest latency that at least 95 of 100 calls kept to. A call
 * that was cancelled is no error: the reader left.
 */
#define USAGE(condition)                                                                  \
	"WITH ranked AS (SELECT agent, model, outcome, prompt_tokens, completion_tokens," \
	" reasoning_tokens, is_estimated, latency_ms, first_token_ms,"                    \
	" row_number() OVER (PARTITION BY agent, model ORDER BY latency_ms) AS place,"    \
	" count(*) OVER (PARTITION BY agent, model) AS calls"                             \
	" FROM llm_calls WHERE " condition ")"                                            \
	" SELECT agent, model, count(*), sum(outcome NOT IN ('ok', 'cancelled')),"        \
	" sum(prompt_tokens), sum(completion_tokens), sum(reasoning_tokens),"             \
	" sum(is_estimated), avg(latency_ms), avg(first_token_ms), max(latency_ms),"      \
	" min(CASE WHEN place * 100 >= calls * 95 THEN latency_ms END)"                   \
	" FROM ranked GROUP BY agent, model ORDER BY agent, model"

static struct llm_usage_row read_usage(const struct statement *statement, struct arena *arena)
{
	return (struct llm_usage_row){
		.agent = column_text(statement, 0, arena),
		.model = column_text(statement, 1, arena),
		.calls = column_int64(statement, 2),
		.errors = column_int64(statement, 3),
		.prompt_tokens = column_int64(statement, 4),
		.completion_tokens = column_int64(statement, 5),
		.reasoning_tokens = column_int64(statement, 6),
		.estimated = column_int64(statement, 7),
		.latency_ms = column_real(statement, 8),
		.first_token_ms = column_is_null(statement, 9) ? NAN : column_real(statement, 9),
		.latency_max_ms = column_int64(statement, 10),
		.latency_p95_ms = column_int64(statement, 11),
	};
}

static enum err find_usage(struct store *store, struct arena *arena, const char *sql,
                           const struct value *values, struct llm_usage_list *ret_list)
{
	struct llm_usage_list list = { 0 };
	struct statement *statement;
	enum err err = statement_open(store, sql, values, &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = read_usage(statement, arena);
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}

enum err llm_usage_list(struct store *store, struct arena *arena, int64_t since_ms,
                        struct llm_usage_list *ret_list)
{
	return find_usage(store, arena, USAGE("created_at >= $1"), VALUES(val_int(since_ms)),
	                  ret_list);
}

enum err llm_usage_of_interview(struct store *store, struct arena *arena, const char *interview_id,
                                struct llm_usage_list *ret_list)
{
	return find_usage(store, arena, USAGE("interview_id = $1"), VALUES(val_text(interview_id)),
	                  ret_list);
}
