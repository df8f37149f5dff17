#include "base/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

enum { REPLACEMENT = 0xFFFD };

static size_t sequence_length(unsigned char lead)
{
	if (lead < 0x80)
		return 1;
	if (lead >= 0xC2 && lead <= 0xDF)
		return 2;
	if (lead >= 0xE0 && lead <= 0xEF)
		return 3;
	if (lead >= 0xF0 && lead <= 0xF4)
		return 4;
	return 0;
}

/* The code point of the sequence at `bytes`, or -1 if it is malformed. */
static int64_t decode(const unsigned char *bytes, size_t available, size_t *ret_length)
{
	static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
	static const unsigned char lead_mask[] = { 0, 0x7F, 0x1F, 0x0F, 0x07 };
	size_t length = sequence_length(bytes[0]);
	uint32_t code_point;

	if (length == 0 || length > available)
		return -1;
	code_point = bytes[0] & lead_mask[length];
	for (size_t i = 1; i < length; i++) {
		if ((bytes[i] & 0xC0) != 0x80)
			return -1;
		code_point = code_point << 6 | (bytes[i] & 0x3F);
	}
	if (code_point < smallest[length] || code_point > 0x10FFFF)
		return -1;
	if (code_point >= 0xD800 && code_point <= 0xDFFF)
		return -1;
	*ret_length = length;
	return code_point;
}

static bool is_ascii(const uint64_t *eight)
{
	return (*eight & 0x8080808080808080u) == 0;
}

bool text_valid(const char *bytes, size_t len)
{
	size_t i = 0, length;

	while (i < len) {
		uint64_t eight;

		if (len - i >= sizeof(eight) &&
		    is_ascii(memcpy(&eight, bytes + i, sizeof(eight)))) {
			i += sizeof(eight);
			continue;
		}
		if (decode((const unsigned char *)bytes + i, len - i, &length) < 0)
			return false;
		i += length;
	}
	return true;
}

uint32_t text_next(const char **cursor, const char *end)
{
	const unsigned char *bytes = (const unsigned char *)*cursor;
	size_t length = 1;
	int64_t code_point;

	/* The shortest way for most text there is. */
	if (bytes[0] < 0x80) {
		*cursor += 1;
		return bytes[0];
	}
	code_point = decode(bytes, (size_t)(end - *cursor), &length);
	*cursor += length;
	return code_point < 0 ? REPLACEMENT : (uint32_t)code_point;
}

size_t text_encode(uint32_t code_point, char *out)
{
	unsigned char *bytes = (unsigned char *)out;

	if (code_point < 0x80) {
		bytes[0] = (unsigned char)code_point;
		return 1;
	}
	if (code_point < 0x800) {
		bytes[0] = (unsigned char)(0xC0 | code_point >> 6);
		bytes[1] = (unsigned char)(0x80 | (code_point & 0x3F));
		return 2;
	}
	if (code_point < 0x10000) {
		bytes[0] = (unsigned char)(0xE0 | code_point >> 12);
		bytes[1] = (unsigned char)(0x80 | (code_point >> 6 & 0x3F));
		bytes[2] = (unsigned char)(0x80 | (code_point & 0x3F));
		return 3;
	}
	bytes[0] = (unsigned char)(0xF0 | code_point >> 18);
	bytes[1] = (unsigned char)(0x80 | (code_point >> 12 & 0x3F));
	bytes[2] = (unsigned char)(0x80 | (code_point >> 6 & 0x3F));
	bytes[3] = (unsigned char)(0x80 | (code_point & 0x3F));
	return 4;
}

size_t text_count(const char *text, size_t len)
{
	size_t count = 0;

	for (size_t i = 0; i < len; i++)
		count += ((unsigned char)text[i] & 0xC0) != 0x80;
	return count;
}

static uint32_t lower_latin(uint32_t c)
{
	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c + 32 : c;
	if (c >= 0xC0 && c <= 0xDE && c != 0xD7)
		return c + 32;
	if ((c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177))
		return c | 1;
	if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E))
		return c & 1 ? c + 1 : c;
	return c;
}

uint32_t text_lower(uint32_t c)
{
	if (c < 0x180)
		return lower_latin(c);
	if (c >= 0x391 && c <= 0x3A9)
		return c + 32;
	if (c >= 0x400 && c <= 0x40F)
		return c + 80;
	if (c >= 0x410 && c <= 0x42F)
		return c + 32;
	if ((c >= 0x460 && c <= 0x481) || (c >= 0x48A && c <= 0x4BF) || (c >= 0x4D0 && c <= 0x52F))
		return c | 1;
	return c;
}

bool text_is_letter(uint32_t c)
{
	if (c < 0x80)
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
	if (c < 0x2B0)
		return c == 0xAA || c == 0xB5 || c == 0xBA || (c >= 0xC0 && c != 0xD7 && c != 0xF7);
	if (c < 0x1FFF)
		return c >= 0x370 && c != 0x37E && c != 0x387 && (c < 0x482 || c > 0x489);
	return (c >= 0x2C00 && c <= 0x2DFF) || (c >= 0x3041 && c <= 0xD7FF) ||
	       (c >= 0xF900 && c < 0xFE00) || (c >= 0x20000 && c <= 0x323AF);
}

bool text_is_space(uint32_t c)
{
	return c == ' ' || (c >= 9 && c <= 13) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
	       (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
	       c == 0x205F || c == 0x3000;
}

bool text_is_control(uint32_t c)
{
	if (c < 0x20)
		return c != '\t' && c != '\n';
	return (c >= 0x7F && c <= 0x9F) || c == 0x61C || c == 0x200E || c == 0x200F ||
	       (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

void text_add_plain(struct buf *out, const char *text, int indent)
{
	const char *end = text + strlen(text);

	while (text < end) {
		const char *start = text;
		uint32_t c = text_next(&text, end);

		if (c == '\r' && *text == '\n')
			continue;
		if (c == 0xFFFD || text_is_control(c))
			buf_add(out, "\xEF\xBF\xBD", 3);
		else
			buf_add(out, start, (size_t)(text - start));
		if (c == '\n' && text < end && *text != '\n' && *text != '\r')
			buf_printf(out, "%*s", indent, "");
	}
}

char *text_plain(struct arena *arena, const char *text)
{
	struct buf out;

	buf_init(&out, arena);
	text_add_plain(&out, text, 0);
	return out.data;
}

char *text_name(struct arena *arena, const char *text)
{
	const char *end = text + strlen(text);
	struct buf out;

	buf_init(&out, arena);
	while (text < end) {
		const char *start = text;

		if (!text_is_control(text_next(&text, end)))
			buf_add(&out, start, (size_t)(text - start));
	}
	return text_one_line(arena, out.data);
}

static char *fold(struct arena *arena, const char *text, uint32_t letter, uint32_t other)
{
	const char *end = text + strlen(text);
	struct buf out;
	char bytes[4];

	buf_init(&out, arena);
	while (text < end) {
		const uint32_t c = text_lower(text_next(&text, end));

		buf_add(&out, bytes, text_encode(c == letter ? other : c, bytes));
	}
	return out.data;
}

char *text_folded(struct arena *arena, const char *text)
{
	return fold(arena, text, 0, 0);
}

char *text_search_key(struct arena *arena, const char *text)
{
	enum { LETTER_E = 0x435, LETTER_YO = 0x451 };

	return fold(arena, text, LETTER_YO, LETTER_E);
}

char *text_trimmed(struct arena *arena, const char *text)
{
	const char *end = text + strlen(text), *first = NULL, *last = text;

	for (const char *p = text; p < end;) {
		const char *start = p;

		if (text_is_space(text_next(&p, end)))
			continue;
		if (first == NULL)
			first = start;
		last = p;
	}
	return first == NULL ? arena_copy(arena, "", 0)
	                     : arena_copy(arena, first, (size_t)(last - first));
}

char *text_shortened(struct arena *arena, const char *text, size_t max)
{
	size_t len = strlen(text);
	const char *p = text, *end = text + len;

	if (text_count(text, len) <= max)
		return arena_copy(arena, text, len);
	for (size_t i = 0; i + 1 < max && p < end; i++)
		text_next(&p, end);
	return arena_printf(arena, "%.*s\u2026", (int)(p - text), text);
}

char *text_one_line(struct arena *arena, const char *text)
{
	const char *end = text + strlen(text);
	bool pending = false;
	struct buf out;

	buf_init(&out, arena);
	while (text < end) {
		const char *start = text;

		if (text_is_space(text_next(&text, end))) {
			pending = out.len > 0;
			continue;
		}
		if (pending)
			buf_char(&out, ' ');
		pending = false;
		buf_add(&out, start, (size_t)(text - start));
	}
	return out.data;
}

bool text_starts(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool text_is_listed(struct arena *arena, const char *list, const char *entry)
{
	const char *folded = text_folded(arena, entry);

	while (*list != '\0') {
		const size_t len = strcspn(list, ",");
		const char *listed = text_trimmed(arena, arena_copy(arena, list, len));

		if (strcmp(text_folded(arena, listed), folded) == 0)
			return true;
		list += len + (list[len] == ',');
	}
	return false;
}

bool text_integer(const char *text, long long min, long long max, long long *ret_value)
{
	const char *digits = *text == '-' ? text + 1 : text;
	long long value;
	char *end;

	if (*digits < '0' || *digits > '9')
		return false;
	errno = 0;
	value = strtoll(text, &end, 10);
	if (errno != 0 || *end != '\0' || value < min || value > max)
		return false;
	*ret_value = value;
	return true;
}
