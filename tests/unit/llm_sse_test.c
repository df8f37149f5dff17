#include "check.h"

#include "llm/sse.h"

enum { NO_SPLIT = -1, EACH_BYTE = -2 };

/* What was given: "name=data|" for each event. */
static struct buf seen;
static int stop_after;

static bool note(void *context, const struct sse_event *event)
{
	CHECK(context == &seen);
	CHECK_INT(event->data[event->len], 0);
	buf_printf(&seen, "%s=", event->name);
	buf_add(&seen, event->data, event->len);
	buf_char(&seen, '|');
	return --stop_after != 0;
}

static enum err run(const char *bytes, size_t len, long split)
{
	struct sse sse;
	enum err err = OK;

	buf_init(&seen, arena);
	sse_init(&sse, arena, note, &seen);
	if (split == EACH_BYTE) {
		for (size_t i = 0; i < len && err == OK; i++)
			err = sse_feed(&sse, bytes + i, 1);
	} else if (split == NO_SPLIT) {
		err = sse_feed(&sse, bytes, len);
	} else {
		err = sse_feed(&sse, bytes, (size_t)split);
		if (err == OK)
			err = sse_feed(&sse, bytes + split, len - (size_t)split);
	}
	return err == OK ? sse_end(&sse) : err;
}

static void streams_give_the_same_events_however_they_are_cut(void)
{
	static const struct {
		const char *stream, *events;
	} rows[] = {
		{ "", "" },
		{ "data: a\n\ndata: b\n\n", "message=a|message=b|" },
		{ "data: a\r\n\r\ndata: b\r\n\r\n", "message=a|message=b|" },
		{ "data: a\r\rdata: b\r\r", "message=a|message=b|" },
		{ "data: a\r\n\ndata: b\n\r\n", "message=a|message=b|" },
		{ "data:a\n\n", "message=a|" },
		{ "data:  a\n\n", "message= a|" },
		{ "\xEF\xBB\xBF"
		  "data: a\n\n",
		  "message=a|" },
		{ "\xEF\xBB\xBF\n\ndata: a\n\n", "message=a|" },
		{ "data: a\n\n\xEF\xBB\xBF"
		  "data: b\n\n",
		  "message=a|" },
		{ "data: a", "message=a|" },
		{ "data: a\n", "message=a|" },
		{ "data: a\r", "message=a|" },
		{ "data: a\n\ndata: [DONE]", "message=a|message=[DONE]|" },
		{ ": ping\n\n:\n\nretry: 10\n\nid: 7\ndata: a\n\n", "message=a|" },
		{ "unknown: x\ndatax: y\ndata: a\n: c\ndat: z\n\n", "message=a|" },
		{ "data: {\"a\":\ndata: 1}\n\n", "message={\"a\":\n1}|" },
		{ "data\n\n", "message=|" },
		{ "data:\ndata:\n\n", "message=\n|" },
		{ "data: a\ndata\ndata: b\n\n", "message=a\n\nb|" },
		{ "event: error\ndata: a\n\ndata: b\n\n", "error=a|message=b|" },
		{ "event: x\nevent: y\ndata: a\n\n", "y=a|" },
		{ "event: lost\n\ndata: a\n\n", "message=a|" },
		{ "event\ndata: a\n\n", "message=a|" },
		{ "data: a:b: c\n\n", "message=a:b: c|" },
		{ "data: \xF0\x9F\x98\x80\n\n", "message=\xF0\x9F\x98\x80|" },
		{ "\n\n\r\n\rdata: a\n\n\n\n", "message=a|" },
	};

	for (size_t row = 0; row < sizeof(rows) / sizeof(rows[0]); row++) {
		const char *stream = rows[row].stream;
		long len = (long)strlen(stream);

		for (long split = EACH_BYTE; split <= len; split++) {
			CHECK_INT(run(stream, (size_t)len, split), OK);
			CHECK_STR(seen.data, rows[row].events);
		}
	}
}

static void nul_bytes_are_data(void)
{
	static const char stream[] = "data: a\0b\n\n";

	CHECK_INT(run(stream, sizeof(stream) - 1, EACH_BYTE), OK);
	CHECK_INT((long long)seen.len, 12);
	CHECK(memcmp(seen.data, "message=a\0b|", 12) == 0);
}

static void a_listener_can_stop(void)
{
	static const char stream[] = "data: a\n\ndata: b\n\ndata: c\n\n";

	for (long split = EACH_BYTE; split < 10; split++) {
		stop_after = 2;
		CHECK_INT(run(stream, sizeof(stream) - 1, split), ERR_CONFLICT);
		CHECK_STR(seen.data, "message=a|message=b|");
	}
	stop_after = 1;
	CHECK_INT(run("data: a", 7, NO_SPLIT), ERR_CONFLICT);
	stop_after = 0;
}

static void lines_have_a_limit(void)
{
	struct buf stream;
	struct sse sse;

	buf_init(&stream, arena);
	buf_str(&stream, "data: ");
	while (stream.len < SSE_MAX_LINE)
		buf_char(&stream, 'x');
	buf_str(&stream, "\n\n");
	CHECK_INT(run(stream.data, stream.len, NO_SPLIT), OK);
	CHECK_INT((long long)seen.len, SSE_MAX_LINE - 6 + 9);
	stream.data[stream.len - 2] = 'x';
	CHECK_INT(run(stream.data, stream.len, NO_SPLIT), ERR_TOO_LARGE);
	CHECK_INT(run(stream.data, stream.len, 1000), ERR_TOO_LARGE);
	/* Nothing is kept of a line beyond the limit. */
	sse_init(&sse, arena, note, &seen);
	for (int i = 0; i < 4; i++)
		sse_feed(&sse, stream.data, stream.len);
	CHECK(sse.line.len <= SSE_MAX_LINE);
}

static void events_have_a_limit(void)
{
	struct buf stream;

	buf_init(&stream, arena);
	while (stream.len < SSE_MAX_EVENT + 100000) {
		buf_str(&stream, "data: ");
		for (int i = 0; i < 1000; i++)
			buf_str(&stream, "0123456789");
		buf_char(&stream, '\n');
	}
	CHECK_INT(run(stream.data, stream.len, NO_SPLIT), ERR_TOO_LARGE);
	CHECK_INT(run(stream.data, stream.len, EACH_BYTE), ERR_TOO_LARGE);
	CHECK_STR(seen.data, "");
}

/* Of work that is not linear this would take minutes. */
static void a_mebibyte_byte_by_byte_is_no_more_work(void)
{
	size_t used = arena_used(arena);
	struct buf stream;

	buf_init(&stream, arena);
	buf_str(&stream, "data: ");
	while (stream.len < SSE_MAX_LINE - 10)
		buf_char(&stream, 'x');
	buf_str(&stream, "\n\n");
	for (int i = 0; i < 20; i++)
		CHECK_INT(run(stream.data, stream.len, EACH_BYTE), OK);
	CHECK(arena_used(arena) - used < 21 * (size_t)16 * SSE_MAX_LINE);
}

int main(void)
{
	RUN(streams_give_the_same_events_however_they_are_cut);
	RUN(nul_bytes_are_data);
	RUN(a_listener_can_stop);
	RUN(lines_have_a_limit);
	RUN(events_have_a_limit);
	RUN(a_mebibyte_byte_by_byte_is_no_more_work);
	return check_done();
}
