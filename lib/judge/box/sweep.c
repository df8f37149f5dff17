#include "judge/box/sweep.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "judge/box/tree.h"

enum { ROUNDS = 20000 };

struct entry {
	uint64_t inode;
	int64_t offset;
	unsigned short length;
	unsigned char type;
	char name[];
};

static bool is_dots(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static int open_folder(int at, const char *name)
{
	struct stat info;

	if (fstatat(at, name, &info, AT_SYMLINK_NOFOLLOW) < 0 || !S_ISDIR(info.st_mode))
		return -1;
	/* Its owner may have shut it; nobody is left who could swap it for a link. */
	if ((info.st_mode & 0700) != 0700 && fchmodat(at, name, 0700, 0) < 0)
		return -1;
	return openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* Moves what a folder holds up to `top`, so that nothing ever lies deep. */
static void flatten(int top, const char *name, unsigned *count)
{
	char buffer[4096] __attribute__((aligned(8)));
	int folder = open_folder(top, name);
	long size;

	if (folder < 0)
		return;
	while ((size = syscall(SYS_getdents64, folder, buffer, sizeof buffer)) > 0)
		for (long at = 0; at < size;) {
			struct entry *entry = (struct entry *)(buffer + at);
			char moved[32];

			at += entry->length;
			if (is_dots(entry->name) || unlinkat(folder, entry->name, 0) == 0 ||
			    unlinkat(folder, entry->name, AT_REMOVEDIR) == 0)
				continue;
			snprintf(moved, sizeof moved, "..swept-%u", (*count)++);
			renameat(folder, entry->name, top, moved);
		}
	close(folder);
}

bool sweep_folder(int folder)
{
	char buffer[4096] __attribute__((aligned(8)));
	unsigned moved = 0;

	for (int round = 0; round < ROUNDS; round++) {
		bool is_empty = true;
		long size;

		if (lseek(folder, 0, SEEK_SET) < 0)
			return false;
		while ((size = syscall(SYS_getdents64, folder, buffer, sizeof buffer)) > 0)
			for (long at = 0; at < size;) {
				struct entry *entry = (struct entry *)(buffer + at);

				at += entry->length;
				if (is_dots(entry->name))
					continue;
				is_empty = false;
				if (unlinkat(folder, entry->name, 0) < 0 &&
				    unlinkat(folder, entry->name, AT_REMOVEDIR) < 0)
					flatten(folder, entry->name, &moved);
			}
		if (is_empty)
			return size == 0;
	}
	errno = ENOTEMPTY;
	return false;
}

/* Whether this process may signal another one: then that is of its user. */
static bool has_fellows(int proc)
{
	int folder = openat(proc, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *entries = folder < 0 ? NULL : fdopendir(folder);
	bool found = entries == NULL;

	while (!found) {
		struct dirent *entry = readdir(entries);
		pid_t pid = entry == NULL ? 0 : (pid_t)strtol(entry->d_name, NULL, 10);

		if (entry == NULL)
			break;
		found = pid > 1 && pid != getpid() && kill(pid, 0) == 0;
	}
	if (entries != NULL)
		closedir(entries);
	return found;
}

int sweep_user(uid_t uid, int proc)
{
	int status = 0;
	pid_t child = fork();

	if (child == 0) {
		if (setresuid(uid, uid, uid) < 0 || getuid() != uid)
			_exit(2);
		/* One call kills all of them and lets none fork meanwhile; it does not say whom. */
		kill(-1, SIGKILL);
		_exit(has_fellows(proc) ? 1 : 0);
	}
	if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status) ||
	    WEXITSTATUS(status) > 1)
		return -1;
	return WEXITSTATUS(status);
}

/* Stops them until there are no new ones: who is stopped does not fork. */
static void stop_all(struct tree *tree, int proc)
{
	int64_t last = -1;

	for (int i = 0; i < 100; i++) {
		int64_t sum = 0;

		tree_read(tree, proc);
		for (int k = 0; k < tree->count; k++) {
			kill(tree->pids[k], SIGSTOP);
			sum += tree->pids[k];
		}
		if (sum == last)
			return;
		last = sum;
	}
}

void sweep_children(int proc)
{
	static struct tree tree;

	stop_all(&tree, proc);
	for (int i = 0; i < tree.count; i++)
		kill(tree.pids[i], SIGKILL);
}
