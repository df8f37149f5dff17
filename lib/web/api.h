/*
 * The REST API: what is below /api. Dispatch treats such a route like any other (web/app.h)
 * but for these: the visitor is known by `Authorization: Bearer` alone and cookies say
 * nothing, so there is no CSRF; the body is a JSON object whose members the route's `fields`
 * list; errors are problem documents (RFC 9457); requests are counted per person, or per
 * address of a stranger; POST to a route that is not for ANYONE may carry an Idempotency-Key. A
 * token of scope read may GET, write may do the rest, and ADMIN routes need scope admin; without
 * that scope an admin's request->user is no admin either.
 */
#ifndef VIVA_WEB_API_H
#define VIVA_WEB_API_H

#include <cjson/cJSON.h>

#include "web/request.h"

/* True if the request's path is below /api, which itself is a page for people. */
bool api_is(const struct request *request);

/*
 * Members of the body (request->json). An absent optional one gives its fallback. What is
 * wrong is noted for the problem document, with a JSON pointer to the member, and gives
 * ERR_INVALID; several faults are told at once when the calls are made one after the other.
 */
struct api_text {
	const char *name;
	size_t min, max;      /* code points, without white space at the ends */
	const char *fallback; /* when absent; NULL: it must be there */
};
enum err api_text(struct request *request, const struct api_text *wish, const char **ret_text);

/* As api_text, but as sent: white space is part of it, as in code and passwords. */
enum err api_verbatim(struct request *request, const struct api_text *wish, const char **ret_text);

struct api_integer {
	const char *name;
	int min, max; /* whole numbers only */
	bool is_optional;
	int fallback;
};
enum err api_integer(struct request *request, const struct api_integer *wish, int *ret_number);

struct api_choice {
	const char *name;
	const char *choices;  /* separated by spaces */
	const char *fallback; /* when absent; NULL: it must be there */
};
enum err api_choice(struct request *request, const struct api_choice *wish,
                    const char **ret_choice);

/* True if the body has the member, be it null. */
bool api_has(const struct request *request, const char *name);

/*
 * Notes a fault of the member `name` (NULL: of the request as a whole) in words of the
 * request's language, for the problem document. Gives ERR_INVALID; a fault of the whole may
 * go with any other error that the handler returns.
 */
enum err api_fault(struct request *request, const char *name, const char *text);

/* ERR_INVALID when api_fault noted a fault of any member, else OK. */
enum err api_outcome(const struct request *request);

/* A further member of the problem document, such as "retry_at". */
void api_tell(struct request *request, const char *name, cJSON *value);

/*
 * An error that enum err has no name for: its status, the end of its type ("#unjudged") and
 * words of the request's language. The handler returns what it gives.
 */
enum err api_refuse(struct request *request, int status, const char *type, const char *text);

/* Answers with the JSON document and the status, such as 201. */
enum err api_reply(struct request *request, int status, const cJSON *document);

/* 201 with Location: a path of ours, without the base path. */
enum err api_reply_created(struct request *request, const char *path, const cJSON *document);

/*
 * Answers with text that an ETag is made for; 304 without a body when the visitor's
 * If-None-Match names it. The text (UTF-8 without NUL) is not copied.
 */
enum err api_reply_tagged(struct request *request, const char *type, const char *text, size_t len);

/* Answers with the problem document of an error, with what was noted for it. */
void api_problem(struct request *request, enum err err);

/*
 * Pages of lists: `?limit=1..100` (20) and `?cursor=`, which is opaque to visitors. The
 * cursor is the position after the last row that was given: its time and id. It is checked
 * (signed); a foreign one is ERR_INVALID. Without a cursor `at` is INT64_MAX and `id` "".
 */
struct api_page {
	int limit;
	int64_t at;
	const char *id;
};
enum err api_read_page(struct request *request, struct api_page *ret_page);

/* Sets `next_cursor` of the document: behind this row, or null when it was the last. */
void api_set_next(struct request *request, cJSON *document, bool has_more,
                  const struct api_page *last);

#endif
