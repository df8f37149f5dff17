/* Whether an answer is the expected one. Pure. */
#ifndef VIVA_JUDGE_COMPARE_H
#define VIVA_JUDGE_COMPARE_H

#include <stdbool.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "judge/judge.h"

struct compare_rule {
	enum judge_compare mode;
	double tolerance; /* absolute or relative, whichever is wider; 0: 1e-6 */
};

/*
 * Two JSON trees. Integers are equal when their digits are; 1 and 1.0 are equal; true is
 * not 1; NaN equals nothing; members of objects have no order. Lists of COMPARE_UNORDERED
 * and COMPARE_SET with more than COMPARE_LOOSE_ITEMS items that are neither numbers nor
 * the same to the last digit on both sides count as different.
 */
bool compare_values(struct arena *arena, const struct compare_rule *rule, const cJSON *expected,
                    const cJSON *got);

enum { COMPARE_LOOSE_ITEMS = 1000 };

/*
 * What a program printed. COMPARE_EXACT: the same lines but for white space at their ends
 * and blank lines at the end; COMPARE_UNORDERED, COMPARE_SET: such lines in any order;
 * COMPARE_TOKENS: the same words; COMPARE_FLOAT: the same words, numbers within tolerance.
 */
bool compare_texts(struct arena *arena, const struct compare_rule *rule, const char *expected,
                   const char *got);

/* Two lists in any order, for compare_values; `as_set`: without repeats. */
bool compare_lists(struct arena *arena, const struct compare_rule *rule, bool as_set,
                   const cJSON *const lists[2]);

/* The members of an object by name; of one name in their order. */
const cJSON **compare_members(struct arena *arena, const cJSON *object, size_t *ret_count);

/* Two trees in their order, for compare_lists. */
bool compare_trees(struct arena *arena, const struct compare_rule *rule, const cJSON *a,
                   const cJSON *b);

#endif
