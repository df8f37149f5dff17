/* Event streams: the same events however the bytes are cut, none beyond the limits. */
#include "target.h"

#include "llm/sse.h"

static bool note(void *context, const struct sse_event *event)
{
	struct buf *seen = context;

	if (event->data[event->len] != '\0' || event->len > SSE_MAX_EVENT)
		abort();
	buf_str(seen, event->name);
	buf_char(seen, '\n');
	buf_add(seen, event->data, event->len);
	buf_char(seen, '\0');
	return event->len == 0 || event->data[0] != '!';
}

static enum err run(struct arena *arena, const char *bytes, size_t len, size_t step,
                    struct buf *seen)
{
	enum err err = OK;
	struct sse sse;

	buf_init(seen, arena);
	sse_init(&sse, arena, note, seen);
	for (size_t i = 0; i < len && err == OK; i += step)
		err = sse_feed(&sse, bytes + i, len - i < step ? len - i : step);
	return err == OK ? sse_end(&sse) : err;
}

FUZZ_TARGET("sse")
{
	struct arena *arena = arena_create();
	struct buf whole, pieces;
	size_t step = size > 0 ? 1 + data[0] % 7 : 1;
	enum err first = run(arena, (const char *)data, size, size + 1, &whole);
	enum err second = run(arena, (const char *)data, size, step, &pieces);

	if (first != second || whole.len != pieces.len ||
	    memcmp(whole.data, pieces.data, whole.len) != 0)
		abort();
	arena_destroy(arena);
	return 0;
}
