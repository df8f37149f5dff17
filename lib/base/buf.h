/* A growing string in an arena. `data` is never NULL and always terminated. */
#ifndef VIVA_BASE_BUF_H
#define VIVA_BASE_BUF_H

#include "base/arena.h"

struct buf {
	struct arena *arena;
	char *data;
	size_t len, capacity;
};

/* Makes `buf` an empty string that grows in `arena`. */
void buf_init(struct buf *buf, struct arena *arena);

/* Appends bytes, a string, one character, formatted text. */
void buf_add(struct buf *buf, const void *bytes, size_t len);
void buf_str(struct buf *buf, const char *text);
void buf_char(struct buf *buf, char c);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Appends `len` bytes of text with & < > " ' as HTML character references. */
void buf_html(struct buf *buf, const char *text, size_t len);

/* Makes room for `extra` more bytes and returns where they start. */
char *buf_reserve(struct buf *buf, size_t extra);

/* Keeps the first `len` bytes; `len` <= buf->len. */
void buf_truncate(struct buf *buf, size_t len);

#endif
