/* JSON in the text of a model: fences, prose around it, trailing commas. */
#ifndef VIVA_LLM_JSON_FIND_H
#define VIVA_LLM_JSON_FIND_H

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/err.h"
#include "llm/schema.h"

/*
 * The first balanced object or array in `text` that is JSON (a comma before a closing
 * bracket is forgiven) and fits the schema (NULL: any). ERR_INVALID: none does, and
 * `ret_fault` is a sentence in English for the model: what is wrong with the first value
 * that was JSON, or that there was none. Nothing is closed that the text left open.
 */
enum err llm_json_find(struct arena *arena, const char *text, const struct schema *schema,
                       cJSON **ret_json, const char **ret_fault);

#endif
