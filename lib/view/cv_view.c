#include "view/cv_view.h"

#include <string.h>

#include "base/buf.h"
#include "base/format.h"
#include "base/json.h"
#include "base/text.h"
#include "view/options.h"

const char *cv_view_years(struct arena *arena, double years)
{
	/* A field of numbers wants a point in every language. */
	return years < 0 ? "" : format_decimal(arena, LANG_EN, years, 1);
}

/* True if the comma-separated list has the name, in any case. */
static bool is_proposed(struct arena *arena, const struct proposal *proposal, const char *name)
{
	for (size_t i = 0; i < proposal->count; i++)
		if (strcmp(text_folded(arena, proposal->technologies[i].value),
		           text_folded(arena, name)) == 0)
			return true;
	return false;
}

/* The entries of the list that the CV does not name. */
static const char *others(struct arena *arena, const struct proposal *proposal, const char *list)
{
	struct buf rest;

	buf_init(&rest, arena);
	while (*list != '\0') {
		const size_t len = strcspn(list, ",");
		const char *entry = text_trimmed(arena, arena_copy(arena, list, len));

		if (entry[0] != '\0' && !is_proposed(arena, proposal, entry))
			buf_printf(&rest, "%s%s", rest.len == 0 ? "" : ", ", entry);
		list += len + (list[len] == ',');
	}
	return rest.data;
}

static const char *first_of(bool is_confirmed, const char *found, const char *known)
{
	return is_confirmed || found == NULL ? known : found;
}

struct cv_choice cv_view_choice(struct arena *arena, const struct user *user, const struct cv *cv,
                                const struct proposal *proposal)
{
	const bool is_confirmed = cv->confirmed_at != 0;
	const bool takes_years = !is_confirmed && proposal->years >= 0;
	bool *is_chosen = arena_array(arena, proposal->count, sizeof(*is_chosen));

	for (size_t i = 0; i < proposal->count; i++)
		is_chosen[i] = !is_confirmed ||
		               text_is_listed(arena, user->stack, proposal->technologies[i].value);
	return (struct cv_choice){
		.cv = cv,
		.proposal = proposal,
		.position = first_of(is_confirmed, proposal->position.value, user->position),
		.level = first_of(is_confirmed, proposal->level.value, user->level),
		.years = cv_view_years(arena,
		                       takes_years ? proposal->years : user->experience_years),
		.more = others(arena, proposal, user->stack),
		.is_chosen = is_chosen,
	};
}

static void add_technologies(struct arena *arena, cJSON *page, const struct proposal *proposal,
                             const bool *is_chosen)
{
	cJSON *rows = json_set_array(page, "technologies");

	for (size_t i = 0; i < proposal->count; i++) {
		cJSON *row = json_add_object(rows);

		json_set_string(row, "field", arena_printf(arena, "t%zu", i));
		json_set_string(row, "text", proposal->technologies[i].value);
		json_set_string(row, "quote", proposal->technologies[i].quote);
		json_set_bool(row, "checked", is_chosen[i]);
	}
	json_set_bool(page, "has_technologies", proposal->count > 0);
}

void cv_view_add(struct arena *arena, cJSON *page, const struct cv_choice *choice,
                 enum language language)
{
	const struct cv *cv = choice->cv;
	const struct proposal *proposal = choice->proposal;
	cJSON *found = json_set_object(page, "cv");

	json_set_string(found, "file", cv->file_name);
	json_set_string(found, "version", arena_printf(arena, "%lld", (long long)cv->uploaded_at));
	json_set_string(found, "uploaded", format_date(arena, cv->uploaded_at));
	if (cv->confirmed_at != 0)
		json_set_string(found, "confirmed", format_date(arena, cv->confirmed_at));
	if (strcmp(cv->engine, "builtin") != 0)
		json_set_string(found, "model", cv->engine);
	json_set_string(found, "position", choice->position);
	json_set_string(found, "position_quote", proposal->position.quote);
	options_levels(found, choice->level, language);
	json_set_string(found, "level_quote", proposal->level.quote);
	json_set_string(found, "years", choice->years);
	json_set_string(found, "years_quote", proposal->years_quote);
	json_set_string(found, "more", choice->more);
	add_technologies(arena, found, proposal, choice->is_chosen);
}
