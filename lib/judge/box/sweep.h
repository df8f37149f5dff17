/* Getting rid of what candidates left: files and processes. */
#ifndef VIVA_JUDGE_BOX_SWEEP_H
#define VIVA_JUDGE_BOX_SWEEP_H

#include <stdbool.h>
#include <sys/types.h>

/*
 * Removes everything in an open folder, following no link and opening nothing but folders
 * in it, whatever their depth. False with errno if something stays.
 */
bool sweep_folder(int folder);

/*
 * Kills all processes of that user, from a process of that user; needs the right to
 * become it. `proc` is an open /proc. 1: some are left (they may be dead already and wait to
 * be reaped; call again), 0: none, -1: could not be done.
 */
int sweep_user(uid_t uid, int proc);

/*
 * Kills the descendants of this process, which is the subreaper of them; call again until
 * it has no child. `proc` is an open /proc of its pid namespace.
 */
void sweep_children(int proc);

#endif
