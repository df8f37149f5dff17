/* The admin's page about events that were sent to another program. */
#ifndef VIVA_VIEW_WEBHOOK_VIEW_H
#define VIVA_VIEW_WEBHOOK_VIEW_H

#include <cjson/cJSON.h>

#include "base/i18n.h"
#include "notify/webhook.h"

struct webhook_page {
	enum webhook_state state;
	const char *origin; /* that events go to, while it works */
	struct webhook_query query;
	struct webhook_list list;
	int64_t now;
};

/* True if `state` is one that deliveries have. */
bool webhook_view_is_state(const char *state);

/* The page's data for templates/webhooks.html. */
cJSON *webhook_view_page(struct arena *arena, const struct webhook_page *webhooks,
                         enum language language);

#endif
