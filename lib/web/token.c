#include "web/token.h"

#include <assert.h>
#include <string.h>

#include <sodium.h>

enum { MAX_RANDOM = 64, HASH_BYTES = 32 };

bool token_init(void)
{
	return sodium_init() >= 0;
}

static char *hex(struct arena *arena, const unsigned char *bytes, size_t len)
{
	char *out = arena_alloc(arena, len * 2 + 1);

	return sodium_bin2hex(out, len * 2 + 1, bytes, len);
}

char *token_random(struct arena *arena, size_t bytes)
{
	unsigned char random[MAX_RANDOM];

	assert(bytes <= MAX_RANDOM);
	randombytes_buf(random, bytes);
	return hex(arena, random, bytes);
}

char *token_hash(struct arena *arena, const char *token)
{
	return token_sign(arena, "", token);
}

char *token_sign(struct arena *arena, const char *key, const char *message)
{
	unsigned char hash[HASH_BYTES];
	size_t key_len = strlen(key);

	if (key_len > crypto_generichash_KEYBYTES_MAX)
		key_len = crypto_generichash_KEYBYTES_MAX;
	crypto_generichash(hash, sizeof(hash), (const unsigned char *)message, strlen(message),
	                   key_len > 0 ? (const unsigned char *)key : NULL, key_len);
	return hex(arena, hash, sizeof(hash));
}

bool token_equal(const char *a, const char *b)
{
	size_t len = strlen(a);

	return len == strlen(b) && sodium_memcmp(a, b, len) == 0;
}
