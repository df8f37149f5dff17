/* Conclusions from the facts: how the level fits, what comes next. */
#ifndef VIVA_REPORT_RECOMMEND_H
#define VIVA_REPORT_RECOMMEND_H

#include <cjson/cJSON.h>

/*
 * Adds `level_fit` { level, sign: "+", "" or "-" } to a summary: the level that the share
 * of the full mark speaks for; level null: below junior. `level_fit` itself is null when
 * too little was answered to tell.
 */
void recommend_add_level_fit(cJSON *summary);

/*
 * "decrease", "same" or "increase" for the next interview, by the questions that were met
 * only: one that was never reached was not too hard.
 */
const char *recommend_difficulty(const cJSON *questions);

#endif
