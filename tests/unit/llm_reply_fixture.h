/* Streams of an endpoint, fed to a reply whole, byte by byte and in two pieces. */
#ifndef VIVA_TESTS_LLM_REPLY_FIXTURE_H
#define VIVA_TESTS_LLM_REPLY_FIXTURE_H

#include "check.h"

#include "base/text.h"
#include "llm/reply.h"
#include "llm/sse.h"

enum { WHOLE = -1, EACH_BYTE = -2 };

#define FFFD           "\xEF\xBF\xBD"
#define GRIN           "\xF0\x9F\x98\x80"
#define HEAD           "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
#define CHUNK(text)    HEAD text "\"}}]}\n\n"
#define DELTA(members) "data: {\"choices\":[{\"delta\":{" members "}}]}\n\n"
#define FINISH(word) \
	"data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" word "\"}]}\n\n"
#define STOP FINISH("stop")
#define DONE "data: [DONE]\n\n"

/* What a listener was told, and whether he stops. */
static struct buf told;
static bool may_go_on;

static inline bool listen_to(void *context, const char *text, size_t len)
{
	CHECK(context == &told);
	CHECK(len > 0);
	CHECK(text_valid(text, len));
	CHECK(memchr(text, 0, len) == NULL);
	/* A listener may make JSON of his own. */
	CHECK(json_text(cJSON_CreateString("x")) != NULL);
	buf_add(&told, text, len);
	return may_go_on;
}

static inline bool take_event(void *context, const struct sse_event *event)
{
	return llm_reply_event(context, event->name, event->data, event->len);
}

static inline void reply_start(struct llm_reply *reply)
{
	buf_init(&told, arena);
	may_go_on = true;
	llm_reply_init(reply, arena);
	reply->on_text = listen_to;
	reply->context = &told;
}

static inline enum llm_class run_cut(struct llm_reply *reply, const char *stream, long split,
                                     bool was_cut)
{
	size_t len = strlen(stream), first = split >= 0 ? (size_t)split : len;
	enum err err = OK;
	struct sse sse;

	reply_start(reply);
	sse_init(&sse, arena, take_event, reply);
	if (split == EACH_BYTE)
		for (size_t i = 0; i < len && err == OK; i++)
			err = sse_feed(&sse, stream + i, 1);
	else
		err = sse_feed(&sse, stream, first);
	if (err == OK && split >= 0)
		err = sse_feed(&sse, stream + first, len - first);
	if (err == OK)
		sse_end(&sse);
	return llm_reply_end(reply, was_cut);
}

static inline enum llm_class run(struct llm_reply *reply, const char *stream)
{
	return run_cut(reply, stream, WHOLE, false);
}

struct row {
	const char *name, *stream;
	enum llm_class class;
	const char *text, *reasoning, *finish; /* finish: NULL for none */
	const char *error;                     /* part of it, or NULL for none */
	const char *code;                      /* NULL: none */
};

static inline void check_row(const struct row *row, const struct llm_reply *reply,
                             enum llm_class class)
{
	int before = check_failures;

	CHECK_INT(class, row->class);
	CHECK_STR(reply->text.data, row->text);
	CHECK_STR(reply->reasoning.data, row->reasoning);
	CHECK_STR(reply->finish != NULL ? reply->finish : "-",
	          row->finish != NULL ? row->finish : "-");
	CHECK_STR(reply->code != NULL ? reply->code : "-", row->code != NULL ? row->code : "-");
	if (row->error == NULL || reply->error == NULL)
		CHECK(reply->error == NULL && row->error == NULL);
	else
		CHECK(strstr(reply->error, row->error) != NULL);
	CHECK((class == LLM_OK) == (reply->error == NULL));
	if (class == LLM_OK)
		CHECK_STR(told.data, row->text);
	if (before != check_failures)
		printf("# of the row \"%s\": error \"%s\"\n", row->name,
		       reply->error != NULL ? reply->error : "(null)");
}

static inline void check_rows(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		long len = (long)strlen(rows[i].stream);

		for (long split = EACH_BYTE; split <= len; split++) {
			struct llm_reply reply;
			enum llm_class class = run_cut(&reply, rows[i].stream, split, false);

			check_row(&rows[i], &reply, class);
		}
	}
}
#define CHECK_ROWS(rows) check_rows(rows, sizeof(rows) / sizeof((rows)[0]))

#endif
