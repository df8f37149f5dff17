#include "care/restore.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/lock.h"
#include "care/backup.h"
#include "store/snapshot.h"

enum err restore_hold(struct arena *arena, const char *folder, const char **ret_fault)
{
	struct lock *lock;
	enum err err = lock_take(arena, arena_printf(arena, "%s/locks", folder), LOCK_PROGRAMS, 0,
	                         &lock);

	*ret_fault = err == ERR_BUSY ? "programs of Viva run with that folder: stop them first"
	                             : "the folder cannot be written";
	if (err == OK && snapshot_is_open(arena_printf(arena, "%s/viva.db", folder))) {
		*ret_fault = "a program has the database open: stop it first";
		err = ERR_BUSY;
	}
	return err;
}

/* A second name of the same file, so that the first is never without one. */
static bool keep_as(const char *database, const char *aside)
{
	if (link(database, aside) == 0)
		return true;
	/* a file system without such names */
	return errno != EEXIST && rename(database, aside) == 0;
}

/* What was not yet moved from a log into its database would be written over the next one. */
static bool put_log_aside(struct arena *arena, const char *database, const char *aside)
{
	static const char *const ends[] = { "-wal", "-shm" };

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (rename(arena_printf(arena, "%s%s", database, ends[i]),
		           arena_printf(arena, "%s%s", aside, ends[i])) != 0 &&
		    errno != ENOENT)
			return false;
	return true;
}

enum err restore_swap(struct arena *arena, const char *database, const char *fresh,
                      const char **ret_aside, const char **ret_fault)
{
	const char *stamp = clock_text(arena, clock_now_ms(), 0, CLOCK_STAMP);
	const char *aside = arena_printf(arena, "%s.replaced-%s", database, stamp);
	const bool is_there = access(database, F_OK) == 0;

	for (int i = 2; access(aside, F_OK) == 0; i++)
		aside = arena_printf(arena, "%s.replaced-%s-%d", database, stamp, i);
	if (is_there)
		snapshot_settle(database);
	if (!put_log_aside(arena, database, aside) || (is_there && !keep_as(database, aside)) ||
	    rename(fresh, database) != 0) {
		*ret_fault = arena_printf(arena, "%s: %s", database, strerror(errno));
		return ERR_INTERNAL;
	}
	backup_sync_folder(arena, database);
	*ret_aside = is_there ? aside : NULL;
	return OK;
}
