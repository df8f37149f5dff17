/* Form bodies from strangers: the first byte chooses the encoding. */
#include "target.h"

#include "web/form.h"

FUZZ_TARGET("form")
{
	struct arena *arena = arena_create();
	const char *body = (const char *)data + 1;
	struct form form;

	if (size > 1 && data[0] % 2 == 0)
		(void)form_parse_urlencoded(arena, body, size - 1, &form);
	else if (size > 1)
		(void)form_parse_multipart(arena, body, size - 1, "b", &form);
	arena_destroy(arena);
	return 0;
}
