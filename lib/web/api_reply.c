#include <string.h>

#include "base/config.h"
#include "base/json.h"
#include "web/api_internal.h"
#include "web/reply.h"
#include "web/token.h"

enum { ETAG_DIGITS = 32 };

enum err api_reply(struct request *request, int status, const cJSON *document)
{
	request->reply.status = status;
	return reply_json(request, json_text(document));
}

enum err api_reply_created(struct request *request, const char *path, const cJSON *document)
{
	reply_header(request, "Location",
	             arena_printf(request->arena, "%s%s", config()->base_path, path));
	return api_reply(request, 201, document);
}

/* The weak comparison of RFC 9110, section 13.1.2; a compressing server makes tags weak. */
static bool names_tag(const char *list, const char *tag)
{
	const size_t len = strlen(tag);

	for (;;) {
		list += strspn(list, " \t,");
		if (list[0] == '\0')
			return false;
		if (list[0] == '*')
			return true;
		if (strncmp(list, "W/", 2) == 0)
			list += 2;
		if (strncmp(list, tag, len) == 0 && strchr(" \t,", list[len]) != NULL)
			return true;
		list += strcspn(list, ",");
	}
}

enum err api_reply_tagged(struct request *request, const char *type, const char *text, size_t len)
{
	const char *tag = arena_printf(request->arena, "\"%.*s\"", ETAG_DIGITS,
	                               token_hash(request->arena, text));

	reply_header(request, "ETag", tag);
	reply_header(request, "Vary", "Authorization, Accept-Language");
	request->reply.may_keep = true;
	if (names_tag(request_param(request, "HTTP_IF_NONE_MATCH"), tag)) {
		request->reply.status = 304;
		return OK;
	}
	reply_header(request, "Content-Type", type);
	request->reply.bytes = text;
	request->reply.len = len;
	return OK;
}

/* --- problems ------------------------------------------------------------------- */

struct problem_row {
	enum err err;
	const char *type, *title, *detail; /* detail NULL: that of the error */
};

static const struct problem_row rows[] = {
	{ ERR_INVALID, "invalid", "Bad Request", N_("The request is not valid.") },
	{ ERR_LOGIN, "unauthorized", "Unauthorized", N_("A valid token is needed.") },
	{ ERR_FORBIDDEN, "forbidden", "Forbidden", NULL },
	{ ERR_NOT_FOUND, "not-found", "Not Found", N_("There is nothing at this address.") },
	{ ERR_METHOD, "method", "Method Not Allowed",
	  N_("This address does not understand that method.") },
	{ ERR_CONFLICT, "conflict", "Conflict", N_("This was changed in the meantime.") },
	{ ERR_TOO_LARGE, "too-large", "Content Too Large", NULL },
	{ ERR_MEDIA_TYPE, "media-type", "Unsupported Media Type",
	  N_("The body must be sent as application/json.") },
	{ ERR_LIMITED, "limited", "Too Many Requests",
	  N_("Too many requests. Please wait a little.") },
	{ ERR_UPSTREAM, "upstream", "Bad Gateway", NULL },
	{ ERR_BUSY, "busy", "Service Unavailable", NULL },
	{ ERR_FULL, "disk-full", "Insufficient Storage", NULL },
	{ ERR_INTERNAL, "internal", "Internal Server Error", NULL },
};

enum { ROWS = sizeof(rows) / sizeof(rows[0]) };

static const struct problem_row *row_of(enum err err)
{
	size_t i = 0;

	while (i < ROWS - 1 && rows[i].err != err)
		i++;
	return &rows[i];
}

/* A status of api_refuse goes with ERR_INVALID, whatever it is. */
static const char *title_of(int status, const struct problem_row *row)
{
	if (status == 401)
		return "Unauthorized";
	return status == 422 ? "Unprocessable Content" : row->title;
}

static void add_extra(cJSON *problem, const struct api_notes *notes)
{
	if (notes->faults != NULL)
		json_set(problem, "errors", notes->faults);
	while (notes->extra != NULL && notes->extra->child != NULL) {
		cJSON *item = cJSON_DetachItemViaPointer(notes->extra, notes->extra->child);

		json_set(problem, item->string, item);
	}
}

/* Who is told to try again is told when. */
static void add_wait(struct request *request, int status)
{
	if (status == 503 && strstr(request->reply.headers.data, "Retry-After:") == NULL)
		reply_header(request, "Retry-After", "1");
}

void api_problem(struct request *request, enum err err)
{
	const struct problem_row *row = row_of(err);
	const struct api_notes *notes = request->api;
	const int status = notes->status != 0 ? notes->status : err_status(err);
	cJSON *problem = cJSON_CreateObject();

	json_set_string(problem, "type",
	                arena_printf(request->arena, "%s/api#%s", config()->base_path,
	                             notes->status != 0 ? notes->type : row->type));
	json_set_string(problem, "title", title_of(status, row));
	json_set_number(problem, "status", status);
	json_set_string(problem, "detail",
	                notes->detail != NULL
	                        ? notes->detail
	                        : i18n(request->language,
	                               row->detail != NULL ? row->detail : err_text(err)));
	json_set_string(problem, "instance", request->id);
	add_extra(problem, notes);
	if (status == 401)
		reply_header(request, "WWW-Authenticate",
		             notes->has_bad_token ? "Bearer error=\"invalid_token\"" : "Bearer");
	add_wait(request, status);
	reply_header(request, "Content-Language", language_code(request->language));
	reply_header(request, "Content-Type", "application/problem+json");
	request->reply.status = status;
	request->reply.may_keep = false;
	request->reply.bytes = json_text(problem);
	request->reply.len = strlen(request->reply.bytes);
}
