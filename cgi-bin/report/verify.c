/* Checking the signature of a report; open to everybody. */
#include <string.h>

#include "base/clock.h"
#include "base/format.h"
#include "base/json.h"
#include "report.h"
#include "seal/seal.h"
#include "view/verify_view.h"
#include "web/assets.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/throttle.h"

enum { FILE_MAX = 5 * 1024 * 1024, ASSET_MAX = 64 * 1024 };

/* Of an address: each may be large. */
enum { CHECKS_MAX = 120, CHECKS_WINDOW_MS = 10 * 60 * 1000 };

/* More than any report has: each value takes memory, however small it is in the file. */
enum { MOST_VALUES = 250000 };

#define KEPT_FOR "public, max-age=300"

/* Where no program made the first key yet there is one now. */
static enum err read_keys(struct request *request, struct buf *keys)
{
	enum err err = seal_init(request->store, request->arena);

	buf_init(keys, request->arena);
	return err == OK ? seal_keys(request->store, request->arena, keys) : err;
}

static enum err get_keys(struct request *request)
{
	struct buf keys;
	enum err err = read_keys(request, &keys);

	if (err != OK)
		return err;
	request->reply.cache_control = KEPT_FOR;
	return reply_json(request, keys.data);
}

/* --- by upload -------------------------------------------------------------------- */

static enum err show(struct request *request, int status, cJSON *page)
{
	struct buf keys;
	enum err err = read_keys(request, &keys);

	if (err != OK)
		return err;
	json_set_string(page, "keys", keys.data);
	return reply_page_status(request, status, "verify", page);
}

static enum err get_page(struct request *request)
{
	cJSON *page = cJSON_CreateObject();

	verify_view_add(request->arena, page, NULL, request->language);
	return show(request, 200, page);
}

static enum err show_fault(struct request *request, int status, const char *fault)
{
	cJSON *page = cJSON_CreateObject();

	json_set_string(page, "error", fault);
	verify_view_add(request->arena, page, NULL, request->language);
	return show(request, status, page);
}

static enum err show_too_large(struct request *request)
{
	cJSON *page = cJSON_CreateObject();

	verify_view_too_large(page, request->language);
	return show(request, 413, page);
}

/* Commas within strings begin no value. */
static bool has_few_values(const struct form_field *file)
{
	bool in_string = false;
	size_t count = 0;

	for (size_t i = 0; i < file->len; i++) {
		const char c = file->value[i];

		if (in_string && c == '\\')
			i++;
		else if (c == '"')
			in_string = !in_string;
		else if (!in_string)
			count += c == ',' || c == '[' || c == '{';
	}
	return count <= MOST_VALUES;
}

static enum err check(struct request *request, const struct form_field *file)
{
	struct seal_check found = { .state = SEAL_UNREADABLE };
	cJSON *page = cJSON_CreateObject();
	enum err err = OK;

	if (has_few_values(file))
		err = seal_check(request->store, request->arena, file->value, file->len, &found);
	if (err != OK)
		return err;
	verify_view_add(request->arena, page, &found, request->language);
	return show(request, 200, page);
}

static enum err post_file(struct request *request)
{
	const struct form_field *file = form_find(&request->form, "file");
	const struct throttle throttle = {
		.subject = arena_printf(request->arena, "verify:%s", throttle_network(request)),
		.allowed = CHECKS_MAX,
		.window_ms = CHECKS_WINDOW_MS,
	};
	int wait_min;
	enum err err;

	if (file == NULL || file->file_name == NULL || file->len == 0)
		return show_fault(request, 400, i18n(request->language, "Choose a file first."));
	if (file->len > FILE_MAX)
		return show_too_large(request);
	err = throttle_count(request, &throttle, 1, &wait_min);
	if (err == ERR_LIMITED)
		return show_fault(request, 429, throttle_text(request, wait_min));
	return err == OK ? check(request, file) : err;
}

/* --- without a network ------------------------------------------------------------ */

static enum err embed(struct request *request, cJSON *page)
{
	char *script, *style;
	enum err err = assets_read(request->arena, "verify.js", ASSET_MAX, &script);

	if (err == OK)
		err = assets_read(request->arena, "verify.css", ASSET_MAX, &style);
	if (err == OK)
		verify_view_embed(request->arena, page, script, style);
	return err;
}

static enum err get_offline(struct request *request)
{
	cJSON *page = cJSON_CreateObject();
	struct buf keys, html;
	enum err err = read_keys(request, &keys);

	if (err == OK)
		err = embed(request, page);
	if (err != OK)
		return err;
	verify_view_add(request->arena, page, NULL, request->language);
	json_set_string(page, "lang", language_code(request->language));
	json_set_string(page, "keys", keys.data);
	json_set_string(page, "saved", format_date(request->arena, clock_now_ms()));
	json_set_string(page, "origin", request_origin(request));
	buf_init(&html, request->arena);
	err = mustache_render(request->templates, "verify_offline", request->language, page, &html);
	return err == OK ? reply_download(request, "viva-check.html", "text/html; charset=utf-8",
	                                  html.data, html.len)
	                 : err;
}

static const struct route routes[] = {
	{ GET, "/keys.json", ANYONE, get_keys, NULL },
	{ GET, "/verify", ANYONE, get_page, NULL },
	{ POST, "/verify", ANYONE, post_file, "file" },
	{ GET, "/verify/offline.html", ANYONE, get_offline, NULL },
};

const struct route_table verify_routes = ROUTE_TABLE(routes);
