/* What the engine that asks models checks before it lets words in or out. Pure. */
#ifndef VIVA_EXAMINER_LLM_CHECKS_H
#define VIVA_EXAMINER_LLM_CHECKS_H

#include <stdbool.h>

#include <cjson/cJSON.h>

#include "base/i18n.h"
#include "examiner/examiner.h"
#include "examiner/guard.h"

/* A candidate's text without the orders in it. */
struct llm_fenced {
	const char *shown;   /* for models: each order is "[…]" */
	const char *blanked; /* for the scorer and proofs: spaces instead, offsets unchanged */
	struct guard_orders orders;
};
struct llm_fenced llm_checks_fence(struct arena *arena, const char *text);

/* True if the span shares a byte with one of the list. */
bool llm_checks_overlaps(struct score_span span, const struct score_span *spans, size_t count);

/* False when a text of some length is plainly not in that language. */
bool llm_checks_language(const char *text, enum language language);

/*
 * A model's words trimmed, fit to be shown as they are: not empty, at most `max` code points,
 * in the language, neither markup nor JSON. NULL when they are not.
 */
const char *llm_checks_words(struct arena *arena, const char *text, enum language language,
                             size_t max);

/* What must not be said while the question is active: prompt, key points, references, facts. */
struct score_texts llm_checks_secrets(struct arena *arena, const char *system,
                                      const struct exam_question *question);

/* True if a sentence about scores has a number that is not in the data. */
bool llm_checks_false_score(struct arena *arena, const char *text, const cJSON *data);

#endif
