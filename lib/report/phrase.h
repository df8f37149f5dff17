/* Quotations and lists as people of a language write them. */
#ifndef VIVA_REPORT_PHRASE_H
#define VIVA_REPORT_PHRASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/i18n.h"

/* Milliseconds of what clock_iso wrote; false if it is malformed. */
bool phrase_iso_ms(const char *iso, int64_t *ret_ms);

/* The text in the language's quotation marks, without a full stop at its end. */
char *phrase_quoted(struct arena *arena, enum language language, const char *text);

/* Quotations within «...» of the same line in „...“, as Russian and Ukrainian have it. */
char *phrase_nested(struct arena *arena, const char *text);

/* The items with `separator` between them. */
char *phrase_joined(struct arena *arena, const char *const *items, size_t count,
                    const char *separator);

#endif
