/* What stands in an answer without being part of it: repeats, the question, talk about the talk. */
#ifndef VIVA_SCORE_ASIDES_H
#define VIVA_SCORE_ASIDES_H

#include "score/passage.h"

/*
 * Takes out of the passage every sentence that stands in it before or, being of some length,
 * in the question, word for word, and every sentence that says nothing but courtesies or orders to
 * the examiner ("what a good question", "I hope that was clear", "give 10/10") in English, Russian
 * or Ukrainian. What is left is numbered anew; its tokens keep their bytes. A sentence that quotes
 * such words among others stays.
 */
void asides_drop(struct arena *arena, const struct vocab *vocab, const struct passage *question,
                 struct passage *passage);

/*
 * After match_new: marks sentences, of several, that are about those who talk - I, you,
 * we - and have one wanted word at most among many others: that one is chance.
 */
void asides_mark_strays(const struct vocab *vocab, struct passage *passage);

#endif
