/* What the system tells of a process of this machine. */
#ifndef VIVA_BASE_PROCESS_H
#define VIVA_BASE_PROCESS_H

#include <stdbool.h>
#include <stdint.h>

/* When it started, ticks since the boot; -1: there is no such process, or it is hidden. */
int64_t process_started(int pid);

struct process_facts {
	int64_t started_at;     /* milliseconds since 1970 UTC */
	int64_t resident_bytes; /* memory */
	int descriptors;        /* open; -1: not told */
};

/* False: there is no such process, or it is hidden. */
bool process_read(int pid, struct process_facts *ret_facts);

#endif
