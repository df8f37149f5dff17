/* The figures of a report that charts are drawn of, in the words of its language. */
#ifndef VIVA_REPORT_PRESENT_FIGURES_H
#define VIVA_REPORT_PRESENT_FIGURES_H

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/i18n.h"

/*
 * Adds to the page, which has its questions:
 * skills and tracks [{ name, has_ratio, ratio, percent, questions, score, max_score }], of tracks
 * none where there is only one; has_skills, has_tracks;
 * times [{ number, text, seconds, duration, ratio (of the mark, null: none), percent, verdict_code,
 * from, to (where in the interview, 0..1; null: nowhere) }] of the questions that took time;
 * has_times.
 */
void present_figures(struct arena *arena, enum language language, cJSON *page,
                     const cJSON *document);

#endif
