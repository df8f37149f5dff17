#include "view/people_view.h"

#include <string.h>

#include "base/json.h"
#include "base/format.h"
#include "report/terms.h"
#include "view/labels.h"

static const char *score_text(struct arena *arena, double score, double max, enum language language)
{
	return arena_printf(arena, "%s / %s", format_number(arena, language, score),
	                    format_number(arena, language, max));
}

static void add_history_row(struct arena *arena, cJSON *rows, const struct history_row *row,
                            enum language language)
{
	cJSON *item = json_add_object(rows);
	bool is_finished = strcmp(row->status, "completed") == 0;

	json_set_string(item, "id", row->interview_id);
	json_set_string(item, "date", format_date(arena, row->created_at));
	json_set_string(item, "role", row->role_title);
	json_set_string(item, "type", terms_type(language, row->type));
	json_set_string(item, "level", terms_level(language, row->level));
	json_set_string(item, "status", label_status(language, row->status));
	json_set_string(item, "language", language_name(row->language));
	json_set_bool(item, "is_finished", is_finished);
	json_set_string(item, "progress",
	                arena_printf(arena, "%d / %d", row->answered, row->question_count));
	if (row->has_report)
		json_set_string(item, "score",
		                score_text(arena, row->total_score, row->max_score, language));
}

void people_add_history(struct arena *arena, cJSON *page, const struct history_list *list,
                        enum language language)
{
	cJSON *rows = json_set_array(page, "history");

	for (size_t i = 0; i < list->count; i++)
		add_history_row(arena, rows, &list->items[i], language);
	json_set_bool(page, "has_history", list->count > 0);
}

static void add_participant(struct arena *arena, cJSON *rows, const struct participant *participant,
                            enum language language)
{
	cJSON *item = json_add_object(rows);

	json_set_string(item, "id", participant->user_id);
	json_set_string(item, "username", participant->username);
	json_set_string(item, "full_name", participant->full_name);
	json_set_bool(item, "is_disabled", participant->is_disabled);
	json_set_number(item, "interviews", participant->interviews);
	json_set_string(item, "last",
	                participant->last_at > 0 ? format_date(arena, participant->last_at) : NULL);
	if (participant->has_report)
		json_set_string(item, "score",
		                score_text(arena, participant->total_score, participant->max_score,
		                           language));
}

/* A column head: pressing the sorted one turns its direction round. */
static void add_column(cJSON *columns, const char *sort, const char *title,
                       const struct participant_query *query)
{
	cJSON *column = json_add_object(columns);
	bool is_sorted = strcmp(query->sort, sort) == 0;

	json_set_string(column, "sort", sort);
	json_set_string(column, "title", title);
	json_set_string(column, "order", is_sorted && !query->descending ? "desc" : "asc");
	json_set_bool(column, "ascending", is_sorted && !query->descending);
	json_set_bool(column, "descending", is_sorted && query->descending);
}

static void add_columns(cJSON *page, const struct participant_query *query, enum language language)
{
	cJSON *columns = json_set_array(page, "columns");

	add_column(columns, "name", i18n(language, "Name"), query);
	add_column(columns, "interviews", i18n(language, "Interviews"), query);
	add_column(columns, "last", i18n(language, "Last interview"), query);
	add_column(columns, "score", i18n(language, "Score"), query);
}

static void add_pages(cJSON *page, const struct participant_query *query, int total)
{
	int pages = (total + query->page_size - 1) / query->page_size;

	json_set_number(page, "page", query->page);
	json_set_number(page, "pages", pages > 0 ? pages : 1);
	if (query->page > 1)
		json_set_number(page, "previous", query->page - 1);
	if (query->page < pages)
		json_set_number(page, "next", query->page + 1);
}

cJSON *people_participants(struct arena *arena, const struct participant_query *query,
                           const struct participant_list *list, enum language language)
{
	cJSON *page = cJSON_CreateObject(), *rows = json_set_array(page, "participants");

	for (size_t i = 0; i < list->count; i++)
		add_participant(arena, rows, &list->items[i], language);
	json_set_bool(page, "has_participants", list->count > 0);
	json_set_number(page, "total", list->total);
	json_set_string(page, "search", query->search);
	json_set_string(page, "sort", query->sort);
	json_set_string(page, "order", query->descending ? "desc" : "asc");
	add_columns(page, query, language);
	add_pages(page, query, list->total);
	return page;
}
