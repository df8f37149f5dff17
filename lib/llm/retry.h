/* When to try again. Pure but for its dice. */
#ifndef VIVA_LLM_RETRY_H
#define VIVA_LLM_RETRY_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Milliseconds that the headers Retry-After (seconds or a date) and retry-after-ms ask for,
 * NULL where one is missing; `now_ms` since 1970. -1: nothing that makes sense.
 */
int64_t retry_after_ms(const char *after, const char *after_ms, int64_t now_ms);

/* Before the next try when `failures` (1 and up) have failed: 0.5 s x2 to 8 s, less a quarter. */
int64_t retry_backoff_ms(int failures);

/* What is added to a pause that many callers wait for, so that they do not come at once. */
int64_t retry_spread_ms(int64_t pause_ms);

#endif
