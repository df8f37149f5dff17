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

/* Begins a part of the text with a line of its own. */
void feedback_heading(struct feedback_writer *writer, const char *text);

/* Advice on this very answer, at most three pieces; nothing for a full answer in good form. */
void feedback_improvements(struct feedback_writer *writer);

#endif
