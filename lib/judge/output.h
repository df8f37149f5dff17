/* What programs print: any bytes, shown to people and stored as JSON. */
#ifndef VIVA_JUDGE_OUTPUT_H
#define VIVA_JUDGE_OUTPUT_H

#include <stddef.h>

#include "base/arena.h"

/*
 * The bytes as valid UTF-8 without NUL: U+FFFD stands for what is neither. At most `max`
 * bytes, cut between characters.
 */
char *output_clean(struct arena *arena, const char *bytes, size_t len, size_t max);

/*
 * Why the code of a candidate cannot even be tried (English), or NULL: it is empty, over
 * JUDGE_CODE_MAX bytes, not UTF-8, or holds NUL. `*ret_line` is the line of the first bad
 * byte, from 1, else 0.
 */
const char *output_code_fault(struct arena *arena, const char *code, size_t len, int *ret_line);

enum { JUDGE_CODE_MAX = 256 * 1024 };

#endif
