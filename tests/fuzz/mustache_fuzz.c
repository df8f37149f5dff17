/*
 * Renders a template that is the input's first part with the JSON that is its
 * second; a line with "%%" parts them. The template is its own partial "p", too.
 */
#include "target.h"

#include "base/json.h"
#include "base/mustache.h"

FUZZ_TARGET("mustache")
{
	static const char divider[] = "\n%%\n";
	struct arena *arena = arena_create();
	const char *text = arena_copy(arena, data, size);
	const char *found = memmem(text, size, divider, strlen(divider));
	size_t source_len = found == NULL ? size : (size_t)(found - text);
	const char *source = arena_copy(arena, text, source_len);
	cJSON *context = NULL, *partials;
	struct buf out;

	json_bind(arena);
	if (found != NULL) {
		found += strlen(divider);
		if (json_parse(found, size - (size_t)(found - text), &context) != OK)
			context = NULL;
	}
	partials = cJSON_CreateObject();
	json_set_string(partials, "p", source);
	buf_init(&out, arena);
	mustache_render_text(source, partials, context, &out);
	json_bind(NULL);
	arena_destroy(arena);
	return 0;
}
