/* Numbers, times and lists as people of a language write them. */
#ifndef VIVA_REPORT_PHRASE_H
#define VIVA_REPORT_PHRASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/i18n.h"

/* "7", "7.25", "7,25": at most two decimals; an en dash when it is not finite. */
char *phrase_number(struct arena *arena, enum language language, double value);

/* "72.5%" of the ratio 0.725, at most one decimal; an en dash when it is not finite. */
char *phrase_percent(struct arena *arena, enum language language, double ratio);

/* "42 s", "5 min 20 s", "1 h 5 min" */
char *phrase_duration(struct arena *arena, enum language language, double seconds);

/* Date and time in the configured zone. */
char *phrase_date(struct arena *arena, int64_t ms);

/* Milliseconds of what clock_iso wrote; false if it is malformed. */
bool phrase_iso_ms(const char *iso, int64_t *ret_ms);

/* The text in the language's quotation marks, without a full stop at its end. */
char *phrase_quoted(struct arena *arena, enum language language, const char *text);

/* The items with `separator` between them. */
char *phrase_joined(struct arena *arena, const char *const *items, size_t count,
                    const char *separator);

#endif
