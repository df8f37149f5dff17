/* What a bank question must show before it may be asked: its own answers earn the mark. */
#ifndef VIVA_EXAMINER_EXAM_CHECK_H
#define VIVA_EXAMINER_EXAM_CHECK_H

#include "examiner/examiner.h"

/*
 * Tells each fault of a question in its language, an English sentence without the
 * language's name: one to three reference answers, each worth nine tenths of the mark by
 * the built-in scorer and with every key point covered.
 */
void exam_check(struct arena *arena, const struct exam_question *question,
                void (*tell)(void *context, const char *fault), void *context);

#endif
