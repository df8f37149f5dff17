/* A place in the judge for the commands about the bank. */
#ifndef VIVA_TOOLS_BANK_JUDGE_H
#define VIVA_TOOLS_BANK_JUDGE_H

#include "judge/judge.h"

/*
 * Waits up to a minute for a slot, as candidates may be using them all; see judge_enter.
 * ERR_BUSY: none became free.
 */
enum err bank_judge_enter(const struct judge *judge, struct arena *arena, int *ret_slot);

#endif
