#include "store/llm_call.h"

#include "store/statement.h"

const int64_t llm_bucket_ms[LLM_BUCKETS] = { 100,  250,   500,   1000,  2500,
	                                     5000, 10000, 30000, 60000, 120000 };

#define BUCKETS(column)                                                            \
	", sum(coalesce(" column " <= $1, 0)), sum(coalesce(" column " <= $2, 0))" \
	", sum(coalesce(" column " <= $3, 0)), sum(coalesce(" column " <= $4, 0))" \
	", sum(coalesce(" column " <= $5, 0)), sum(coalesce(" column " <= $6, 0))" \
	", sum(coalesce(" column " <= $7, 0)), sum(coalesce(" column " <= $8, 0))" \
	", sum(coalesce(" column " <= $9, 0)), sum(coalesce(" column " <= $10, 0))"

enum { FIRST_BUCKET_COLUMN = 9 };

static struct llm_metric_row read_metric(const struct statement *statement, struct arena *arena)
{
	struct llm_metric_row row = {
		.agent = column_text(statement, 0, arena),
		.model = column_text(statement, 1, arena),
		.outcome = column_text(statement, 2, arena),
		.calls = column_int64(statement, 3),
		.prompt_tokens = column_int64(statement, 4),
		.completion_tokens = column_int64(statement, 5),
		.latency_sum_ms = column_int64(statement, 6),
		.first_count = column_int64(statement, 7),
		.first_sum_ms = column_int64(statement, 8),
	};

	for (int i = 0; i < LLM_BUCKETS; i++) {
		row.within[i] = column_int64(statement, FIRST_BUCKET_COLUMN + i);
		row.first_within[i] = column_int64(statement,
		                                   FIRST_BUCKET_COLUMN + LLM_BUCKETS + i);
	}
	return row;
}

enum err llm_metric_list(struct store *store, struct arena *arena, struct llm_metric_list *ret_list)
{
	struct llm_metric_list list = { 0 };
	struct value bounds[LLM_BUCKETS + 1];
	struct statement *statement;
	enum err err;

	for (int i = 0; i < LLM_BUCKETS; i++)
		bounds[i] = val_int(llm_bucket_ms[i]);
	bounds[LLM_BUCKETS] = (struct value){ .type = VALUE_END };
	err = statement_open(
	        store,
	        "SELECT agent, model, outcome, count(*), sum(prompt_tokens),"
	        " sum(completion_tokens), sum(latency_ms), count(first_token_ms),"
	        " coalesce(sum(first_token_ms), 0)" BUCKETS("latency_ms")
	                BUCKETS("first_token_ms") " FROM llm_calls GROUP BY agent, model, outcome"
	                                          " ORDER BY agent, model, outcome",
	        bounds, &statement);
	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = read_metric(statement, arena);
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}
