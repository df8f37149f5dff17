/*
 * Loaded into the programs of a chaos run (LD_PRELOAD): another time of day, and a disk that
 * refuses. What is to happen stands in a small mapped file, CHAOS_CONTROL, which the driver
 * writes; the disk is what is below CHAOS_VAR.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum disk { DISK_WELL, DISK_READ_ONLY, DISK_BROKEN, DISK_FULL };

struct control {
	int64_t offset_ms; /* added to the time of day */
	int32_t disk;
};

static const struct control well;
static const volatile struct control *control = &well;
static char var[PATH_MAX];

__attribute__((constructor)) static void open_control(void)
{
	const char *path = getenv("CHAOS_CONTROL"), *below = getenv("CHAOS_VAR");
	int file = path != NULL ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	void *memory;

	if (file < 0 || below == NULL)
		return;
	snprintf(var, sizeof(var), "%s/", below);
	memory = mmap(NULL, sizeof(*control), PROT_READ, MAP_SHARED, file, 0);
	close(file);
	if (memory != MAP_FAILED)
		control = memory;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* --- the clock ----------------------------------------------------------------- */

int clock_gettime(clockid_t clock, struct timespec *ret_time)
{
	static __typeof__(&clock_gettime) real;
	const int64_t offset_ms = control->offset_ms;
	int status;

	if (real == NULL)
		real = REAL(clock_gettime);
	status = real(clock, ret_time);
	if (status == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
		ret_time->tv_sec += offset_ms / 1000;
	return status;
}

int gettimeofday(struct timeval *restrict ret_time, void *restrict zone)
{
	struct timespec now;

	(void)zone;
	clock_gettime(CLOCK_REALTIME, &now);
	ret_time->tv_sec = now.tv_sec;
	ret_time->tv_usec = now.tv_nsec / 1000;
	return 0;
}

time_t time(time_t *ret_time)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	if (ret_time != NULL)
		*ret_time = now.tv_sec;
	return now.tv_sec;
}

/* --- the disk ------------------------------------------------------------------ */

static int is_below(const char *path)
{
	return strncmp(path, var, strlen(var)) == 0 || path[0] != '/'; /* all stand in it */
}

static int is_on_disk(int file)
{
	char link[40], path[PATH_MAX];
	ssize_t len;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", file);
	len = readlink(link, path, sizeof(path) - 1);
	if (len < 0)
		return 0;
	path[len] = '\0';
	return strncmp(path, var, strlen(var)) == 0;
}

static int fault_of(int disk)
{
	return disk == DISK_BROKEN ? EIO : disk == DISK_FULL ? ENOSPC : EROFS;
}

/* What a call on the file gives instead of its result; 0: nothing. */
static int refusal(int file, int is_writing)
{
	const int disk = control->disk;

	if (disk == DISK_WELL || (disk != DISK_BROKEN && !is_writing) || !is_on_disk(file))
		return 0;
	return fault_of(disk);
}

#define REFUSE(file, is_writing)                         \
	do {                                             \
		int refused = refusal(file, is_writing); \
		if (refused != 0) {                      \
			errno = refused;                 \
			return -1;                       \
		}                                        \
	} while (0)

ssize_t pread64(int file, void *bytes, size_t len, off64_t offset)
{
	REFUSE(file, 0);
	return REAL(pread64)(file, bytes, len, offset);
}

ssize_t pwrite64(int file, const void *bytes, size_t len, off64_t offset)
{
	REFUSE(file, 1);
	return REAL(pwrite64)(file, bytes, len, offset);
}

ssize_t write(int file, const void *bytes, size_t len)
{
	REFUSE(file, 1);
	return REAL(write)(file, bytes, len);
}

int ftruncate64(int file, off64_t len)
{
	if (control->disk != DISK_FULL)
		REFUSE(file, 1);
	return REAL(ftruncate64)(file, len);
}

int fsync(int file)
{
	if (control->disk == DISK_BROKEN)
		REFUSE(file, 1);
	return REAL(fsync)(file);
}

int fdatasync(int file)
{
	if (control->disk == DISK_BROKEN)
		REFUSE(file, 1);
	return REAL(fdatasync)(file);
}

static int refuses_to_open(const char *path, int flags)
{
	const int is_writing = (flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)) != 0;

	if (control->disk == DISK_WELL || !is_below(path) ||
	    (control->disk == DISK_READ_ONLY && !is_writing) ||
	    (control->disk == DISK_FULL && ((flags & O_CREAT) == 0 || access(path, F_OK) == 0)))
		return 0;
	errno = fault_of(control->disk);
	return 1;
}

#define OPEN(name)                                                                        \
	int name(const char *path, int flags, ...)                                        \
	{                                                                                 \
		va_list rest;                                                             \
		mode_t mode;                                                              \
                                                                                          \
		va_start(rest, flags);                                                    \
		mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;   \
		va_end(rest);                                                             \
		return refuses_to_open(path, flags) ? -1 : REAL(name)(path, flags, mode); \
	}

OPEN(open)
OPEN(open64)

int mkdir(const char *path, mode_t mode)
{
	return refuses_to_open(path, O_WRONLY | O_CREAT) ? -1 : REAL(mkdir)(path, mode);
}

int unlink(const char *path)
{
	return refuses_to_open(path, O_WRONLY) ? -1 : REAL(unlink)(path);
}
