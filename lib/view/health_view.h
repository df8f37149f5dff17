/* The page on how the installation is, each line with a word on whether that is well. */
#ifndef VIVA_VIEW_HEALTH_VIEW_H
#define VIVA_VIEW_HEALTH_VIEW_H

#include <cjson/cJSON.h>

#include "care/shelf.h"
#include "store/health.h"
#include "witness/model.h"

struct health_page {
	struct health health;
	int64_t now, started_at, copied_at;            /* 0: not known, none */
	int64_t database_bytes, log_bytes, free_bytes; /* below 0: not known */
	struct shelf backups;                          /* by shelf_read */
	int64_t began_at;                              /* the first key was made; 0: not known */
	enum model_state model;
	bool has_webhook, has_traces; /* configured */
};

/* Members for templates/health.html: `lines` with title, value, state and is_well. */
cJSON *health_view(struct arena *arena, const struct health_page *page, enum language language);

#endif
