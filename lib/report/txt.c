#include <string.h>

#include "base/json.h"
#include "base/log.h"
#include "report/present.h"
#include "report/report.h"

enum err report_txt(const struct mustache *templates, struct arena *arena,
                    const struct report_row *row, bool for_admin, struct buf *out)
{
	cJSON *document, *page;

	if (json_parse(row->body, strlen(row->body), &document) != OK) {
		log_error("report %s is not valid JSON", row->id);
		return ERR_INTERNAL;
	}
	if (!for_admin)
		report_for_candidate(document);
	page = present_document(arena, document);
	json_set_bool(page, "for_admin", for_admin);
	return mustache_render(templates, "report.txt", present_language(document), page, out);
}
