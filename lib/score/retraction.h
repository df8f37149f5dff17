/* Sentences that take back what was said before them. */
#ifndef VIVA_SCORE_RETRACTION_H
#define VIVA_SCORE_RETRACTION_H

#include "score/passage.h"

/*
 * After verdict_find: marks the sentence before one such as "No, that is false", and all
 * sentences before one such as "None of this is true", as denied.
 */
void retraction_find(const struct vocab *vocab, struct passage *passage);

#endif
