#include "judge/box/watch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "judge/box/mutant.h"
#include "judge/box/tree.h"

enum {
	TICK_US = 5000,  /* between looks at CPU time */
	LOOK_US = 10000, /* between looks at memory */
	SECOND_US = 1000000
};

static int64_t now_us(clockid_t clock)
{
	struct timespec time;

	if (clock_gettime(clock, &time) < 0)
		return -1;
	return (int64_t)time.tv_sec * SECOND_US + time.tv_nsec / 1000;
}

/* Its number in the host's /proc, which counts otherwise than a pid namespace. */
static pid_t host_pid(int pidfd, int proc)
{
	char path[64], text[512];
	const char *line;

	snprintf(path, sizeof path, "self/fdinfo/%d", pidfd);
	if (tree_read_file(proc, path, text, sizeof text) <= 0)
		return -1;
	line = strstr(text, "\nPid:");
	return line == NULL ? -1 : (pid_t)strtol(line + 5, NULL, 10);
}

bool watch_open(struct watch *watch, pid_t pid, int proc)
{
	char path[64];
	pid_t host;

	*watch = (struct watch){ .pid = pid, .statm = -1, .proc = proc };
	watch->pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
	if (watch->pidfd < 0 || clock_getcpuclockid(pid, &watch->clock) != 0) {
		watch_close(watch);
		return false;
	}
	host = host_pid(watch->pidfd, proc);
	snprintf(path, sizeof path, "%d/statm", host);
	if (host > 0)
		watch->statm = openat(proc, path, O_RDONLY | O_CLOEXEC);
	/* It may be dead already; then there is nothing to measure. */
	if (watch->statm < 0 && host > 0) {
		watch_close(watch);
		errno = EACCES;
		return false;
	}
	return true;
}

void watch_close(struct watch *watch)
{
	if (watch->pidfd >= 0)
		close(watch->pidfd);
	if (watch->statm >= 0)
		close(watch->statm);
	*watch = (struct watch){ .pidfd = -1, .statm = -1 };
}

void watch_start(struct watch *watch, const struct box_limits *limits)
{
	watch->limits = *limits;
	watch->is_limited = true;
	watch->reason = BOX_BY_ITSELF;
	watch->wall_start = now_us(CLOCK_MONOTONIC);
	watch->cpu_start = now_us(watch->clock);
	watch->next_look = watch->wall_start + LOOK_US;
	watch->peak_kb = 0;
}

void watch_stop(struct watch *watch)
{
	watch->is_limited = false;
}

int64_t watch_wall_us(const struct watch *watch)
{
	return now_us(CLOCK_MONOTONIC) - watch->wall_start;
}

int64_t watch_cpu_us(const struct watch *watch)
{
	int64_t now = now_us(watch->clock);

	return now < 0 ? 0 : now - watch->cpu_start;
}

int64_t watch_memory_kb(struct watch *watch)
{
	char text[128];
	ssize_t length = watch->statm < 0 ? -1 : pread(watch->statm, text, sizeof text - 1, 0);
	int64_t memory;

	text[length > 0 ? length : 0] = '\0';
	memory = tree_resident_kb(text);
	if (memory > watch->peak_kb)
		watch->peak_kb = memory;
	return memory;
}

static bool exceeds(struct watch *watch, int64_t cpu_us, int64_t memory_kb)
{
	const struct box_limits *limits = &watch->limits;

	if (limits->cpu_ms > 0 && cpu_us > (int64_t)limits->cpu_ms * 1000)
		watch->reason = BOX_BY_CPU;
	else if (limits->wall_ms > 0 && watch_wall_us(watch) > (int64_t)limits->wall_ms * 1000)
		watch->reason = BOX_BY_WALL;
	else if (limits->memory_mb > 0 && memory_kb > (int64_t)limits->memory_mb * 1024)
		watch->reason = BOX_BY_MEMORY;
	else
		return false;
	return true;
}

bool watch_look(struct watch *watch, int *ret_wait_ms)
{
	static struct tree tree;
	int64_t now = now_us(CLOCK_MONOTONIC), cpu_us = watch_cpu_us(watch), memory_kb = 0;

	*ret_wait_ms = TICK_US / 1000;
	if (MUTANT(NO_WATCH))
		return false;
	if (now >= watch->next_look) {
		watch->next_look = now + LOOK_US;
		if (watch->is_tree) {
			tree_read(&tree, watch->proc);
			memory_kb = tree.memory_kb;
			cpu_us = tree.cpu_us > cpu_us ? tree.cpu_us : cpu_us;
			if (memory_kb > watch->peak_kb)
				watch->peak_kb = memory_kb;
		} else {
			memory_kb = watch_memory_kb(watch);
		}
	}
	return exceeds(watch, cpu_us, memory_kb);
}

long watch_user_tasks(int proc, uid_t uid)
{
	int folder = openat(proc, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *entries = folder < 0 ? NULL : fdopendir(folder);
	long tasks = 0;

	if (entries == NULL)
		return 0;
	for (struct dirent *entry = readdir(entries); entry != NULL; entry = readdir(entries)) {
		struct stat info;
		char path[300];

		snprintf(path, sizeof path, "%s/task", entry->d_name);
		if (entry->d_name[0] < '0' || entry->d_name[0] > '9' ||
		    fstatat(proc, path, &info, 0) < 0 || info.st_uid != uid)
			continue;
		tasks += (long)info.st_nlink - 2; /* one folder a thread */
	}
	closedir(entries);
	return tasks;
}
