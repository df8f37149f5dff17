/* What a candidate is told whose interviews of the day are used up. */
#ifndef VIVA_VIEW_START_LIMIT_H
#define VIVA_VIEW_START_LIMIT_H

#include <stdint.h>

#include "base/arena.h"
#include "base/i18n.h"

/* How many a day there are, and when the next one can start (Unix time, ms). */
const char *start_limit_text(struct arena *arena, enum language language, int64_t allowed_at);

#endif
