/*
 * Bytes of servers that do not keep to JSON or UTF-8. What json_parse refuses is replaced
 * by U+FFFD, but for halves of characters that a server spread over two chunks.
 */
#ifndef VIVA_LLM_REPLY_MEND_H
#define VIVA_LLM_REPLY_MEND_H

#include "base/buf.h"

enum reply_mend {
	REPLY_MEND_REPLACE, /* stray bytes and lone surrogates become U+FFFD */
	REPLY_MEND_KEEP     /* they become U+10F000 and up, for reply_mend_text */
};

/*
 * Sets `ret_json` up in `arena`: `text` in well-formed UTF-8, without NUL, \u0000 and lone
 * surrogates. Characters from U+10F000 on become U+FFFD. Whether it is JSON is not checked.
 */
void reply_mend_json(struct arena *arena, const char *text, size_t len, enum reply_mend how,
                     struct buf *ret_json);

/*
 * Appends a string of mended JSON to `out`, valid UTF-8. What may be the start of a
 * character waits in `partial` for the next piece.
 */
void reply_mend_text(struct buf *partial, const char *text, struct buf *out);

/* No piece follows: what waits becomes U+FFFD. */
void reply_mend_end(struct buf *partial, struct buf *out);

/* A whole string of mended JSON as valid UTF-8, one line, at most `max` code points. */
char *reply_mend_line(struct arena *arena, const char *text, size_t max);

/* The start of any bytes, for messages to people: one line of valid UTF-8. */
char *reply_mend_excerpt(struct arena *arena, const char *bytes, size_t len);

#endif
