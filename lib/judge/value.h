/*
 * JSON values of tests and answers. cJSON keeps numbers as doubles; here integers of
 * more than 15 digits and numbers written as floats keep their text, as cJSON_Raw items,
 * which print as they are.
 */
#ifndef VIVA_JUDGE_VALUE_H
#define VIVA_JUDGE_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/err.h"

/*
 * json_parse that keeps the digits of integers and reads \u0000, which cJSON cannot
 * hold, as another character: U+FFFD, or any that `nul` writes as a JSON escape. The items
 * live in the arena this thread is bound to, what is only needed meanwhile in `arena`.
 */
enum err value_parse(struct arena *arena, const char *text, size_t len, cJSON **ret_value);
enum err value_parse_nul(struct arena *arena, const char *text, size_t len, const char *nul,
                         cJSON **ret_value);

/* True for an integer that is kept as digits, in `item->valuestring`. */
bool value_is_big(const cJSON *item);

/* True for a number written with a point or an exponent; item->valuedouble is its value. */
bool value_is_float(const cJSON *item);

/* True for a number of any kind: JSON's, big, or {"$float": "nan" | "inf" | "-inf"}. */
bool value_is_number(const cJSON *item);

/* The nearest double of a number of any kind. */
double value_number(const cJSON *item);

/* json_number for a tree that value_parse made. */
double value_member(const cJSON *object, const char *name, double fallback);

#endif
