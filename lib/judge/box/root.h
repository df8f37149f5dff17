/* What of the host's files a box shows, and the root of a box in tier A. */
#ifndef VIVA_JUDGE_BOX_ROOT_H
#define VIVA_JUDGE_BOX_ROOT_H

#include "judge/box/box.h"

/* Devices that every program may use; NULL-ended. */
extern const char *const root_devices[];

/*
 * Calls `each` with every path that boxes show read-only: /usr, /lib and the like where
 * they are no links, and what little of /etc toolchains need. Stops and returns false as
 * soon as one call does.
 */
bool root_each_shown(bool (*each)(const char *path, void *data), void *data);

/*
 * Gives this process, alone in a mount namespace, a root of its own: what boxes show,
 * devices, /box and /tmp; nothing else, and of /proc only what root_name_program says. False with
 * box->error.
 */
bool root_build(struct box *box);

/*
 * Has /proc/self/exe, all that there is of /proc, say that this is the program that runs:
 * compilers and runtimes look there for where they live. False with box->error.
 */
bool root_name_program(struct box *box, const char *path);

/* Makes /box read-only. False with box->error. */
bool root_seal(struct box *box);

#endif
