/* Statements that are put only to be called false: "many think so, but that is wrong". */
#ifndef VIVA_SCORE_VERDICT_H
#define VIVA_SCORE_VERDICT_H

#include "score/passage.h"

/*
 * Notes in each sentence what a verdict denies of it: what stands before a clause that says
 * nothing but that it is wrong or not so, all of it before a sentence of nothing else, and
 * what others are said to think up to where it is set right ("..., but in fact ...").
 */
void verdict_find(const struct vocab *vocab, struct passage *passage);

/* Turns what verdicts deny, after all that negators turn. */
void verdict_turn(struct passage *passage);

#endif
