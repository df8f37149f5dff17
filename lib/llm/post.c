/* llm_post: bytes as they are, for exporters. */
#include "base/buf.h"
#include "base/clock.h"
#include "llm/http.h"
#include "llm/llm.h"
#include "llm/reply.h"

enum { MAX_KEPT = 64 * 1024, MAX_ANSWER = 1024 * 1024 };

static enum http_wish keep_bytes(void *context, const char *bytes, size_t len)
{
	struct buf *kept = context;
	const size_t room = MAX_KEPT - kept->len;

	buf_add(kept, bytes, len < room ? len : room);
	return HTTP_MORE;
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
	                add_line(&headers, "User-Agent: viva") && add_line(&headers, "Expect:");

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

static void post_with(struct arena *arena, const struct llm_post *post,
                      const struct curl_slist *headers, struct llm_result *result)
{
	struct llm_wait wait = {
		.cancel_fd = -1, .until_us = clock_monotonic_us() + (int64_t)post->total_ms * 1000
	};
	struct http_channel channel;
	struct buf kept;
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
		.on_bytes = keep_bytes,
		.context = &kept,
	};
	enum http_end end;

	buf_init(&kept, arena);
	if (!http_open(&channel))
		return;
	end = http_post(&channel, &exchange);
	http_close(&channel);
	result->class = class_of(end, exchange.status);
	result->status = exchange.status;
	result->requests = exchange.was_sent;
	result->text = kept.data;
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
