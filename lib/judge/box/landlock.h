/* Landlock: what programs may open in the tiers that have no file system of their own. */
#ifndef VIVA_JUDGE_BOX_LANDLOCK_H
#define VIVA_JUDGE_BOX_LANDLOCK_H

#include "judge/box/box.h"

/*
 * Makes box->landlock: both let read and run what boxes show (/usr, ... without
 * box->hidden) and /box; the first one also lets write /box and /tmp. False with
 * box->error, also when the kernel has no Landlock.
 */
bool landlock_make(struct box *box);

/* Binds the calling process for good to a rule set, which it closes. False with errno. */
bool landlock_bind(int rules);

#endif
