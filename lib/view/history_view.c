#include "view/history_view.h"

#include <string.h>

#include "base/format.h"
#include "base/json.h"
#include "report/terms.h"
#include "view/labels.h"
#include "view/options.h"

/* --- filters -------------------------------------------------------------------------- */

static void add_roles(cJSON *page, const struct history_choice *choice, enum language language)
{
	cJSON *options = json_set_array(page, "roles");

	for (size_t i = 0; i < choice->roles->count; i++)
		options_add(options, choice->roles->items[i].id,
		            choice->roles->items[i].title[language], choice->query->role_id);
}

static void add_types(cJSON *page, const char *chosen, enum language language)
{
	static const char *const codes[] = { "technical", "hr", "case", "mixed" };
	cJSON *options = json_set_array(page, "types");

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		options_add(options, codes[i], terms_type(language, codes[i]), chosen);
}

static void add_statuses(cJSON *page, const char *chosen, enum language language)
{
	static const char *const codes[] = { "in_progress", "completed" };
	cJSON *options = json_set_array(page, "statuses");

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		options_add(options, codes[i], label_status(language, codes[i]), chosen);
}

static void add_interview_languages(cJSON *page, const char *chosen)
{
	cJSON *options = json_set_array(page, "interview_languages");

	for (enum language language = 0; language < LANG_COUNT; language++)
		options_add(options, language_code(language), language_name(language), chosen);
}

struct named {
	const char *code, *text;
};

static void add_named(cJSON *options, const struct named *items, size_t count, const char *chosen,
                      enum language language)
{
	for (size_t i = 0; i < count; i++)
		options_add(options, items[i].code, i18n(language, items[i].text), chosen);
}

static void add_periods(cJSON *page, const char *chosen, enum language language)
{
	static const struct named periods[] = {
		{ "7", N_("The last 7 days") },
		{ "30", N_("The last 30 days") },
		{ "90", N_("The last 90 days") },
		{ "365", N_("The last 365 days") },
	};

	add_named(json_set_array(page, "periods"), periods, sizeof(periods) / sizeof(periods[0]),
	          chosen, language);
}

static void add_sorts(cJSON *page, const char *chosen, enum language language)
{
	static const struct named sorts[] = {
		{ "newest", N_("Newest first") },
		{ "oldest", N_("Oldest first") },
		{ "best", N_("Best score first") },
		{ "worst", N_("Lowest score first") },
	};

	add_named(json_set_array(page, "sorts"), sorts, sizeof(sorts) / sizeof(sorts[0]), chosen,
	          language);
}

static bool is_filtered(const struct history_choice *choice)
{
	const struct history_query *query = choice->query;
	const char *const filters[] = { query->role_id, query->type,     query->level,
		                        query->status,  query->language, choice->period };

	for (size_t i = 0; i < sizeof(filters) / sizeof(filters[0]); i++)
		if (filters[i][0] != '\0')
			return true;
	return false;
}

static void add_filters(cJSON *page, const struct history_choice *choice, enum language language)
{
	const struct history_query *query = choice->query;

	add_roles(page, choice, language);
	add_types(page, query->type, language);
	options_levels(page, query->level, language);
	add_statuses(page, query->status, language);
	add_interview_languages(page, query->language);
	add_periods(page, choice->period, language);
	add_sorts(page, choice->sort, language);
	json_set_bool(page, "is_filtered", is_filtered(choice));
}

/* --- rows ----------------------------------------------------------------------------- */

/* Of a parent that is gone. */
static const char *repeats_deleted(const struct history_row *row, enum language language)
{
	if (strcmp(row->repeats, "all") == 0)
		return i18n(language, "Repeats an interview that was deleted");
	if (strcmp(row->repeats, "similar") == 0)
		return i18n(language, "Questions similar to one in an interview that was deleted");
	return i18n(language, "Mistakes of an interview that was deleted");
}

const char *history_view_repeats(struct arena *arena, const struct history_row *row,
                                 enum language language)
{
	if (row->repeats[0] == '\0')
		return NULL;
	if (row->parent_id == NULL)
		return repeats_deleted(row, language);
	return arena_printf(
	        arena,
	        strcmp(row->repeats, "all") == 0 ? i18n(language, "Repeats the interview of %s")
	        : strcmp(row->repeats, "similar") == 0
	                ? i18n(language, "Questions similar to one in the interview of %s")
	                : i18n(language, "Mistakes of the interview of %s"),
	        format_date(arena, row->parent_at));
}

const char *history_view_name(struct arena *arena, const struct history_row *row,
                              enum language language)
{
	return arena_printf(arena, "%s, %s, %s", row->role_title, terms_type(language, row->type),
	                    format_date(arena, row->created_at));
}

static void add_score(struct arena *arena, cJSON *item, const struct history_row *row,
                      enum language language)
{
	if (!row->has_report)
		return;
	json_set_string(item, "score",
	                arena_printf(arena, "%s / %s",
	                             format_number(arena, language, row->total_score),
	                             format_number(arena, language, row->max_score)));
	json_set_bool(item, "has_mistakes",
	              row->total_score < row->max_score || row->max_score <= 0);
}

static void add_row(struct arena *arena, cJSON *rows, const struct history_row *row,
                    enum language language)
{
	const bool is_finished = strcmp(row->status, "completed") == 0;
	cJSON *item = json_add_object(rows);

	json_set_string(item, "id", row->interview_id);
	json_set_string(item, "name", history_view_name(arena, row, language));
	json_set_number(item, "number", cJSON_GetArraySize(rows));
	json_set_string(item, "date", format_date(arena, row->created_at));
	json_set_string(item, "role", row->role_title);
	json_set_string(item, "type", terms_type(language, row->type));
	json_set_string(item, "level", terms_level(language, row->level));
	json_set_string(item, "language", language_name(row->language));
	json_set_string(item, "status", label_status(language, row->status));
	json_set_bool(item, "is_finished", is_finished);
	json_set_bool(item, "is_outdated", row->is_outdated);
	json_set_bool(item, "has_report", row->has_report);
	json_set_string(item, "repeats", history_view_repeats(arena, row, language));
	/* Other questions are not to be compared. */
	json_set_string(item, "parent_id",
	                row->has_report && strcmp(row->repeats, "similar") != 0 ? row->parent_id
	                                                                        : NULL);
	if (!is_finished)
		json_set_string(item, "progress",
		                arena_printf(arena, "%d / %d", row->answered, row->question_count));
	add_score(arena, item, row, language);
}

static void add_pages(cJSON *page, const struct history_query *query, int total)
{
	const int pages = total > 0 ? (total + query->page_size - 1) / query->page_size : 1;

	json_set_number(page, "page", query->page);
	json_set_number(page, "pages", pages);
	json_set_bool(page, "is_paged", pages > 1);
	if (query->page > 1)
		json_set_number(page, "previous", query->page - 1);
	if (query->page < pages)
		json_set_number(page, "next", query->page + 1);
}

/* Two need to be there before two can be compared. */
static bool can_compare(const struct history_list *list)
{
	int finished = 0;

	for (size_t i = 0; i < list->count; i++)
		finished += list->items[i].has_report;
	return finished > 1;
}

cJSON *history_view(struct arena *arena, const struct history_choice *choice,
                    const struct history_list *list, enum language language)
{
	cJSON *page = cJSON_CreateObject();
	cJSON *rows = json_set_array(page, "rows");

	add_filters(page, choice, language);
	for (size_t i = 0; i < list->count; i++)
		add_row(arena, rows, &list->items[i], language);
	json_set_bool(page, "has_rows", list->count > 0);
	json_set_bool(page, "can_compare", can_compare(list));
	json_set_string(page, "filters", choice->filters);
	json_set_string(
	        page, "found",
	        arena_printf(arena,
	                     i18n_plural(language, "%d interview", "%d interviews", list->total),
	                     list->total));
	add_pages(page, choice->query, list->total);
	return page;
}

/* --- the panel of the profile --------------------------------------------------------- */

static void add_panel_row(struct arena *arena, cJSON *rows, const struct history_row *row,
                          enum language language)
{
	cJSON *item = json_add_object(rows);

	json_set_string(item, "id", row->interview_id);
	json_set_string(item, "date", format_date(arena, row->created_at));
	json_set_string(item, "role", row->role_title);
	json_set_string(item, "type", terms_type(language, row->type));
	json_set_string(item, "level", terms_level(language, row->level));
	json_set_string(item, "status", label_status(language, row->status));
	json_set_bool(item, "is_finished", strcmp(row->status, "completed") == 0);
	json_set_string(item, "progress",
	                arena_printf(arena, "%d / %d", row->answered, row->question_count));
	add_score(arena, item, row, language);
}

void history_view_panel(struct arena *arena, cJSON *page, const struct history_list *list,
                        enum language language)
{
	cJSON *rows = json_set_array(page, "history");

	for (size_t i = 0; i < list->count; i++)
		add_panel_row(arena, rows, &list->items[i], language);
	json_set_bool(page, "has_history", list->count > 0);
}
