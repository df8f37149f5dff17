/*
 * Answers of endpoints: first as a whole body, then as events that NUL-NUL parts. Texts are
 * valid, what was told is what stays, and only whole answers are successes.
 */
#include "target.h"

#include "base/json.h"
#include "base/text.h"
#include "llm/reply.h"

static void must_be_text(const char *text, size_t len)
{
	must(strlen(text) == len && text_valid(text, len));
}

static bool listen_to(void *context, const char *text, size_t len)
{
	must(len > 0 && memchr(text, 0, len) == NULL && text_valid(text, len));
	buf_add(context, text, len);
	return true;
}

static void check_end(struct llm_reply *reply, const struct buf *told)
{
	enum llm_class class = llm_reply_end(reply, false);

	must_be_text(reply->text.data, reply->text.len);
	must_be_text(reply->reasoning.data, reply->reasoning.len);
	must_be_text(reply->refusal.data, reply->refusal.len);
	must((class == LLM_OK) == (reply->error == NULL));
	if (reply->error != NULL)
		must_be_text(reply->error, strlen(reply->error));
	if (reply->code != NULL)
		must_be_text(reply->code, strlen(reply->code));
	if (class == LLM_OK)
		must(reply->finish != NULL && reply->text.len > 0);
	must(reply->usage.prompt_tokens >= 0 && reply->usage.completion_tokens >= 0);
	must(reply->usage.reasoning_tokens <= reply->usage.completion_tokens);
	must(reply->retry_after_ms >= -1 && reply->context_limit >= 0);
	must(told->len >= reply->text.len);
	must(memcmp(told->data + told->len - reply->text.len, reply->text.data, reply->text.len) ==
	     0);
}

static void start(struct llm_reply *reply, struct arena *arena, struct buf *told)
{
	buf_init(told, arena);
	llm_reply_init(reply, arena);
	reply->on_text = listen_to;
	reply->context = told;
}

static void feed_events(struct llm_reply *reply, const char *bytes, size_t size)
{
	const char *end = bytes + size, *stop;

	while (bytes < end) {
		const char *name = *bytes == '!' ? "error" : "message";

		stop = memmem(bytes, (size_t)(end - bytes), "\0\0", 2);
		if (stop == NULL)
			stop = end;
		if (!llm_reply_event(reply, name, bytes, (size_t)(stop - bytes)))
			break;
		bytes = stop < end ? stop + 2 : end;
	}
}

FUZZ_TARGET("llm_reply")
{
	struct arena *arena = arena_create();
	struct llm_reply reply;
	struct buf told;

	json_bind(arena);
	start(&reply, arena, &told);
	llm_reply_body(&reply, (const char *)data, size);
	check_end(&reply, &told);
	start(&reply, arena, &told);
	feed_events(&reply, (const char *)data, size);
	check_end(&reply, &told);
	json_bind(NULL);
	arena_destroy(arena);
	return 0;
}
