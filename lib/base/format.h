/* Numbers, times and dates as people of a language write them. */
#ifndef VIVA_BASE_FORMAT_H
#define VIVA_BASE_FORMAT_H

#include <stdint.h>

#include "base/arena.h"
#include "base/i18n.h"

/*
 * "7", "7.25", in ru and uk "7,25": at most two decimals, halves rounded away from zero; an en
 * dash when it is not finite.
 */
char *format_number(struct arena *arena, enum language language, double value);

/* The same with at most so many decimals. */
char *format_decimal(struct arena *arena, enum language language, double value, int decimals);

/* "72.5%" of the ratio 0.725, at most one decimal; an en dash when it is not finite. */
char *format_percent(struct arena *arena, enum language language, double ratio);

/* "42 s", "5 min 20 s", "1 h 5 min" of seconds. */
char *format_duration(struct arena *arena, enum language language, double seconds);

/* Date and time of milliseconds since 1970 UTC by the reader's clock (base/zone.h). */
char *format_date(struct arena *arena, int64_t ms);

#endif
