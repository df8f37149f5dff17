#include <string.h>

#include "base/json.h"
#include "base/log.h"
#include "report/present.h"
#include "report/report.h"

enum err report_txt(const struct mustache *templates, struct arena *arena,
                    const struct report_row *row, struct buf *out)
{
	cJSON *document;

	if (json_parse(row->body, strlen(row->body), &document) != OK) {
		log_error("report %s is not valid JSON", row->id);
		return ERR_INTERNAL;
	}
	return mustache_render(templates, "report.txt", present_language(document),
	                       present_document(arena, document), out);
}
