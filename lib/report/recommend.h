/* Conclusions from the facts: how the level fits. */
#ifndef VIVA_REPORT_RECOMMEND_H
#define VIVA_REPORT_RECOMMEND_H

#include <cjson/cJSON.h>

/*
 * Adds `level_fit` { level, sign: "+", "" or "-" } to a summary: the level that the share
 * of the full mark speaks for. Null when too little was answered to tell, and when the
 * result lies below junior.
 */
void recommend_add_level_fit(cJSON *summary);

#endif
