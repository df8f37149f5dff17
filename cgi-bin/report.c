/* report: the report page of an interview and its downloads. */
#include <string.h>

#include "base/json.h"
#include "base/log.h"
#include "report/report.h"
#include "store/interview.h"
#include "view/report_view.h"
#include "web/app.h"
#include "web/cache.h"
#include "web/reply.h"

enum { CACHE_ENTRIES = 64, CACHE_BYTES = 4 * 1024 * 1024 };

/* Made in main before the first thread, thread-safe by itself: rendered bodies, file names. */
static struct cache *cache;

/* A report that this visitor may read. */
struct reading {
	struct interview interview;
	struct report_row report;
	bool is_completed;
};

static enum err find_report(struct request *request, struct reading *reading)
{
	struct store *store = request->store;
	const char *id = request->params[0];
	enum err err = request->user->is_admin
	                       ? interview_by_id(store, request->arena, id, &reading->interview)
	                       : interview_of_owner(store, request->arena, id, request->user->id,
	                                            &reading->interview);

	if (err != OK)
		return err;
	reading->is_completed = strcmp(reading->interview.status, "completed") == 0;
	if (!reading->is_completed)
		return OK;
	return report_of_interview(store, request->arena, id, &reading->report);
}

/* One read transaction; a report that is still missing is built. */
static enum err open_report(struct request *request, struct reading *reading)
{
	enum err err = store_begin_read(request->store);

	if (err != OK)
		return err;
	*reading = (struct reading){ 0 };
	err = find_report(request, reading);
	store_rollback(request->store);
	if (err == ERR_NOT_FOUND && reading->is_completed)
		err = report_ensure(request->store, request->arena, request->params[0],
		                    &reading->report);
	return err;
}

/* The talk goes on: its owner is led there, nobody else can do anything here. */
static enum err to_interview(struct request *request, const struct interview *interview)
{
	if (strcmp(interview->owner_id, request->user->id) != 0)
		return ERR_NOT_FOUND;
	return reply_redirect(request,
	                      arena_printf(request->arena, "/interviews/%s", interview->id));
}

static enum err parse(const struct report_row *report, cJSON **ret_document)
{
	if (json_parse(report->body, strlen(report->body), ret_document) == OK)
		return OK;
	log_error("report %s is not valid JSON", report->id);
	return ERR_INTERNAL;
}

static enum err render_body(struct request *request, const struct report_row *report,
                            struct buf *out)
{
	cJSON *document;
	enum err err = parse(report, &document);

	if (err != OK)
		return err;
	return mustache_render(request->templates, "partials/report_body", request->language,
	                       report_view(request->arena, document, request->user->is_admin), out);
}

static enum err render_txt(struct request *request, const struct report_row *report,
                           struct buf *out)
{
	return report_txt(request->templates, request->arena, report, out);
}

static enum err make_txt_name(struct request *request, const struct report_row *report,
                              struct buf *out)
{
	cJSON *document;
	enum err err = parse(report, &document);

	if (err == OK)
		buf_str(out, report_file_name(request->arena, document, "txt"));
	return err;
}

static enum err make_json_name(struct request *request, const struct report_row *report,
                               struct buf *out)
{
	cJSON *document;
	enum err err = parse(report, &document);

	if (err == OK)
		buf_str(out, report_file_name(request->arena, document, "json"));
	return err;
}

/* Something made of a report, and what tells it from the others in the cache. */
struct derived {
	const char *name;
	enum err (*make)(struct request *request, const struct report_row *report, struct buf *out);
};

static const struct derived candidate_body = { "candidate", render_body };
static const struct derived admin_body = { "admin", render_body };
static const struct derived txt_body = { "txt", render_txt };
static const struct derived txt_name = { "txt name", make_txt_name };
static const struct derived json_name = { "json name", make_json_name };

/* A stored report never changes, so neither does what is made of it. */
static enum err derive(struct request *request, const struct report_row *report,
                       const struct derived *derived, const char **ret_text)
{
	const char *key = arena_printf(request->arena, "%s %s", report->id, derived->name);
	const char *text = cache_get(cache, request->arena, key);
	struct buf out;

	if (text == NULL) {
		enum err err;

		buf_init(&out, request->arena);
		err = derived->make(request, report, &out);
		if (err != OK)
			return err;
		cache_put(cache, key, out.data, out.len);
		text = out.data;
	}
	*ret_text = text;
	return OK;
}

static enum err get_page(struct request *request)
{
	const struct derived *body = request->user->is_admin ? &admin_body : &candidate_body;
	struct reading reading;
	const char *html;
	cJSON *page;
	enum err err = open_report(request, &reading);

	if (err != OK)
		return err;
	if (!reading.is_completed)
		return to_interview(request, &reading.interview);
	request->language = reading.interview.language;
	request->is_language_fixed = true;
	err = derive(request, &reading.report, body, &html);
	if (err != OK)
		return err;
	page = cJSON_CreateObject();
	json_set_html(page, "body", html);
	return reply_page(request, "report", page);
}

static enum err get_txt(struct request *request)
{
	struct reading reading;
	const char *text, *name;
	enum err err = open_report(request, &reading);

	if (err != OK)
		return err;
	if (!reading.is_completed)
		return to_interview(request, &reading.interview);
	err = derive(request, &reading.report, &txt_body, &text);
	if (err == OK)
		err = derive(request, &reading.report, &txt_name, &name);
	if (err != OK)
		return err;
	return reply_download(request, name, "text/plain; charset=utf-8", text, strlen(text));
}

static enum err get_json(struct request *request)
{
	struct reading reading;
	const char *name;
	enum err err = open_report(request, &reading);

	if (err != OK)
		return err;
	if (!reading.is_completed)
		return to_interview(request, &reading.interview);
	err = derive(request, &reading.report, &json_name, &name);
	if (err != OK)
		return err;
	return reply_download(request, name, "application/json", reading.report.body,
	                      strlen(reading.report.body));
}

static const struct route routes[] = {
	{ GET, "/reports/*", CANDIDATE, get_page, NULL },
	{ GET, "/reports/*/report.txt", CANDIDATE, get_txt, NULL },
	{ GET, "/reports/*/report.json", CANDIDATE, get_json, NULL },
};

int main(void)
{
	int status;

	cache = cache_create(CACHE_ENTRIES, CACHE_BYTES);
	status = app_run("report", ROUTES(routes));
	cache_destroy(cache);
	return status;
}
