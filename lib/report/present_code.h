/* The coding part of a report as people read it. */
#ifndef VIVA_REPORT_PRESENT_CODE_H
#define VIVA_REPORT_PRESENT_CODE_H

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/i18n.h"

/*
 * Sets `code` of a coding question's item: description, language, computation of the
 * score, attempts, best (the best attempt with its code and tests), hints, explanations
 * (each with author, a sentence or null, and is_markdown: a model's words), variant: which
 * of the task's variants it was, if it has any. best has growth, see report/present_growth.h.
 * `scoring` is the document's member of that name.
 */
void present_code(struct arena *arena, enum language language, cJSON *item, const cJSON *question,
                  const cJSON *scoring);

/* Sets `coding` of the scoring part: formula and prices, when the document has them. */
void present_code_scoring(struct arena *arena, enum language language, cJSON *item,
                          const cJSON *scoring);

#endif
