/* A request as handlers see it, already checked by web/app. */
#ifndef VIVA_WEB_REQUEST_H
#define VIVA_WEB_REQUEST_H

#include <stdbool.h>
#include <stdint.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mustache.h"
#include "store/store.h"
#include "store/user.h"
#include "web/gateway.h"

enum { REQUEST_MAX_PARAMS = 3 };

enum method { GET, POST, PATCH, DELETE };

struct form_field {
	const char *name, *value; /* value is valid UTF-8 without NUL, line ends are \n */
	size_t len;
	const char *file_name; /* of an upload, else NULL */
};

struct form {
	struct form_field *fields;
	size_t count;
};

struct reply {
	int status;
	struct buf headers;
	const char *bytes; /* the body, in the request's arena or static */
	size_t len;
	bool may_keep; /* the visitor may keep it and ask whether it is still true (ETag) */
	const char *cache_control; /* for what is the same for everybody; NULL: by may_keep */
};

struct background;
struct api_notes;

struct request {
	struct arena *arena;
	struct store *store;
	void *context;                 /* the program's own, see web/app.h; or NULL */
	struct background *background; /* its threads, or NULL when it has none */
	const struct mustache *templates;
	struct gateway gateway;

	const char *id; /* for the logs and the visitor's bug report */
	enum method method;
	bool is_head;        /* a GET without a body in the answer */
	const char *path;    /* decoded, without the base path: "/interviews/17" */
	const char *pattern; /* that the path fits, such as "/profile"; NULL: no route does */
	const char *params[REQUEST_MAX_PARAMS]; /* what the route's `*` stood for */
	const char *address;
	bool is_https;
	enum language language; /* of the answer */
	bool is_language_fixed; /* the page's subject has a language of its own */

	struct user *user;         /* NULL: not logged in */
	const char *session_token; /* the cookie of the log-in; "" without one */
	const char *visitor_token; /* the cookie of a stranger with a form; "" without one */
	const char *csrf_key;      /* of this installation, hexadecimal */
	const char *refusal;       /* for the log: which check refused it; NULL: none did */

	const cJSON *json;     /* the body of a request to the API; an empty object without one */
	const char *scope;     /* of the API's token: read, write or admin; NULL for pages */
	const char *family;    /* of the access token, see store/token.h; NULL: a personal token */
	const char *jwt_key;   /* of this installation, hexadecimal */
	struct api_notes *api; /* what lib/web/api*.c note on the way; NULL for pages */

	struct form form;   /* a POST's fields */
	struct form query;  /* the address's fields */
	bool has_bad_query; /* they could not be decoded, and `query` has none */
	struct reply reply;
	int64_t started_us;
};

/* Fills in what the server's variables say. The path is "" if it cannot be decoded. */
void request_read(struct request *request);

/* Answers in the language of the page's subject, so that no page mixes two. */
void request_fix_language(struct request *request, enum language language);

/* Value of a request cookie; "" when absent. It lives in the request's arena. */
const char *request_cookie(const struct request *request, const char *name);

/*
 * What links begin with that people copy: VIVA_PUBLIC_URL, else scheme, host and base path as the
 * visitor's browser knows them. A host with characters that no host has is not repeated.
 */
const char *request_origin(const struct request *request);

/* A CGI variable, "" when it is not set. */
const char *request_param(const struct request *request, const char *name);

/* True if the visitor is a script that wants JSON instead of a page. */
bool request_wants_json(const struct request *request);

/* A field of the query string by name, `fallback` when absent. */
const char *request_query(const struct request *request, const char *name, const char *fallback);

#endif
