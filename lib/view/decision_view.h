/* Decisions about interviews, for pages of recruiters. */
#ifndef VIVA_VIEW_DECISION_VIEW_H
#define VIVA_VIEW_DECISION_VIEW_H

#include <cjson/cJSON.h>

#include "base/i18n.h"
#include "store/decision.h"

/* "Advance"; NULL for what is no verdict. */
const char *decision_view_title(enum language language, const char *verdict);

/*
 * Adds `review`: interview_id and, unless nothing is decided (NULL), `decision` with verdict,
 * title, reason, author, date and was_blind.
 */
void decision_view_add(struct arena *arena, cJSON *page, const char *interview_id,
                       const struct decision *decision, enum language language);

/* Adds `choices`: the verdicts with code, title, help and which one is chosen ("": none). */
void decision_view_choices(cJSON *page, const char *chosen, enum language language);

#endif
