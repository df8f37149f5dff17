/* A parser of server-sent events (WHATWG HTML 9.2.6), fed in pieces of any size. */
#ifndef VIVA_LLM_SSE_H
#define VIVA_LLM_SSE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

enum { SSE_MAX_LINE = 1024 * 1024, SSE_MAX_EVENT = 4 * 1024 * 1024 };

struct sse_event {
	const char *name; /* "message" unless the stream names it */
	const char *data; /* data lines joined by LF; NUL-terminated, may hold NUL bytes */
	size_t len;
};

struct sse {
	struct buf line, data, name;
	bool has_data, is_after_cr, is_started; /* is_started: a BOM can no longer come */
	bool (*on_event)(void *context, const struct sse_event *event);
	void *context;
};

/* Sets the parser up; its buffers grow in `arena`. */
void sse_init(struct sse *sse, struct arena *arena,
              bool (*on_event)(void *context, const struct sse_event *event), void *context);

/*
 * Takes the next bytes and calls on_event for each whole event with data (comments, id and
 * retry are skipped). ERR_TOO_LARGE: a line or an event beyond the limit. ERR_CONFLICT:
 * on_event returned false; the rest of the bytes is not looked at.
 */
enum err sse_feed(struct sse *sse, const char *bytes, size_t len);

/* The stream's end: gives the last event though no blank line came. Errors as sse_feed. */
enum err sse_end(struct sse *sse);

#endif
