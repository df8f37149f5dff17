/* Locks between processes and threads by name, which a dead process cannot hold. */
#ifndef VIVA_BASE_LOCK_H
#define VIVA_BASE_LOCK_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"

struct lock;

/*
 * The name, in VIVA_VAR/locks, that each program shares while it serves; who replaces the
 * database has it alone.
 */
#define LOCK_PROGRAMS "programs"

/*
 * Takes the lock of that name in the file (made when missing), waiting up to `wait_ms`; it
 * is given back with the arena, or by lock_release. ERR_BUSY: another holds it. Names whose
 * 62-bit hashes agree share a lock. ERR_INTERNAL (logged): the file cannot be used.
 */
enum err lock_take(struct arena *arena, const char *path, const char *name, int wait_ms,
                   struct lock **ret_lock);

/* The same, but any number may share it: who takes it alone waits for all of them, and they for
 * him. */
enum err lock_share(struct arena *arena, const char *path, const char *name, int wait_ms,
                    struct lock **ret_lock);

/* Gives it back before the arena goes; NULL and a second time are allowed. */
void lock_release(struct lock *lock);

#endif
