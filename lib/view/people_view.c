#include "view/people_view.h"

#include <string.h>

#include "base/format.h"
#include "base/json.h"
#include "base/text.h"
#include "report/terms.h"
#include "view/labels.h"
#include "view/options.h"

/* --- filters -------------------------------------------------------------------------- */

struct named {
	const char *code, *text;
};

static const char *chosen(const char *code)
{
	return code != NULL ? code : "";
}

static void add_roles(cJSON *page, const struct people_wish *wish, enum language language)
{
	cJSON *options = json_set_array(page, "roles");

	for (size_t i = 0; i < wish->roles->count; i++)
		options_add(options, wish->roles->items[i].id,
		            wish->roles->items[i].title[language],
		            chosen(wish->query.filter.role_id));
}

static void add_types(cJSON *page, const char *type, enum language language)
{
	static const char *const codes[] = { "technical", "hr", "case", "mixed" };
	cJSON *options = json_set_array(page, "types");

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		options_add(options, codes[i], terms_type(language, codes[i]), type);
}

static void add_named(cJSON *options, const struct named *items, size_t count, const char *code,
                      enum language language)
{
	for (size_t i = 0; i < count; i++)
		options_add(options, items[i].code, i18n(language, items[i].text), code);
}

static void add_states(cJSON *page, const struct people_wish *wish, enum language language)
{
	static const struct named statuses[] = {
		{ "finished", N_("Finished") },
		{ "running", N_("Not finished") },
		{ "none", N_("No interviews") },
	};
	static const struct named states[] = {
		{ "enabled", N_("Enabled") },
		{ "disabled", N_("Disabled") },
	};

	add_named(json_set_array(page, "statuses"), statuses,
	          sizeof(statuses) / sizeof(statuses[0]), chosen(wish->query.filter.status),
	          language);
	add_named(json_set_array(page, "states"), states, sizeof(states) / sizeof(states[0]),
	          wish->state, language);
}

static void add_filters(cJSON *page, const struct people_wish *wish, enum language language)
{
	const struct participant_filter *filter = &wish->query.filter;

	add_roles(page, wish, language);
	add_types(page, chosen(filter->type), language);
	options_levels(page, chosen(filter->level), language);
	add_states(page, wish, language);
	json_set_string(page, "search", wish->query.search);
	json_set_string(page, "from", wish->from);
	json_set_string(page, "to", wish->to);
	json_set_string(page, "score_from", wish->score_from);
	json_set_string(page, "score_to", wish->score_to);
	json_set_string(page, "invitation", wish->invitation);
	json_set_string(page, "invitation_id", filter->invitation_id);
	json_set_string(page, "filters", wish->filters);
	json_set_bool(page, "is_filtered", wish->is_filtered);
	json_set_bool(page, "is_wished", wish->filters[0] != '\0');
	json_set_string(page, "error", wish->error);
}

/* --- rows ----------------------------------------------------------------------------- */

static void add_match(struct arena *arena, cJSON *item, const struct participant_match *match,
                      enum language language)
{
	cJSON *object;

	if (match == NULL)
		return;
	object = json_set_object(item, "match");
	json_set_string(object, "id", match->interview_id);
	json_set_bool(object, "is_finished", strcmp(match->status, "completed") == 0);
	json_set_string(object, "name",
	                arena_printf(arena, "%s · %s · %s · %s", match->role_title,
	                             terms_type(language, match->type),
	                             terms_level(language, match->level),
	                             format_date(arena, match->created_at)));
	json_set_string(object, "result",
	                match->share >= 0 ? format_percent(arena, language, match->share)
	                                  : label_status(language, match->status));
}

static void add_participant(struct arena *arena, cJSON *rows, const struct participant *participant,
                            enum language language)
{
	cJSON *item = json_add_object(rows);

	json_set_string(item, "id", participant->user_id);
	json_set_string(item, "username", participant->username);
	json_set_string(item, "full_name", text_plain(arena, participant->full_name));
	json_set_bool(item, "is_disabled", participant->is_disabled);
	json_set_number(item, "interviews", participant->interviews);
	json_set_string(item, "last",
	                participant->last_at > 0 ? format_date(arena, participant->last_at) : NULL);
	if (participant->has_report)
		json_set_string(
		        item, "score",
		        arena_printf(arena, "%s / %s",
		                     format_number(arena, language, participant->total_score),
		                     format_number(arena, language, participant->max_score)));
	add_match(arena, item, participant->match, language);
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
	json_set_string(page, "sort", query->sort);
	json_set_string(page, "order", query->descending ? "desc" : "asc");
}

/* --- pages ---------------------------------------------------------------------------- */

/* NULL: it would take too long to know. */
static const char *found_text(struct arena *arena, const struct participant_list *list,
                              enum language language)
{
	if (list->total < 0)
		return NULL;
	return arena_printf(arena,
	                    list->has_more ? i18n_plural(language, "More than %d participant",
	                                                 "More than %d participants", list->total)
	                                   : i18n_plural(language, "%d participant",
	                                                 "%d participants", list->total),
	                    list->total);
}

static void add_pages(struct arena *arena, cJSON *page, const struct people_wish *wish,
                      const struct participant_list *list, enum language language)
{
	const bool is_back = wish->query.before != 0;

	json_set_string(page, "found", found_text(arena, list, language));
	json_set_bool(page, "is_cut", list->is_cut);
	if (list->previous != 0)
		json_set_string(page, "previous",
		                arena_printf(arena, "%lld", (long long)list->previous));
	if (list->next != 0)
		json_set_string(page, "next", arena_printf(arena, "%lld", (long long)list->next));
	json_set_bool(page, "looks_on",
	              list->is_cut && (is_back ? list->previous : list->next) != 0);
	json_set_bool(page, "is_later", wish->query.after != 0 || is_back);
}

cJSON *people_view(struct arena *arena, const struct people_wish *wish,
                   const struct participant_list *list, enum language language)
{
	cJSON *page = cJSON_CreateObject(), *rows = json_set_array(page, "participants");

	for (size_t i = 0; i < list->count; i++)
		add_participant(arena, rows, &list->items[i], language);
	json_set_bool(page, "has_participants", list->count > 0);
	add_filters(page, wish, language);
	add_columns(page, &wish->query, language);
	add_pages(arena, page, wish, list, language);
	return page;
}
