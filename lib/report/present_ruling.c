#include "report/present_ruling.h"

#include <math.h>
#include <string.h>

#include "base/format.h"
#include "base/json.h"
#include "report/phrase.h"

struct reader {
	struct arena *arena;
	enum language language;
};

static const char *figure(const struct reader *reader, double value)
{
	return format_number(reader->arena, reader->language, value);
}

static const char *date_of(const struct reader *reader, const cJSON *decision)
{
	int64_t ms;

	return phrase_iso_ms(json_string(decision, "at", ""), &ms) ? format_date(reader->arena, ms)
	                                                           : "–";
}

/* --- the score ---------------------------------------------------------------------- */

static const char *override_text(const struct reader *reader, const cJSON *ruling)
{
	const cJSON *override = json_get(ruling, "override");
	const double before = json_number(ruling, "score_by_examiner", NAN);
	const char *score = figure(reader, json_number(override, "score", NAN));
	const char *date = date_of(reader, override);

	if (!isfinite(before))
		return arena_printf(reader->arena,
		                    i18n(reader->language,
		                         "A person set the score to %1$s on %2$s; the examiner "
		                         "gave none."),
		                    score, date);
	return arena_printf(reader->arena,
	                    i18n(reader->language,
	                         "A person set the score to %1$s on %2$s; the examiner gave "
	                         "%3$s."),
	                    score, date, figure(reader, before));
}

static void add_score(const struct reader *reader, cJSON *item, const cJSON *ruling)
{
	const cJSON *override = json_get(ruling, "override");
	const double before = json_number(ruling, "score_by_examiner", NAN);
	const double after = json_number(ruling, "score_by_appeals", NAN);
	cJSON *shown = json_set_object(item, "ruling");

	if (cJSON_IsObject(override)) {
		json_set_string(shown, "override", override_text(reader, ruling));
		json_set_string(shown, "reason", json_string(override, "reason", ""));
		json_set_string(shown, "by", json_string(override, "by", NULL));
	}
	if (after > before)
		json_set_string(
		        shown, "by_appeals",
		        arena_printf(reader->arena,
		                     i18n(reader->language,
		                          "Key points that a person granted raise the score "
		                          "from %1$s to %2$s."),
		                     figure(reader, before), figure(reader, after)));
}

/* --- points ------------------------------------------------------------------------- */

static const char *state_text(const struct reader *reader, const cJSON *appeal, const char *state)
{
	const enum language language = reader->language;
	const char *granted = json_string(appeal, "granted", "");
	const char *date = date_of(reader, appeal);

	if (strcmp(state, "waiting") == 0)
		return arena_printf(reader->arena,
		                    i18n(language, "Appeal of %s: it waits for a decision."), date);
	if (strcmp(state, "declined") == 0)
		return arena_printf(reader->arena, i18n(language, "Appeal declined on %s."), date);
	if (strcmp(granted, "partial") == 0)
		return arena_printf(
		        reader->arena,
		        i18n(language, "Appeal accepted on %s: counts as said in part."), date);
	return arena_printf(reader->arena, i18n(language, "Appeal accepted on %s: counts as said."),
	                    date);
}

static void add_appeal(const struct reader *reader, cJSON *row, const cJSON *appeal)
{
	const char *state = json_string(appeal, "state", "waiting");
	cJSON *shown = json_set_object(row, "appeal");

	json_set_string(shown, "state", state_text(reader, appeal, state));
	json_set_string(shown, "state_code", state);
	json_set_string(shown, "quote", json_string(json_get(appeal, "evidence"), "text", NULL));
	json_set_string(shown, "comment", json_string(appeal, "comment", ""));
	json_set_string(shown, "reply", json_string(appeal, "reply", ""));
	json_set_string(shown, "by", json_string(appeal, "by", NULL));
}

/* The appeal of that point among these, or NULL. */
static const cJSON *appeal_of(const cJSON *appeals, const char *point_id)
{
	const cJSON *appeal;

	cJSON_ArrayForEach(appeal, appeals)
	{
		if (strcmp(json_string(appeal, "key_point_id", ""), point_id) == 0)
			return appeal;
	}
	return NULL;
}

/* The rows and the points stand in the same order. */
static void add_points(const struct reader *reader, cJSON *rows, const cJSON *question,
                       bool may_appeal)
{
	const cJSON *theory = json_get(json_get(question, "metrics"), "theory");
	const cJSON *point = cJSON_GetArrayItem(json_get(theory, "key_points"), 0);
	const bool is_graded = json_string(theory, "graded_by", NULL) != NULL;
	cJSON *row;

	cJSON_ArrayForEach(row, rows)
	{
		const char *id = json_string(point, "id", "");
		const cJSON *appeal = appeal_of(json_get(question, "waiting_appeals"), id);

		if (appeal == NULL)
			appeal = appeal_of(json_get(json_get(question, "ruling"), "appeals"), id);
		json_set_bool(row, "decided", json_string(point, "decided_by", NULL) != NULL);
		if (appeal != NULL)
			add_appeal(reader, row, appeal);
		json_set_string(row, "point_id", id);
		json_set_bool(row, "may_appeal",
		              may_appeal && is_graded && appeal == NULL && id[0] != '\0' &&
		                      strcmp(json_string(point, "status", ""), "covered") != 0);
		point = point->next;
	}
}

void present_ruling(struct arena *arena, enum language language, cJSON *item, const cJSON *question,
                    bool may_appeal)
{
	const struct reader reader = { .arena = arena, .language = language };
	const cJSON *ruling = json_get(question, "ruling");

	json_set_string(item, "question_id", json_string(question, "question_id", ""));
	if (cJSON_IsObject(ruling))
		add_score(&reader, item, ruling);
	add_points(&reader, cJSON_GetObjectItemCaseSensitive(item, "points"), question, may_appeal);
}
