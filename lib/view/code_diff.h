/* Where the answer of a program differs from the expected one. */
#ifndef VIVA_VIEW_CODE_DIFF_H
#define VIVA_VIEW_CODE_DIFF_H

#include <cjson/cJSON.h>

#include "base/arena.h"

/*
 * Adds to `test` what the templates show. Texts of one line: `expected_parts` and
 * `got_parts`, lists of {text, is_marked}, with the stretch that differs marked. Longer
 * ones: `diff`, a list of lines {sign, text, is_missing, is_extra} of a shortest edit from
 * expected to got. Texts of more than 400 lines are compared without one: line by line.
 */
void code_diff_add(struct arena *arena, cJSON *test, const char *expected, const char *got);

#endif
