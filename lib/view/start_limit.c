#include "view/start_limit.h"

#include "base/config.h"
#include "base/format.h"
#include "base/json.h"

const char *start_limit_text(struct arena *arena, enum language language, int64_t allowed_at)
{
	int limit = config()->interviews_per_day;

	return arena_printf(
	        arena,
	        i18n_plural(
	                language,
	                "You have used today's interview (%d a day). The next one can start %s.",
	                "You have used today's interviews (%d a day). The next one can start %s.",
	                limit),
	        limit, format_date(arena, allowed_at));
}

static const char *left_text(struct arena *arena, enum language language, int left)
{
	return arena_printf(arena,
	                    i18n_plural(language, "You can start %d more interview today.",
	                                "You can start %d more interviews today.", left),
	                    left);
}

void start_limit_add(struct arena *arena, cJSON *page, const struct flow_quota *quota,
                     enum language language)
{
	const bool is_limited = !quota->is_exempt && quota->left == 0;

	json_set_bool(page, "is_limited", is_limited);
	if (quota->is_exempt)
		json_set_null(page, "quota");
	else
		json_set_string(page, "quota",
		                is_limited ? start_limit_text(arena, language, quota->allowed_at)
		                           : left_text(arena, language, quota->left));
}
