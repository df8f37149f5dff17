/* What a bank question must show before it may be asked: its own answers earn the mark. */
#ifndef VIVA_EXAMINER_EXAM_CHECK_H
#define VIVA_EXAMINER_EXAM_CHECK_H

#include "examiner/examiner.h"

/* Marks of ten that a question's own answers must earn. */
#define EXAM_LEAST_REFERENCE 9.0
#define EXAM_LEAST_GOOD      7.0
#define EXAM_MOST_THIN       4.0
#define EXAM_MOST_OTHER      2.0 /* of an answer to another question */

/*
 * Tells each fault of a question in its language, an English sentence without the
 * language's name. One to three reference answers, each with every key point covered and worth
 * EXAM_LEAST_REFERENCE; of the stored answers, where it has them, the good one is worth
 * EXAM_LEAST_GOOD, less when any one wrong claim is added to it, and the thin one no more than
 * EXAM_MOST_THIN.
 */
void exam_check(struct arena *arena, const struct exam_question *question,
                void (*tell)(void *context, const char *fault), void *context);

#endif
