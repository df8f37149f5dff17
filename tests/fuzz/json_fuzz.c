/* JSON from files and clients: parse, print, parse again. */
#include "target.h"

#include "base/json.h"

FUZZ_TARGET("json")
{
	struct arena *arena = arena_create();
	cJSON *value;

	json_bind(arena);
	if (json_parse((const char *)data, size, &value) == OK) {
		const char *text = json_text(value);

		if (json_parse(text, strlen(text), &value) != OK)
			abort();
	}
	json_bind(NULL);
	arena_destroy(arena);
	return 0;
}
