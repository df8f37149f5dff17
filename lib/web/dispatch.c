#include "web/dispatch.h"

#include <string.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/json.h"
#include "base/log.h"
#include "base/meter.h"
#include "base/zone.h"
#include "web/api_internal.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/session.h"

bool dispatch_match(struct arena *arena, const char *pattern, const char *path,
                    const char *params[REQUEST_MAX_PARAMS])
{
	size_t found = 0;

	while (*pattern != '\0') {
		if (*pattern == '*') {
			size_t len = strcspn(path, "/");

			if (len == 0 || found == REQUEST_MAX_PARAMS)
				return false;
			params[found++] = arena_copy(arena, path, len);
			path += len;
			pattern++;
		} else if (*pattern++ != *path++) {
			return false;
		}
	}
	return *path == '\0';
}

static const char *const methods[] = { "GET", "POST", "PATCH", "DELETE" };

enum { METHODS = sizeof(methods) / sizeof(methods[0]) };

static bool read_method(const struct request *request, enum method *ret_method)
{
	const char *name = request_param(request, "REQUEST_METHOD");

	if (strcmp(name, "HEAD") == 0)
		name = "GET";
	for (int i = 0; i < METHODS; i++) {
		if (strcmp(name, methods[i]) == 0) {
			*ret_method = (enum method)i;
			return true;
		}
	}
	return false;
}

static int count_stars(const char *path)
{
	int stars = 0;

	for (; *path != '\0'; path++)
		stars += *path == '*';
	return stars;
}

/*
 * The row with the request's path and method that leaves the least open, so that
 * /invitations/new is no invitation's id; `best` stays where the table has no better one.
 * `has` notes which methods the path has.
 */
static const struct route *find_row(const struct route_table *table, struct request *request,
                                    const struct route *best, bool has[METHODS])
{
	for (size_t i = 0; i < table->count; i++) {
		const struct route *route = &table->routes[i];

		if (!dispatch_match(request->arena, route->path, request->path, request->params))
			continue;
		has[route->method] = true;
		if (route->method == request->method &&
		    (best == NULL || count_stars(route->path) < count_stars(best->path)))
			best = route;
	}
	return best;
}

static void reply_allow(struct request *request, const bool has[METHODS])
{
	const char *allow = has[GET] ? "GET, HEAD" : "";

	for (int i = POST; i < METHODS; i++)
		if (has[i])
			allow = arena_printf(request->arena, "%s%s%s", allow,
			                     allow[0] != '\0' ? ", " : "", methods[i]);
	reply_header(request, "Allow", allow);
}

/* 404 when no row has the path, 405 with Allow when none of them has the method. */
static enum err find_route(const struct route_table *const *tables, struct request *request,
                           const struct route **ret_route)
{
	const bool is_known = read_method(request, &request->method);
	const struct route *route = NULL;
	bool has[METHODS] = { false };

	for (; *tables != NULL; tables++)
		route = find_row(*tables, request, route, has);
	memset(request->params, 0, sizeof(request->params));
	if (is_known && route != NULL) {
		dispatch_match(request->arena, route->path, request->path, request->params);
		request->pattern = route->path;
		*ret_route = route;
		return OK;
	}
	for (int i = 0; i < METHODS; i++) {
		if (has[i]) {
			reply_allow(request, has);
			return ERR_METHOD;
		}
	}
	return ERR_NOT_FOUND;
}

static enum err check_access(const struct request *request, enum access who)
{
	if (who == ANYONE)
		return OK;
	if (request->user == NULL)
		return ERR_LOGIN;
	if (who == ADMIN && !request->user->is_admin)
		return ERR_FORBIDDEN;
	return OK;
}

static enum err check_form(struct request *request, const struct route *route)
{
	if (route->method != POST)
		return OK;
	if (!session_csrf_valid(request)) {
		request->refusal = "no valid CSRF token";
		return ERR_FORBIDDEN;
	}
	if (!form_has_only(&request->form, route->fields != NULL ? route->fields : "")) {
		request->refusal = "unknown field";
		return ERR_INVALID;
	}
	return OK;
}

/* Admins send whole banks; nobody else is to fill the memory. */
static size_t most_body(const struct request *request, const struct route *route)
{
	enum { ADMINS_FACTOR = 4 };
	const size_t most = (size_t)config()->max_body_kb * 1024;
	const bool is_desk = route->who == ADMIN && check_access(request, ADMIN) == OK;

	return is_desk ? ADMINS_FACTOR * most : most;
}

static enum err answer(const struct route_table *const *tables, struct request *request)
{
	const struct route *route = NULL;
	enum err err = find_route(tables, request, &route), loaded;

	if (api_is(request))
		return api_answer(request, route, err);
	loaded = session_load(request); /* also for the look of an error page */
	if (err == OK && route->method == POST)
		err = form_read(request, most_body(request, route));
	zone_bind(request->user != NULL ? request->user->time_zone : "");
	if (err == OK)
		err = loaded;
	if (err == OK)
		err = check_access(request, route->who);
	if (err == OK)
		err = check_form(request, route);
	return err == OK ? route->handler(request) : err;
}

/* Without a database: the two addresses that tell whether it can be opened answer all the same. */
static enum err answer_alone(const struct route_table *const *tables, struct request *request)
{
	const bool tells = strcmp(request->path, "/health") == 0 ||
	                   strcmp(request->path, "/ready") == 0;
	const struct route *route = NULL;

	if (!tells || find_route(tables, request, &route) != OK)
		return ERR_BUSY;
	return route->handler(request);
}

/* A stranger who asks for a page is sent to the log-in and comes back after it. */
static bool send_to_login(struct request *request)
{
	if (request->method != GET)
		return false;
	reply_redirect(request, arena_printf(request->arena, "/login?next=%s",
	                                     form_encode(request->arena, request->path)));
	return true;
}

/* The path as an address has it: what was an escaped `?` or `#` in it stays one. */
static const char *encoded_path(struct arena *arena, const char *path)
{
	struct buf out;

	buf_init(&out, arena);
	while (*path != '\0') {
		const size_t len = strcspn(path, "/");

		buf_str(&out, form_encode(arena, arena_copy(arena, path, len)));
		path += len;
		if (*path == '/')
			buf_char(&out, *path++);
	}
	return out.data;
}

static bool is_page(const struct route_table *const *tables, struct request *request,
                    const char *path)
{
	const char *params[REQUEST_MAX_PARAMS];

	for (; *tables != NULL; tables++)
		for (size_t i = 0; i < (*tables)->count; i++)
			if ((*tables)->routes[i].method == GET &&
			    dispatch_match(request->arena, (*tables)->routes[i].path, path, params))
				return true;
	return false;
}

/*
 * Who opens the address of a refused form once more comes to the page above it: from
 * /settings/password to /settings, for want of a nearer one to the start page.
 */
static bool send_to_page(const struct route_table *const *tables, struct request *request)
{
	char *path = arena_strdup(request->arena, request->path), *end;
	enum method method;

	if (!read_method(request, &method) || method != GET)
		return false;
	do {
		end = strrchr(path, '/');
		*end = '\0';
	} while (end != path && !is_page(tables, request, path));
	reply_redirect(request, end != path ? encoded_path(request->arena, path) : "/");
	return true;
}

/* Who knows a link of these may follow it: of the secret in it so much is logged. */
static const char *logged_path(const struct request *request)
{
	static const char *const secret[] = { "/invitations/", "/shared/" };
	enum { SHOWN = 6 };

	for (size_t i = 0; i < sizeof(secret) / sizeof(*secret); i++) {
		const size_t start = strlen(secret[i]);
		const char *token = request->path + start;

		if (strncmp(request->path, secret[i], start) == 0 && strcspn(token, "/") > SHOWN)
			return arena_printf(request->arena, "%s%.*s…%s", secret[i], SHOWN, token,
			                    token + strcspn(token, "/"));
	}
	return request->path;
}

static void log_outcome(const struct request *request)
{
	const struct log_access access = {
		.method = request_param(request, "REQUEST_METHOD"),
		.path = logged_path(request),
		.user_id = request->user != NULL ? request->user->id : NULL,
		.address = request->address,
		.status = request->reply.status,
		.microseconds = clock_monotonic_us() - request->started_us,
	};

	log_request(&access);
	meter_end(&(struct meter_answer){
	        .method = request->pattern != NULL ? methods[request->method] : "other",
	        .route = request->pattern != NULL ? request->pattern : "other",
	        .status = access.status,
	        .microseconds = access.microseconds,
	});
}

/* One line for each request that was refused, also when a handler shows its form again. */
static void log_refusal(const struct request *request, enum err err)
{
	int status = request->reply.status;

	if (status >= 400)
		log_warning("%s %s: %d %s%s%s", request_param(request, "REQUEST_METHOD"),
		            logged_path(request), status,
		            err != OK ? err_name(err) : "form shown again",
		            request->refusal != NULL ? ", " : "",
		            request->refusal != NULL ? request->refusal : "");
}

/* An error becomes a page, or below /api a problem document. */
static void show_error(const struct route_table *const *tables, struct request *request,
                       enum err err)
{
	if (api_is(request))
		api_problem(request, err);
	else if (err == ERR_METHOD && send_to_page(tables, request))
		return;
	else if (err != ERR_LOGIN || !send_to_login(request))
		reply_error(request, err);
}

void dispatch(const struct route_table *const *tables, struct request *request)
{
	enum err err;

	meter_begin();
	request_read(request);
	log_set_request(request->id);
	if (api_is(request))
		api_begin(request);
	err = request->store != NULL ? answer(tables, request) : answer_alone(tables, request);
	if (request->store != NULL)
		store_rollback(request->store); /* a handler that failed leaves nothing open */
	if (err != OK)
		show_error(tables, request, err);
	if (api_is(request))
		api_finish(request);
	log_refusal(request, err);
	reply_send(request);
	log_outcome(request);
	log_set_request("");
}
