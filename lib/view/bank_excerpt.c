#include "view/bank_excerpt.h"

#include <string.h>

#include "base/json.h"
#include "score/stems.h"

enum { BEFORE = 60, BEHIND = 140 }; /* bytes of text around the first word */

/* What of a text is shown. */
struct window {
	const char *text;
	struct stems_spans spans;
	size_t start, end;
};

/* The window's bounds stand between words. */
static void set_bounds(struct window *window)
{
	const size_t first = window->spans.items[0].start, len = strlen(window->text);

	window->start = first > BEFORE ? first - BEFORE : 0;
	while (window->start > 0 && window->start < first && window->text[window->start - 1] != ' ')
		window->start++;
	window->end = window->spans.items[0].end + BEHIND;
	if (window->end >= len) {
		window->end = len;
		return;
	}
	while (window->end > window->spans.items[0].end && window->text[window->end] != ' ')
		window->end--;
}

static void add_piece(struct arena *arena, cJSON *list, const struct window *window,
                      struct stems_span piece, bool is_marked)
{
	cJSON *row;

	if (piece.start >= piece.end)
		return;
	row = json_add_object(list);
	json_set_string(row, "text",
	                arena_copy(arena, window->text + piece.start, piece.end - piece.start));
	json_set_bool(row, "is_marked", is_marked);
}

static void add_window(struct arena *arena, cJSON *row, struct window *window)
{
	cJSON *list = json_set_array(row, "excerpt");
	size_t at;

	set_bounds(window);
	at = window->start;
	if (at > 0)
		json_set_string(json_add_object(list), "text", "… ");
	for (size_t i = 0; i < window->spans.count; i++) {
		const struct stems_span span = window->spans.items[i];

		if (span.start < at || span.end > window->end)
			continue;
		add_piece(arena, list, window, (struct stems_span){ at, span.start }, false);
		add_piece(arena, list, window, span, true);
		at = span.end;
	}
	add_piece(arena, list, window, (struct stems_span){ at, window->end }, false);
	if (window->text[window->end] != '\0')
		json_set_string(json_add_object(list), "text", " …");
}

/* The first string below `value` in that language that has one of the words. */
static bool find(struct arena *arena, const cJSON *value, const struct bank_excerpt_wish *wish,
                 struct window *window)
{
	const cJSON *item;

	if (cJSON_IsString(value)) {
		window->text = value->valuestring;
		window->spans = stems_find(arena, value->valuestring, wish->stems);
		return window->spans.count > 0;
	}
	if (cJSON_IsObject(value))
		return find(arena, json_get(value, language_code(wish->language)), wish, window);
	if (cJSON_IsArray(value))
		cJSON_ArrayForEach(item, value) if (find(arena, item, wish, window)) return true;
	return false;
}

static bool find_in_language(struct arena *arena, const cJSON *item,
                             const struct bank_excerpt_wish *wish, struct window *window)
{
	const cJSON *point;

	if (find(arena, json_get(item, "question"), wish, window) ||
	    find(arena, json_get(item, "title"), wish, window) ||
	    find(arena, json_get(item, "description"), wish, window))
		return true;
	cJSON_ArrayForEach(point, json_get(item, "key_points"))
	{
		if (find(arena, json_get(point, "text"), wish, window) ||
		    find(arena, json_get(point, "aliases"), wish, window))
			return true;
	}
	return false;
}

void bank_excerpt_add(struct arena *arena, cJSON *row, const cJSON *item,
                      const struct bank_excerpt_wish *wish)
{
	struct bank_excerpt_wish tried = *wish;
	struct window window;

	for (int i = 0; i < LANG_COUNT; i++) {
		tried.language = (enum language)(((int)wish->language + i) % LANG_COUNT);
		if (!find_in_language(arena, item, &tried, &window))
			continue;
		add_window(arena, row, &window);
		json_set_string(row, "excerpt_code", language_code(tried.language));
		return;
	}
}
