/* Names of files in tiers B and C, where /box and /tmp lie elsewhere. */
#ifndef VIVA_JUDGE_BOX_PATHS_H
#define VIVA_JUDGE_BOX_PATHS_H

#include "judge/box/box.h"

/*
 * Replaces /box and /tmp in each string, where a path can begin, by the folders of this
 * box, and tells the program in its environment (`count` strings, then a NULL and room for
 * one more) where /tmp is; nothing of it in tier A. NULLs among the strings are skipped.
 * They live until the next call. False when they become too long.
 */
bool paths_translate(const struct box *box, char **strings, int count);

#endif
