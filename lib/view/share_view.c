#include "view/share_view.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/format.h"
#include "base/json.h"
#include "report/present.h"
#include "report/terms.h"
#include "view/options.h"

static const char *const lifetimes[] = { "7", "30", "90" };

static const char *scope_name(enum language language, bool has_transcript)
{
	return has_transcript ? i18n(language, "Figures, questions, answers and feedback")
	                      : i18n(language, "Figures only");
}

static const char *state_name(enum language language, const struct share *share, bool is_open)
{
	if (is_open)
		return i18n(language, "works");
	return share->revoked_at != 0 ? i18n(language, "closed by you")
	                              : i18n(language, "has run out");
}

static const char *views_text(struct arena *arena, enum language language,
                              const struct share *share)
{
	const int views = share->views < INT_MAX ? (int)share->views : INT_MAX;

	if (views == 0)
		return i18n(language, "Nobody has opened it yet.");
	return arena_printf(arena,
	                    i18n_plural(language, "Opened %d time, last on %s.",
	                                "Opened %d times, last on %s.", views),
	                    views, format_date(arena, share->seen_at));
}

void share_view_list(struct arena *arena, cJSON *page, const struct share_list *list,
                     const char *origin, enum language language)
{
	const int64_t now = clock_now_ms();
	cJSON *rows = json_set_array(page, "shares");
	int open = 0;

	for (size_t i = 0; i < list->count; i++) {
		const struct share *share = &list->items[i];
		const bool is_open = share->revoked_at == 0 && share->expires_at > now;
		cJSON *row = json_add_object(rows);

		open += is_open;
		json_set_string(row, "id", share->id);
		json_set_string(row, "address",
		                arena_printf(arena, "%s/shared/%s", origin, share->id));
		json_set_string(row, "scope", scope_name(language, share->has_transcript));
		json_set_string(row, "made", format_date(arena, share->created_at));
		json_set_string(row, "ends", format_date(arena, share->expires_at));
		json_set_string(row, "state", state_name(language, share, is_open));
		json_set_bool(row, "is_open", is_open);
		json_set_string(row, "views", views_text(arena, language, share));
	}
	json_set_bool(page, "has_shares", list->count > 0);
	json_set_bool(page, "is_full", open >= SHARES_MAX);
}

void share_view_choices(struct arena *arena, cJSON *page, const struct share_choice *choice,
                        enum language language)
{
	cJSON *scopes = json_set_array(page, "scopes");
	cJSON *ends = json_set_array(page, "lifetimes");

	options_add(scopes, "numbers", scope_name(language, false), choice->scope);
	options_add(scopes, "transcript", scope_name(language, true), choice->scope);
	for (size_t i = 0; i < sizeof(lifetimes) / sizeof(lifetimes[0]); i++) {
		const int days = atoi(lifetimes[i]);

		options_add(
		        ends, lifetimes[i],
		        arena_printf(arena, i18n_plural(language, "%d day", "%d days", days), days),
		        choice->days);
	}
}

static void add_question(struct arena *arena, enum language language, cJSON *rows,
                         const cJSON *question)
{
	const char *verdict = json_string(question, "verdict", NULL);
	const char *engine = json_string(question, "graded_by", NULL);
	cJSON *row = json_add_object(rows);

	json_set_number(row, "number", json_number(question, "order", 0));
	json_set_string(row, "title", json_string(question, "title", ""));
	json_set_string(row, "state",
	                terms_state(language, json_string(question, "state", "unanswered")));
	json_set_string(row, "verdict_code", verdict);
	json_set_string(row, "verdict", verdict != NULL ? terms_verdict(language, verdict) : NULL);
	json_set_string(row, "score",
	                format_number(arena, language, json_number(question, "score", NAN)));
	json_set_string(row, "max_score",
	                format_number(arena, language, json_number(question, "max_score", NAN)));
	json_set_bool(row, "is_corrected", json_bool(question, "is_corrected", false));
	json_set_string(row, "engine", engine != NULL ? terms_engine(language, engine) : NULL);
}

cJSON *share_view_numbers(struct arena *arena, const cJSON *numbers)
{
	const enum language language = present_language(numbers);
	cJSON *page = present_document(arena, numbers), *rows = json_set_array(page, "rows");
	const cJSON *question;

	cJSON_ArrayForEach(question, json_get(numbers, "questions"))
	        add_question(arena, language, rows, question);
	json_set_string(page, "scoring_version",
	                json_string(json_get(numbers, "scoring"), "version", ""));
	json_set_number(page, "revision", json_number(json_get(numbers, "revision"), "number", 1));
	return page;
}
