#include "base/base32.h"

#include <stdint.h>
#include <string.h>

enum { LETTER_BITS = 5, LETTER_MASK = 31 };

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

char *base32_encode(struct arena *arena, const unsigned char *bytes, size_t len)
{
	char *text = arena_alloc(arena, (len * 8 + LETTER_BITS - 1) / LETTER_BITS + 1), *out = text;
	uint32_t held = 0;
	int bits = 0;

	for (size_t i = 0; i < len; i++) {
		held = (held << 8) | bytes[i];
		for (bits += 8; bits >= LETTER_BITS; bits -= LETTER_BITS)
			*out++ = letters[(held >> (bits - LETTER_BITS)) & LETTER_MASK];
	}
	if (bits > 0)
		*out++ = letters[(held << (LETTER_BITS - bits)) & LETTER_MASK];
	*out = '\0';
	return text;
}

bool base32_decode(const char *text, unsigned char *bytes, size_t size, size_t *ret_len)
{
	uint32_t held = 0;
	size_t len = 0;
	int bits = 0;

	for (; *text != '\0'; text++) {
		const char c = *text >= 'a' && *text <= 'z' ? (char)(*text - 'a' + 'A') : *text;
		const char *place = strchr(letters, c);

		if (place == NULL)
			return false;
		held = (held << LETTER_BITS) | (uint32_t)(place - letters);
		bits += LETTER_BITS;
		if (bits < 8)
			continue;
		if (len == size)
			return false;
		bits -= 8;
		bytes[len++] = (unsigned char)(held >> bits);
	}
	*ret_len = len;
	return true;
}
