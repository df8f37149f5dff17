/* Starting a program in a box, bound by everything that binds programs. */
#ifndef VIVA_JUDGE_BOX_SPAWN_H
#define VIVA_JUDGE_BOX_SPAWN_H

#include "judge/box/box.h"

enum { SPAWN_FDS_MAX = 5 };

struct spawn {
	enum phase phase;
	char **argv, **env;      /* NULL-ended */
	int (*function)(void *); /* instead of argv: its result is the exit status */
	void *data;
	int fds[SPAWN_FDS_MAX], fd_count; /* become 0, 1, ...; the caller keeps his own */
	const struct box_limits *limits;
	bool is_lasting; /* lives through many tests: no limit on its CPU time as a whole */
};

/*
 * The pid of the new process, or -1 with box->error. A program that cannot be executed or
 * bound by some protection never runs: its process ends with status 127, and spawn_fault
 * says why.
 */
pid_t spawn(struct box *box, const struct spawn *program);

/* Makes box->filters[phase] if it is not made yet. False with box->error. */
bool spawn_filter(struct box *box, enum phase phase);

/* Why the process spawned last did not come to run its program; "" if it did. */
const char *spawn_fault(void);

/* Sets the limits of another process of the box, a zygote's child. False with errno. */
bool spawn_limit(const struct box *box, pid_t pid, const struct box_limits *limits);

#endif
