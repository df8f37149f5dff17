#include "web/one_time.h"

#include <string.h>

#include <sodium.h>

#include "base/base32.h"
#include "base/buf.h"
#include "web/token.h"

enum { CODE_BYTES = 10, GROUP = 4 };

const char *one_time_code(struct arena *arena)
{
	unsigned char random[CODE_BYTES];
	const char *letters;
	struct buf code;

	randombytes_buf(random, sizeof(random));
	letters = base32_encode(arena, random, sizeof(random));
	buf_init(&code, arena);
	for (size_t i = 0; letters[i] != '\0'; i++) {
		if (i > 0 && i % GROUP == 0)
			buf_char(&code, '-');
		buf_char(&code, letters[i]);
	}
	return code.data;
}

const char *one_time_hash(struct arena *arena, const char *typed)
{
	struct buf code;

	buf_init(&code, arena);
	for (const char *c = typed; *c != '\0'; c++)
		if (strchr(" -\t", *c) == NULL)
			buf_char(&code, *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c);
	return token_hash(arena, code.data);
}
