/* The audit log as a page. */
#ifndef VIVA_VIEW_AUDIT_VIEW_H
#define VIVA_VIEW_AUDIT_VIEW_H

#include <cjson/cJSON.h>

#include "base/i18n.h"
#include "store/audit.h"

/* What is shown: names as the reader may see them, and what was asked for. */
struct audit_page {
	struct audit_list list;
	struct audit_query query;        /* `most` rows a page, one less than were read at most */
	const char *person;              /* name of query.user_id; NULL: all */
	const struct audit_check *check; /* what a verification found; NULL: none was asked for */
};

/* The page's members; `rows` are without the one that was read in excess. */
cJSON *audit_view_page(struct arena *arena, const struct audit_page *audit, enum language language);

#endif
