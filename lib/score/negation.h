/* Which words of a text a negator turns into their opposite. */
#ifndef VIVA_SCORE_NEGATION_H
#define VIVA_SCORE_NEGATION_H

#include "score/passage.h"

/*
 * Sets `negated` of the passage's tokens. A negator turns the next content words
 * of its clause, an early one its whole clause (in English its whole sentence, up
 * to a "but"); with nothing after it, what stands before it in the clause. "Not
 * only" and the answer "No, ..." turn nothing, nor does "never X without Y". Two
 * negators cancel in English and strengthen one another in Russian and Ukrainian.
 */
void negation_mark(struct passage *passage);

#endif
