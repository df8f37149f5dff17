/* What models had to do with a report, as people read it. */
#ifndef VIVA_REPORT_PRESENT_MODEL_H
#define VIVA_REPORT_PRESENT_MODEL_H

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/i18n.h"

/*
 * Adds to a theory question: graded_by, formula (of a model's score), fallback (the
 * built-in examiner stood in) with fallback_reason, unproved [{ text, quote }],
 * has_unproved, and dispute for the admin when the two scorers are far apart.
 */
void present_model_grade(struct arena *arena, enum language language, cJSON *item,
                         const cJSON *question);

/*
 * Adds candidate_author and admin_author (sentences), admin_text, and, when a model wrote
 * one, assessment and assessment_author.
 */
void present_model_authors(struct arena *arena, enum language language, cJSON *page,
                           const cJSON *document);

#endif
