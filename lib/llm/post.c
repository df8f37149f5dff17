/* llm_post: bytes as they are, for exporters and webhooks. */
#include "base/buf.h"
#include "base/clock.h"
#include "base/version.h"
#include "llm/http.h"
#include "llm/llm.h"
#include "llm/reply.h"
#include "llm/retry.h"

enum { MAX_KEPT = 64 * 1024, MAX_ANSWER = 1024 * 1024 };

struct kept {
	struct buf bytes;
	size_t most;
	bool is_enough; /* then: the rest is not waited for */
};

static enum http_wish keep_bytes(void *context, const char *bytes, size_t len)
{
	struct kept *kept = context;
	const size_t room = kept->most - kept->bytes.len;

	buf_add(&kept->bytes, bytes, len < room ? len : room);
	return kept->is_enough && len >= room ? HTTP_STOP : HTTP_MORE;
}

static bool add_line(struct curl_slist **headers, const char *line)
{
	struct curl_slist *longer = curl_slist_append(*headers, line);

	if (longer != NULL)
		*headers = longer;
	return longer != NULL;
}

/* The list, to be freed; NULL when there is no memory. */
static struct curl_slist *make_headers(struct arena *arena, const struct llm_post *post)
{
	struct curl_slist *headers = NULL;
	bool is_whole = add_line(&headers,
	                         arena_printf(arena, "Content-Type: %s", post->content_type)) &&
	                add_line(&headers, "User-Agent: Viva/" VIVA_VERSION) &&
	                add_line(&headers, "Expect:");

	for (const char *const *line = post->headers; line != NULL && *line != NULL; line++)
		is_whole = is_whole && add_line(&headers, *line);
	if (is_whole)
		return headers;
	curl_slist_free_all(headers);
	return NULL;
}

static enum llm_class class_of(enum http_end end, int status)
{
	if (end == HTTP_DONE && status >= 200 && status < 300)
		return LLM_OK;
	if (end == HTTP_DONE || end == HTTP_CUT || end == HTTP_TOO_LARGE)
		return status > 0 ? llm_status_class(status, "", "") : LLM_RETRYABLE;
	if (end == HTTP_UNTRUSTED)
		return LLM_PERMANENT;
	return end == HTTP_NO_CONNECT ? LLM_RETRYABLE : LLM_TIMEOUT;
}

/* What the other side asks for; 0: nothing. */
static int64_t asked_pause_ms(const struct http_exchange *exchange)
{
	const int64_t ms = retry_after_ms(exchange->retry_after, exchange->retry_after_ms,
	                                  clock_now_ms());

	return ms > 0 ? ms : 0;
}

static void post_with(struct arena *arena, const struct llm_post *post,
                      const struct curl_slist *headers, struct llm_result *result)
{
	struct llm_wait wait = {
		.cancel_fd = -1, .until_us = clock_monotonic_us() + (int64_t)post->total_ms * 1000
	};
	struct kept kept = {
		.most = post->answer_most > 0 ? post->answer_most : MAX_KEPT,
		.is_enough = post->answer_most > 0,
	};
	struct http_channel channel;
	struct http_exchange exchange = {
		.arena = arena,
		.wait = &wait,
		.url = post->url,
		.body = post->body,
		.len = post->len,
		.max_answer = MAX_ANSWER,
		.headers = headers,
		.connect_ms = post->total_ms,
		.first_byte_ms = post->total_ms,
		.idle_ms = post->total_ms,
		.is_direct = post->is_direct,
		.is_public_only = post->is_public_only,
		.on_bytes = keep_bytes,
		.context = &kept,
	};
	enum http_end end;

	buf_init(&kept.bytes, arena);
	if (!http_open(&channel))
		return;
	end = http_post(&channel, &exchange);
	http_close(&channel);
	result->class = class_of(end, exchange.status);
	result->status = exchange.status;
	result->code = end == HTTP_NO_CONNECT && exchange.was_refused ? "not_public" : "";
	result->requests = exchange.was_sent;
	result->text = kept.bytes.data;
	result->retry_after_ms = asked_pause_ms(&exchange);
	if (result->class != LLM_OK)
		result->error = end == HTTP_DONE ? arena_printf(arena, "HTTP %d", exchange.status)
		                                 : exchange.error;
	else
		result->error = "";
}

void llm_post(struct arena *arena, const struct llm_post *post, struct llm_result *ret_result)
{
	const int64_t start_us = clock_monotonic_us();
	struct curl_slist *headers = make_headers(arena, post);

	*ret_result = (struct llm_result){
		.class = LLM_RETRYABLE,
		.text = "",
		.reasoning = "",
		.finish = "",
		.note = "",
		.error = "out of memory or descriptors",
		.code = "",
		.first_token_ms = -1,
	};
	if (headers != NULL)
		post_with(arena, post, headers, ret_result);
	curl_slist_free_all(headers);
	ret_result->latency_ms = (clock_monotonic_us() - start_us) / 1000;
}
