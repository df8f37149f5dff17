/* The patience of a call: its deadline, and who may end it before. */
#ifndef VIVA_LLM_WAIT_H
#define VIVA_LLM_WAIT_H

#include <stdbool.h>
#include <stdint.h>

/* How often on_wait is called, milliseconds. */
enum { WAIT_TICK_MS = 200 };

struct llm_wait {
	int64_t until_us;               /* the deadline, of clock_monotonic_us */
	int cancel_fd;                  /* -1: none */
	bool (*on_wait)(void *context); /* may be NULL */
	void *context;
	int64_t quiet_us; /* since when nothing happened that the caller heard of */
};

enum wait_end { WAIT_OVER, WAIT_CANCELLED, WAIT_DEADLINE };

/* A caller's answer to the question whether to go on; asks on_wait when it is time to. */
bool wait_is_cancelled(struct llm_wait *wait);

/* Milliseconds until `at_us`, rounded up, but at most a tick. */
int wait_slice_ms(int64_t at_us);

/* Waits that many milliseconds, or until the deadline or a cancellation. */
enum wait_end wait_for(struct llm_wait *wait, int64_t ms);

#endif
