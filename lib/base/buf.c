#include "base/buf.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_CAPACITY = 256 };

void buf_init(struct buf *buf, struct arena *arena)
{
	*buf = (struct buf){ .arena = arena, .capacity = FIRST_CAPACITY };
	buf->data = arena_alloc(arena, FIRST_CAPACITY);
}

char *buf_reserve(struct buf *buf, size_t extra)
{
	if (buf->capacity - buf->len <= extra) {
		size_t capacity = buf->capacity * 2;
		char *data;

		if (capacity <= buf->len + extra)
			capacity = buf->len + extra + 1;
		if (!arena_extend(buf->arena, buf->data, buf->capacity, capacity)) {
			data = arena_raw(buf->arena, capacity);
			memcpy(data, buf->data, buf->len + 1);
			buf->data = data;
		}
		buf->capacity = capacity;
	}
	return buf->data + buf->len;
}

void buf_add(struct buf *buf, const void *bytes, size_t len)
{
	char *end = buf_reserve(buf, len);

	if (len > 0)
		memcpy(end, bytes, len);
	end[len] = '\0';
	buf->len += len;
}

void buf_str(struct buf *buf, const char *text)
{
	buf_add(buf, text, strlen(text));
}

void buf_char(struct buf *buf, char c)
{
	buf_add(buf, &c, 1);
}

void buf_printf(struct buf *buf, const char *format, ...)
{
	va_list args, again;
	int len;

	va_start(args, format);
	va_copy(again, args);
	len = vsnprintf(NULL, 0, format, args);
	if (len > 0) {
		vsnprintf(buf_reserve(buf, (size_t)len), (size_t)len + 1, format, again);
		buf->len += (size_t)len;
	}
	va_end(again);
	va_end(args);
}

static const char *html_reference(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

void buf_html(struct buf *buf, const char *text, size_t len)
{
	size_t start = 0;

	for (size_t i = 0; i < len; i++) {
		const char *reference = html_reference(text[i]);

		if (reference == NULL)
			continue;
		buf_add(buf, text + start, i - start);
		buf_str(buf, reference);
		start = i + 1;
	}
	buf_add(buf, text + start, len - start);
}

void buf_truncate(struct buf *buf, size_t len)
{
	assert(len <= buf->len);
	buf->len = len;
	buf->data[len] = '\0';
}
