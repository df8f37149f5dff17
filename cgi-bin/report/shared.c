/* What somebody with a link sees of a report, without a log-in. */
#include <string.h>

#include "base/json.h"
#include "base/log.h"
#include "report.h"
#include "report/report.h"
#include "report/sealed.h"
#include "report/shared.h"
#include "seal/canonical.h"
#include "seal/seal.h"
#include "store/share.h"
#include "view/report_view.h"
#include "view/share_view.h"
#include "web/reply.h"
#include "web/throttle.h"

/* Wrong addresses from one network, until it has to wait even with right ones. */
enum { MISSES_MAX = 30, MISSES_WINDOW_MS = 10 * 60 * 1000 };

struct shared {
	struct share share;
	const char *owner_id;
	cJSON *document; /* signed: exactly what is shown */
	cJSON *numbers;  /* the figures of it */
};

/* No search engine keeps it, and no other site learns its address. */
static void keep_quiet(struct request *request)
{
	reply_header(request, "X-Robots-Tag", "noindex, nofollow");
}

/* One answer to all that opens nothing: it does not tell what there once was. */
static enum err show_nothing(struct request *request)
{
	const struct throttle throttle = {
		.subject = arena_printf(request->arena, "shared:%s", throttle_network(request)),
		.allowed = MISSES_MAX,
		.window_ms = MISSES_WINDOW_MS,
	};
	int wait_min;
	const enum err err = throttle_count(request, &throttle, 1, &wait_min);

	return err == OK ? reply_page_status(request, 404, "shared_gone", cJSON_CreateObject())
	                 : err;
}

static enum err read_report(struct request *request, const struct share *share,
                            cJSON **ret_document)
{
	struct report_row report;
	const enum err err = report_of_interview(request->store, request->arena,
	                                         share->interview_id, &report);

	return err == OK ? sealed_read(request->store, request->arena, &report, ret_document) : err;
}

static enum err open_shared(struct request *request, struct shared *shared)
{
	cJSON *document;
	enum err err = share_open(request->store, request->arena, request->params[0],
	                          &shared->share, &shared->owner_id);

	if (err == OK)
		err = read_report(request, &shared->share, &document);
	if (err != OK)
		return err;
	report_for_candidate(document);
	shared->numbers = shared_numbers(document);
	if (shared->share.has_transcript)
		shared_transcript(document);
	shared->document = shared->share.has_transcript ? document : shared->numbers;
	return seal_sign(request->store, request->arena, shared->document);
}

/* The owner who looks at the link is no reader of it. */
static void count_view(struct request *request, const struct shared *shared)
{
	if (!request->is_head &&
	    (request->user == NULL || strcmp(request->user->id, shared->owner_id) != 0))
		share_note_view(request->store, shared->share.id);
}

static enum err get_page(struct request *request)
{
	struct shared shared;
	enum language language;
	cJSON *page;
	enum err err = open_shared(request, &shared);

	keep_quiet(request);
	if (err == ERR_NOT_FOUND)
		return show_nothing(request);
	if (err != OK)
		return err;
	count_view(request, &shared);
	if (language_parse(json_string(shared.document, "language", ""), &language))
		request_fix_language(request, language);
	page = share_view_numbers(request->arena, shared.numbers);
	json_set_string(page, "share", shared.share.id);
	json_set_string(page, "key_id",
	                json_string(json_get(shared.document, "signature"), "key_id", ""));
	if (shared.share.has_transcript)
		json_set(page, "transcript", report_view(request->arena, shared.document, false));
	return reply_page(request, "shared", page);
}

static enum err get_json(struct request *request)
{
	struct shared shared;
	struct buf out;
	enum err err = open_shared(request, &shared);

	keep_quiet(request);
	if (err == ERR_NOT_FOUND)
		return show_nothing(request);
	buf_init(&out, request->arena);
	if (err == OK)
		err = canonical_write(shared.document, &out);
	if (err != OK)
		return err;
	count_view(request, &shared);
	return reply_download(request, report_file_name(request->arena, shared.document, "json"),
	                      "application/json", out.data, out.len);
}

static const struct route routes[] = {
	{ GET, "/shared/*", ANYONE, get_page, NULL },
	{ GET, "/shared/*/report.json", ANYONE, get_json, NULL },
};

const struct route_table shared_routes = ROUTE_TABLE(routes);
