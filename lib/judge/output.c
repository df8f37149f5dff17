#include "judge/output.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"

enum { REPLACEMENT = 0xFFFD };

char *output_clean(struct arena *arena, const char *bytes, size_t len, size_t max)
{
	const char *cursor = bytes, *end = bytes + len;
	struct buf clean;
	char encoded[4];

	if (len <= max && text_valid(bytes, len) && memchr(bytes, '\0', len) == NULL)
		return arena_copy(arena, bytes, len);
	buf_init(&clean, arena);
	while (cursor < end) {
		uint32_t code_point = text_next(&cursor, end);
		size_t length = text_encode(code_point == 0 ? REPLACEMENT : code_point, encoded);

		if (clean.len + length > max)
			break;
		buf_add(&clean, encoded, length);
	}
	return clean.data;
}

/* Offset of the first byte that is NUL or part of no character; `len` if there is none. */
static size_t first_bad_byte(const char *code, size_t len)
{
	const char *cursor = code, *end = code + len;

	while (cursor < end) {
		const char *start = cursor;

		text_next(&cursor, end);
		if (*start == '\0' || !text_valid(start, (size_t)(cursor - start)))
			return (size_t)(start - code);
	}
	return len;
}

static int line_at(const char *code, size_t offset)
{
	int line = 1;

	for (size_t i = 0; i < offset; i++)
		line += code[i] == '\n';
	return line;
}

static bool is_blank(const char *code, size_t len)
{
	const char *cursor = code, *end = code + len;

	while (cursor < end)
		if (!text_is_space(text_next(&cursor, end)))
			return false;
	return true;
}

const char *output_code_fault(struct arena *arena, const char *code, size_t len, int *ret_line)
{
	size_t bad;

	*ret_line = 0;
	if (len > JUDGE_CODE_MAX)
		return arena_printf(arena, "The code has %zu bytes; at most %d are allowed.", len,
		                    (int)JUDGE_CODE_MAX);
	if (is_blank(code, len))
		return "There is no code.";
	bad = first_bad_byte(code, len);
	if (bad == len)
		return NULL;
	*ret_line = line_at(code, bad);
	return arena_printf(arena,
	                    code[bad] == '\0' ? "Line %d holds a NUL character."
	                                      : "Line %d is not valid UTF-8 text.",
	                    *ret_line);
}
