/*
 * A validator for the part of JSON Schema that the agents use: type (also a list of
 * types), properties, required, additionalProperties false, items, enum, minItems,
 * maxItems, minLength, maxLength (code points), minimum, maximum. Any other keyword
 * but title, description and $schema is refused when the schema is read.
 */
#ifndef VIVA_LLM_SCHEMA_H
#define VIVA_LLM_SCHEMA_H

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/err.h"

struct schema {
	const cJSON *root;
};

/* Reads a schema; it lives in the thread's cJSON arena. ERR_INVALID: `ret_fault` says why. */
enum err schema_parse(struct arena *arena, const char *text, struct schema *ret_schema,
                      const char **ret_fault);

/*
 * OK, or ERR_INVALID and `ret_fault`: path and fault in English, "/points/0/status must be
 * one of covered, partial, missing".
 */
enum err schema_check(struct arena *arena, const struct schema *schema, const cJSON *value,
                      const char **ret_fault);

#endif
