/* Text in ASCII letters, for what can carry no others. */
#ifndef VIVA_BASE_LATIN_H
#define VIVA_BASE_LATIN_H

#include "base/arena.h"

/*
 * The text in printable ASCII: Russian and Ukrainian letters as their countries write them in
 * passports (which language a text is in is told by its letters), accents are dropped, everything
 * else is one "_" a character.
 */
char *latin_text(struct arena *arena, const char *text);

#endif
