/* What an endpoint does not take of a request for a model: learned from its refusals. */
#ifndef VIVA_LLM_QUIRKS_H
#define VIVA_LLM_QUIRKS_H

#include <stdbool.h>

#include "llm/llm.h"

enum quirk_tokens { TOKENS_OLD_NAME, TOKENS_NEW_NAME, TOKENS_UNSENT };
enum quirk_format { FORMAT_SCHEMA, FORMAT_OBJECT, FORMAT_PROMPT };

struct quirks {
	enum quirk_tokens tokens; /* max_tokens, max_completion_tokens, neither */
	enum quirk_format format; /* json_schema, json_object, told in the prompt only */
	bool no_temperature, no_stream_options;
};

/*
 * True if a refusal names something that this request had and that can be left out or said
 * otherwise; `quirks` are then changed by that one thing. Only a 400 or 422 teaches.
 */
bool quirks_learn(struct quirks *quirks, const struct llm_request *request, int status,
                  const char *message);

/* Joins what two calls learned at the same time. */
void quirks_join(struct quirks *known, const struct quirks *learned);

#endif
