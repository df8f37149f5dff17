#include "llm/trial.h"

#include <ctype.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "llm/address.h"
#include "llm/retry.h"

enum {
	MAX_ANSWER = 16 * 1024 * 1024,
	MAX_ERROR = 64 * 1024, /* of an error's body is looked at */
	SHOWN = 200,           /* bytes of an answer that is none */
	MAX_REDIRECTS = 5
};

static bool is_success(int status)
{
	return status >= 200 && status < 300;
}

/* The next event moves the clock; text or reasoning that grew is the first token. */
static void note_progress(struct trial *trial)
{
	trial->http.event_us = clock_monotonic_us();
	if (trial->first_token_us == 0 &&
	    (trial->reply.text.len > 0 || trial->reply.reasoning.len > 0))
		trial->first_token_us = trial->http.event_us;
	trial->http.is_complete = trial->reply.finish != NULL;
}

static bool take_event(void *context, const struct sse_event *event)
{
	struct trial *trial = context;
	bool wants_more = llm_reply_event(&trial->reply, event->name, event->data, event->len);

	note_progress(trial);
	return wants_more;
}

static bool has_word(const char *text, const char *word)
{
	return strcasestr(text, word) != NULL;
}

/* Moves `skipped` past a BOM and white space; false while nothing else is there. */
static bool find_first_byte(struct trial *trial)
{
	const struct buf *held = &trial->held;

	while (trial->skipped < 3 && trial->skipped < held->len &&
	       held->data[trial->skipped] == "\xEF\xBB\xBF"[trial->skipped])
		trial->skipped++;
	while (isspace((unsigned char)held->data[trial->skipped]))
		trial->skipped++;
	return trial->skipped < held->len;
}

/* By the first byte that is no white space, then by the Content-Type. */
static void recognize(struct trial *trial)
{
	const char *type = trial->http.content_type;
	char first;

	if (trial->is_raw || !is_success(trial->http.status)) {
		trial->kind = ANSWER_BODY;
		return;
	}
	if (!find_first_byte(trial))
		return;
	first = trial->held.data[trial->skipped];
	if (first == '{' || first == '[' || first == '<')
		trial->kind = ANSWER_BODY;
	else if (has_word(type, "json") && !has_word(type, "event-stream") &&
	         memchr("deir:", first, 5) == NULL)
		trial->kind = ANSWER_BODY;
	else
		trial->kind = ANSWER_EVENTS;
}

static enum http_wish feed(struct trial *trial, const char *bytes, size_t len)
{
	enum err err = sse_feed(&trial->sse, bytes, len);

	if (err == OK)
		return HTTP_MORE;
	if (err == ERR_CONFLICT && !trial->reply.is_cancelled && trial->reply.is_done)
		return HTTP_ENOUGH;
	if (err == ERR_TOO_LARGE) {
		trial->error = "a line of the answer is longer than any should be";
		trial->is_final = true;
	}
	return HTTP_STOP;
}

static void keep_start(struct trial *trial, const char *bytes, size_t len)
{
	const size_t room = SHOWN - trial->start.len;

	buf_add(&trial->start, bytes, len < room ? len : room);
}

static enum http_wish take_bytes(void *context, const char *bytes, size_t len)
{
	struct trial *trial = context;

	keep_start(trial, bytes, len);
	if (trial->kind == ANSWER_EVENTS)
		return feed(trial, bytes, len);
	/* Of an error its beginning is enough. */
	if (!is_success(trial->http.status) && trial->held.len + len > MAX_ERROR)
		return HTTP_STOP;
	buf_add(&trial->held, bytes, len);
	if (trial->kind == ANSWER_UNKNOWN) {
		recognize(trial);
		if (trial->kind == ANSWER_EVENTS)
			return feed(trial, trial->held.data, trial->held.len);
	}
	/* Bytes are all the progress that a body shows; white space may be pings. */
	if (trial->kind == ANSWER_BODY)
		trial->http.event_us = clock_monotonic_us();
	return HTTP_MORE;
}

/* What a server sent, on one line and fit to print. */
static const char *shown(struct trial *trial, const char *bytes, size_t len)
{
	const char *end = bytes + (len < SHOWN ? len : SHOWN);
	struct buf clean;
	char encoded[4];

	buf_init(&clean, trial->arena);
	while (bytes < end) {
		uint32_t code_point = text_next(&bytes, end);

		buf_add(&clean, encoded,
		        text_encode(code_point < 0x20 ? ' ' : code_point, encoded));
	}
	return text_one_line(trial->arena, clean.data);
}

static const char *what_came(struct trial *trial, const char *verdict)
{
	const char *type = shown(trial, trial->http.content_type, strlen(trial->http.content_type));
	const char *start = shown(trial, trial->start.data, trial->start.len);

	return arena_printf(trial->arena, "%sHTTP %d, %s, %s%s%s", verdict, trial->http.status,
	                    type[0] != '\0' ? type : "no content type",
	                    start[0] != '\0' ? "beginning with \"" : "an empty body", start,
	                    start[0] != '\0' ? "\"" : "");
}

static void settle_junk(struct trial *trial)
{
	trial->class = LLM_RETRYABLE;
	trial->is_junk = trial->is_fault = true;
	trial->error = what_came(trial, "not an answer of a model: ");
	trial->code = "not_a_model";
}

static void settle_broken(struct trial *trial)
{
	trial->class = LLM_RETRYABLE;
	trial->is_fault = true;
	trial->error = trial->http.error;
}

/* What the reply makes of its end, an error in a 200 as if it were that status. */
static void settle_reply(struct trial *trial)
{
	struct llm_reply *reply = &trial->reply;

	trial->class = llm_reply_end(reply, trial->end == HTTP_CUT);
	if (trial->error[0] != '\0') {
		trial->class = LLM_INCOMPLETE;
		return;
	}
	if (reply->error_status != 0)
		trial->status = reply->error_status;
	if (trial->class == LLM_RETRYABLE)
		trial->is_fault = trial->status == 0 || trial->status >= 500 ||
		                  is_success(trial->status);
	if (trial->class == LLM_OK)
		return;
	trial->error = reply->error != NULL ? reply->error : trial->http.error;
	if (llm_is_context_overflow(trial->status, reply->code != NULL ? reply->code : "",
	                            trial->error))
		trial->code = "context_length";
}

static void settle_events(struct trial *trial)
{
	if (trial->http.wish == HTTP_MORE)
		sse_end(&trial->sse);
	if (trial->reply.saw_event || trial->reply.error != NULL || trial->error[0] != '\0')
		settle_reply(trial);
	else if (trial->end == HTTP_CUT)
		settle_broken(trial);
	else
		settle_junk(trial);
}

/* A body without its BOM. */
static bool read_body(struct trial *trial)
{
	const struct buf *held = &trial->held;
	const size_t skipped = text_starts(held->data, "\xEF\xBB\xBF") ? 3 : 0;

	return llm_reply_body(&trial->reply, held->data + skipped, held->len - skipped);
}

static void settle_body(struct trial *trial)
{
	if (trial->held.len == 0 && trial->end == HTTP_CUT) {
		settle_broken(trial);
	} else if (trial->is_raw) {
		trial->class = trial->end == HTTP_CUT ? LLM_RETRYABLE : LLM_OK;
		trial->is_fault = trial->end == HTTP_CUT;
		trial->error = trial->end == HTTP_CUT ? trial->http.error : "";
	} else if (read_body(trial) && (trial->reply.saw_event || trial->reply.error != NULL)) {
		note_progress(trial);
		settle_reply(trial);
	} else {
		settle_junk(trial);
	}
}

static void settle_refusal(struct trial *trial)
{
	struct llm_reply *reply = &trial->reply;

	if (!read_body(trial) || reply->error == NULL || reply->error[0] == '\0')
		trial->error = what_came(trial, "");
	else
		trial->error = reply->error;
	trial->code = reply->code != NULL ? reply->code : "";
	trial->class = llm_status_class(trial->status, trial->code, trial->error);
	if (llm_is_context_overflow(trial->status, trial->code, trial->error))
		trial->code = "context_length";
	trial->is_loading = trial->status == 503 && has_word(trial->error, "loading");
	trial->is_fault = trial->class == LLM_RETRYABLE && trial->status >= 500 &&
	                  !trial->is_loading;
}

static void settle_redirect(struct trial *trial)
{
	const char *place = trial->http.redirect;

	trial->class = LLM_PERMANENT;
	trial->code = "redirect";
	trial->error = place != NULL
	                       ? arena_printf(trial->arena,
	                                      "the address redirects to %s, which is not followed",
	                                      shown(trial, place, strlen(place)))
	                       : what_came(trial, "a redirect to nowhere: ");
}

static void settle_answer(struct trial *trial)
{
	const int status = trial->http.status;

	trial->status = status;
	if (status == 0)
		settle_broken(trial);
	else if (status >= 300 && status < 400)
		settle_redirect(trial);
	else if (!is_success(status))
		settle_refusal(trial);
	else if (trial->kind == ANSWER_EVENTS)
		settle_events(trial);
	else
		settle_body(trial);
}

/* Keeps what there is of an answer that did not end by itself. */
static void settle_rest(struct trial *trial, enum llm_class class)
{
	trial->status = trial->http.status;
	if (class == LLM_CANCELLED)
		trial->reply.on_text = NULL;
	llm_reply_end(&trial->reply, true);
	trial->class = class;
	trial->error = trial->http.error;
	trial->is_final = true;
}

static void settle(struct trial *trial)
{
	if (trial->reply.is_cancelled) {
		trial->http.error = "cancelled";
		trial->end = HTTP_CANCELLED;
	}
	switch (trial->end) {
	case HTTP_CANCELLED:
		settle_rest(trial, LLM_CANCELLED);
		break;
	case HTTP_TOO_LARGE:
		settle_rest(trial, LLM_INCOMPLETE);
		break;
	case HTTP_FIRST_BYTE:
	case HTTP_IDLE:
	case HTTP_DEADLINE:
		settle_rest(trial, LLM_TIMEOUT);
		break;
	case HTTP_NO_CONNECT:
		settle_broken(trial);
		trial->code = "unreachable";
		break;
	case HTTP_UNTRUSTED:
		settle_broken(trial);
		trial->code = "tls";
		trial->class = LLM_PERMANENT;
		break;
	case HTTP_DONE:
	case HTTP_CUT:
		settle_answer(trial);
		break;
	}
}

static void prepare(struct trial *trial)
{
	trial->kind = ANSWER_UNKNOWN;
	trial->skipped = 0;
	trial->error = trial->code = "";
	buf_init(&trial->held, trial->arena);
	buf_init(&trial->start, trial->arena);
	sse_init(&trial->sse, trial->arena, take_event, trial);
	trial->http = (struct http_exchange){
		.arena = trial->arena,
		.wait = trial->wait,
		.url = trial->url,
		.body = trial->body,
		.len = trial->len,
		.max_answer = MAX_ANSWER,
		.headers = trial->client->headers,
		.connect_ms = trial->client->settings.connect_ms,
		.first_byte_ms = trial->client->settings.first_byte_ms,
		.idle_ms = trial->client->settings.idle_ms,
		.on_bytes = take_bytes,
		.context = trial,
	};
}

static bool is_redirect(const struct trial *trial)
{
	const int status = trial->http.status;

	return trial->end == HTTP_DONE && trial->http.redirect != NULL &&
	       (status == 301 || status == 302 || status == 303 || status == 307 || status == 308);
}

/* Sends it to where it is wanted; a redirect on the same host gets the same POST. */
static void exchange(struct trial *trial, struct http_channel *channel)
{
	for (int hops = 0; hops <= MAX_REDIRECTS; hops++) {
		prepare(trial);
		trial->end = http_post(channel, &trial->http);
		trial->requests += trial->http.was_sent;
		if (!is_redirect(trial) || !address_same_origin(trial->url, trial->http.redirect))
			return;
		trial->url = trial->http.redirect;
	}
}

static void read_wishes(struct trial *trial)
{
	const char *should = trial->http.should_retry;

	trial->retry_after_ms = retry_after_ms(trial->http.retry_after, trial->http.retry_after_ms,
	                                       clock_now_ms());
	if (trial->retry_after_ms < 0)
		trial->retry_after_ms = trial->reply.retry_after_ms;
	trial->should_retry = should == NULL                 ? -1
	                      : strcmp(should, "true") == 0  ? 1
	                      : strcmp(should, "false") == 0 ? 0
	                                                     : -1;
}

void trial_run(struct trial *trial, bool (*on_text)(void *context, const char *text, size_t len),
               void *context)
{
	struct http_channel channel;

	llm_reply_init(&trial->reply, trial->arena);
	trial->reply.on_text = on_text;
	trial->reply.context = context;
	trial->retry_after_ms = trial->should_retry = -1;
	if (!client_take_channel(trial->client, &channel)) {
		trial->class = LLM_RETRYABLE;
		trial->error = "no connection can be made: out of memory or descriptors";
		trial->code = "";
		return;
	}
	exchange(trial, &channel);
	client_give_channel(trial->client, &channel);
	settle(trial);
	if (trial->code[0] == '\0' && trial->reply.code != NULL)
		trial->code = trial->reply.code;
	read_wishes(trial);
}
