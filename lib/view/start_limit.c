#include "view/start_limit.h"

#include "base/config.h"
#include "base/format.h"

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
