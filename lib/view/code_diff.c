#include "view/code_diff.h"

#include <stdint.h>
#include <string.h>

#include "base/json.h"

enum { MAX_LINES = 400, MAX_SHOWN = 1000 };

struct lines {
	const char **items;
	size_t count;
};

/* A line end at the very end is no line of its own. */
static struct lines split(struct arena *arena, const char *text)
{
	size_t count = 1, i = 0;
	struct lines lines;

	for (const char *p = text; *p != '\0'; p++)
		count += *p == '\n' && p[1] != '\0';
	lines.items = arena_array(arena, count, sizeof(char *));
	lines.count = count;
	for (; i < count; i++) {
		size_t len = strcspn(text, "\n");

		lines.items[i] = arena_copy(arena, text, len);
		text += len + (text[len] == '\n');
	}
	return lines;
}

static bool is_same(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

static void add_line(cJSON *diff, char sign, const char *text)
{
	cJSON *line;

	if (cJSON_GetArraySize(diff) >= MAX_SHOWN)
		return;
	line = json_add_object(diff);
	json_set_string(line, "sign", sign == '-' ? "−" : sign == '+' ? "+" : " ");
	json_set_string(line, "text", text);
	json_set_bool(line, "is_missing", sign == '-');
	json_set_bool(line, "is_extra", sign == '+');
}

/* Lengths of the longest common subsequences of what follows line i and line j. */
static uint16_t *common_lengths(struct arena *arena, const struct lines *a, const struct lines *b)
{
	size_t width = b->count + 1;
	uint16_t *lengths = arena_array(arena, (a->count + 1) * width, sizeof(*lengths));

	for (size_t i = a->count; i-- > 0;) {
		for (size_t j = b->count; j-- > 0;) {
			uint16_t down = lengths[(i + 1) * width + j];
			uint16_t right = lengths[i * width + j + 1];

			if (is_same(a->items[i], b->items[j]))
				lengths[i * width + j] =
				        (uint16_t)(lengths[(i + 1) * width + j + 1] + 1);
			else
				lengths[i * width + j] = down > right ? down : right;
		}
	}
	return lengths;
}

static void add_shortest(struct arena *arena, cJSON *diff, const struct lines *expected,
                         const struct lines *got)
{
	const uint16_t *lengths = common_lengths(arena, expected, got);
	size_t width = got->count + 1, i = 0, j = 0;

	while (i < expected->count || j < got->count) {
		bool has_both = i < expected->count && j < got->count;

		if (has_both && is_same(expected->items[i], got->items[j])) {
			add_line(diff, ' ', expected->items[i++]);
			j++;
		} else if (j == got->count || (has_both && lengths[(i + 1) * width + j] >=
		                                                   lengths[i * width + j + 1])) {
			add_line(diff, '-', expected->items[i++]);
		} else {
			add_line(diff, '+', got->items[j++]);
		}
	}
}

static void add_line_by_line(cJSON *diff, const struct lines *expected, const struct lines *got)
{
	for (size_t i = 0; i < expected->count || i < got->count; i++) {
		const char *wanted = i < expected->count ? expected->items[i] : NULL;
		const char *found = i < got->count ? got->items[i] : NULL;

		if (wanted != NULL && found != NULL && is_same(wanted, found)) {
			add_line(diff, ' ', wanted);
			continue;
		}
		if (wanted != NULL)
			add_line(diff, '-', wanted);
		if (found != NULL)
			add_line(diff, '+', found);
	}
}

static bool is_inside_character(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

static void add_part(struct arena *arena, cJSON *parts, const char *text, size_t len,
                     bool is_marked)
{
	cJSON *part;

	if (len == 0)
		return;
	part = json_add_object(parts);
	json_set_string(part, "text", arena_copy(arena, text, len));
	json_set_bool(part, "is_marked", is_marked);
}

/* The stretch between the common beginning and the common end, in whole characters. */
static void add_parts(struct arena *arena, cJSON *test, const char *expected, const char *got)
{
	size_t expected_len = strlen(expected), got_len = strlen(got), start = 0, end = 0;
	const char *texts[] = { expected, got };
	const size_t lens[] = { expected_len, got_len };
	const char *const names[] = { "expected_parts", "got_parts" };
	size_t shorter = expected_len < got_len ? expected_len : got_len;

	while (start < shorter && expected[start] == got[start])
		start++;
	while (start > 0 &&
	       (is_inside_character(expected[start]) || is_inside_character(got[start])))
		start--;
	while (end < shorter - start && expected[expected_len - end - 1] == got[got_len - end - 1])
		end++;
	while (end > 0 && is_inside_character(expected[expected_len - end]))
		end--;
	for (size_t i = 0; i < 2; i++) {
		cJSON *parts = json_set_array(test, names[i]);
		size_t middle = lens[i] - start - end;

		add_part(arena, parts, texts[i], start, false);
		add_part(arena, parts, texts[i] + start, middle, true);
		add_part(arena, parts, texts[i] + start + middle, end, false);
	}
}

void code_diff_add(struct arena *arena, cJSON *test, const char *expected, const char *got)
{
	struct lines wanted = split(arena, expected), found = split(arena, got);
	cJSON *diff;

	if (wanted.count == 1 && found.count == 1) {
		add_parts(arena, test, wanted.items[0], found.items[0]);
		return;
	}
	json_set_bool(test, "has_diff", true);
	diff = json_set_array(test, "diff");
	if (wanted.count > MAX_LINES || found.count > MAX_LINES)
		add_line_by_line(diff, &wanted, &found);
	else
		add_shortest(arena, diff, &wanted, &found);
}
