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

/* The wanted stems of a vocabulary by their first letters. */
struct match_index;

/*
 * Fills the matches of every wanted stem, opposites included. Known opposites of wanted
 * stems are entered into the vocabulary, so that match_new need not look for them.
 */
const struct match_index *match_all(struct arena *arena, struct vocab *vocab);

/*
 * In a fork of the indexed vocabulary adds those stems from number `first` on, none of them
 * wanted, to the matches of the wanted ones.
 */
void match_new(const struct match_index *index, struct vocab *vocab, uint32_t first);

#endif
