/* Base32 of RFC 4648 without padding: for secrets and codes that people type. */
#ifndef VIVA_BASE_BASE32_H
#define VIVA_BASE_BASE32_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* Capital letters and the digits 2 to 7; the last letter is filled up with zero bits. */
char *base32_encode(struct arena *arena, const unsigned char *bytes, size_t len);

/*
 * Reads text without regard to case into at most `size` bytes; what is left of the last letter
 * is dropped. False for another character or too much of it.
 */
bool base32_decode(const char *text, unsigned char *bytes, size_t size, size_t *ret_len);

#endif
