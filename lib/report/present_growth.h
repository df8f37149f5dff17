/* How the time of accepted code grew with the size of its input, as people read it. */
#ifndef VIVA_REPORT_PRESENT_GROWTH_H
#define VIVA_REPORT_PRESENT_GROWTH_H

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/i18n.h"

/*
 * Sets `growth` of an item: sentence (what was seen, and that the score does not depend on it),
 * points ({ size, time } in milliseconds), has_points and line, the same points as one text.
 * Nothing is set when nothing was measured: `growth` is that member of a judge's result or an
 * attempt.
 */
void present_growth(struct arena *arena, enum language language, cJSON *item, const cJSON *growth);

#endif
