/* The charts of the report page; it links static/charts.css. */
#ifndef VIVA_VIEW_REPORT_CHARTS_H
#define VIVA_VIEW_REPORT_CHARTS_H

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/i18n.h"

/*
 * Adds skill_chart, track_chart, time_chart and rubric.chart, where the page of
 * report/present has what they show; the others are null.
 */
void report_charts_add(struct arena *arena, cJSON *page, enum language language);

#endif
