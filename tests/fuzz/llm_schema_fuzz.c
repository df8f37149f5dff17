/* A schema and a value, parted by a line end: read and check them. */
#include "target.h"

#include "base/json.h"
#include "base/text.h"
#include "llm/schema.h"

static void must_say(const char *fault)
{
	if (fault == NULL || fault[0] == '\0' || !text_valid(fault, strlen(fault)))
		abort();
}

FUZZ_TARGET("llm_schema")
{
	struct arena *arena = arena_create();
	char *text = arena_copy(arena, data, size), *value_text = strchr(text, '\n');
	const char *fault = NULL;
	struct schema schema;
	cJSON *value;

	if (value_text != NULL)
		*value_text++ = '\0';
	json_bind(arena);
	if (schema_parse(arena, text, &schema, &fault) != OK)
		must_say(fault);
	else if (value_text != NULL && json_parse(value_text, strlen(value_text), &value) == OK &&
	         schema_check(arena, &schema, value, &fault) != OK)
		must_say(fault);
	json_bind(NULL);
	arena_destroy(arena);
	return 0;
}
