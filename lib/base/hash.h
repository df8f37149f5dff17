/* SHA-256 (FIPS 180-4), to name texts by their content. */
#ifndef VIVA_BASE_HASH_H
#define VIVA_BASE_HASH_H

#include "base/arena.h"

/* Hexadecimal hash of the texts, each ended by a NUL byte; the list ends with NULL. */
char *hash_texts(struct arena *arena, const char *const *texts);

#endif
