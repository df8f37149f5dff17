#include "llm/reply_mend.h"

#include <string.h>

#include "base/text.h"

enum {
	REPLACEMENT = 0xFFFD,
	HIGH = 0xD800, /* surrogates: HIGH to LOW - 1 come first, LOW to LOW_LAST second */
	LOW = 0xDC00,
	LOW_LAST = 0xDFFF,
	KEPT_BYTE = 0x10F000, /* private use; stray bytes and surrogates are carried in it */
	KEPT_SURROGATE = 0x10F800,
	KEPT_HIGH = 0xDBFC, /* surrogates from here on begin a pair for KEPT_BYTE and above */
	EXCERPT = 200
};

static void add_code_point(struct buf *out, uint32_t code_point)
{
	char bytes[4];

	buf_add(out, bytes, text_encode(code_point, bytes));
}

/* --- before parsing --------------------------------------------------------- */

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The value of the escape \uXXXX at `text`, or -1. */
static long escape_value(const char *text, const char *end)
{
	long value = 0;

	if (end - text < 6 || text[0] != '\\' || text[1] != 'u')
		return -1;
	for (int i = 2; i < 6; i++) {
		int digit = hex_digit(text[i]);

		if (digit < 0)
			return -1;
		value = value * 16 + digit;
	}
	return value;
}

/* Copies the escape at `text`, which is a backslash; returns where it ends. */
static const char *mend_escape(const char *text, const char *end, enum reply_mend how,
                               struct buf *out)
{
	long value = escape_value(text, end);

	if (value < 0) {
		bool is_pair = end - text > 1 && text[1] != '\0' && (text[1] & 0x80) == 0;

		/* cJSON takes \u with bad digits for a NUL; another letter it refuses. */
		if (is_pair && text[1] == 'u') {
			buf_str(out, "\\x");
			return text + 2;
		}
		/* \" and \\ stay together; a byte that is no ASCII is mended by itself. */
		buf_add(out, text, is_pair ? 2 : 1);
		return text + (is_pair ? 2 : 1);
	}
	if (value >= HIGH && value < LOW) {
		long second = escape_value(text + 6, end);

		if (second >= LOW && second <= LOW_LAST) {
			if (value >= KEPT_HIGH)
				add_code_point(out, REPLACEMENT);
			else
				buf_add(out, text, 12);
			return text + 12;
		}
	}
	if (value >= HIGH && value <= LOW_LAST && how == REPLY_MEND_KEEP)
		add_code_point(out, (uint32_t)(KEPT_SURROGATE + value - HIGH));
	else if (value == 0 || (value >= HIGH && value <= LOW_LAST))
		add_code_point(out, REPLACEMENT);
	else
		buf_add(out, text, 6);
	return text + 6;
}

/* Copies the character at `text`; returns where it ends. */
static const char *mend_character(const char *text, const char *end, enum reply_mend how,
                                  struct buf *out)
{
	const char *start = text;
	uint32_t code_point = text_next(&text, end);
	bool is_stray = code_point == REPLACEMENT && text - start == 1;

	if (is_stray && how == REPLY_MEND_KEEP)
		add_code_point(out, KEPT_BYTE + (unsigned char)*start);
	else if (is_stray || code_point == 0 || code_point >= KEPT_BYTE)
		add_code_point(out, REPLACEMENT);
	else
		buf_add(out, start, (size_t)(text - start));
	return text;
}

void reply_mend_json(struct arena *arena, const char *text, size_t len, enum reply_mend how,
                     struct buf *ret_json)
{
	const char *end = text + len;

	buf_init(ret_json, arena);
	buf_reserve(ret_json, len);
	while (text < end)
		text = *text == '\\' ? mend_escape(text, end, how, ret_json)
		                     : mend_character(text, end, how, ret_json);
}

/* --- after parsing ---------------------------------------------------------- */

/* True if a whole character could start with these bytes; surrogates count as such. */
static bool may_go_on(const unsigned char *bytes, size_t len)
{
	size_t wanted = bytes[0] >= 0xF0 ? 4 : bytes[0] >= 0xE0 ? 3 : 2;

	if (bytes[0] < 0xC2 || bytes[0] > 0xF4 || len >= wanted)
		return false;
	if (len > 1 &&
	    ((bytes[0] == 0xE0 && bytes[1] < 0xA0) || (bytes[0] == 0xF0 && bytes[1] < 0x90) ||
	     (bytes[0] == 0xF4 && bytes[1] > 0x8F)))
		return false;
	for (size_t i = 1; i < len; i++)
		if ((bytes[i] & 0xC0) != 0x80)
			return false;
	return true;
}

/* The surrogate whose three bytes these are, or 0. */
static uint32_t surrogate(const unsigned char *bytes, size_t len)
{
	if (len < 3 || bytes[0] != 0xED || bytes[1] < 0xA0 || bytes[1] > 0xBF ||
	    (bytes[2] & 0xC0) != 0x80)
		return 0;
	return 0xD000 | (uint32_t)(bytes[1] & 0x3F) << 6 | (bytes[2] & 0x3F);
}

/*
 * Appends the character at the front of the bytes to `out`; returns how many of them that
 * took, 0 if the next piece may complete it.
 */
static size_t settle_one(const unsigned char *bytes, size_t len, bool is_end, struct buf *out)
{
	uint32_t first = surrogate(bytes, len), second;
	const char *cursor = (const char *)bytes;

	if (first == 0) {
		if (!is_end && may_go_on(bytes, len))
			return 0;
		add_code_point(out, text_next(&cursor, (const char *)bytes + len));
		return (size_t)(cursor - (const char *)bytes);
	}
	second = surrogate(bytes + 3, len - 3);
	if (first < LOW && second >= LOW) {
		add_code_point(out, 0x10000 + ((first - HIGH) << 10) + (second - LOW));
		return 6;
	}
	if (first < LOW && !is_end && (len == 3 || may_go_on(bytes + 3, len - 3)))
		return 0;
	add_code_point(out, REPLACEMENT);
	return 3;
}

static void settle(struct buf *partial, bool is_end, struct buf *out)
{
	size_t done = 0, step;

	while (done < partial->len) {
		step = settle_one((const unsigned char *)partial->data + done, partial->len - done,
		                  is_end, out);
		if (step == 0)
			break;
		done += step;
	}
	memmove(partial->data, partial->data + done, partial->len - done);
	buf_truncate(partial, partial->len - done);
}

/* The bytes of a surrogate as if it were a character. */
static void add_surrogate(struct buf *partial, uint32_t value)
{
	buf_char(partial, (char)0xED);
	buf_char(partial, (char)(0x80 | (value >> 6 & 0x3F)));
	buf_char(partial, (char)(0x80 | (value & 0x3F)));
}

void reply_mend_text(struct buf *partial, const char *text, struct buf *out)
{
	const char *end = text + strlen(text);

	while (text < end) {
		const char *start = text;
		uint32_t code_point = text_next(&text, end);

		if (code_point < KEPT_BYTE) {
			settle(partial, true, out);
			buf_add(out, start, (size_t)(text - start));
			continue;
		}
		if (code_point >= KEPT_SURROGATE)
			add_surrogate(partial, code_point - KEPT_SURROGATE + HIGH);
		else
			buf_char(partial, (char)(code_point - KEPT_BYTE));
		settle(partial, false, out);
	}
}

void reply_mend_end(struct buf *partial, struct buf *out)
{
	settle(partial, true, out);
}

/* --- for messages ----------------------------------------------------------- */

char *reply_mend_line(struct arena *arena, const char *text, size_t max)
{
	struct buf partial, out;

	buf_init(&partial, arena);
	buf_init(&out, arena);
	reply_mend_text(&partial, text, &out);
	reply_mend_end(&partial, &out);
	return text_shortened(arena, text_one_line(arena, out.data), max);
}

char *reply_mend_excerpt(struct arena *arena, const char *bytes, size_t len)
{
	const char *end = bytes + len;
	struct buf out;

	buf_init(&out, arena);
	while (bytes < end && out.len < EXCERPT) {
		uint32_t c = text_next(&bytes, end);

		add_code_point(&out, c == 0 ? REPLACEMENT : c < ' ' || c == 0x7F ? ' ' : c);
	}
	if (bytes < end)
		buf_str(&out, "\u2026");
	return text_one_line(arena, out.data);
}
