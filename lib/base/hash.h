/* SHA-256 (FIPS 180-4), to name texts by their content and to sign them. */
#ifndef VIVA_BASE_HASH_H
#define VIVA_BASE_HASH_H

#include "base/arena.h"

/* Hexadecimal hash of the texts, each ended by a NUL byte; the list ends with NULL. */
char *hash_texts(struct arena *arena, const char *const *texts);

/* The same of bytes as they are. */
char *hash_bytes(struct arena *arena, const void *bytes, size_t len);

enum { HASH_BYTES = 32 };

/* The same of bytes that come in pieces, for files of any size. */
struct hash_stream;
struct hash_stream *hash_begin(struct arena *arena);
void hash_more(struct hash_stream *stream, const void *bytes, size_t len);
char *hash_end(struct hash_stream *stream, struct arena *arena);

/* HMAC (RFC 2104) with SHA-256 of the text, with a key of any length. */
struct hash_key {
	const unsigned char *bytes;
	size_t len;
};
void hash_hmac(const struct hash_key *key, const char *text, unsigned char ret_mac[HASH_BYTES]);

#endif
