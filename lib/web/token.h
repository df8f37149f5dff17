/* Random tokens, their stored hashes and keyed checks (libsodium). */
#ifndef VIVA_WEB_TOKEN_H
#define VIVA_WEB_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* Readies the cryptography; call it once at the start. False when there is no randomness. */
bool token_init(void);

/* `bytes` (at most 64) of randomness as hexadecimal digits. */
char *token_random(struct arena *arena, size_t bytes);

/* BLAKE2b of a token, hexadecimal: what the database keeps of a cookie. */
char *token_hash(struct arena *arena, const char *token);

/* Keyed BLAKE2b of a message, hexadecimal. */
char *token_sign(struct arena *arena, const char *key, const char *message);

/* Compares in constant time. */
bool token_equal(const char *a, const char *b);

#endif
