#include <string.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/json.h"
#include "base/text.h"
#include "report/phrase.h"
#include "report/report.h"

enum { PART_LENGTH = 60 };

/* Marks without width: they could make a name look like another. */
static bool is_invisible(uint32_t c)
{
	return c == 0xAD || c == 0x61C || c == 0x180E || (c >= 0x200B && c <= 0x200F) ||
	       (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
	       (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE007F);
}

static bool is_unsafe(uint32_t c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0) || text_is_space(c) || c == 0xFFFD ||
	       (c < 0x7F && strchr("/\\:*?\"<>|%&;'`$#", (int)c) != NULL);
}

/* The text with each run of unsafe characters as one "_", and no dot or "_" at its ends. */
static char *safe_part(struct arena *arena, const char *text, const char *fallback)
{
	const char *end;
	struct buf out;
	char bytes[4];

	text = text_shortened(arena, text, PART_LENGTH);
	end = text + strlen(text);
	buf_init(&out, arena);
	while (text < end) {
		uint32_t c = text_next(&text, end);
		bool is_gap = is_unsafe(c) || c == '_';

		if (is_invisible(c) || (out.len == 0 && (is_gap || c == '.' || c == '-')) ||
		    (is_gap && out.data[out.len - 1] == '_'))
			continue;
		buf_add(&out, bytes, text_encode(is_gap ? '_' : c, bytes));
	}
	while (out.len > 0 && strchr("._", out.data[out.len - 1]) != NULL)
		buf_truncate(&out, out.len - 1);
	return out.len > 0 ? out.data : arena_strdup(arena, fallback);
}

/* "2026-11-21" in the configured zone. */
static char *day(struct arena *arena, const cJSON *document)
{
	int64_t ms = 0;

	phrase_iso_ms(json_string(document, "finished_at", ""), &ms);
	return arena_copy(arena, clock_iso(arena, ms + (int64_t)config()->tz_offset_min * 60000),
	                  strlen("2026-11-21"));
}

char *report_file_name(struct arena *arena, const cJSON *document, const char *ending)
{
	const char *role = json_string(json_get(document, "role"), "title", "");

	return arena_printf(
	        arena, "%s_%s_%s.%s",
	        safe_part(arena, json_string(document, "participant", ""), "participant"),
	        day(arena, document), safe_part(arena, role, "interview"), ending);
}
