/* The admin's page about the models: what they cost, how they fare, where to look twice. */
#ifndef VIVA_VIEW_USAGE_VIEW_H
#define VIVA_VIEW_USAGE_VIEW_H

#include <cjson/cJSON.h>

#include "store/interview.h"
#include "store/llm_call.h"
#include "witness/model.h"

/* What is shown; `period` is one of the codes below. */
struct usage_page {
	const char *period;
	enum model_state state;
	struct llm_usage_list usage;
	struct disagreement_list disagreements;
};

/* The codes "day", "week", "month" in milliseconds; 0 for another. */
int64_t usage_view_period_ms(const char *period);

/* The page's data for templates/usage.html. */
cJSON *usage_view_page(struct arena *arena, const struct usage_page *usage, enum language language);

#endif
