/*
 * The clock that times are shown by: the zone of the person for whom a thread works, else
 * the configured one (APP_TZ_OFFSET). Zones and their changes of time are the system's tzdata.
 */
#ifndef VIVA_BASE_ZONE_H
#define VIVA_BASE_ZONE_H

#include <stdint.h>

#include "base/clock.h"

/*
 * The name as tzdata spells it today, whatever its case in `typed` and if that is an old name;
 * NULL: no zone is called so.
 */
const char *zone_find(const char *typed);

/* All names ("Europe/Kyiv") in alphabetical order, ended by NULL; kept for ever. */
const char *const *zone_names(void);

/*
 * Times this thread shows from now on are those of that zone; "" or a name that is none: of
 * the configured one.
 */
void zone_bind(const char *name);

/* The name this thread is bound to, "" for the configured zone. */
const char *zone_bound(void);

/* Minutes that the thread's zone is east of UTC at that moment. */
int zone_offset_min(int64_t ms);

/* clock_text in the thread's zone. */
char *zone_text(struct arena *arena, int64_t ms, enum clock_style style);

/* Milliseconds at which the day that holds `ms` began in the thread's zone. */
int64_t zone_day_start(int64_t ms);

#endif
