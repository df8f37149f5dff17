/* An answer cut into what earned key points and what did not. */
#ifndef VIVA_REPORT_SEGMENTS_H
#define VIVA_REPORT_SEGMENTS_H

#include <stdbool.h>

#include <cjson/cJSON.h>

#include "base/arena.h"

/*
 * Cuts `answer` at all bounds of the key points' evidence, and of the `denial` of each of
 * `denials`, the same points as the scorer explains them (may be NULL): an array of { text,
 * at (its first byte), is_marked, points ("1 3": the numbers, from 1, of those that it earned;
 * or null), denied (of those that it contradicts) }. Spans outside the answer or off its
 * characters' bounds are left out.
 */
cJSON *segments_of(struct arena *arena, const char *answer, const cJSON *key_points,
                   const cJSON *denials);

/*
 * The same of a normalized question: its answer by its key points and, where the built-in
 * examiner graded it, by what denies them (ret_has_denials: there is some).
 */
cJSON *segments_of_question(struct arena *arena, const cJSON *question, bool *ret_has_denials);

#endif
