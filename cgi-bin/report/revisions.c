/* A report's revisions: why each was made, what it changed, and the earlier ones to download. */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/log.h"
#include "report.h"
#include "report/report.h"
#include "report/sealed.h"
#include "store/revision.h"
#include "view/revisions_view.h"
#include "web/reply.h"

enum { MOST_DIGITS = 6, MOST_SHOWN = 100 };

/* One revision as this reader may see it: document, and the row's body if it is that still. */
static enum err read(struct request *request, int number, struct report_row *report,
                     cJSON **ret_document)
{
	struct blind blind;
	cJSON *document;
	enum err err = revision_get(request->store, request->arena, request->params[0], number,
	                            report);

	if (err == OK)
		err = reviewer_blind(request, &blind);
	if (err != OK)
		return err;
	err = sealed_read(request->store, request->arena, report, &document);
	if (err != OK)
		return err;
	reviewer_hide(request, &blind, document, report);
	if (!request->user->is_admin)
		report_for_candidate(document);
	*ret_document = document;
	return OK;
}

/* A finished interview with a report; there is nothing to tell of others. */
static enum err find(struct request *request, struct interview *ret_interview)
{
	enum err err = document_interview(request, ret_interview);

	if (err == OK && strcmp(ret_interview->status, "completed") != 0)
		return ERR_NOT_FOUND;
	return err;
}

/* --- the page ----------------------------------------------------------------------------- */

/* Of very many the newest are shown. */
static void shorten(struct revision_list *list)
{
	if (list->count <= MOST_SHOWN)
		return;
	list->items += list->count - MOST_SHOWN;
	list->count = MOST_SHOWN;
}

static enum err add_revisions(struct request *request, cJSON *page)
{
	struct revision_list list;
	const cJSON **documents;
	enum err err = revision_list(request->store, request->arena, request->params[0], &list);

	if (err != OK)
		return err;
	if (list.count == 0)
		return ERR_NOT_FOUND;
	shorten(&list);
	documents = arena_array(request->arena, list.count, sizeof(*documents));
	for (size_t i = 0; err == OK && i < list.count; i++) {
		struct report_row report;
		cJSON *document;

		err = read(request, list.items[i].revision, &report, &document);
		documents[i] = err == OK ? document : NULL;
	}
	if (err == OK)
		revisions_view(request->arena, page, &list, documents, request->language);
	return err;
}

static enum err get_page(struct request *request)
{
	cJSON *page = cJSON_CreateObject();
	struct interview interview;
	enum err err = find(request, &interview);

	if (err != OK)
		return err;
	request_fix_language(request, interview.language);
	json_set_string(page, "report", interview.id);
	err = add_revisions(request, page);
	return err == OK ? reply_page(request, "revisions", page) : err;
}

/* --- downloads ------------------------------------------------------------------------------ */

/* 0: it is no number of a revision. */
static int number_of(const char *text)
{
	const size_t digits = strspn(text, "0123456789");

	return digits > 0 && digits <= MOST_DIGITS && text[digits] == '\0' && text[0] != '0'
	               ? atoi(text)
	               : 0;
}

static enum err get_json(struct request *request)
{
	const int number = number_of(request->params[1]);
	struct interview interview;
	struct report_row report;
	struct buf body;
	cJSON *document;
	const char *name;
	enum err err = number > 0 ? find(request, &interview) : ERR_NOT_FOUND;

	if (err == OK)
		err = read(request, number, &report, &document);
	if (err != OK)
		return err;
	buf_init(&body, request->arena);
	name = report_file_name(request->arena, document,
	                        arena_printf(request->arena, "revision-%d.json", number));
	if (request->user->is_admin && json_get(document, "signature") != NULL)
		buf_str(&body, report.body);
	else
		err = signed_write(request, document, &body);
	if (err == OK)
		err = reviewer_note_download(request, &interview, "json");
	return err == OK ? reply_download(request, name, "application/json", body.data, body.len)
	                 : err;
}

static const struct route routes[] = {
	{ GET, "/reports/*/revisions", CANDIDATE, get_page, NULL },
	{ GET, "/reports/*/revisions/*/report.json", CANDIDATE, get_json, NULL },
};

const struct route_table revision_routes = ROUTE_TABLE(routes);
