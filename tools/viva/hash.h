/* A hash that tells one text from the next (FNV-1a, 64 bits); no defence against intent. */
#ifndef VIVA_TOOLS_HASH_H
#define VIVA_TOOLS_HASH_H

#include <stdint.h>

#define HASH_START UINT64_C(0xcbf29ce484222325)

/* Adds a text to a hash. */
static inline uint64_t hash_text(uint64_t hash, const char *text)
{
	for (; *text != '\0'; text++)
		hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
	return hash;
}

#endif
