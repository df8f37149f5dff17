/* The checks of what the writing agents answer. Pure. */
#ifndef VIVA_EXAMINER_WRITERS_CHECK_H
#define VIVA_EXAMINER_WRITERS_CHECK_H

#include "examiner/writers.h"

/*
 * What is wrong with an answer that fits the agent's schema, a sentence in English for the
 * model; NULL: nothing. `system` is the prompt, which must not come back. Names of tracks
 * and topics in `json` are put right to the facts' spelling, repeated ones taken out;
 * quotations that no answer holds and resources with addresses are dropped.
 */
const char *writers_check(struct arena *arena, const struct writers_order *order,
                          const char *system, cJSON *json);

#endif
