#include "lines.h"

#include <stdbool.h>
#include <stdio.h>

#include "base/json.h"

/*
 * Appends one line without its end; of a longer one than `max` bytes the rest is read and
 * dropped, and the line is then max + 1 bytes long. False at the end of the input.
 */
static bool read_line(struct buf *line, size_t max)
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
		if (!read_line(&line, max))
			break;
		if (puts(answer(context, work, &line)) == EOF || fflush(stdout) == EOF)
			break;
	}
	json_bind(arena);
	arena_destroy(work);
	return ferror(stdout) ? 1 : 0;
}
