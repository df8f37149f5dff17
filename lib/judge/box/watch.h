/* Measuring a process of the box against its limits. */
#ifndef VIVA_JUDGE_BOX_WATCH_H
#define VIVA_JUDGE_BOX_WATCH_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

#include "judge/box/protocol.h"

struct watch {
	pid_t pid;       /* 0: nothing is watched */
	int pidfd;       /* readable once it is dead */
	int statm;       /* of it in /proc */
	int proc;        /* /proc itself, for a tree */
	bool is_tree;    /* all descendants of this process count, not only `pid` */
	bool is_limited; /* there are limits, and the clock runs */
	clockid_t clock;
	struct box_limits limits;
	int64_t cpu_start, wall_start; /* microseconds */
	int64_t next_look;             /* at memory, or at the tree */
	int64_t peak_kb;
	enum box_reason reason;
};

/*
 * Prepares to watch a process of this process's pid namespace; `proc` is the host's /proc.
 * False with errno; nothing is open then.
 */
bool watch_open(struct watch *watch, pid_t pid, int proc);

/* The limits hold and time counts from now on. */
void watch_start(struct watch *watch, const struct box_limits *limits);

/* No limits any more; it may be started again. */
void watch_stop(struct watch *watch);

/* Lets go of what watch_open opened. */
void watch_close(struct watch *watch);

/*
 * Looks at the process: true if it has passed a limit just now, and watch->reason says
 * which. `*ret_wait_ms`: when to look again.
 */
bool watch_look(struct watch *watch, int *ret_wait_ms);

/* Since watch_start, in microseconds. CPU time only while it is not reaped. */
int64_t watch_wall_us(const struct watch *watch);
int64_t watch_cpu_us(const struct watch *watch);

/* Resident memory right now, in KiB; raises watch->peak_kb. */
int64_t watch_memory_kb(struct watch *watch);

/* How many tasks that user has on the machine, as far as `proc` shows. */
long watch_user_tasks(int proc, uid_t uid);

#endif
