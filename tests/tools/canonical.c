/*
 * Reads a JSON document a line and prints its canonical form, or "refused" when it is no JSON
 * or has none.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "seal/canonical.h"

static void print_canonical(struct arena *arena, const char *line, size_t len)
{
	struct buf out;
	cJSON *document;

	buf_init(&out, arena);
	if (json_parse_strict(line, len, &document) == OK && canonical_write(document, &out) == OK)
		printf("%s\n", out.data);
	else
		printf("refused\n");
}

int main(void)
{
	struct arena *arena = arena_create();
	char *line = NULL;
	size_t capacity = 0;
	ssize_t len;

	json_bind(arena);
	while ((len = getline(&line, &capacity, stdin)) > 0) {
		print_canonical(arena, line, (size_t)len - (line[len - 1] == '\n'));
		arena_reset(arena);
	}
	json_bind(NULL);
	arena_destroy(arena);
	free(line);
	return ferror(stdin) ? 1 : 0;
}
