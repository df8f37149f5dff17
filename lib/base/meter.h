/*
 * What all processes of an installation count together: requests, times, locks that were waited
 * for, the judge's outcomes. It lies in one shared file of a fixed size and outlives restarts.
 * Counting is a few atomic additions and no system call. Before meter_open, and when the file
 * cannot be had, what is counted stays in this process.
 */
#ifndef VIVA_BASE_METER_H
#define VIVA_BASE_METER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* Single counters; METER_VERDICTS has room for one of each verdict of the judge. */
enum meter_counter {
	METER_BUSY_WAITS,      /* the database was locked, and a statement waited */
	METER_BUSY_FAILURES,   /* it waited in vain */
	METER_DATABASE_ERRORS, /* statements that failed otherwise */
	METER_JUDGE_ERRORS,    /* submissions the judge could not judge */
	METER_VERDICTS,
	METER_COUNTERS = 32
};

/* Durations. */
enum meter_time {
	METER_TRANSACTION, /* a transaction that writes: from the lock to its end */
	METER_JUDGING,     /* a submission: from its slot to its verdicts */
	METER_QUEUE,       /* a submission: in the queue */
	METER_TIMES = 8
};

/* Bounds of the buckets, microseconds; the last bucket has no bound. */
enum { METER_BOUNDS = 14, METER_BUCKETS = METER_BOUNDS + 1 };
extern const int64_t meter_bounds_us[METER_BOUNDS];

/* Status classes: 1xx to 5xx. */
enum { METER_CLASSES = 5 };

/*
 * Counts from now on in the file at `path` (NULL: nowhere but here) as a process of that program.
 * `stays`: it serves more than one request, so it is listed among the processes.
 */
void meter_open(const char *path, const char *program, bool stays);

/* The process ends in good order: it is listed no more. What still runs may go on counting. */
void meter_leave(void);

/* The same, and nothing runs any more: counts are this process's own again. */
void meter_close(void);

/* Once a second: finds or makes the file again when something happened to it. */
void meter_mend(void);

/* Adds to a counter. */
void meter_add(enum meter_counter counter, int64_t count);

/* One more duration; one below zero counts as none. */
void meter_time(enum meter_time time, int64_t microseconds);

/* A request began. */
void meter_begin(void);

/*
 * It ended. `route` is the pattern of its path, never the path: there are places for some
 * hundreds of them, and what finds none is not counted by route.
 */
struct meter_answer {
	const char *method, *route;
	int status;
	int64_t microseconds;
};
void meter_end(const struct meter_answer *answer);

/* --- reading ---------------------------------------------------------------------------- */

struct meter_histogram {
	int64_t buckets[METER_BUCKETS]; /* each its own, not those below it */
	int64_t sum_us;
};

struct meter_program {
	const char *name;
	int64_t starts; /* of processes that stay */
	int64_t in_flight;
	struct meter_histogram times;
};

struct meter_route {
	const char *program, *method, *route;
	int64_t answers[METER_CLASSES];
};

struct meter_process {
	const char *program;
	int pid;
};

struct meter_reading {
	int64_t counters[METER_COUNTERS];
	struct meter_histogram times[METER_TIMES];
	struct meter_program *programs;
	size_t program_count;
	struct meter_route *routes;
	size_t route_count;
	struct meter_process *processes; /* that are alive */
	size_t process_count;
};

/* Everything as it is at the moment, in `arena`. */
void meter_read(struct arena *arena, struct meter_reading *ret_reading);

#endif
