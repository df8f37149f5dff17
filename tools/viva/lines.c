#include "lines.h"

#include <stdio.h>

#include "base/json.h"

bool lines_read(struct buf *line, size_t max)
{
	char chunk[4096];
	size_t len = 0;
	int c = getchar_unlocked();

	if (c == EOF)
		return false;
	for (; c != EOF && c != '\n'; c = getchar_unlocked()) {
		if (line->len + len > max)
			continue;
		chunk[len++] = (char)c;
		if (len == sizeof(chunk)) {
			buf_add(line, chunk, len);
			len = 0;
		}
	}
	buf_add(line, chunk, len);
	return true;
}

int lines_answer(struct arena *arena, size_t max, void *context,
                 const char *(*answer)(void *context, struct arena *work, const struct buf *line))
{
	struct arena *work = arena_create();
	struct buf line;

	json_bind(work);
	for (;;) {
		arena_reset(work);
		buf_init(&line, work);
		if (!lines_read(&line, max))
			break;
		if (puts(answer(context, work, &line)) == EOF || fflush(stdout) == EOF)
			break;
	}
	json_bind(arena);
	arena_destroy(work);
	return ferror(stdout) ? 1 : 0;
}
