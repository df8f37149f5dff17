#include "report/present_growth.h"

#include <string.h>

#include "base/buf.h"
#include "base/format.h"
#include "base/json.h"

/* The classes from the slowest growth to the fastest. */
static const struct {
	const char *name, *text;
} classes[] = {
	{ "1", N_("constant time") },
	{ "log n", "log n" },
	{ "n", "n" },
	{ "n log n", "n log n" },
	{ "n^2", "n²" },
	{ "n^3", "n³" },
	{ "2^n", "2ⁿ" },
};

enum { CLASSES = sizeof(classes) / sizeof(*classes) };

/* Place in the list; -1: unknown. */
static int class_of(const cJSON *growth, const char *name)
{
	const char *class = json_string(growth, name, "");

	for (int i = 0; i < CLASSES; i++)
		if (strcmp(classes[i].name, class) == 0)
			return i;
	return -1;
}

static const char *class_text(enum language language, int class)
{
	return class == 0 ? i18n(language, classes[0].text) : classes[class].text;
}

/* "n or n log n" */
static const char *seen_text(struct arena *arena, enum language language, int least, int most)
{
	if (least == most)
		return class_text(language, least);
	return arena_printf(arena, i18n(language, "%s or %s"), class_text(language, least),
	                    class_text(language, most));
}

/* "16,000"; in ru and uk the groups are parted by a space that breaks no line. */
static const char *size_text(struct arena *arena, enum language language, const cJSON *point)
{
	const char *digits = arena_printf(arena, "%.0f", json_number(point, "n", 0));
	const char *gap = language == LANG_EN ? "," : "\u00a0";
	const size_t len = strlen(digits);
	struct buf out;

	buf_init(&out, arena);
	for (size_t i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			buf_str(&out, gap);
		buf_char(&out, digits[i]);
	}
	return out.data;
}

static const char *time_text(struct arena *arena, enum language language, const cJSON *point)
{
	return format_decimal(arena, language, json_number(point, "cpu_ms", 0), 1);
}

/* What was seen; least and most are places in the list. */
static const char *seen_sentence(struct arena *arena, enum language language, const cJSON *growth)
{
	const cJSON *points = json_get(growth, "points");
	const char *from = size_text(arena, language, points->child);
	const char *to = size_text(arena, language, points->child->prev);
	const int least = class_of(growth, "least"), most = class_of(growth, "most");
	const int asked = class_of(growth, "asked");
	const char *seen = seen_text(arena, language, least, most);

	if (most == 0)
		return arena_printf(
		        arena,
		        i18n(language, "Processor time did not grow between the sizes %s and %s."),
		        from, to);
	if (asked < least)
		return arena_printf(arena,
		                    i18n(language,
		                         "Processor time grew like %s between the sizes %s and "
		                         "%s; the task asks for %s."),
		                    seen, from, to, class_text(language, asked));
	if (asked > most)
		return arena_printf(arena,
		                    i18n(language,
		                         "Processor time grew like %s between the sizes %s and "
		                         "%s; the task allows %s."),
		                    seen, from, to, class_text(language, asked));
	return arena_printf(arena,
	                    i18n(language, "Processor time grew like %s between the sizes %s and "
	                                   "%s, as the task asks."),
	                    seen, from, to);
}

/* Why nothing was seen. */
static const char *unseen_sentence(enum language language, const char *sight)
{
	if (strcmp(sight, "few") == 0)
		return i18n(language, "How processor time grows cannot be told.");
	if (strcmp(sight, "short") == 0)
		return i18n(language,
		            "How processor time grows cannot be told: the times are too short.");
	return i18n(language, "How processor time grows cannot be told: the times fit no pattern.");
}

/* Why some sizes have no time; "": all have. */
static const char *stopped_sentence(enum language language, const cJSON *growth)
{
	const char *stopped = json_string(growth, "stopped", "");

	if (stopped[0] == '\0' || strcmp(stopped, "judge_error") == 0)
		return "";
	if (strcmp(stopped, "time_limit") == 0)
		return i18n(language, "Larger inputs took too long.");
	return i18n(language, "With larger inputs the code failed.");
}

static const char *sentence_of(struct arena *arena, enum language language, const cJSON *growth)
{
	const char *sight = json_string(growth, "sight", "");
	const bool is_seen = strcmp(sight, "seen") == 0 && class_of(growth, "least") >= 0 &&
	                     class_of(growth, "most") >= 0 && class_of(growth, "asked") >= 0 &&
	                     json_count(growth, "points") > 0;
	const char *stopped = stopped_sentence(language, growth);
	const char *sentence = is_seen ? seen_sentence(arena, language, growth)
	                               : unseen_sentence(language, sight);

	if (stopped[0] != '\0')
		sentence = arena_printf(arena, "%s %s", sentence, stopped);
	return arena_printf(arena, "%s %s", sentence,
	                    i18n(language, "The score does not depend on it."));
}

void present_growth(struct arena *arena, enum language language, cJSON *item, const cJSON *growth)
{
	const cJSON *points = json_get(growth, "points"), *point;
	cJSON *shown, *rows;
	struct buf line;

	if (!cJSON_IsObject(growth))
		return;
	buf_init(&line, arena);
	shown = json_set_object(item, "growth");
	json_set_string(shown, "sentence", sentence_of(arena, language, growth));
	rows = json_set_array(shown, "points");
	cJSON_ArrayForEach(point, points)
	{
		const char *size = size_text(arena, language, point);
		const char *time = time_text(arena, language, point);
		cJSON *row = json_add_object(rows);

		json_set_string(row, "size", size);
		json_set_string(row, "time", time);
		buf_printf(&line, "%s%s: ", point == points->child ? "" : "; ", size);
		buf_printf(&line, i18n(language, "%s ms"), time);
	}
	json_set_bool(shown, "has_points", rows->child != NULL);
	json_set_string(shown, "line", line.data);
}
