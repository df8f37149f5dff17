/* The checks of what the writing agents answer. Pure. */
#ifndef VIVA_EXAMINER_WRITERS_CHECK_H
#define VIVA_EXAMINER_WRITERS_CHECK_H

#include "examiner/writers.h"

/*
 * What is wrong with an answer that fits the agent's schema, a sentence in English for the
 * model; NULL: nothing. `system` is the prompt, which must not come back. Names of tracks
 * and topics in `json` are put right to the facts' spelling, repeated ones taken out;
 * quotations that no answer holds and resources that are no plain names are dropped, and a
 * soft skill whose reason is at fault keeps neither reason nor quotation, its score is null.
 * The faults of words are those of writers_words_fault, numbers that the facts do not know,
 * names of the JSON and another language.
 */
const char *writers_check(struct arena *arena, const struct writers_order *order,
                          const char *system, cJSON *json);

#endif
