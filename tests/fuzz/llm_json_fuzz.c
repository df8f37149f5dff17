/* JSON in the text of a model: what is found is JSON that fits, else there is a fault. */
#include "target.h"

#include "base/json.h"
#include "llm/json_find.h"

static void check(struct arena *arena, const char *text, const struct schema *schema)
{
	const char *fault = NULL, *again;
	cJSON *value = NULL, *copy;

	if (llm_json_find(arena, text, schema, &value, &fault) != OK) {
		if (fault == NULL || fault[0] == '\0' || value != NULL)
			abort();
		return;
	}
	again = json_text(value);
	if (again == NULL || json_parse(again, strlen(again), &copy) != OK)
		abort();
	if (schema != NULL && schema_check(arena, schema, value, &fault) != OK)
		abort();
}

FUZZ_TARGET("llm_json")
{
	static const char text[] = "{\"type\":\"object\",\"required\":[\"a\"],\"properties\":"
	                           "{\"a\":{\"type\":[\"integer\",\"string\"]}}}";
	struct arena *arena = arena_create();
	const char *input = arena_copy(arena, data, size), *fault;
	struct schema schema;

	json_bind(arena);
	if (schema_parse(arena, text, &schema, &fault) != OK)
		abort();
	check(arena, input, NULL);
	check(arena, input, &schema);
	json_bind(NULL);
	arena_destroy(arena);
	return 0;
}
