/* The report page of an interview and its downloads. */
#include <string.h>

#include "base/config.h"
#include "base/json.h"
#include "base/lock.h"
#include "base/log.h"
#include "base/zone.h"
#include "pdf/pdf.h"
#include "report.h"
#include "report/appeals.h"
#include "report/sealed.h"
#include "report/writing.h"
#include "seal/seal.h"
#include "store/interview.h"
#include "store/llm_call.h"
#include "view/api_report.h"
#include "view/report_tokens.h"
#include "view/report_view.h"
#include "web/cache.h"
#include "web/reply.h"
#include "web/token.h"

enum { CACHE_ENTRIES = 64, CACHE_BYTES = 4 * 1024 * 1024, WRITERS = 4, NONCE_BYTES = 16 };

/* PDFs of one person that are made at once: each holds a thread, a long one for seconds. */
enum { PDFS_AT_ONCE = 4 };

/* Made before the first thread, thread-safe by itself: rendered bodies, file names. */
static struct cache *cache;

/* Opened before the first thread; NULL: reports are written without one. */
static struct model *model;

/* Opened before the first thread; locks itself. */
static struct press *press;

static bool is_completed(const struct interview *interview)
{
	return strcmp(interview->status, "completed") == 0;
}

/* The talk goes on: its owner is led there, nobody else can do anything here. */
static enum err to_interview(struct request *request, const struct interview *interview)
{
	if (strcmp(interview->owner_id, request->user->id) != 0)
		return ERR_NOT_FOUND;
	return reply_redirect(request,
	                      arena_printf(request->arena, "/interviews/%s", interview->id));
}

/* The document is its reader's: a candidate's has been cut to what candidates may have. */
struct material {
	const struct report_row *report;
	cJSON *document;
	bool for_admin;
};

static enum err render_page(struct request *request, const struct material *material,
                            struct buf *out)
{
	return mustache_render(request->templates, "partials/report_body", request->language,
	                       report_view(request->arena, material->document, material->for_admin),
	                       out);
}

static enum err render_txt(struct request *request, const struct material *material,
                           struct buf *out)
{
	struct report_row shown = *material->report;

	shown.body = json_text(material->document);
	return report_txt(request->templates, request->arena, &shown, material->for_admin, out);
}

/* The recruiter's document is the stored one; what was left out of it is signed anew. */
static bool is_signed(const struct material *material)
{
	return material->for_admin && json_get(material->document, "signature") != NULL;
}

/* For this request, if the person has a place left. */
static bool take_place(struct request *request)
{
	const char *path = arena_printf(request->arena, "%s/locks", config()->var);
	struct lock *place;
	enum err err = ERR_BUSY;

	for (int i = 0; err == ERR_BUSY && i < PDFS_AT_ONCE; i++)
		err = lock_take(request->arena, path,
		                arena_printf(request->arena, "pdf %d:%s", i, request->user->id), 0,
		                &place);
	return err != ERR_BUSY; /* without the file as well */
}

static enum err write_pdf(struct request *request, const struct material *material, struct buf *out)
{
	const struct pdf_subject subject = {
		.document = material->document,
		.for_admin = material->for_admin,
	};

	return take_place(request) ? pdf_report(press, request->arena, &subject, out) : ERR_BUSY;
}

static enum err write_json(struct request *request, const struct material *material,
                           struct buf *out)
{
	if (!is_signed(material))
		return signed_write(request, material->document, out);
	buf_str(out, material->report->body);
	return OK;
}

static enum err write_api(struct request *request, const struct material *material, struct buf *out)
{
	enum err err = OK;

	if (!is_signed(material))
		err = seal_sign(request->store, request->arena, material->document);
	if (err != OK)
		return err;
	return signed_write(request, api_report(request->arena, material->document), out);
}

/* What is made of a report, and what tells it from the others in the cache. */
struct product {
	const char *name;
	const char *ending; /* of the file to download */
	const char *type;
	bool shows_appeals; /* that wait: they are no part of the document */
	enum err (*make)(struct request *request, const struct material *material, struct buf *out);
};

static const struct product products[] = {
	[DOCUMENT_PAGE] = { "page", "html", "text/html", true, render_page },
	[DOCUMENT_TXT] = { "txt", "txt", "text/plain; charset=utf-8", true, render_txt },
	[DOCUMENT_PDF] = { "pdf", "pdf", "application/pdf", true, write_pdf },
	[DOCUMENT_JSON] = { "json", "json", "application/json", false, write_json },
	[DOCUMENT_API] = { "api", "json", "application/json", false, write_api },
};

/*
 * Has the texts that are due written by the background's threads, for it takes minutes; without
 * them (plain CGI) by this very request, unless it is the first one that asks for the report. The
 * facts are there in any case: what goes wrong is in the log, and the next one who looks tries
 * anew.
 */
static void follow_up(struct request *request, bool is_first, struct report_row *report)
{
	const char *id = request->params[0];

	if (request->background != NULL) {
		writing_ask(request->context, id);
		background_wake(request->background);
	} else if (!is_first) {
		report_finish(request->store, request->arena, id, model, report);
	}
}

/* The report's revision and texts_due, after what can be done for it was begun. */
static enum err find_report(struct request *request, struct report_row *ret_stage)
{
	const char *id = request->params[0];
	enum err err = report_stage(request->store, id, ret_stage);
	const bool is_first = err == ERR_NOT_FOUND;

	if (is_first)
		err = report_ensure(request->store, request->arena, id, model, ret_stage);
	if (err == OK && ret_stage->texts_due && model != NULL)
		follow_up(request, is_first, ret_stage);
	return err;
}

/* The product behind the name of its file and a line end. */
static enum err make(struct request *request, const struct product *product,
                     const struct look *look, struct report_row *report, struct buf *out)
{
	struct material material = { .report = report, .for_admin = request->user->is_admin };
	enum err err;

	err = sealed_read(request->store, request->arena, report, &material.document);
	if (err != OK)
		return err;
	if (product->shows_appeals)
		appeals_attach(request->arena, material.document, &look->open, look->may_appeal);
	reviewer_hide(request, &look->blind, material.document, report);
	if (!material.for_admin)
		report_for_candidate(material.document);
	buf_str(out, report_file_name(request->arena, material.document, product->ending));
	buf_char(out, '\n');
	return product->make(request, &material, out);
}

/*
 * A revision never changes, so what was made of it once stays right for all readers of a role
 * and time zone who see the same of the person.
 */
static const char *key_of(struct request *request, const struct product *product, int revision,
                          const struct look *look)
{
	return arena_printf(request->arena, "%s/%d %s%s%s %s %s", request->params[0], revision,
	                    request->user->is_admin ? "admin " : "",
	                    look->blind.alias != NULL ? "blind " : "", product->name, zone_bound(),
	                    appeals_key(request, look));
}

static enum err get_product(struct request *request, const struct product *product, int revision,
                            struct cache_text *ret_text)
{
	struct report_row report;
	struct look look;
	struct buf out;
	enum err err = reviewer_look(request, product->shows_appeals, &look);

	if (err != OK)
		return err;
	if (cache_get(cache, request->arena, key_of(request, product, revision, &look), ret_text))
		return OK;
	buf_init(&out, request->arena);
	err = report_of_interview(request->store, request->arena, request->params[0], &report);
	if (err == OK)
		err = make(request, product, &look, &report, &out);
	if (err != OK)
		return err;
	cache_put(cache, key_of(request, product, report.revision, &look), out.data, out.len);
	*ret_text = (struct cache_text){ .text = out.data, .len = out.len };
	return OK;
}

enum err document_get(struct request *request, enum document_kind kind,
                      struct document *ret_document)
{
	const struct product *product = &products[kind];
	struct report_row stage;
	struct cache_text text;
	const char *body;
	enum err err = find_report(request, &stage);

	if (err == OK)
		err = get_product(request, product, stage.revision, &text);
	if (err != OK)
		return err;
	body = strchr(text.text, '\n') + 1;
	*ret_document = (struct document){
		.file_name = arena_copy(request->arena, text.text, (size_t)(body - text.text) - 1),
		.type = product->type,
		.body = body,
		.len = text.len - (size_t)(body - text.text),
		.texts_follow = stage.texts_due && model != NULL,
	};
	return kind == DOCUMENT_TXT && request->user->is_admin
	               ? events_append(request, ret_document)
	               : OK;
}

/* Ready-made HTML that is not copied once more. */
static void set_html(cJSON *page, const char *name, const char *html)
{
	cJSON *item = cJSON_CreateStringReference(html);

	item->type = cJSON_Raw | cJSON_IsReference;
	json_set(page, name, item);
}

/* The judge is at work, or another request: the page looks again until they are done. */
static enum err wait_for_report(struct request *request)
{
	cJSON *page = cJSON_CreateObject();

	json_set_bool(page, "is_waiting", true);
	reply_header(request, "Retry-After", "3");
	return reply_page(request, "report", page);
}

/* Read anew as well: what is stored in the cache is the report alone. */
static enum err add_tokens(struct request *request, cJSON *page, const struct interview *interview)
{
	struct llm_usage_list usage;
	int turns;
	enum err err = llm_usage_of_interview(request->store, request->arena, interview->id,
	                                      &usage);

	if (err == OK)
		err = turn_count(request->store, interview->id, &turns);
	if (err == OK)
		report_tokens_add(request->arena, page, &usage, turns, request->language);
	return err;
}

/* What its owner can do with it now. */
static void add_again(struct request *request, cJSON *page, const struct interview *interview)
{
	cJSON *again = json_set_object(page, "again");

	json_set_string(again, "id", interview->id);
	if (strcmp(interview->repeats, "similar") != 0)
		json_set_string(again, "parent_id", interview->parent_id);
	json_set_string(again, "nonce", token_random(request->arena, NONCE_BYTES));
}

static enum err get_page(struct request *request)
{
	struct interview interview;
	struct document document;
	cJSON *page;
	enum err err = document_interview(request, &interview);

	if (err != OK)
		return err;
	if (!is_completed(&interview))
		return to_interview(request, &interview);
	request_fix_language(request, interview.language);
	err = document_get(request, DOCUMENT_PAGE, &document);
	if (err == ERR_BUSY)
		return wait_for_report(request);
	if (err != OK)
		return err;
	page = cJSON_CreateObject();
	set_html(page, "body", document.body);
	json_set_bool(page, "texts_follow", document.texts_follow);
	if (strcmp(interview.owner_id, request->user->id) == 0)
		add_again(request, page, &interview);
	err = add_tokens(request, page, &interview);
	if (err == OK && request->user->is_admin)
		err = events_add(request, page, &interview);
	if (err == OK && request->user->is_admin)
		err = reviewer_add_decision(request, page, &interview);
	return err == OK ? reply_page(request, "report", page) : err;
}

/* A download that cannot be made yet: the page says why, and when it is ready. */
static enum err to_page(struct request *request)
{
	return reply_redirect(request,
	                      arena_printf(request->arena, "/reports/%s", request->params[0]));
}

static enum err download(struct request *request, enum document_kind kind)
{
	struct interview interview;
	struct document document;
	enum err err = document_interview(request, &interview);

	if (err != OK)
		return err;
	if (!is_completed(&interview))
		return to_interview(request, &interview);
	err = document_get(request, kind, &document);
	if (err == ERR_BUSY)
		return to_page(request);
	if (err == OK)
		err = reviewer_note_download(request, &interview, products[kind].name);
	if (err != OK)
		return err;
	return reply_download(request, document.file_name, document.type, document.body,
	                      document.len);
}

static enum err get_txt(struct request *request)
{
	return download(request, DOCUMENT_TXT);
}

static enum err get_pdf(struct request *request)
{
	return download(request, DOCUMENT_PDF);
}

static enum err get_json(struct request *request)
{
	return download(request, DOCUMENT_JSON);
}

static const struct route routes[] = {
	{ GET, "/reports/*", CANDIDATE, get_page, NULL },
	{ GET, "/reports/*/report.txt", CANDIDATE, get_txt, NULL },
	{ GET, "/reports/*/report.pdf", CANDIDATE, get_pdf, NULL },
	{ GET, "/reports/*/report.json", CANDIDATE, get_json, NULL },
};

const struct route_table document_routes = ROUTE_TABLE(routes);

static void close_cache(void *opened)
{
	cache_destroy(opened);
}

bool document_open(struct arena *lasting, struct background_work *work)
{
	cache = cache_create(CACHE_ENTRIES, CACHE_BYTES);
	arena_defer(lasting, close_cache, cache);
	press = pdf_open(lasting);
	/* Settings that cannot be used are in the log; the built-in writer works without them. */
	if (model_open(lasting, &model) != OK || model == NULL)
		return true;
	work->context = writing_create(lasting, model);
	work->threads = WRITERS;
	return true;
}
