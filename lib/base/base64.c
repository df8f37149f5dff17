#include "base/base64.h"

#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

char *base64_encode(struct arena *arena, const void *bytes, size_t len)
{
	const unsigned char *from = bytes;
	char *text = arena_alloc(arena, (len + 2) / 3 * 4 + 1), *to = text;

	for (size_t i = 0; i < len; i += 3) {
		const size_t here = len - i < 3 ? len - i : 3;
		const unsigned group = (unsigned)from[i] << 16 |
		                       (here > 1 ? (unsigned)from[i + 1] << 8 : 0) |
		                       (here > 2 ? from[i + 2] : 0);

		*to++ = digits[group >> 18 & 63];
		*to++ = digits[group >> 12 & 63];
		*to++ = here > 1 ? digits[group >> 6 & 63] : '=';
		*to++ = here > 2 ? digits[group & 63] : '=';
	}
	return text;
}

/* Digits before the padding; `ret_padding` characters follow them. */
static size_t count_digits(const char *text, size_t *ret_padding)
{
	const size_t len = strlen(text);
	size_t count = len;

	while (count > 0 && text[count - 1] == '=')
		count--;
	*ret_padding = len - count;
	return count;
}

unsigned char *base64_decode(struct arena *arena, const char *text, size_t *ret_len)
{
	size_t padding, len = 0;
	const size_t count = count_digits(text, &padding);
	unsigned char *bytes = arena_alloc(arena, count / 4 * 3 + 3);
	unsigned group = 0;

	if (count % 4 == 1 || (padding > 0 && (count + padding) % 4 != 0) || padding > 2)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		const char *digit = memchr(digits, text[i], sizeof(digits) - 1);

		if (digit == NULL)
			return NULL;
		group = group << 6 | (unsigned)(digit - digits);
		if (i % 4 > 0)
			bytes[len++] = (unsigned char)(group >> (6 - i % 4 * 2));
	}
	*ret_len = len;
	return bytes;
}
