/* Words for the candidate about one graded answer. */
#ifndef VIVA_EXAMINER_FEEDBACK_H
#define VIVA_EXAMINER_FEEDBACK_H

#include "examiner/examiner.h"

/*
 * One to five sentences: how good, or what limits the mark or made it poor at all; how many
 * points there are, what was said best, what is missing most, what is wrong.
 */
const char *feedback_short(struct arena *arena, const struct exam_question *question,
                           const char *answer, const struct score_result *result);

/*
 * Several lines, lists with "- ": at most three strengths in the candidate's own words, at
 * most five weaknesses (false claims with the right fact, what is missing, what is there in
 * part) and at most three improvements.
 */
const char *feedback_detailed(struct arena *arena, const struct exam_question *question,
                              const char *answer, const struct score_result *result);

#endif
