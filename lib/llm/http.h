/* One POST and its answer over libcurl, with clocks of our own. */
#ifndef VIVA_LLM_HTTP_H
#define VIVA_LLM_HTTP_H

#include <stddef.h>

#include "base/arena.h"
#include "llm/curl.h"
#include "llm/wait.h"

/* A connection at rest or in use; zeroed: none. */
struct http_channel {
	CURLM *multi;
	CURL *easy;
	int64_t idle_since_us;
};

/* False (logged) when there is no memory or no descriptor for one. */
bool http_open(struct http_channel *channel);
void http_close(struct http_channel *channel);

enum http_end {
	HTTP_DONE,       /* the answer's end came, or all of it that is wanted */
	HTTP_NO_CONNECT, /* no connection: name, address, TLS */
	HTTP_UNTRUSTED,  /* TLS: the certificate is not good */
	HTTP_CUT,        /* the connection broke off */
	HTTP_TOO_LARGE,
	HTTP_CANCELLED,
	HTTP_FIRST_BYTE, /* silence before the first event */
	HTTP_IDLE,       /* silence between events */
	HTTP_DEADLINE
};

/* What the reader of the answer says: go on; all is there; close at once. */
enum http_wish { HTTP_MORE, HTTP_ENOUGH, HTTP_STOP };

struct http_exchange {
	struct arena *arena;
	struct llm_wait *wait;
	const char *url, *body;
	size_t len, max_answer;
	const struct curl_slist *headers;
	int connect_ms, first_byte_ms, idle_ms;
	bool is_direct;      /* no proxy, whatever the environment says */
	bool is_public_only; /* connects to public addresses only, see address_is_public */
	enum http_wish (*on_bytes)(void *context, const char *bytes, size_t len);
	void *context;

	/* Clocks that on_bytes sets: the last event; true when only formalities are left. */
	int64_t event_us;
	bool is_complete;

	/* What came. `status` and `content_type` are there when on_bytes is called. */
	bool was_sent;    /* the request, if only in part */
	bool was_refused; /* an address, for it is not public */
	int status;
	const char *content_type; /* "" for none */

	/* Headers; NULL where there is none. */
	const char *retry_after, *retry_after_ms, *should_retry, *redirect;
	const char *error; /* English, unless HTTP_DONE */

	/* Inside. */
	CURL *easy;
	enum http_wish wish;
	size_t received;
	int64_t start_us, byte_us, enough_us;
	char reason[CURL_ERROR_SIZE];
};

/* Does it. The channel keeps its connection if the server does and the answer was read. */
enum http_end http_post(struct http_channel *channel, struct http_exchange *exchange);

#endif
