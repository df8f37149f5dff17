#include "base/hash.h"

#include <string.h>

#include <sodium.h>

char *hash_texts(struct arena *arena, const char *const *texts)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	crypto_hash_sha256_state state;
	char *hex = arena_alloc(arena, 2 * sizeof(hash) + 1);

	crypto_hash_sha256_init(&state);
	for (; *texts != NULL; texts++)
		crypto_hash_sha256_update(&state, (const unsigned char *)*texts,
		                          strlen(*texts) + 1);
	crypto_hash_sha256_final(&state, hash);
	for (size_t i = 0; i < sizeof(hash); i++) {
		hex[2 * i] = "0123456789abcdef"[hash[i] >> 4];
		hex[2 * i + 1] = "0123456789abcdef"[hash[i] & 15];
	}
	return hex;
}

void hash_hmac(const struct hash_key *key, const char *text, unsigned char ret_mac[HASH_BYTES])
{
	crypto_auth_hmacsha256_state state;

	crypto_auth_hmacsha256_init(&state, key->bytes, key->len);
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)text, strlen(text));
	crypto_auth_hmacsha256_final(&state, ret_mac);
}
