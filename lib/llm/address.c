#include "llm/address.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "llm/curl.h"

enum { SHOWN = 200 };

struct parts {
	char *scheme, *host, *port, *path;
};

static void free_parts(struct parts *parts)
{
	curl_free(parts->scheme);
	curl_free(parts->host);
	curl_free(parts->port);
	curl_free(parts->path);
}

static bool read_parts(CURLU *url, struct parts *parts)
{
	return curl_url_get(url, CURLUPART_SCHEME, &parts->scheme, 0) == CURLUE_OK &&
	       curl_url_get(url, CURLUPART_HOST, &parts->host, 0) == CURLUE_OK &&
	       curl_url_get(url, CURLUPART_PORT, &parts->port, CURLU_DEFAULT_PORT) == CURLUE_OK &&
	       curl_url_get(url, CURLUPART_PATH, &parts->path, 0) == CURLUE_OK;
}

/* The parts of an address; free them. False when it is none. */
static bool split(const char *text, struct parts *parts)
{
	CURLU *url = curl_url();
	bool is_good;

	*parts = (struct parts){ 0 };
	is_good = url != NULL && curl_url_set(url, CURLUPART_URL, text, 0) == CURLUE_OK &&
	          read_parts(url, parts);
	curl_url_cleanup(url);
	return is_good;
}

/* By the text: a parser takes the "localhost" of "localhost:4000" for a scheme. */
static bool is_http(const char *text)
{
	return strncasecmp(text, "http://", 7) == 0 || strncasecmp(text, "https://", 8) == 0;
}

static bool has_part(CURLU *url, CURLUPart part)
{
	char *value = NULL;
	bool has = curl_url_get(url, part, &value, 0) == CURLUE_OK;

	curl_free(value);
	return has;
}

/* What stood there escaped: such a host could be written, but not read again. */
static bool has_control(const char *host)
{
	for (; *host != '\0'; host++)
		if ((unsigned char)*host <= ' ' || *host == 0x7F)
			return true;
	return false;
}

/* NULL, or what is wrong; otherwise `url` and `parts` hold the address. */
static const char *fault_of(CURLU *url, const char *text, struct parts *parts)
{
	if (!is_http(text))
		return "must begin with http:// or https://";
	if (url == NULL || curl_url_set(url, CURLUPART_URL, text, 0) != CURLUE_OK ||
	    !read_parts(url, parts) || has_control(parts->host))
		return "cannot be read";
	if (has_part(url, CURLUPART_USER) || has_part(url, CURLUPART_PASSWORD))
		return "must not hold a user name or password";
	return NULL;
}

/* The path without slashes at its end and without what the client adds itself. */
static const char *tidy_path(struct arena *arena, const char *path)
{
	static const char added[] = "/chat/completions";
	char *tidy = arena_strdup(arena, path);
	size_t len = strlen(tidy);

	while (len > 0 && tidy[len - 1] == '/')
		tidy[--len] = '\0';
	if (len >= strlen(added) && strcmp(tidy + len - strlen(added), added) == 0)
		tidy[len - strlen(added)] = '\0';
	return tidy[0] == '\0' ? "/v1" : tidy;
}

static const char *with_path(struct arena *arena, CURLU *url, const char *path)
{
	char *whole = NULL;
	const char *copy = NULL;

	if (curl_url_set(url, CURLUPART_PATH, path, 0) == CURLUE_OK &&
	    curl_url_set(url, CURLUPART_FRAGMENT, NULL, 0) == CURLUE_OK &&
	    curl_url_get(url, CURLUPART_URL, &whole, 0) == CURLUE_OK)
		copy = arena_strdup(arena, whole);
	curl_free(whole);
	return copy;
}

enum err address_base(struct arena *arena, const char *text, const char **ret_base,
                      const char **ret_fault)
{
	CURLU *url = curl_url();
	struct parts parts = { 0 };
	const char *fault = fault_of(url, text_trimmed(arena, text), &parts);
	const char *base = NULL;

	if (fault == NULL)
		base = with_path(arena, url, tidy_path(arena, parts.path));
	free_parts(&parts);
	curl_url_cleanup(url);
	if (base == NULL) {
		*ret_fault = arena_printf(arena, "its address \"%s\" %s",
		                          address_shown(arena, text),
		                          fault != NULL ? fault : "cannot be read");
		return ERR_INVALID;
	}
	*ret_base = base;
	return OK;
}

enum err address_check(const char *text, const char **ret_fault)
{
	CURLU *url = curl_url();
	struct parts parts = { 0 };
	const char *fault = fault_of(url, text, &parts);

	free_parts(&parts);
	curl_url_cleanup(url);
	*ret_fault = fault != NULL ? fault : "";
	return fault == NULL ? OK : ERR_INVALID;
}

const char *address_origin(struct arena *arena, const char *url)
{
	struct parts parts;
	const bool is_good = split(url, &parts);
	const char *origin = "";

	if (is_good)
		origin = arena_printf(arena, "%s://%s:%s", parts.scheme, parts.host, parts.port);
	free_parts(&parts);
	return origin;
}

const char *address_shown(struct arena *arena, const char *text)
{
	const char *trimmed = text_trimmed(arena, text), *at = strrchr(trimmed, '@');
	const char *scheme = !is_http(trimmed)                        ? ""
	                     : trimmed[4] == 's' || trimmed[4] == 'S' ? "https://"
	                                                              : "http://";

	/* A password may hold anything, also what ends a host: all before the last @ may be one. */
	if (at != NULL)
		trimmed = arena_printf(arena, "%s***%s", scheme, at);
	return text_shortened(arena, trimmed, SHOWN);
}

const char *address_below(struct arena *arena, const char *base, const char *path)
{
	CURLU *url = curl_url();
	char *own = NULL;
	const char *whole = NULL;

	if (url != NULL && curl_url_set(url, CURLUPART_URL, base, 0) == CURLUE_OK &&
	    curl_url_get(url, CURLUPART_PATH, &own, 0) == CURLUE_OK)
		whole = with_path(arena, url, arena_printf(arena, "%s%s", own, path));
	curl_free(own);
	curl_url_cleanup(url);
	return whole != NULL ? whole : base;
}

bool address_same_origin(const char *one, const char *other)
{
	struct parts a, b;
	const bool is_one = split(one, &a), is_other = split(other, &b);
	bool is_same;

	is_same = is_one && is_other && strcasecmp(a.scheme, b.scheme) == 0 &&
	          strcasecmp(a.host, b.host) == 0 && strcmp(a.port, b.port) == 0;
	free_parts(&a);
	free_parts(&b);
	return is_same;
}

bool address_is_loopback(const char *url)
{
	struct parts parts;
	unsigned bytes[4];
	char rest;
	bool is_loopback = split(url, &parts);

	is_loopback = is_loopback && (strcasecmp(parts.host, "localhost") == 0 ||
	                              strcmp(parts.host, "[::1]") == 0 ||
	                              (sscanf(parts.host, "%3u.%3u.%3u.%3u%c", &bytes[0], &bytes[1],
	                                      &bytes[2], &bytes[3], &rest) == 4 &&
	                               bytes[0] == 127));
	free_parts(&parts);
	return is_loopback;
}
