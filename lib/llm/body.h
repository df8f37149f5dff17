/* The request as JSON. */
#ifndef VIVA_LLM_BODY_H
#define VIVA_LLM_BODY_H

#include "llm/llm.h"
#include "llm/quirks.h"

/* What is said to a model whose last answer was no good; NULL: nothing yet. */
struct body_repair {
	const char *answer, *fault;
};

/*
 * The body of a chat request as this endpoint takes it, with `max_tokens` (0: none). Where
 * the endpoint cannot be given the schema, the model is told it. Lives in the thread's cJSON
 * arena.
 */
const char *body_chat(struct arena *arena, const struct llm_request *request,
                      const struct quirks *quirks, int max_tokens,
                      const struct body_repair *repair);

#endif
