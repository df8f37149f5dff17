/*
 * cJSON with the holes closed: input is checked for UTF-8, depth, NUL and size
 * before it is parsed, member names are case-sensitive, and every item lives in
 * the arena the thread is bound to, so nothing is ever deleted by hand.
 */
#ifndef VIVA_BASE_JSON_H
#define VIVA_BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/err.h"

/*
 * Makes every cJSON item that this thread creates from now on live in `arena`.
 * Call it before any other function here; NULL forbids creating items.
 */
void json_bind(struct arena *arena);

/*
 * Parses one JSON value that must fill `text` but for white space. ERR_INVALID
 * when it is malformed, not UTF-8, holds \u0000 or nests deeper than 64.
 */
enum err json_parse(const char *text, size_t len, cJSON **ret_value);

/*
 * Where a text that json_parse refuses goes wrong, as far as it can be told, which may be a
 * character late: line and column from 1, in characters. The text is UTF-8.
 */
void json_fault_place(const char *text, size_t len, int *ret_line, int *ret_column);

/*
 * As json_parse, but also refuses what it forgives models: numbers such as 007 and 5., and
 * control characters (RFC 8259).
 */
enum err json_parse_strict(const char *text, size_t len, cJSON **ret_value);

/* Reads and parses a file of at most `max` bytes; a failure is logged. */
enum err json_parse_file(struct arena *arena, const char *path, size_t max, cJSON **ret_value);

/* Compact text of `value`; it lives in the bound arena. */
char *json_text(const cJSON *value);

/* Members by exact name. The fallback is given when absent or of another type. */
const cJSON *json_get(const cJSON *object, const char *name);
const char *json_string(const cJSON *object, const char *name, const char *fallback);
double json_number(const cJSON *object, const char *name, double fallback);
bool json_bool(const cJSON *object, const char *name, bool fallback);

/* Number of elements of the array member `name`, 0 if it is none. */
size_t json_count(const cJSON *object, const char *name);

/* Builders; a NULL string or a NaN becomes null. They return the new item. */
cJSON *json_set_string(cJSON *object, const char *name, const char *value);
cJSON *json_set_number(cJSON *object, const char *name, double value);
cJSON *json_set_bool(cJSON *object, const char *name, bool value);
cJSON *json_set_null(cJSON *object, const char *name);
cJSON *json_set_object(cJSON *object, const char *name);
cJSON *json_set_array(cJSON *object, const char *name);
cJSON *json_set(cJSON *object, const char *name, cJSON *value);

/* A copy of `value` with all it holds; NULL becomes null. */
cJSON *json_set_copy(cJSON *object, const char *name, const cJSON *value);

/*
 * Ready-made HTML: base/mustache prints it without escaping it again. It is not
 * copied, so it must live as long as the object.
 */
cJSON *json_set_html(cJSON *object, const char *name, const char *html);

/* Appends to an array and returns the new element. */
cJSON *json_add_object(cJSON *array);
cJSON *json_add_string(cJSON *array, const char *value);
cJSON *json_add(cJSON *array, cJSON *value);

/*
 * `value` rounded to three decimals, as reports store it; halves away from zero, also those
 * that binary fractions fall a little short of. Never -0.
 */
double json_rounded(double value);

#endif
