#include "llm/http.h"

#include <signal.h>
#include <stdlib.h>
#include <time.h>

#include <sys/socket.h>

#include "base/clock.h"
#include "base/log.h"
#include "llm/address.h"

enum {
	BUFFER = 4096,         /* for reading: tokens are small, calls are many */
	UPLOAD_BUFFER = 16384, /* the least that libcurl takes */
	FORMALITIES_MS = 2000, /* for usage and [DONE] after the finish */
	LAST_BYTES_MS = 20,    /* for the end of the body, so that the connection can be kept */
	CONNECTION_AGE_S = 60  /* servers close what is unused for longer */
};

bool http_open(struct http_channel *channel)
{
	*channel = (struct http_channel){ .multi = curl_multi_init(), .easy = curl_easy_init() };
	if (channel->multi != NULL && channel->easy != NULL) {
		curl_multi_setopt(channel->multi, CURLMOPT_MAXCONNECTS, 1L);
		return true;
	}
	log_error("no HTTP handle: no library, out of memory or descriptors");
	http_close(channel);
	return false;
}

void http_close(struct http_channel *channel)
{
	if (channel->easy != NULL)
		curl_easy_cleanup(channel->easy);
	if (channel->multi != NULL)
		curl_multi_cleanup(channel->multi);
	*channel = (struct http_channel){ 0 };
}

static void read_head(struct http_exchange *exchange)
{
	long status = 0;
	const char *type = NULL;

	curl_easy_getinfo(exchange->easy, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(exchange->easy, CURLINFO_CONTENT_TYPE, &type);
	exchange->status = (int)status;
	exchange->content_type = type != NULL ? arena_strdup(exchange->arena, type) : "";
}

static size_t take_bytes(char *bytes, size_t size, size_t count, void *object)
{
	struct http_exchange *exchange = object;
	const size_t len = size * count;

	if (exchange->status == 0)
		read_head(exchange);
	exchange->byte_us = clock_monotonic_us();
	exchange->received += len;
	if (exchange->received > exchange->max_answer)
		return CURL_WRITEFUNC_ERROR;
	if (exchange->wish == HTTP_MORE) {
		exchange->wish = exchange->on_bytes(exchange->context, bytes, len);
		exchange->enough_us = exchange->byte_us;
	}
	return len;
}

/*
 * The address is looked at where it is connected to: a name that resolves to something else by
 * then, a redirect or an odd way to write a number make no difference.
 */
static curl_socket_t open_public(void *object, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct http_exchange *exchange = object;

	(void)purpose;
	if (address_is_public(&address->addr))
		return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
	exchange->was_refused = true;
	return CURL_SOCKET_BAD;
}

/* Other certificates than those of the machine, by the name that OpenSSL has for them. */
static void set_trust(CURL *easy)
{
	const char *file = getenv("SSL_CERT_FILE");

	if (file != NULL && file[0] != '\0')
		curl_easy_setopt(easy, CURLOPT_CAINFO, file);
}

static void set_options(CURL *easy, struct http_exchange *exchange)
{
	curl_easy_reset(easy);
	curl_easy_setopt(easy, CURLOPT_URL, exchange->url);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(easy, CURLOPT_HTTPHEADER, exchange->headers);
	curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)exchange->len);
	curl_easy_setopt(easy, CURLOPT_POSTFIELDS, exchange->body);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_bytes);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, exchange);
	curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, exchange->reason);
	curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip");
	curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)exchange->connect_ms);
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
	curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, (long)BUFFER);
	curl_easy_setopt(easy, CURLOPT_UPLOAD_BUFFERSIZE, (long)UPLOAD_BUFFER);
	curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, (long)CONNECTION_AGE_S);
	/* A cancelled call does not wait for the resolver. */
	curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
	set_trust(easy);
	if (exchange->is_public_only) {
		curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_public);
		curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, exchange);
	}
	if (exchange->is_direct || address_is_loopback(exchange->url))
		curl_easy_setopt(easy, CURLOPT_PROXY, "");
}

/* The clock that runs out first, and what that means. */
struct limit {
	int64_t at_us;
	enum http_end end;
};

static struct limit next_limit(const struct http_exchange *exchange)
{
	struct limit deadline = { exchange->wait->until_us, HTTP_DEADLINE }, limit;

	if (exchange->wish == HTTP_ENOUGH)
		limit = (struct limit){ exchange->enough_us + LAST_BYTES_MS * 1000, HTTP_DONE };
	else if (exchange->is_complete)
		limit = (struct limit){ exchange->event_us + FORMALITIES_MS * 1000, HTTP_DONE };
	else if (exchange->event_us != 0)
		limit = (struct limit){ exchange->event_us + (int64_t)exchange->idle_ms * 1000,
			                HTTP_IDLE };
	else
		limit = (struct limit){ exchange->byte_us + (int64_t)exchange->first_byte_ms * 1000,
			                HTTP_FIRST_BYTE };
	/* What is whole by then is not late. */
	if (deadline.at_us < limit.at_us && limit.end == HTTP_DONE)
		deadline.end = HTTP_DONE;
	return deadline.at_us < limit.at_us ? deadline : limit;
}

/* What libcurl's verdict means, and whether it is too large rather than broken. */
static enum http_end end_of(struct http_exchange *exchange, CURLcode code)
{
	exchange->error = exchange->reason[0] != '\0'
	                          ? arena_strdup(exchange->arena, exchange->reason)
	                          : curl_easy_strerror(code);
	switch (code) {
	case CURLE_OK:
		return HTTP_DONE;
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_COULDNT_CONNECT:
	case CURLE_OPERATION_TIMEDOUT:
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_PROXY:
		return HTTP_NO_CONNECT;
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_ISSUER_ERROR:
		return HTTP_UNTRUSTED;
	default:
		return exchange->received > exchange->max_answer ? HTTP_TOO_LARGE : HTTP_CUT;
	}
}

static enum http_end finished(CURLM *multi, struct http_exchange *exchange)
{
	int left;
	const CURLMsg *message = curl_multi_info_read(multi, &left);

	return end_of(exchange, message != NULL ? message->data.result : CURLE_RECV_ERROR);
}

static enum http_end run(CURLM *multi, struct http_exchange *exchange)
{
	struct curl_waitfd watched = { .fd = exchange->wait->cancel_fd,
		                       .events = CURL_WAIT_POLLIN };
	struct limit limit;
	int running;

	for (;;) {
		if (curl_multi_perform(multi, &running) != CURLM_OK)
			return end_of(exchange, CURLE_RECV_ERROR);
		if (exchange->wish == HTTP_STOP)
			return HTTP_DONE;
		if (running == 0)
			return finished(multi, exchange);
		if (wait_is_cancelled(exchange->wait))
			return HTTP_CANCELLED;
		limit = next_limit(exchange);
		if (clock_monotonic_us() >= limit.at_us)
			return limit.end;
		curl_multi_poll(multi, &watched, watched.fd >= 0 ? 1 : 0,
		                wait_slice_ms(limit.at_us), NULL);
	}
}

static const char *header(const struct http_exchange *exchange, const char *name)
{
	struct curl_header *found;

	if (curl_easy_header(exchange->easy, name, 0, CURLH_HEADER, -1, &found) != CURLHE_OK)
		return NULL;
	return arena_strdup(exchange->arena, found->value);
}

static void read_headers(struct http_exchange *exchange)
{
	const char *redirect = NULL;
	long sent = 0;

	read_head(exchange);
	curl_easy_getinfo(exchange->easy, CURLINFO_REQUEST_SIZE, &sent);
	exchange->was_sent = sent > 0;
	exchange->retry_after = header(exchange, "Retry-After");
	exchange->retry_after_ms = header(exchange, "retry-after-ms");
	exchange->should_retry = header(exchange, "x-should-retry");
	curl_easy_getinfo(exchange->easy, CURLINFO_REDIRECT_URL, &redirect);
	exchange->redirect = arena_strdup(exchange->arena, redirect);
}

static const char *silence(struct http_exchange *exchange, enum http_end end)
{
	switch (end) {
	case HTTP_FIRST_BYTE:
		return arena_printf(exchange->arena, "no answer began within %g s",
		                    exchange->first_byte_ms / 1000.0);
	case HTTP_IDLE:
		return arena_printf(exchange->arena, "the answer stopped for %g s",
		                    exchange->idle_ms / 1000.0);
	case HTTP_DEADLINE:
		return arena_printf(exchange->arena, "the time for the answer was up after %.1f s",
		                    (double)(clock_monotonic_us() - exchange->start_us) / 1e6);
	case HTTP_TOO_LARGE:
		return arena_printf(exchange->arena, "the answer is larger than %zu bytes",
		                    exchange->max_answer);
	case HTTP_CANCELLED:
		return "cancelled";
	case HTTP_NO_CONNECT:
		return exchange->was_refused ? "the address is not a public one" : exchange->error;
	default:
		return exchange->error;
	}
}

/* TLS writes with write(2): a server that left must not end the process. */
static enum http_end run_without_sigpipe(CURLM *multi, struct http_exchange *exchange)
{
	const struct timespec no_wait = { 0 };
	sigset_t pipe_only, before, pending;
	enum http_end end;

	sigemptyset(&pipe_only);
	sigaddset(&pipe_only, SIGPIPE);
	pthread_sigmask(SIG_BLOCK, &pipe_only, &before);
	end = run(multi, exchange);
	read_headers(exchange);
	curl_multi_remove_handle(multi, exchange->easy);
	sigpending(&pending);
	if (sigismember(&pending, SIGPIPE) && !sigismember(&before, SIGPIPE))
		sigtimedwait(&pipe_only, NULL, &no_wait);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return end;
}

enum http_end http_post(struct http_channel *channel, struct http_exchange *exchange)
{
	enum http_end end;

	exchange->easy = channel->easy;
	exchange->reason[0] = '\0';
	exchange->wish = HTTP_MORE;
	exchange->was_refused = false;
	exchange->status = 0;
	exchange->received = 0;
	exchange->event_us = 0;
	exchange->is_complete = false;
	exchange->start_us = exchange->byte_us = clock_monotonic_us();
	set_options(channel->easy, exchange);
	if (curl_multi_add_handle(channel->multi, channel->easy) != CURLM_OK)
		return end_of(exchange, CURLE_FAILED_INIT);
	end = run_without_sigpipe(channel->multi, exchange);
	exchange->error = silence(exchange, end);
	/* The next to use the handle sets its own; nothing may point into this arena. */
	curl_easy_reset(channel->easy);
	return end;
}
