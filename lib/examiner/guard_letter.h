/* Letters and what is put in their place to hide a word. */
#ifndef VIVA_EXAMINER_GUARD_LETTER_H
#define VIVA_EXAMINER_GUARD_LETTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "examiner/guard_text.h"

/*
 * Lower case without accents; wide, circled and mathematical letters become plain ones,
 * Greek ones and those that only few Cyrillic alphabets have become the Latin look-alike.
 */
uint32_t guard_letter_plain(uint32_t code_point);

/* Letters of a word: digits and signs among them become letters, and one alphabet is chosen. */
void guard_letter_settle(uint32_t *letters, size_t count, enum guard_reading reading);

#endif
