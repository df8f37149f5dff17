#include "web/reply.h"

#include <string.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/json.h"
#include "base/log.h"
#include "base/text.h"
#include "web/assets.h"
#include "web/download.h"
#include "web/form.h"
#include "web/session.h"

/* As much of each field as the largest that a form may have: code. */
enum { MAX_TYPED = 256 * 1024 };

/* Fields that people write into, in all forms; the rest are choices and numbers. */
static const char written[] =
        "answer about code comment custom_input full_name job_description more "
        "note reason reply stack text";

static const char security_headers[] =
        "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; "
        "img-src 'self' data:; connect-src 'self'; font-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'\r\n"
        "X-Content-Type-Options: nosniff\r\n"
        "X-Frame-Options: DENY\r\n"
        "Referrer-Policy: no-referrer\r\n" /* addresses have secrets in them, servers have logs */
        "Cross-Origin-Opener-Policy: same-origin\r\n"
        "Permissions-Policy: camera=(), microphone=(), geolocation=()\r\n";

void reply_header(struct request *request, const char *name, const char *value)
{
	buf_printf(&request->reply.headers, "%s: %s\r\n", name, value);
}

static void add_languages(struct request *request, cJSON *page)
{
	cJSON *languages;

	if (request->is_language_fixed || json_bool(page, "is_shown_once", false))
		return;
	json_set_bool(page, "can_switch", true);
	languages = json_set_array(page, "languages");
	for (enum language language = 0; language < LANG_COUNT; language++) {
		cJSON *item = json_add_object(languages);

		json_set_string(item, "code", language_code(language));
		json_set_string(item, "name", language_name(language));
		json_set_bool(item, "current", language == request->language);
	}
}

static void add_user(struct request *request, cJSON *page)
{
	const struct user *user = request->user;
	cJSON *item;

	if (user == NULL)
		return;
	item = json_set_object(page, "user");
	json_set_string(item, "name",
	                user->full_name[0] != '\0' ? text_plain(request->arena, user->full_name)
	                                           : user->username);
	json_set_bool(item, "is_admin", user->is_admin);
}

/*
 * Where the language switch leads back to: this page. A POST's path leads to its form
 * (dispatch.c), and what was wrong with an address stays behind.
 */
static const char *path_back(struct request *request, int status)
{
	const char *query = request_param(request, "QUERY_STRING");

	if (request->method != GET)
		return request->path;
	if (status >= 400)
		return "/";
	return query[0] == '\0' ? request->path
	                        : arena_printf(request->arena, "%s?%s", request->path, query);
}

static void add_common(struct request *request, int status, cJSON *page)
{
	json_set_string(page, "lang", language_code(request->language));
	json_set_string(page, "base", config()->base_path);
	json_set_string(page, "static",
	                arena_printf(request->arena, "%s/static/%s", config()->base_path,
	                             assets_version()));
	if (json_get(page, "path") == NULL)
		json_set_string(page, "path", path_back(request, status));
	json_set_string(page, "csrf", session_csrf(request));
	json_set_string(page, "flash", flash_take(request));
	add_user(request, page);
	add_languages(request, page);
}

enum err reply_page_status(struct request *request, int status, const char *name, cJSON *page)
{
	struct buf body;
	enum err err;

	add_common(request, status, page);
	buf_init(&body, request->arena);
	err = mustache_render(request->templates, name, request->language, page, &body);
	if (err != OK)
		return err;
	request->reply.bytes = body.data;
	request->reply.len = body.len;
	request->reply.status = status;
	reply_header(request, "Content-Type", "text/html; charset=utf-8");
	reply_header(request, "Content-Language", language_code(request->language));
	return OK;
}

enum err reply_page(struct request *request, const char *name, cJSON *page)
{
	return reply_page_status(request, 200, name, page);
}

enum err reply_redirect(struct request *request, const char *path)
{
	request->reply.status = 303;
	reply_header(request, "Location",
	             arena_printf(request->arena, "%s%s", config()->base_path, path));
	return OK;
}

static enum err reply_bytes(struct request *request, const char *type, const char *bytes,
                            size_t len)
{
	reply_header(request, "Content-Type", type);
	request->reply.bytes = bytes;
	request->reply.len = len;
	return OK;
}

enum err reply_download(struct request *request, const char *file_name, const char *type,
                        const char *bytes, size_t len)
{
	reply_header(request, "Content-Disposition",
	             download_disposition(request->arena, file_name));
	return reply_bytes(request, type, bytes, len);
}

enum err reply_json(struct request *request, const char *json)
{
	return reply_bytes(request, "application/json", json, strlen(json));
}

enum err reply_empty(struct request *request)
{
	request->reply.status = 204;
	return OK;
}

/* What was typed is shown again, so that an error never eats it. */
static void add_typed(const struct request *request, cJSON *page)
{
	cJSON *typed = json_set_array(page, "typed");

	for (size_t i = 0; i < request->form.count; i++) {
		const struct form_field *field = &request->form.fields[i];

		if (!form_word_in(written, field->name) || field->len == 0 ||
		    field->len > MAX_TYPED || field->file_name != NULL)
			continue;
		json_set_string(json_add_object(typed), "value", field->value);
	}
	json_set_bool(page, "has_typed", cJSON_GetArraySize(typed) > 0);
}

void reply_error(struct request *request, enum err err)
{
	cJSON *page = cJSON_CreateObject();
	const char *text;

	json_set_number(page, "status", err_status(err));
	json_set_string(page, "message", i18n(request->language, err_text(err)));
	json_set_string(page, "request_id", request->id);
	json_set_bool(page, "must_log_in", err == ERR_LOGIN);
	json_set_bool(page, "in_history", strncmp(request->path, "/history/", 9) == 0);
	json_set_string(page, "path", "/");
	add_typed(request, page);
	if (reply_page_status(request, err_status(err), "error", page) == OK)
		return;
	log_error("the error page could not be rendered");
	request->reply.status = err_status(err);
	text = i18n(request->language, err_text(err));
	reply_bytes(request, "text/plain; charset=utf-8", text, strlen(text));
}

/* What every answer begins with. */
static void begin_head(const struct request *request, struct buf *head)
{
	const struct reply *reply = &request->reply;

	buf_init(head, request->arena);
	buf_printf(head, "Status: %d\r\n", reply->status);
	buf_str(head, security_headers);
	buf_printf(head, "Cache-Control: %s\r\n",
	           reply->cache_control != NULL ? reply->cache_control
	           : reply->may_keep            ? "private, no-cache"
	                                        : "no-store");
	if (request->is_https)
		buf_str(head, "Strict-Transport-Security: max-age=31536000\r\n");
	buf_printf(head, "X-Request-Id: %s\r\n", request->id);
}

enum err reply_begin_download(struct request *request, const char *file_name, const char *type)
{
	const struct buf *lines = &request->reply.headers;
	struct buf head;

	reply_download(request, file_name, type, "", 0);
	begin_head(request, &head);
	buf_add(&head, lines->data, lines->len);
	buf_str(&head, "\r\n");
	gateway_begin(&request->gateway, (struct gateway_bytes){ head.data, head.len });
	return OK;
}

bool reply_piece(struct request *request, const char *bytes, size_t len)
{
	return request->is_head ||
	       gateway_piece(&request->gateway, (struct gateway_bytes){ bytes, len });
}

void reply_break_off(struct request *request)
{
	request->gateway.is_broken = true;
}

bool reply_send(struct request *request)
{
	const struct reply *reply = &request->reply;
	const bool can_have_body = reply->status != 204 && reply->status != 304;
	const bool has_body = !request->is_head && can_have_body;
	const struct gateway_bytes body = { reply->bytes, has_body ? reply->len : 0 };
	struct buf head;

	begin_head(request, &head);
	if (can_have_body)
		buf_printf(&head, "Content-Length: %zu\r\n", reply->len);
	buf_add(&head, reply->headers.data, reply->headers.len);
	buf_str(&head, "\r\n");
	return gateway_send(&request->gateway, (struct gateway_bytes){ head.data, head.len }, body);
}
