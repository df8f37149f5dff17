#include "judge/box/tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SECOND_US = 1000000 };

ssize_t tree_read_file(int proc, const char *path, char *text, size_t size)
{
	int file = openat(proc, path, O_RDONLY | O_CLOEXEC);
	ssize_t length = file < 0 ? -1 : read(file, text, size - 1);

	if (file >= 0)
		close(file);
	text[length > 0 ? length : 0] = '\0';
	return length;
}

int64_t tree_resident_kb(const char *statm)
{
	const char *second = strchr(statm, ' ');

	return second == NULL ? 0 : strtol(second, NULL, 10) * (sysconf(_SC_PAGESIZE) / 1024);
}

/* CPU time of a process and of those it has reaped; microseconds. */
static int64_t stat_cpu_us(const char *stat)
{
	const char *at = strrchr(stat, ')');
	int64_t ticks = 0;

	/* Fields 14 to 17, counted from the one after the name, which is the third. */
	for (int field = 3; at != NULL && field <= 17; field++) {
		at = strchr(at + 1, ' ');
		if (at != NULL && field >= 14)
			ticks += strtol(at + 1, NULL, 10);
	}
	return ticks * (SECOND_US / sysconf(_SC_CLK_TCK));
}

static void add_children(struct tree *tree, int proc, const char *process)
{
	char path[64], list[8192];

	snprintf(path, sizeof path, "%s/children", process);
	if (tree_read_file(proc, path, list, sizeof list) <= 0)
		return;
	for (char *at = list, *end; tree->count < TREE_MAX; at = end) {
		long pid = strtol(at, &end, 10);

		if (end == at)
			return;
		tree->pids[tree->count++] = (pid_t)pid;
	}
}

/* Children stand with the thread that forked them. */
static void add_threads(struct tree *tree, int proc, pid_t pid)
{
	char path[64];
	int folder;
	DIR *threads;

	snprintf(path, sizeof path, "%d/task", pid);
	folder = openat(proc, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	threads = folder < 0 ? NULL : fdopendir(folder);
	if (threads == NULL)
		return;
	for (struct dirent *entry = readdir(threads); entry != NULL; entry = readdir(threads)) {
		char thread[300];

		snprintf(thread, sizeof thread, "%d/task/%s", pid, entry->d_name);
		if (entry->d_name[0] != '.')
			add_children(tree, proc, thread);
	}
	closedir(threads);
}

static void add_process(struct tree *tree, int proc, pid_t pid)
{
	char path[64], text[1024];

	snprintf(path, sizeof path, "%d/stat", pid);
	if (tree_read_file(proc, path, text, sizeof text) <= 0)
		return;
	tree->cpu_us += stat_cpu_us(text);
	snprintf(path, sizeof path, "%d/statm", pid);
	if (tree_read_file(proc, path, text, sizeof text) > 0)
		tree->memory_kb += tree_resident_kb(text);
	add_threads(tree, proc, pid);
}

void tree_read(struct tree *tree, int proc)
{
	tree->count = 0;
	tree->cpu_us = tree->memory_kb = 0;
	add_children(tree, proc, "thread-self");
	for (int i = 0; i < tree->count; i++)
		add_process(tree, proc, tree->pids[i]);
}
