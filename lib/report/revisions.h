/* The revisions of a report as people read them: why each was made, and what it changed. */
#ifndef VIVA_REPORT_REVISIONS_H
#define VIVA_REPORT_REVISIONS_H

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/i18n.h"

/*
 * Sets `made_anew` of a page, { text, reason } in the document's language: that it is the newest
 * of how many revisions, when it was made and why; null for a first one. `reason` may be null.
 */
void revisions_present(struct arena *arena, enum language language, cJSON *page,
                       const cJSON *document);

/* Why it was made, in a sentence: "The interview was finished." */
const char *revisions_cause(enum language language, const char *cause);

/*
 * What the later of two documents has otherwise: [{ order, title, what, point, before, after }],
 * questions in their order. `what` is "total", "score", "verdict" or "point", of which `point` is
 * the text; order and title are null of the total. Scores are numbers or null, the others codes.
 */
cJSON *revisions_changes(const cJSON *before, const cJSON *after);

#endif
