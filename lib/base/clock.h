/* Time: milliseconds since 1970 UTC in storage, ISO 8601 for machines. */
#ifndef VIVA_BASE_CLOCK_H
#define VIVA_BASE_CLOCK_H

#include <stdint.h>

#include "base/arena.h"

/* Wall clock, milliseconds since 1970-01-01 UTC. */
int64_t clock_now_ms(void);

/* A clock that never goes back, in microseconds since some start. */
int64_t clock_monotonic_us(void);

/* "2026-11-21T01:20:00Z" */
char *clock_iso(struct arena *arena, int64_t ms);

enum clock_style {
	CLOCK_DATE,      /* 21.11.2026 */
	CLOCK_DATE_TIME, /* 21.11.2026 03:20 */
	CLOCK_TIME,      /* 03:20 */
	CLOCK_STAMP      /* 20261121_032000, for file names */
};

/* `ms` for people, in the zone that is `offset_minutes` east of UTC. */
char *clock_text(struct arena *arena, int64_t ms, int offset_minutes, enum clock_style style);

/* Milliseconds at which the day (in that zone) that holds `ms` began. */
int64_t clock_day_start(int64_t ms, int offset_minutes);

#endif
