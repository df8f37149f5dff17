/* The spans of an interview's trace, made of its stored rows. */
#ifndef VIVA_WITNESS_TRACE_SPAN_H
#define VIVA_WITNESS_TRACE_SPAN_H

#include <cjson/cJSON.h>

#include "store/interview.h"
#include "store/llm_call.h"

/* The interview that a trace is of. */
struct trace_talk {
	struct arena *arena; /* also the thread's cJSON arena */
	const struct interview *interview;
	const char *trace_id, *root_id;
	bool has_content; /* words of people and models may be told */
};

/* `interview` must live as long as the talk. */
struct trace_talk trace_span_talk(struct arena *arena, const struct interview *interview,
                                  bool has_content);

/*
 * The spans of the turn `at` of the list, added to the array: greeting, user_message or
 * interviewer_response; observer_analysis when the built-in observer looked at the message
 * before (a model's look is a call); difficulty_change.
 */
void trace_span_add_turn(const struct trace_talk *talk, const struct turn_list *turns, size_t at,
                         cJSON *spans);

/* The span of a call: observer_analysis, or the agent's name. */
void trace_span_add_call(const struct trace_talk *talk, const struct llm_call *call, cJSON *spans);

/* final_feedback: the report. */
void trace_span_add_report(const struct trace_talk *talk, const struct report_row *report,
                           cJSON *spans);

/* What an interview came to; its scores in this order. */
struct trace_scores {
	double total_tokens, total_turns, llm_calls, avg_tokens_per_turn;
	double confidence_score; /* NaN: no model assessed */
};

enum { TRACE_SCORES = 5 };

/* Name and value of score `i`; false when there is none. */
bool trace_span_score(const struct trace_scores *scores, size_t i, const char **ret_name,
                      double *ret_value);

/* The id of score `i`, the same whenever it is sent. */
const char *trace_span_score_id(const struct trace_talk *talk, const char *name);

struct trace_sum {
	const struct llm_usage_list *usage;
	struct trace_scores scores;
	int64_t ended_at; /* the last thing that happened */
};

/* session_token_metrics and the root span with the scores as attributes. */
void trace_span_add_end(const struct trace_talk *talk, const struct trace_sum *sum, cJSON *spans);

#endif
