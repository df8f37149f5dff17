/* What a candidate is told about the number of interviews they can start a day. */
#ifndef VIVA_VIEW_START_LIMIT_H
#define VIVA_VIEW_START_LIMIT_H

#include <stdint.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "interview/flow.h"

/* How many a day there are, and when the next one can start (Unix time, ms). */
const char *start_limit_text(struct arena *arena, enum language language, int64_t allowed_at);

/*
 * Adds to the page `quota`, how many can be started today (null for who has no limit), and
 * `is_limited`: none, and `quota` says when the next one can.
 */
void start_limit_add(struct arena *arena, cJSON *page, const struct flow_quota *quota,
                     enum language language);

#endif
