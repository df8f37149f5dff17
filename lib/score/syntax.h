/* How function words hold the words of a text together, in English, Russian and Ukrainian. */
#ifndef VIVA_SCORE_SYNTAX_H
#define VIVA_SCORE_SYNTAX_H

#include "score/passage.h"

/* The bits of enum word_flag that tell where a folded word may stand; 0 for most words. */
unsigned syntax_flags(const char *word);

/* The share of articles and prepositions, 0..1, that something follows which cannot. */
double syntax_broken(const struct passage *passage);

/*
 * The share of content words, 0..1, that nothing ties to their neighbours: those in long
 * runs without a function word, and those that are a clause or line of their own or joined
 * by nothing but "and". 0 for a text of a few words, where that tells nothing.
 */
double syntax_bare(const struct vocab *vocab, const struct passage *passage);

#endif
