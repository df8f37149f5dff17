/* Which stems stand for one another in spite of inflection, derivation and typos. */
#ifndef VIVA_SCORE_MATCH_H
#define VIVA_SCORE_MATCH_H

#include "score/vocab.h"

/*
 * 1 for the same stem, else .9 for a typo, .8 for a long common beginning, the
 * Dice coefficient of the letter trigrams when it is high, or 0. Sets *ret_typo
 * when the stems differ before their last two letters by a typo's distance.
 */
float match_strength(const struct vocab_stem *a, const struct vocab_stem *b, bool *ret_typo);

/* Fills the matches of every wanted stem, opposites included. */
void match_all(struct arena *arena, struct vocab *vocab);

#endif
