/* Truth checks: what a model says counts only where the data bear it out. Pure. */
#ifndef VIVA_EXAMINER_PROOF_H
#define VIVA_EXAMINER_PROOF_H

#include <stdbool.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "score/score.h"

/*
 * Where `quote` stands in the answer, white space and letter case folded, quotation marks
 * and dots at its ends left out. False: nowhere, or it has fewer than two words of content
 * (one, for an answer of one word).
 */
bool proof_find_quote(struct arena *arena, const char *answer, const char *quote,
                      struct score_span *ret_span);

/*
 * The first number in `text` (digits, also 7.5, 7,5, 70 %) that stands nowhere in the JSON
 * `data`: not as a number (rounded as the text rounds it, ratios also as percent), not in
 * its strings, not as the length of one of its arrays. NULL: every one does. Numbers of a
 * list ("1.") and words are not looked at.
 */
const char *proof_stray_number(struct arena *arena, const char *text, const cJSON *data);

#endif
