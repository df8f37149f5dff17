/* Likeness of two texts by their runs of four letters: sees through inflection. */
#ifndef VIVA_SCORE_GRAMS_H
#define VIVA_SCORE_GRAMS_H

#include "score/passage.h"

/*
 * The share of the reference's distinct grams that the answer has, 0..1; those of
 * the question weigh QUESTION_WEIGHT.
 */
double grams_recall(struct arena *arena, const struct vocab *vocab, const struct passage *reference,
                    const struct passage *question, const struct passage *answer);

#endif
