/* What persons decided about a question, as people read it. */
#ifndef VIVA_REPORT_PRESENT_RULING_H
#define VIVA_REPORT_PRESENT_RULING_H

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/i18n.h"

/*
 * Adds to a presented question, whose `points` are filled in: ruling { override (a sentence),
 * reason, by (null for candidates), by_appeals (a sentence; null where appeals changed
 * nothing) } where something was decided; and to its points decided (true where a person's
 * word counts), appeal { state, state_code, quote, comment, reply, by } of points that were
 * appealed against, point_id and may_appeal.
 */
void present_ruling(struct arena *arena, enum language language, cJSON *item, const cJSON *question,
                    bool may_appeal);

#endif
