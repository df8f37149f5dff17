#include "base/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"

enum { ASK_AGAIN_MS = 10 };

struct lock {
	int file; /* -1: given back */
};

/* The byte of the file that stands for a name: FNV-1a, 62 bits. */
static off_t byte_of(const char *name)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (; *name != '\0'; name++)
		hash = (hash ^ (unsigned char)*name) * UINT64_C(0x100000001b3);
	return (off_t)(hash >> 2);
}

static void close_lock(void *object)
{
	lock_release(object);
}

/* A lock belongs to the open file, not to the process: threads exclude one another too. */
static bool try_lock(int file, off_t byte, short type)
{
	struct flock range = { .l_type = type, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1 };

	return fcntl(file, F_OFD_SETLK, &range) == 0;
}

/* What root makes must be of use to the programs, which are another user. */
static void give(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash != NULL)
		file_give(path, arena_copy(arena, path, (size_t)(slash - path) + 1));
}

static enum err open_lock(struct arena *arena, const char *path, struct lock **ret_lock)
{
	struct lock *lock = arena_alloc(arena, sizeof(*lock));

	lock->file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (lock->file < 0) {
		log_error("%s: %s", path, strerror(errno));
		return ERR_INTERNAL;
	}
	give(arena, path);
	arena_defer(arena, close_lock, lock);
	*ret_lock = lock;
	return OK;
}

static enum err wait_for(struct lock *lock, const char *name, short type, int wait_ms)
{
	const struct timespec pause = { .tv_nsec = ASK_AGAIN_MS * 1000000L };
	const int64_t until = clock_monotonic_us() + (int64_t)wait_ms * 1000;
	bool is_taken;

	while (!(is_taken = try_lock(lock->file, byte_of(name), type)) &&
	       clock_monotonic_us() < until)
		nanosleep(&pause, NULL);
	if (is_taken)
		return OK;
	lock_release(lock);
	return ERR_BUSY;
}

enum err lock_take(struct arena *arena, const char *path, const char *name, int wait_ms,
                   struct lock **ret_lock)
{
	struct lock *lock;
	enum err err = open_lock(arena, path, &lock);

	if (err == OK)
		err = wait_for(lock, name, F_WRLCK, wait_ms);
	if (err == OK)
		*ret_lock = lock;
	return err;
}

enum err lock_share(struct arena *arena, const char *path, const char *name, int wait_ms,
                    struct lock **ret_lock)
{
	struct lock *lock;
	enum err err = open_lock(arena, path, &lock);

	if (err == OK)
		err = wait_for(lock, name, F_RDLCK, wait_ms);
	if (err == OK)
		*ret_lock = lock;
	return err;
}

void lock_release(struct lock *lock)
{
	if (lock == NULL || lock->file < 0)
		return;
	close(lock->file);
	lock->file = -1;
}
