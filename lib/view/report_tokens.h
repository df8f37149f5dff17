/* What models took for an interview, for its final page. */
#ifndef VIVA_VIEW_REPORT_TOKENS_H
#define VIVA_VIEW_REPORT_TOKENS_H

#include <cjson/cJSON.h>

#include "base/i18n.h"
#include "store/llm_call.h"

/*
 * Adds `tokens` for templates/partials/report_tokens: calls, prompt, completion, total,
 * per_turn (of `turns` messages of the candidate), estimated (calls; absent: none) and
 * agents, a row each. Nothing when no model took part.
 */
void report_tokens_add(struct arena *arena, cJSON *page, const struct llm_usage_list *usage,
                       int turns, enum language language);

#endif
