/* Likeness of two texts by their runs of four letters: sees through inflection. */
#ifndef VIVA_SCORE_GRAMS_H
#define VIVA_SCORE_GRAMS_H

#include "score/passage.h"

/* The distinct grams of a reference. */
struct gram_set;

/* Collects them; those that `question` has, too, will weigh QUESTION_WEIGHT. */
const struct gram_set *grams_collect(struct arena *arena, const struct vocab *vocab,
                                     const struct passage *reference,
                                     const struct passage *question);

/* The share of the set's weight that the answer has, 0..1. */
double grams_recall(struct arena *arena, const struct vocab *vocab, const struct gram_set *set,
                    const struct passage *answer);

#endif
