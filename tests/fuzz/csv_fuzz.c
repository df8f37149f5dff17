/* Any text in a cell: a reader gets one row of two cells back, and no cell that is a formula. */
#include "target.h"

#include "base/csv.h"

/* Behind a quoted cell; stops the run when the cell has no end. */
static const char *behind(const char *text)
{
	for (text++; *text != '\0'; text++)
		if (*text == '"' && *++text != '"')
			return text;
	abort();
}

/* As one reads who separates by semicolons, tabs and bars as well and knows no quotes. */
static void check_starts(const char *text)
{
	bool at_start = true;

	for (; *text != '\0'; text++) {
		if (at_start && strchr("=+-@", *text) != NULL)
			abort();
		at_start = strchr(",;|\t\r\n", *text) != NULL ||
		           (at_start && strchr(" \"", *text) != NULL);
	}
}

FUZZ_TARGET("csv")
{
	struct arena *arena = arena_create();
	const char *text = arena_copy(arena, data, size), *rest;
	struct buf out;
	struct csv csv;

	buf_init(&out, arena);
	csv = csv_begin(&out);
	csv_text(&csv, text);
	csv_text(&csv, "end");
	csv_end(&csv);
	rest = out.data + 3;
	if (*text != '\0')
		rest = behind(rest);
	if (strcmp(rest, ",\"end\"\r\n") != 0)
		abort();
	check_starts(out.data + 3);
	arena_destroy(arena);
	return 0;
}
