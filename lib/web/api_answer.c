#include <stdlib.h>
#include <string.h>

#include "base/zone.h"
#include "base/clock.h"
#include "base/config.h"
#include "base/json.h"
#include "web/api_internal.h"
#include "web/bearer.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/throttle.h"
#include "web/token.h"

enum { BODY_MAX = 1024 * 1024 };

static enum err take_body(struct request *request, const struct route *route)
{
	const bool is_there = request_param(request, "CONTENT_LENGTH")[0] != '\0' ||
	                      request_param(request, "HTTP_TRANSFER_ENCODING")[0] != '\0';

	if (route->method == GET || !is_there)
		return OK;
	return form_body(request, BODY_MAX, &request->api->body, &request->api->len);
}

static enum err count_request(struct request *request)
{
	struct arena *arena = request->arena;
	const bool is_known = request->user != NULL;
	const char *who = arena_printf(arena, "rate %s",
	                               is_known ? request->user->id : throttle_network(request));
	const char *hash = arena_copy(arena, token_sign(arena, request->csrf_key, who), 16);
	const struct rate_subject subject = {
		.id = strtoull(hash, NULL, 16) | 1,
		.limit = is_known ? config()->api_per_minute : config()->api_strangers_per_minute,
	};
	struct rate rate = { 0 };
	enum err err = rate_count(arena, config_var_path("api-rates"), &subject, clock_now_ms(),
	                          &rate);

	request->api->rate = rate;
	if (err == ERR_LIMITED)
		reply_header(request, "Retry-After", arena_printf(arena, "%d", rate.reset_s));
	return err == ERR_INTERNAL ? OK
	                           : err; /* logged; not to count is better than not to answer */
}

static enum err check_access(struct request *request, const struct route *route)
{
	if (route->who == ANYONE)
		return OK;
	if (request->user == NULL)
		return ERR_LOGIN;
	if (route->who == ADMIN && !request->user->is_admin)
		return ERR_FORBIDDEN;
	if (route->method != GET && strcmp(request->scope, "read") == 0) {
		request->refusal = "the token's scope is read";
		return ERR_FORBIDDEN;
	}
	return OK;
}

static enum err call_handler(struct request *request, const struct route *route)
{
	bool is_answered = false;
	enum err err = request->has_bad_query ? ERR_INVALID : api_read_body(request, route->fields);

	if (err == OK && route->who != ANYONE) /* no answer with tokens in it is kept */
		err = api_once_claim(request, &is_answered);
	return err == OK && !is_answered ? route->handler(request) : err;
}

void api_begin(struct request *request)
{
	request->api = arena_alloc(request->arena, sizeof(*request->api));
	request->api->body = "";
	/* Cookies say nothing here, not even the language. */
	request->language = language_negotiate(request_param(request, "HTTP_ACCEPT_LANGUAGE"));
}

enum err api_answer(struct request *request, const struct route *route, enum err found)
{
	enum err err = found, loaded, counted;

	if (err == OK)
		err = take_body(request, route);
	loaded = bearer_load(request, &request->api->has_bad_token);
	zone_bind(request->user != NULL ? request->user->time_zone : "");
	counted = loaded == OK ? count_request(request) : loaded;
	if (counted != OK)
		return counted;
	if (err == OK)
		err = check_access(request, route);
	return err == OK ? call_handler(request, route) : err;
}

void api_finish(struct request *request)
{
	const struct rate *rate = &request->api->rate;

	api_once_settle(request);
	if (rate->limit == 0)
		return;
	reply_header(request, "RateLimit-Limit", arena_printf(request->arena, "%d", rate->limit));
	reply_header(request, "RateLimit-Remaining",
	             arena_printf(request->arena, "%d", rate->remaining));
	reply_header(request, "RateLimit-Reset", arena_printf(request->arena, "%d", rate->reset_s));
}
