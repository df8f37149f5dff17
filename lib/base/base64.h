/* Base64 with padding (RFC 4648, section 4). */
#ifndef VIVA_BASE_BASE64_H
#define VIVA_BASE_BASE64_H

#include "base/arena.h"

/* The bytes as text. */
char *base64_encode(struct arena *arena, const void *bytes, size_t len);

/* The bytes that the text stands for; padding may be missing. NULL: it is no base64. */
unsigned char *base64_decode(struct arena *arena, const char *text, size_t *ret_len);

#endif
