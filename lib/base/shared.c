#include "base/shared.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"

enum { MOST_OPEN = 64 };

struct shared {
	struct arena *arena; /* holds this structure */
	struct shared_file file;
	void *memory;
	dev_t device; /* of the mapped file */
	ino_t inode;  /* 0: own memory */
	int place;    /* in `ranges` and `all` */
	bool has_complained;
};

/* What the signal's handler may look at. */
static struct range {
	_Atomic uintptr_t start; /* 0: free */
	_Atomic size_t bytes;
	atomic_bool is_lost; /* own memory stands there now */
} ranges[MOST_OPEN];

static struct shared *all[MOST_OPEN]; /* guarded by mutex */
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static struct sigaction before; /* what a bus error did before us */

/* --- a page that has no file any more ------------------------------------------------ */

/*
 * The file is shorter than what is mapped, or its disk is full: zeros take its place and the
 * access is tried again. mmap and atomics are all that is called, and errno is kept.
 */
static void take_place(int number, siginfo_t *info, void *context)
{
	const uintptr_t at = (uintptr_t)info->si_addr;
	const int kept = errno;

	(void)number;
	(void)context;
	for (int i = 0; i < MOST_OPEN; i++) {
		const uintptr_t start = atomic_load(&ranges[i].start);
		const size_t bytes = atomic_load(&ranges[i].bytes);

		if (start == 0 || at < start || at - start >= bytes)
			continue;
		if (mmap((void *)start, bytes, PROT_READ | PROT_WRITE,
		         MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED)
			break;
		atomic_store(&ranges[i].is_lost, true);
		errno = kept;
		return;
	}
	sigaction(SIGBUS, &before, NULL); /* not ours: it happens again, as ever */
}

static void guard(void)
{
	struct sigaction action = { .sa_sigaction = take_place, .sa_flags = SA_SIGINFO };

	sigemptyset(&action.sa_mask);
	sigaction(SIGBUS, &action, &before);
}

/* --- files ---------------------------------------------------------------------------- */

/* Once until it works again: it is tried every second. */
static void complain(struct shared *shared, const char *what)
{
	if (!shared->has_complained)
		log_warning("%s: %s", shared->file.path, what);
	shared->has_complained = true;
}

/* True if the file is ours as it is, or empty. */
static bool is_usable(const struct shared_file *wanted, int file)
{
	struct arena *arena = arena_create();
	unsigned char *copy = arena_alloc(arena, wanted->bytes);
	uint64_t magic = 0;
	struct stat facts;
	ssize_t len;
	bool is;

	is = fstat(file, &facts) == 0 && S_ISREG(facts.st_mode) &&
	     facts.st_size <= (off_t)wanted->bytes;
	len = is ? pread(file, copy, wanted->bytes, 0) : -1;
	if (len >= (ssize_t)sizeof(magic))
		memcpy(&magic, copy, sizeof(magic));
	is = len >= 0 && (magic == 0 || magic == wanted->magic) &&
	     (wanted->is_sound == NULL || wanted->is_sound(copy));
	arena_destroy(arena);
	return is;
}

/* With all of its room on the disk, so that no write can find the disk full. */
static bool fill(struct shared *shared, int file)
{
	const int status = posix_fallocate(file, 0, (off_t)shared->file.bytes);

	if (status != 0)
		complain(shared, strerror(status));
	return status == 0;
}

/* A file of ours in the place of what stands there; -1: not possible. */
static int replace(struct shared *shared)
{
	char path[4096];
	int file;

	snprintf(path, sizeof(path), "%s.new-%d", shared->file.path, (int)getpid());
	unlink(path);
	file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (file >= 0 && fill(shared, file) && rename(path, shared->file.path) == 0) {
		log_warning("%s: not usable, made anew", shared->file.path);
		return file;
	}
	if (file >= 0)
		close(file);
	unlink(path);
	return -1;
}

/* A file that is whole and ours; -1: there is none. */
static int open_file(struct shared *shared, bool replaces)
{
	const char *path = shared->file.path;
	int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);

	if (file >= 0 && is_usable(&shared->file, file)) {
		if (fill(shared, file))
			return file;
		close(file);
		return -1;
	}
	if (file >= 0)
		close(file);
	file = replaces ? replace(shared) : -1;
	if (file < 0)
		complain(shared, "no file of ours, left alone");
	return file;
}

/* At `place`, or anywhere when that is NULL; of a file, or own memory when that is -1. */
static void *map(void *place, size_t bytes, int file)
{
	const int flags = (file < 0 ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_SHARED) |
	                  (place != NULL ? MAP_FIXED : 0);
	void *memory = mmap(place, bytes, PROT_READ | PROT_WRITE, flags, file, 0);

	return memory != MAP_FAILED ? memory : NULL;
}

static void set_magic(struct shared *shared)
{
	_Atomic uint64_t *magic = shared->memory;
	uint64_t none = 0;

	atomic_compare_exchange_strong(magic, &none, shared->file.magic);
}

/* Maps the file, or own memory when it cannot be had and nothing is mapped yet. */
static bool attach(struct shared *shared, bool replaces)
{
	const int file = shared->file.path != NULL ? open_file(shared, replaces) : -1;
	void *memory = file >= 0 || shared->memory == NULL
	                       ? map(shared->memory, shared->file.bytes, file)
	                       : NULL;
	struct stat facts;

	if (memory != NULL) {
		shared->memory = memory;
		shared->inode = 0;
		if (file >= 0 && fstat(file, &facts) == 0) {
			shared->device = facts.st_dev;
			shared->inode = facts.st_ino;
			shared->has_complained = false;
		}
		set_magic(shared);
	}
	if (file >= 0)
		close(file);
	return memory != NULL;
}

/* --- the list of them -------------------------------------------------------------------- */

static bool enlist(struct shared *shared)
{
	bool is_free = false;

	pthread_mutex_lock(&mutex);
	for (int i = 0; i < MOST_OPEN && !is_free; i++) {
		is_free = all[i] == NULL;
		if (is_free) {
			shared->place = i;
			all[i] = shared;
			atomic_store(&ranges[i].is_lost, false);
			atomic_store(&ranges[i].bytes, shared->file.bytes);
			atomic_store(&ranges[i].start, (uintptr_t)shared->memory);
		}
	}
	pthread_mutex_unlock(&mutex);
	return is_free;
}

struct shared *shared_open(const struct shared_file *file)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct arena *arena = arena_create();
	struct shared *shared = arena_alloc(arena, sizeof(*shared));

	*shared = (struct shared){ .arena = arena, .file = *file };
	if (file->path != NULL)
		shared->file.path = arena_strdup(arena, file->path);
	pthread_once(&once, guard);
	if (attach(shared, file->replaces) && enlist(shared))
		return shared;
	log_error("%s: cannot be mapped", file->path != NULL ? file->path : "shared memory");
	if (shared->memory != NULL)
		munmap(shared->memory, file->bytes);
	arena_destroy(arena);
	return NULL;
}

void shared_close(struct shared *shared)
{
	if (shared == NULL)
		return;
	pthread_mutex_lock(&mutex);
	atomic_store(&ranges[shared->place].start, 0);
	all[shared->place] = NULL;
	munmap(shared->memory, shared->file.bytes);
	pthread_mutex_unlock(&mutex);
	arena_destroy(shared->arena);
}

void *shared_memory(const struct shared *shared)
{
	return shared->memory;
}

/*
 * A file in the place of ours that is not ours belongs to a newer program, or to nobody we
 * know; it is left alone. One that is still the one we mapped was spoilt.
 */
static void mend(struct shared *shared)
{
	struct range *range = &ranges[shared->place];
	const bool is_lost = atomic_exchange(&range->is_lost, false);
	struct stat facts;
	bool is_same;

	if (shared->file.path == NULL)
		return;
	is_same = lstat(shared->file.path, &facts) == 0 && facts.st_ino == shared->inode &&
	          facts.st_dev == shared->device;
	if (is_same && !is_lost && facts.st_size == (off_t)shared->file.bytes &&
	    atomic_load((_Atomic uint64_t *)shared->memory) == shared->file.magic)
		return;
	if (!attach(shared, is_same && shared->file.replaces) && is_lost)
		atomic_store(&range->is_lost, true);
}

void shared_mend_all(void)
{
	pthread_mutex_lock(&mutex);
	for (int i = 0; i < MOST_OPEN; i++)
		if (all[i] != NULL)
			mend(all[i]);
	pthread_mutex_unlock(&mutex);
}
