/* Putting a database in the place of another; see care/backup.h for faults. */
#ifndef VIVA_CARE_RESTORE_H
#define VIVA_CARE_RESTORE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"

/*
 * Holds the folder for this process until the arena goes: no program serves from it, and none
 * starts to. ERR_BUSY: one does, or something has its database open. ERR_INTERNAL: it cannot be
 * written.
 */
enum err restore_hold(struct arena *arena, const char *folder, const char **ret_fault);

/*
 * Gives the database of the file `fresh` the name `database` in one step. One that was there is
 * put aside whole, with its write-ahead log, under the name *ret_aside (NULL: there was none);
 * so is the log of one that is lost. Both are in one folder, which is held. ERR_INTERNAL: what
 * was there is there still.
 */
enum err restore_swap(struct arena *arena, const char *database, const char *fresh,
                      const char **ret_aside, const char **ret_fault);

#endif
