/* UTF-8 text: validation, code points, letter case, cutting. */
#ifndef VIVA_BASE_TEXT_H
#define VIVA_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

/* True if the bytes are well-formed UTF-8 (no surrogates, no overlong forms). */
bool text_valid(const char *bytes, size_t len);

/*
 * The code point at *cursor, which must lie before `end`; moves the cursor past
 * it. A malformed byte is skipped and gives U+FFFD.
 */
uint32_t text_next(const char **cursor, const char *end);

/* Writes `code_point` as UTF-8 into `out` (4 bytes) and returns its length. */
size_t text_encode(uint32_t code_point, char *out);

/* Number of code points. */
size_t text_count(const char *text, size_t len);

/* Lower case of Latin, Greek and Cyrillic letters; others unchanged. */
uint32_t text_lower(uint32_t code_point);

/* True for letters of the scripts that text_lower knows, and CJK and other letters above U+02AF. */
bool text_is_letter(uint32_t code_point);

/* True for space, tab, line ends and the Unicode spaces. */
bool text_is_space(uint32_t code_point);

/*
 * True for what steers a terminal or turns the order of what is read: controls other
 * than tab and line feed, marks of direction, line and paragraph separators.
 */
bool text_is_control(uint32_t code_point);

/* Copy without controls as text_is_control has them, every run of white space as one space. */
char *text_name(struct arena *arena, const char *text);

/*
 * Appends `text` as it may stand in a plain text file or on a terminal: U+FFFD for each
 * control and malformed byte, a line feed for CR LF, and `indent` spaces before each
 * further line that is not empty.
 */
void text_add_plain(struct buf *out, const char *text, int indent);

/* Copy as text_add_plain makes it: for names among other words, which they must not turn. */
char *text_plain(struct arena *arena, const char *text);

/* Lower-case copy of `text`. */
char *text_folded(struct arena *arena, const char *text);

/* The same with е for ё, as who searches types it. */
char *text_search_key(struct arena *arena, const char *text);

/* Copy without white space at both ends. */
char *text_trimmed(struct arena *arena, const char *text);

/* Copy of at most `max` code points; a cut is marked with an ellipsis. */
char *text_shortened(struct arena *arena, const char *text, size_t max);

/* Copy with every run of white space as one space. */
char *text_one_line(struct arena *arena, const char *text);

/* True if `text` starts with `prefix`, byte for byte. */
bool text_starts(const char *text, const char *prefix);

/* True if a comma-separated list has the entry, whatever the case and the space around it. */
bool text_is_listed(struct arena *arena, const char *list, const char *entry);

/* Reads a whole decimal number within [min, max]; false if it is anything else. */
bool text_integer(const char *text, long long min, long long max, long long *ret_value);

#endif
