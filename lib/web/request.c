#include "web/request.h"

#include <string.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/text.h"
#include "web/form.h"
#include "web/token.h"

enum { MAX_PATH = 1024, REQUEST_ID_BYTES = 8 };

const char *request_param(const struct request *request, const char *name)
{
	const char *value = gateway_param(&request->gateway, name);

	return value != NULL ? value : "";
}

const char *request_query(const struct request *request, const char *name, const char *fallback)
{
	const struct form_field *field = form_find(&request->query, name);

	return field != NULL ? field->value : fallback;
}

bool request_wants_json(const struct request *request)
{
	return strstr(request_param(request, "HTTP_ACCEPT"), "application/json") != NULL;
}

void request_fix_language(struct request *request, enum language language)
{
	request->language = language;
	request->is_language_fixed = true;
}

const char *request_cookie(const struct request *request, const char *name)
{
	const char *cookies = request_param(request, "HTTP_COOKIE");
	size_t name_len = strlen(name);

	while (*cookies != '\0') {
		size_t len;

		cookies += strspn(cookies, " ;");
		len = strcspn(cookies, ";");
		if (len > name_len && cookies[name_len] == '=' &&
		    memcmp(cookies, name, name_len) == 0)
			return arena_copy(request->arena, cookies + name_len + 1,
			                  len - name_len - 1);
		cookies += len;
	}
	return "";
}

const char *request_origin(const struct request *request)
{
	static const char host_characters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	                                      "0123456789.-:[]";
	const char *public = config()->public_url, *host = request_param(request, "HTTP_HOST");

	if (public[0] != '\0')
		return public;
	if (host[0] == '\0' || host[strspn(host, host_characters)] != '\0')
		host = "localhost";
	return arena_printf(request->arena, "%s://%s%s", request->is_https ? "https" : "http", host,
	                    config()->base_path);
}

/* The path of REQUEST_URI: SCRIPT_NAME and PATH_INFO differ between servers. */
static const char *read_path(struct request *request)
{
	const char *uri = request_param(request, "REQUEST_URI");
	const char *base = config()->base_path;
	size_t len = strcspn(uri, "?#"), base_len = strlen(base);
	const char *path;

	if (len > MAX_PATH || !form_decode(request->arena, uri, len, false, &path))
		return "";
	for (const char *p = path; *p != '\0'; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7F)
			return "";
	if (base_len > 0) {
		if (strncmp(path, base, base_len) != 0)
			return "";
		path += base_len;
		if (*path == '\0')
			return "/";
	}
	return path;
}

/* The last entry of X-Forwarded-For is the one our own proxy wrote. */
static const char *read_address(struct request *request)
{
	const char *address = request_param(request, "REMOTE_ADDR");
	const char *forwarded = request_param(request, "HTTP_X_FORWARDED_FOR");
	const char *comma;

	if (!config()->trust_proxy || forwarded[0] == '\0')
		return address;
	comma = strrchr(forwarded, ',');
	return text_shortened(request->arena,
	                      text_trimmed(request->arena, comma ? comma + 1 : forwarded), 64);
}

static bool read_is_https(const struct request *request)
{
	const char *https = request_param(request, "HTTPS");

	if (config()->secure_cookies || strcmp(https, "on") == 0 || strcmp(https, "1") == 0)
		return true;
	return config()->trust_proxy &&
	       strcmp(request_param(request, "HTTP_X_FORWARDED_PROTO"), "https") == 0;
}

void request_read(struct request *request)
{
	const char *method = request_param(request, "REQUEST_METHOD");
	const char *query = request_param(request, "QUERY_STRING");

	request->started_us = clock_monotonic_us();
	request->id = token_random(request->arena, REQUEST_ID_BYTES);
	request->is_head = strcmp(method, "HEAD") == 0;
	request->path = read_path(request);
	request->address = read_address(request);
	request->is_https = read_is_https(request);
	request->session_token = request->visitor_token = "";
	if (!language_parse(request_cookie(request, "viva_lang"), &request->language))
		request->language =
		        language_negotiate(request_param(request, "HTTP_ACCEPT_LANGUAGE"));
	request->has_bad_query = form_parse_urlencoded(request->arena, query, strlen(query),
	                                               &request->query) != OK;
	request->gateway.is_read = request_param(request, "CONTENT_LENGTH")[0] == '\0';
	request->reply.status = 200;
	buf_init(&request->reply.headers, request->arena);
	request->reply.bytes = "";
}
