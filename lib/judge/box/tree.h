/* The processes that descend from this one, as /proc has them. */
#ifndef VIVA_JUDGE_BOX_TREE_H
#define VIVA_JUDGE_BOX_TREE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { TREE_MAX = 4096 };

struct tree {
	pid_t pids[TREE_MAX]; /* as the given /proc numbers them */
	int count;
	int64_t cpu_us;    /* of those that live and those they have reaped */
	int64_t memory_kb; /* resident, all together */
};

/* All descendants of this process; some may be missed while they fork. */
void tree_read(struct tree *tree, int proc);

/* Reads the beginning of a file of /proc as text; its length or -1. */
ssize_t tree_read_file(int proc, const char *path, char *text, size_t size);

/* What the text of a statm file says is resident. */
int64_t tree_resident_kb(const char *statm);

#endif
