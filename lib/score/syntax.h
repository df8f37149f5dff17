/* How function words hold the words of a text together, in English, Russian and Ukrainian. */
#ifndef VIVA_SCORE_SYNTAX_H
#define VIVA_SCORE_SYNTAX_H

#include "score/passage.h"

/* The bits of enum word_flag that tell where a folded word may stand; 0 for most words. */
unsigned syntax_flags(const char *word);

/*
 * The share of articles and prepositions, 0..1, that something follows which cannot; less
 * in a text that has only a few of them, where a sign such as "%" may have been the word.
 */
double syntax_broken(const struct passage *passage);

/*
 * The share of content words, 0..1, that nothing ties to their neighbours: those in long
 * runs without a function word, and those that are a clause or line of their own or joined
 * by nothing but "and". 0 for a text of a few words, where that tells nothing.
 */
double syntax_bare(const struct vocab *vocab, const struct passage *passage);

/* True if the word has an ending of finite verbs; some nouns have it as well. */
bool syntax_like_verb(const struct vocab_word *word);

/*
 * The share of content words, 0..1, in clauses that only name something: of a few content
 * words with no verb among them and no function word that says how they belong together.
 * 0 for a text of a few clauses.
 */
double syntax_named(const struct vocab *vocab, const struct passage *passage);

#endif
