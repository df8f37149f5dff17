/* A report as the API gives it. */
#ifndef VIVA_VIEW_API_REPORT_H
#define VIVA_VIEW_API_REPORT_H

#include <cjson/cJSON.h>

#include "base/arena.h"

/*
 * { interview_id, status, overall_score (share of the full mark, of 100; null when nothing
 * could be scored), score, max_score, ended_at, strengths (at most 3), weaknesses (at most
 * 5), rubric_breakdown, skill_breakdown [{ skill, score_ratio, questions }],
 * answer_summaries, report (the document itself) }. The document is its reader's.
 */
cJSON *api_report(struct arena *arena, const cJSON *document);

#endif
