#include "base/hash.h"

#include <string.h>

#include <sodium.h>

static char *hex_of(struct arena *arena, const unsigned char hash[HASH_BYTES])
{
	char *hex = arena_alloc(arena, 2 * HASH_BYTES + 1);

	for (size_t i = 0; i < HASH_BYTES; i++) {
		hex[2 * i] = "0123456789abcdef"[hash[i] >> 4];
		hex[2 * i + 1] = "0123456789abcdef"[hash[i] & 15];
	}
	return hex;
}

char *hash_bytes(struct arena *arena, const void *bytes, size_t len)
{
	unsigned char hash[HASH_BYTES];

	crypto_hash_sha256(hash, bytes, len);
	return hex_of(arena, hash);
}

struct hash_stream {
	crypto_hash_sha256_state state;
};

struct hash_stream *hash_begin(struct arena *arena)
{
	struct hash_stream *stream = arena_alloc(arena, sizeof(*stream));

	crypto_hash_sha256_init(&stream->state);
	return stream;
}

void hash_more(struct hash_stream *stream, const void *bytes, size_t len)
{
	crypto_hash_sha256_update(&stream->state, bytes, len);
}

char *hash_end(struct hash_stream *stream, struct arena *arena)
{
	unsigned char hash[HASH_BYTES];

	crypto_hash_sha256_final(&stream->state, hash);
	return hex_of(arena, hash);
}

char *hash_texts(struct arena *arena, const char *const *texts)
{
	unsigned char hash[HASH_BYTES];
	crypto_hash_sha256_state state;

	crypto_hash_sha256_init(&state);
	for (; *texts != NULL; texts++)
		crypto_hash_sha256_update(&state, (const unsigned char *)*texts,
		                          strlen(*texts) + 1);
	crypto_hash_sha256_final(&state, hash);
	return hex_of(arena, hash);
}

void hash_hmac(const struct hash_key *key, const char *text, unsigned char ret_mac[HASH_BYTES])
{
	crypto_auth_hmacsha256_state state;

	crypto_auth_hmacsha256_init(&state, key->bytes, key->len);
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)text, strlen(text));
	crypto_auth_hmacsha256_final(&state, ret_mac);
}
