/* English terms in Cyrillic letters: what one writes as cache another one writes as кэш. */
#ifndef VIVA_SCORE_LOAN_H
#define VIVA_SCORE_LOAN_H

#include <stddef.h>

/*
 * The stem of the English term that a word of `len` bytes, folded as for the Russian stemmer,
 * is made of: "cach" of "кэширование"; NULL if it is made of none that is known.
 */
const char *loan_stem(const char *word, size_t len);

#endif
