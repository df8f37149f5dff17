#include "view/item_view.h"

#include <math.h>
#include <string.h>

#include "base/format.h"
#include "base/json.h"

/* "0.34 (0.1 to 0.54)", or why there is none. */
static const char *telling_text(struct arena *arena, const struct item_figures *figures,
                                enum language language)
{
	if (figures->answered < ITEM_LEAST)
		return i18n(language, "Too few answers");
	if (!isfinite(figures->discrimination))
		return i18n(language, "All answers alike");
	return arena_printf(arena, i18n(language, "%1$s (%2$s to %3$s)"),
	                    format_number(arena, language, figures->discrimination),
	                    format_number(arena, language, figures->low),
	                    format_number(arena, language, figures->high));
}

static void add_figures(struct arena *arena, cJSON *to, const struct item_figures *figures,
                        enum language language)
{
	json_set_number(to, "asked", figures->asked);
	json_set_number(to, "answered", figures->answered);
	json_set_string(to, "all", format_percent(arena, language, figures->all));
	json_set_string(to, "mean", format_percent(arena, language, figures->mean));
}

/* The same with the discrimination, or why there is none. */
static void add_all_figures(struct arena *arena, cJSON *to, const struct item_figures *figures,
                            enum language language)
{
	add_figures(arena, to, figures, language);
	json_set_string(to, "telling", telling_text(arena, figures, language));
}

static void add_flag(cJSON *flags, bool is_set, const char *text)
{
	if (is_set)
		json_set_string(json_add_object(flags), "text", text);
}

void item_view_row(struct arena *arena, cJSON *row, const struct item *item, enum language language)
{
	cJSON *flags = json_set_array(row, "flags");

	add_figures(arena, row, &item->figures, language);
	json_set_string(row, "telling",
	                isfinite(item->figures.discrimination)
	                        ? telling_text(arena, &item->figures, language)
	                        : "–");
	add_flag(flags, item_figures_is_dead(item), i18n(language, "Dead"));
	add_flag(flags, item_figures_is_misleading(item), i18n(language, "Misleading"));
	json_set_bool(row, "has_flags", flags->child != NULL);
}

/* Of a key point, too. */
static void add_reasons(cJSON *flags, const struct item_figures *figures, enum language language)
{
	add_flag(flags, figures->is_ignored,
	         i18n(language, "Never asked, though the others of its category are."));
	add_flag(flags, figures->is_hopeless, i18n(language, "Nobody gets it."));
	add_flag(flags, figures->is_trivial, i18n(language, "Everybody gets it."));
	add_flag(flags, figures->is_misleading,
	         i18n(language, "Misleading: who is better elsewhere does worse here."));
}

static const cJSON *point_of(const cJSON *body, const char *id)
{
	const cJSON *point;

	cJSON_ArrayForEach(point, json_get(body, "key_points"))
	{
		if (strcmp(json_string(point, "id", ""), id) == 0)
			return point;
	}
	return NULL;
}

/* A point that left the question since keeps its id only. */
static void add_point(struct arena *arena, cJSON *points, const struct item_view *view,
                      const struct item_sums *sums, const cJSON *body)
{
	const struct item_figures figures = item_figures_of(sums);
	const cJSON *texts = json_get(point_of(body, sums->key_point_id), "text");
	cJSON *point = json_add_object(points);

	json_set_string(point, "text",
	                json_string(texts, language_code(view->asked), sums->key_point_id));
	add_all_figures(arena, point, &figures, view->language);
	add_reasons(json_set_array(point, "flags"), &figures, view->language);
}

void item_view_block(struct arena *arena, cJSON *page, const struct item_view *view)
{
	const char *text = view->item->question->body;
	cJSON *block = json_set_object(page, "statistics"), *points, *flags, *body;

	if (json_parse(text, strlen(text), &body) != OK)
		body = NULL;
	add_all_figures(arena, block, &view->item->figures, view->language);
	if (view->item->figures.last_at != 0)
		json_set_string(block, "last", format_date(arena, view->item->figures.last_at));
	flags = json_set_array(block, "flags");
	add_reasons(flags, &view->item->figures, view->language);
	points = json_set_array(block, "points");
	for (size_t i = 0; i < view->sums->count; i++)
		if (view->sums->items[i].key_point_id[0] != '\0')
			add_point(arena, points, view, &view->sums->items[i], body);
	json_set_bool(block, "has_points", points->child != NULL);
	json_set_bool(block, "was_asked", view->item->figures.asked > 0);
}
