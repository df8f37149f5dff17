/*
 * A file system for SQLite over the real one, of which tests decide when it fails. fault_install
 * makes it the default, so the product opens its databases through it and knows nothing.
 */
#ifndef VIVA_TESTS_FAULT_VFS_H
#define VIVA_TESTS_FAULT_VFS_H

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

/* What goes wrong from the operation on that fault_arm names. */
enum fault_kind {
	FAULT_NONE,
	FAULT_ONCE,  /* this operation fails, the next ones do not: a flash of bad luck */
	FAULT_FROM,  /* this one and all after it fail: the disk is gone */
	FAULT_FULL,  /* nothing can be written that makes files longer, or at all */
	FAULT_SHORT, /* half of what was to be written is, then the error comes */
	FAULT_BUSY,  /* this lock is held by somebody else, for longer than anybody waits */
	FAULT_KINDS,
};

static const char *const fault_names[] = { "none", "once", "from", "full", "short", "busy" };

/* Tries to take a lock that fail: more than SQLite makes within our timeout. */
enum { FAULT_BUSY_TRIES = 80 };

struct fault_plan {
	enum fault_kind kind;
	long at, count; /* the operation that is meant, counted from 1; those so far */
	long fired;     /* operations that failed */
};

static struct fault_plan fault_plan;
static sqlite3_vfs *fault_real;

/* What somebody else wants to know of files: see power_disk.h. */
struct fault_watcher {
	void (*on_write)(const char *path, const void *bytes, int len, sqlite3_int64 offset);
	void (*on_truncate)(const char *path, sqlite3_int64 size);
	void (*on_sync)(const char *path); /* before it takes place */
	void (*on_delete)(const char *path, bool is_synced);
};

static const struct fault_watcher *fault_watcher;

struct fault_file {
	sqlite3_file base;
	const char *path;
	sqlite3_file *real;
};

/* The plan for the operations to come. */
static inline void fault_arm(enum fault_kind kind, long at)
{
	fault_plan = (struct fault_plan){ .kind = kind, .at = at };
}

enum fault_what { FAULT_READS, FAULT_WRITES, FAULT_LOCKS };

static inline bool fault_concerns(enum fault_kind kind, enum fault_what what)
{
	switch (kind) {
	case FAULT_FULL:
	case FAULT_SHORT:
		return what == FAULT_WRITES;
	case FAULT_BUSY:
		return what == FAULT_LOCKS;
	default:
		return true;
	}
}

/* Counts an operation; true if it is to fail. */
static inline bool fault_hits(enum fault_what what)
{
	struct fault_plan *plan = &fault_plan;
	long past;

	if (plan->kind == FAULT_NONE || !fault_concerns(plan->kind, what))
		return false;
	past = ++plan->count - plan->at;
	if (past < 0 || (past > 0 && (plan->kind == FAULT_ONCE || plan->kind == FAULT_SHORT)) ||
	    (plan->kind == FAULT_BUSY && past >= FAULT_BUSY_TRIES))
		return false;
	plan->fired++;
	return true;
}

static inline struct fault_file *fault_of(sqlite3_file *file)
{
	return (struct fault_file *)file;
}

static int fault_close(sqlite3_file *file)
{
	sqlite3_file *real = fault_of(file)->real;

	return real->pMethods->xClose(real);
}

static int fault_read(sqlite3_file *file, void *bytes, int len, sqlite3_int64 offset)
{
	sqlite3_file *real = fault_of(file)->real;

	if (fault_hits(FAULT_READS))
		return SQLITE_IOERR_READ;
	return real->pMethods->xRead(real, bytes, len, offset);
}

static int fault_write(sqlite3_file *file, const void *bytes, int len, sqlite3_int64 offset)
{
	sqlite3_file *real = fault_of(file)->real;

	if (fault_hits(FAULT_WRITES)) {
		if (fault_plan.kind == FAULT_SHORT)
			real->pMethods->xWrite(real, bytes, len / 2, offset);
		return fault_plan.kind == FAULT_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
	}
	if (fault_watcher != NULL)
		fault_watcher->on_write(fault_of(file)->path, bytes, len, offset);
	return real->pMethods->xWrite(real, bytes, len, offset);
}

static int fault_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	sqlite3_file *real = fault_of(file)->real;

	if (fault_hits(FAULT_WRITES) && fault_plan.kind != FAULT_FULL)
		return SQLITE_IOERR_TRUNCATE;
	if (fault_watcher != NULL)
		fault_watcher->on_truncate(fault_of(file)->path, size);
	return real->pMethods->xTruncate(real, size);
}

/* Nothing waits for the real disk: whether a sync counts is for the watcher to say. */
static int fault_sync(sqlite3_file *file, int flags)
{
	(void)flags;
	if (fault_hits(FAULT_WRITES))
		return SQLITE_IOERR_FSYNC;
	if (fault_watcher != NULL)
		fault_watcher->on_sync(fault_of(file)->path);
	return SQLITE_OK;
}

static int fault_size(sqlite3_file *file, sqlite3_int64 *ret_size)
{
	sqlite3_file *real = fault_of(file)->real;

	return fault_hits(FAULT_READS) ? SQLITE_IOERR_FSTAT
	                               : real->pMethods->xFileSize(real, ret_size);
}

static int fault_lock(sqlite3_file *file, int level)
{
	sqlite3_file *real = fault_of(file)->real;

	if (fault_hits(FAULT_LOCKS))
		return fault_plan.kind == FAULT_BUSY ? SQLITE_BUSY : SQLITE_IOERR_LOCK;
	return real->pMethods->xLock(real, level);
}

static int fault_unlock(sqlite3_file *file, int level)
{
	sqlite3_file *real = fault_of(file)->real;

	return real->pMethods->xUnlock(real, level);
}

static int fault_is_reserved(sqlite3_file *file, int *ret_is)
{
	sqlite3_file *real = fault_of(file)->real;

	return real->pMethods->xCheckReservedLock(real, ret_is);
}

static int fault_control(sqlite3_file *file, int op, void *argument)
{
	sqlite3_file *real = fault_of(file)->real;

	return real->pMethods->xFileControl(real, op, argument);
}

static int fault_sector(sqlite3_file *file)
{
	sqlite3_file *real = fault_of(file)->real;

	return real->pMethods->xSectorSize(real);
}

static int fault_traits(sqlite3_file *file)
{
	sqlite3_file *real = fault_of(file)->real;

	return real->pMethods->xDeviceCharacteristics(real);
}

static int fault_shm_map(sqlite3_file *file, int page, int size, int extend,
                         void volatile **ret_memory)
{
	sqlite3_file *real = fault_of(file)->real;

	if (fault_hits(FAULT_READS))
		return extend ? SQLITE_IOERR_SHMSIZE : SQLITE_IOERR_SHMMAP;
	return real->pMethods->xShmMap(real, page, size, extend, ret_memory);
}

static int fault_shm_lock(sqlite3_file *file, int offset, int count, int flags)
{
	sqlite3_file *real = fault_of(file)->real;

	if ((flags & SQLITE_SHM_LOCK) != 0 && fault_hits(FAULT_LOCKS))
		return fault_plan.kind == FAULT_BUSY ? SQLITE_BUSY : SQLITE_IOERR_SHMLOCK;
	return real->pMethods->xShmLock(real, offset, count, flags);
}

static void fault_shm_barrier(sqlite3_file *file)
{
	sqlite3_file *real = fault_of(file)->real;

	real->pMethods->xShmBarrier(real);
}

static int fault_shm_unmap(sqlite3_file *file, int is_deleting)
{
	sqlite3_file *real = fault_of(file)->real;

	return real->pMethods->xShmUnmap(real, is_deleting);
}

static const sqlite3_io_methods fault_methods = {
	.iVersion = 2,
	.xClose = fault_close,
	.xRead = fault_read,
	.xWrite = fault_write,
	.xTruncate = fault_truncate,
	.xSync = fault_sync,
	.xFileSize = fault_size,
	.xLock = fault_lock,
	.xUnlock = fault_unlock,
	.xCheckReservedLock = fault_is_reserved,
	.xFileControl = fault_control,
	.xSectorSize = fault_sector,
	.xDeviceCharacteristics = fault_traits,
	.xShmMap = fault_shm_map,
	.xShmLock = fault_shm_lock,
	.xShmBarrier = fault_shm_barrier,
	.xShmUnmap = fault_shm_unmap,
};

static int fault_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags,
                      int *ret_flags)
{
	struct fault_file *own = fault_of(file);
	int code;

	(void)vfs;
	own->base.pMethods = NULL;
	if (fault_hits(FAULT_READS))
		return SQLITE_CANTOPEN;
	own->path = path; /* SQLite keeps it as long as the file is open */
	own->real = (sqlite3_file *)(own + 1);
	code = fault_real->xOpen(fault_real, path, own->real, flags, ret_flags);
	if (own->real->pMethods != NULL)
		own->base.pMethods = &fault_methods;
	return code;
}

static int fault_delete(sqlite3_vfs *vfs, const char *path, int is_synced)
{
	(void)vfs;
	if (fault_hits(FAULT_WRITES) && fault_plan.kind != FAULT_FULL)
		return SQLITE_IOERR_DELETE;
	if (fault_watcher != NULL)
		fault_watcher->on_delete(path, is_synced != 0);
	return fault_real->xDelete(fault_real, path, is_synced);
}

static int fault_access(sqlite3_vfs *vfs, const char *path, int flags, int *ret_is)
{
	(void)vfs;
	return fault_hits(FAULT_READS) ? SQLITE_IOERR_ACCESS
	                               : fault_real->xAccess(fault_real, path, flags, ret_is);
}

/* Who waits for a lock waits no time. */
static int fault_sleep(sqlite3_vfs *vfs, int microseconds)
{
	(void)vfs;
	return microseconds;
}

/* Makes it the default of all connections opened from now on. */
static inline void fault_install(void)
{
	static sqlite3_vfs vfs;

	if (fault_real != NULL)
		return; /* it is that already */
	fault_real = sqlite3_vfs_find("unix");
	vfs = *fault_real;
	vfs.pNext = NULL;
	vfs.zName = "fault";
	vfs.szOsFile = (int)sizeof(struct fault_file) + fault_real->szOsFile;
	vfs.xOpen = fault_open;
	vfs.xDelete = fault_delete;
	vfs.xAccess = fault_access;
	vfs.xSleep = fault_sleep;
	sqlite3_vfs_register(&vfs, 1);
}

#endif
