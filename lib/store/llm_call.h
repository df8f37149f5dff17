/* The recorded witness: every call of a model, with what was asked and answered. */
#ifndef VIVA_STORE_LLM_CALL_H
#define VIVA_STORE_LLM_CALL_H

#include <stdbool.h>

#include "store/store.h"

struct llm_call {
	int64_t id;               /* set by llm_call_add; rises with time */
	const char *interview_id; /* NULL: of no interview (generation, checks) */
	const char *question_id;  /* it is about, or "" */
	const char *agent, *model, *prompt_hash;
	const char *prompt;     /* JSON array of the messages */
	const char *parameters; /* JSON: temperature, max_tokens, schema's name */
	const char *reply;      /* text as the model gave it, partial when not ok */
	const char *reasoning;
	int prompt_tokens, completion_tokens, reasoning_tokens;
	bool is_estimated;                  /* the endpoint did not say how many */
	int64_t latency_ms, first_token_ms; /* first_token_ms -1: none came */
	const char *outcome;                /* llm_class_name */
	const char *finish, *error, *note;
	int requests;
	int64_t created_at;  /* start, set by the caller */
	const char *user_id; /* of no interview: whom it is about, not read back; NULL: nobody */
};

struct llm_call_list {
	struct llm_call *items;
	size_t count;
};

/*
 * Adds the row (id set here), in a transaction of its own unless one is open. ERR_NOT_FOUND: its
 * interview was deleted meanwhile.
 */
enum err llm_call_add(struct store *store, struct llm_call *call);

/* All of an interview in order of id, those after `after_id` only. */
enum err llm_call_list(struct store *store, struct arena *arena, const char *interview_id,
                       int64_t after_id, struct llm_call_list *ret_list);

/* HTTP requests to models that an interview has cost so far. */
enum err llm_call_requests(struct store *store, const char *interview_id, int64_t *ret_count);

/* Sums over calls since `since_ms`, a row for each agent and model, by agent and model. */
struct llm_usage_row {
	const char *agent, *model;
	int64_t calls, errors, prompt_tokens, completion_tokens, reasoning_tokens;
	int64_t estimated;                 /* calls whose tokens are estimated */
	double latency_ms, first_token_ms; /* averages; first token NaN when none */
	int64_t latency_max_ms, latency_p95_ms;
};
struct llm_usage_list {
	struct llm_usage_row *items;
	size_t count;
};
enum err llm_usage_list(struct store *store, struct arena *arena, int64_t since_ms,
                        struct llm_usage_list *ret_list);

/* Counters for Prometheus, of all time: as above with outcomes and latency buckets. */
enum { LLM_BUCKETS = 10 };
extern const int64_t llm_bucket_ms[LLM_BUCKETS]; /* upper bounds: 100 ... 120000 */
struct llm_metric_row {
	const char *agent, *model, *outcome;
	int64_t calls, prompt_tokens, completion_tokens;
	int64_t latency_sum_ms, within[LLM_BUCKETS]; /* within: calls up to the bound */
	int64_t first_count, first_sum_ms, first_within[LLM_BUCKETS];
};
struct llm_metric_list {
	struct llm_metric_row *items;
	size_t count;
};
enum err llm_metric_list(struct store *store, struct arena *arena,
                         struct llm_metric_list *ret_list);

/* Totals of one interview; zero rows when no model took part. */
enum err llm_usage_of_interview(struct store *store, struct arena *arena, const char *interview_id,
                                struct llm_usage_list *ret_list);

#endif
