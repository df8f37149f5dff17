#include "llm/sse.h"

#include <string.h>

void sse_init(struct sse *sse, struct arena *arena,
              bool (*on_event)(void *context, const struct sse_event *event), void *context)
{
	*sse = (struct sse){ .on_event = on_event, .context = context };
	buf_init(&sse->line, arena);
	buf_init(&sse->data, arena);
	buf_init(&sse->name, arena);
}

/* A blank line: the event is whole. One without data is none. */
static enum err give_event(struct sse *sse)
{
	struct sse_event event = {
		.name = sse->name.len > 0 ? sse->name.data : "message",
		.data = sse->data.data,
		.len = sse->data.len,
	};
	bool goes_on = !sse->has_data || sse->on_event(sse->context, &event);

	sse->has_data = false;
	buf_truncate(&sse->data, 0);
	buf_truncate(&sse->name, 0);
	return goes_on ? OK : ERR_CONFLICT;
}

static enum err add_data(struct sse *sse, const char *value, size_t len)
{
	if (len + 1 > SSE_MAX_EVENT - sse->data.len)
		return ERR_TOO_LARGE;
	if (sse->has_data)
		buf_char(&sse->data, '\n');
	buf_add(&sse->data, value, len);
	sse->has_data = true;
	return OK;
}

static bool is_field(const char *name, const char *line, size_t len)
{
	return strlen(name) == len && memcmp(name, line, len) == 0;
}

static enum err take_field(struct sse *sse, const char *line, size_t len)
{
	const char *colon = memchr(line, ':', len), *value = line + len;
	size_t name_len = colon != NULL ? (size_t)(colon - line) : len;

	if (colon != NULL)
		value = colon + 1;
	if (value < line + len && *value == ' ')
		value++;
	if (is_field("data", line, name_len))
		return add_data(sse, value, (size_t)(line + len - value));
	if (is_field("event", line, name_len)) {
		buf_truncate(&sse->name, 0);
		buf_add(&sse->name, value, (size_t)(line + len - value));
	}
	return OK;
}

static enum err end_line(struct sse *sse)
{
	const char *line = sse->line.data;
	size_t len = sse->line.len;
	enum err err;

	if (!sse->is_started && len >= 3 && memcmp(line, "\xEF\xBB\xBF", 3) == 0) {
		line += 3;
		len -= 3;
	}
	sse->is_started = true;
	err = len == 0 ? give_event(sse) : take_field(sse, line, len);
	buf_truncate(&sse->line, 0);
	return err;
}

enum err sse_feed(struct sse *sse, const char *bytes, size_t len)
{
	const char *end = bytes + len;

	while (bytes < end) {
		const char *stop = bytes;
		enum err err;

		/* The LF of a CR LF, perhaps of an earlier piece: that line has ended. */
		if (sse->is_after_cr && *bytes == '\n')
			stop = ++bytes;
		sse->is_after_cr = false;
		while (stop < end && *stop != '\r' && *stop != '\n')
			stop++;
		if ((size_t)(stop - bytes) > SSE_MAX_LINE - sse->line.len)
			return ERR_TOO_LARGE;
		buf_add(&sse->line, bytes, (size_t)(stop - bytes));
		if (stop == end)
			return OK;
		sse->is_after_cr = *stop == '\r';
		bytes = stop + 1;
		err = end_line(sse);
		if (err != OK)
			return err;
	}
	return OK;
}

enum err sse_end(struct sse *sse)
{
	enum err err = sse->line.len > 0 ? end_line(sse) : OK;

	return err == OK ? give_event(sse) : err;
}
