/* Letters as the scorer compares them: lower case, one spelling for what people mix. */
#ifndef VIVA_SCORE_FOLD_H
#define VIVA_SCORE_FOLD_H

#include <stdbool.h>
#include <stdint.h>

/* Lower case; accented Latin letters lose the accent; yo becomes ie. */
uint32_t fold_letter(uint32_t code_point);

/* The letter that a folded base and a combining mark make (NFC); the base if none. */
uint32_t fold_compose(uint32_t base, uint32_t mark);

/* Ukrainian i and yi become и, є е, ґ г: the spelling that the Russian stemmer knows. */
uint32_t fold_ukrainian(uint32_t letter);

/* Combining marks, the soft hyphen and zero-width characters: part of no spelling. */
bool fold_is_mark(uint32_t code_point);

/* ' and what keyboards and word processors put in its place. */
bool fold_is_apostrophe(uint32_t code_point);

/* True for a Cyrillic letter. */
bool fold_is_cyrillic(uint32_t code_point);

/* True for an ASCII digit. */
bool fold_is_digit(uint32_t code_point);

#endif
