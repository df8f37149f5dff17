/* A report as people get it: the page's body and the text, rendered with the real templates. */
#ifndef VIVA_TESTS_REPORT_PAGES_H
#define VIVA_TESTS_REPORT_PAGES_H

#include "check.h"

#include "base/json.h"
#include "report/report.h"
#include "view/report_view.h"

static struct mustache *templates(void)
{
	struct mustache *loaded = NULL;

	CHECK_INT(mustache_load(arena, "templates", &loaded), OK);
	return loaded;
}

static const char *page_of(const cJSON *document, bool for_admin)
{
	struct buf out;

	buf_init(&out, arena);
	CHECK_INT(mustache_render(templates(), "partials/report_body", LANG_EN,
	                          report_view(arena, document, for_admin), &out),
	          OK);
	return out.data;
}

static const char *txt_of(const cJSON *document, bool for_admin)
{
	const struct report_row row = { .id = "r", .body = json_text(document) };
	struct buf out;

	buf_init(&out, arena);
	CHECK_INT(report_txt(templates(), arena, &row, for_admin, &out), OK);
	return out.data;
}

#endif
