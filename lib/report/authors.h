/* Who writes the words of a report: models where there are any, else the built-in writer. */
#ifndef VIVA_REPORT_AUTHORS_H
#define VIVA_REPORT_AUTHORS_H

#include <cjson/cJSON.h>

#include "examiner/agent.h"

/*
 * Adds to a summary llm_summary_candidate, llm_summary_admin, next_recommendations,
 * assessment (null: no model wrote one) and written_by: for candidate, admin,
 * recommendations and assessment { engine: "builtin", a model's name or null (nobody),
 * fallback: why no model wrote it, or null }.
 */
void authors_write(struct arena *arena, cJSON *document, const struct agent_desk *desk);

/* Whether a summary has anything that a model could write about: an answer that was judged. */
bool authors_are_wanted(struct arena *arena, const cJSON *summary);

#endif
