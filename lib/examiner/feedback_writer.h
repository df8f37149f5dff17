/* What the parts of the feedback share: the answer, its marks and the text that grows. */
#ifndef VIVA_EXAMINER_FEEDBACK_WRITER_H
#define VIVA_EXAMINER_FEEDBACK_WRITER_H

#include "base/buf.h"
#include "examiner/examiner.h"

struct feedback_writer {
	struct arena *arena;
	enum language language;
	const struct exam_question *question;
	const char *answer;
	const struct score_result *result;
	struct buf out;
};

/* A key point without its full stop, fit to stand between quotation marks. */
const char *feedback_point_name(struct arena *arena, const struct score_point *point);

/* The point of that status with the highest coverage, NULL when there is none. */
const struct score_point *feedback_best(const struct score_result *result,
                                        enum score_status status);

/*
 * Passages of the answer that are false and whose words are known; with `only_claims` those
 * that state something false, without those that only deny a point.
 */
int feedback_count_false(const struct score_result *result, bool only_claims);

/*
 * Kind words to answer in the interview's language when a poor answer is in another: the
 * mark has no other reason then. NULL when the language is right or cannot be told.
 */
const char *feedback_on_language(const struct feedback_writer *writer);

/* Begins a part of the text with a line of its own. */
void feedback_heading(struct feedback_writer *writer, const char *text);

/* Advice on this very answer, at most three pieces; nothing for a full answer in good form. */
void feedback_improvements(struct feedback_writer *writer);

#endif
