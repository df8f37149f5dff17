/* Words for the candidate about one graded answer. */
#ifndef VIVA_EXAMINER_FEEDBACK_H
#define VIVA_EXAMINER_FEEDBACK_H

#include "examiner/examiner.h"

/* One to three sentences: how good, what is missing most, what is wrong. */
const char *feedback_short(struct arena *arena, const struct exam_question *question,
                           const char *answer, const struct score_result *result);

/*
 * Several lines, lists with "- ": what was said in the candidate's words, what is
 * partly there, what is missing, wrong claims with the right fact, and advice.
 */
const char *feedback_detailed(struct arena *arena, const struct exam_question *question,
                              const char *answer, const struct score_result *result);

#endif
