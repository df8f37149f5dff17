#include "report/revisions.h"

#include <math.h>
#include <string.h>

#include "base/format.h"
#include "base/json.h"
#include "report/phrase.h"

/* --- why ------------------------------------------------------------------------------ */

static const char *sentence(struct arena *arena, enum language language, const char *cause,
                            const char *number, const char *date)
{
	if (strcmp(cause, "texts") == 0)
		return arena_printf(arena,
		                    i18n(language,
		                         "Revision %1$s of %1$s, made anew on %2$s because the "
		                         "model's texts were ready. No figure changed."),
		                    number, date);
	if (strcmp(cause, "rescored") == 0)
		return arena_printf(arena,
		                    i18n(language,
		                         "Revision %1$s of %1$s, made anew on %2$s because the "
		                         "answers were graded anew."),
		                    number, date);
	if (strcmp(cause, "override") == 0)
		return arena_printf(arena,
		                    i18n(language,
		                         "Revision %1$s of %1$s, made anew on %2$s because a "
		                         "person decided about a score."),
		                    number, date);
	if (strcmp(cause, "finished") == 0)
		return arena_printf(arena,
		                    i18n(language,
		                         "Revision %1$s, made anew on %2$s because the report "
		                         "was missing."),
		                    number, date);
	return arena_printf(arena,
	                    i18n(language, "Revision %1$s of %1$s, made anew on %2$s because an "
	                                   "appeal was decided."),
	                    number, date);
}

void revisions_present(struct arena *arena, enum language language, cJSON *page,
                       const cJSON *document)
{
	const cJSON *revision = json_get(document, "revision");
	const double number = json_number(revision, "number", 1);
	const char *note = json_string(revision, "note", "");
	int64_t ms = 0;
	cJSON *item;

	if (number < 2 || !phrase_iso_ms(json_string(revision, "made_at", ""), &ms)) {
		json_set_null(page, "made_anew");
		return;
	}
	item = json_set_object(page, "made_anew");
	json_set_string(item, "text",
	                sentence(arena, language, json_string(revision, "cause", ""),
	                         format_number(arena, language, number), format_date(arena, ms)));
	json_set_string(item, "reason", note[0] != '\0' ? note : NULL);
}

const char *revisions_cause(enum language language, const char *cause)
{
	if (strcmp(cause, "texts") == 0)
		return i18n(language, "The model's texts were ready.");
	if (strcmp(cause, "rescored") == 0)
		return i18n(language, "The answers were graded anew.");
	if (strcmp(cause, "override") == 0)
		return i18n(language, "A person decided about a score.");
	if (strcmp(cause, "appeal") == 0)
		return i18n(language, "An appeal was decided.");
	return i18n(language, "The interview was finished.");
}

/* --- what ----------------------------------------------------------------------------- */

struct changes {
	cJSON *rows;
	const cJSON *question; /* of the later document; NULL: the total */
};

static void add(const struct changes *changes, const char *what, const char *point,
                const cJSON *before, const cJSON *after)
{
	cJSON *row;

	if (before == NULL || after == NULL || cJSON_Compare(before, after, true))
		return;
	row = json_add_object(changes->rows);
	json_set_number(row, "order", json_number(changes->question, "order", NAN));
	json_set_string(row, "title", json_string(changes->question, "title", NULL));
	json_set_string(row, "what", what);
	json_set_string(row, "point", point);
	json_set_copy(row, "before", before);
	json_set_copy(row, "after", after);
}

/* The element whose member `name` is that of `like`; NULL: there is none. */
static const cJSON *same(const cJSON *array, const char *name, const cJSON *like)
{
	const char *value = json_string(like, name, "");
	const cJSON *item;

	cJSON_ArrayForEach(item,
	                   array) if (strcmp(json_string(item, name, ""), value) == 0) return item;
	return NULL;
}

static const cJSON *part_of(const cJSON *question, bool is_coding)
{
	return json_get(json_get(question, "metrics"), is_coding ? "coding" : "theory");
}

static void compare_question(struct changes *changes, const cJSON *before)
{
	const bool is_coding = strcmp(json_string(changes->question, "q_type", ""), "coding") == 0;
	const cJSON *old = part_of(before, is_coding), *new = part_of(changes->question, is_coding);
	const char *score = is_coding ? "score_code" : "score";
	const cJSON *point;

	add(changes, "score", NULL, json_get(old, score), json_get(new, score));
	add(changes, "verdict", NULL, json_get(old, "verdict"), json_get(new, "verdict"));
	cJSON_ArrayForEach(point, json_get(new, "key_points"))
	        add(changes, "point", json_string(point, "text", ""),
	            json_get(same(json_get(old, "key_points"), "id", point), "status"),
	            json_get(point, "status"));
}

static const cJSON *total(const cJSON *document)
{
	return json_get(json_get(json_get(document, "metrics"), "overall"), "total_score");
}

cJSON *revisions_changes(const cJSON *before, const cJSON *after)
{
	struct changes changes = { .rows = cJSON_CreateArray() };

	add(&changes, "total", NULL, total(before), total(after));
	cJSON_ArrayForEach(changes.question, json_get(after, "questions")) compare_question(
	        &changes, same(json_get(before, "questions"), "question_id", changes.question));
	return changes.rows;
}
