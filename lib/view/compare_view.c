#include "view/compare_view.h"

#include <math.h>
#include <string.h>

#include "base/format.h"
#include "base/json.h"
#include "report/phrase.h"
#include "report/terms.h"

struct writer {
	struct arena *arena;
	enum language language;
};

/* "+1.5", "−0.25", "0"; an en dash when one of the two is missing. */
static const char *change_text(const struct writer *writer, double change)
{
	const char *figure = format_number(writer->arena, writer->language, fabs(change));

	/* What rounds to nothing is no change, whichever side it was on. */
	if (!isfinite(change) || strcmp(figure, "0") == 0)
		return figure;
	return arena_printf(writer->arena, "%s%s", change > 0 ? "+" : "−", figure);
}

static void set_change(const struct writer *writer, cJSON *item, double change)
{
	const char *text = change_text(writer, change);

	json_set_string(item, "change", text);
	json_set_bool(item, "is_better", text[0] == '+');
	json_set_bool(item, "is_worse", strncmp(text, "−", strlen("−")) == 0);
}

static void set_percents(const struct writer *writer, cJSON *item, double first, double second)
{
	json_set_string(item, "first", format_percent(writer->arena, writer->language, first));
	json_set_string(item, "second", format_percent(writer->arena, writer->language, second));
	set_change(writer, item, (second - first) * 100);
}

/* --- the two as wholes ------------------------------------------------------------------ */

static const char *fraction(const struct writer *writer, double part, double whole)
{
	return arena_printf(writer->arena, "%s / %s",
	                    format_number(writer->arena, writer->language, part),
	                    format_number(writer->arena, writer->language, whole));
}

static void add_head(const struct writer *writer, cJSON *page, const cJSON *comparison,
                     const char *name)
{
	const cJSON *head = json_get(comparison, name);
	enum language language = LANG_EN;
	cJSON *item = json_set_object(page, name);
	int64_t ms;

	language_parse(json_string(head, "language", ""), &language);
	json_set_string(item, "id", json_string(head, "session_id", ""));
	if (phrase_iso_ms(json_string(head, "created_at", ""), &ms))
		json_set_string(item, "date", format_date(writer->arena, ms));
	json_set_string(item, "role", json_string(head, "role", ""));
	json_set_string(item, "type", terms_type(writer->language, json_string(head, "type", "")));
	json_set_string(item, "level",
	                terms_level(writer->language, json_string(head, "level", "")));
	json_set_string(item, "language", language_name(language));
	json_set_string(item, "language_code", language_code(language));
}

static double member(const cJSON *comparison, const char *side, const char *name)
{
	return json_number(json_get(comparison, side), name, NAN);
}

static cJSON *add_row(cJSON *rows, const char *name)
{
	cJSON *row = json_add_object(rows);

	json_set_string(row, "name", name);
	return row;
}

static void add_totals(const struct writer *writer, cJSON *page, const cJSON *comparison)
{
	cJSON *rows = json_set_array(page, "totals"), *row;
	const cJSON *type;

	row = add_row(rows, i18n(writer->language, "Total score"));
	json_set_string(row, "first",
	                fraction(writer, member(comparison, "first", "score"),
	                         member(comparison, "first", "max_score")));
	json_set_string(row, "second",
	                fraction(writer, member(comparison, "second", "score"),
	                         member(comparison, "second", "max_score")));
	set_change(writer, row,
	           member(comparison, "second", "score") - member(comparison, "first", "score"));
	row = add_row(rows, i18n(writer->language, "Share of the full score"));
	set_percents(writer, row, member(comparison, "first", "score_ratio"),
	             member(comparison, "second", "score_ratio"));
	cJSON_ArrayForEach(type, json_get(comparison, "by_type"))
	{
		const bool is_coding = strcmp(json_string(type, "name", ""), "coding") == 0;

		row = add_row(rows, is_coding ? i18n(writer->language, "Coding tasks")
		                              : i18n(writer->language, "Theory"));
		set_percents(writer, row, json_number(type, "first", NAN),
		             json_number(type, "second", NAN));
	}
}

static void add_rubric(const struct writer *writer, cJSON *page, const cJSON *comparison)
{
	cJSON *rows = json_set_array(page, "rubric");
	const cJSON *dimension;

	cJSON_ArrayForEach(dimension, json_get(comparison, "rubric"))
	{
		const char *name = json_string(dimension, "name", "");
		const double first = json_number(dimension, "first", NAN);
		const double second = json_number(dimension, "second", NAN);
		cJSON *row = add_row(rows, strcmp(name, "overall") == 0
		                                   ? i18n(writer->language, "Overall, of 100")
		                                   : terms_dimension(writer->language, name));

		json_set_string(row, "first",
		                format_number(writer->arena, writer->language, first));
		json_set_string(row, "second",
		                format_number(writer->arena, writer->language, second));
		set_change(writer, row, second - first);
	}
	json_set_bool(page, "has_rubric", rows->child != NULL);
}

static void add_skills(const struct writer *writer, cJSON *page, const cJSON *comparison)
{
	cJSON *rows = json_set_array(page, "skills");
	const cJSON *skill;

	cJSON_ArrayForEach(skill, json_get(comparison, "by_skill")) set_percents(
	        writer, add_row(rows, terms_tag(writer->language, json_string(skill, "name", ""))),
	        json_number(skill, "first", NAN), json_number(skill, "second", NAN));
	json_set_bool(page, "has_skills", rows->child != NULL);
}

/* --- questions -------------------------------------------------------------------------- */

static void add_side(const struct writer *writer, cJSON *item, const cJSON *question,
                     const char *name)
{
	const cJSON *side = json_get(question, name);
	const char *state = json_string(side, "state", "");
	const char *verdict = json_string(side, "verdict", NULL);
	const double tests = json_number(side, "tests_total", NAN);
	cJSON *shown = json_set_object(item, name);

	json_set_string(shown, "score",
	                fraction(writer, json_number(side, "score", NAN),
	                         json_number(side, "max_score", NAN)));
	if (strcmp(state, "answered") != 0)
		json_set_string(shown, "verdict", terms_state(writer->language, state));
	else if (verdict != NULL)
		json_set_string(shown, "verdict", terms_verdict(writer->language, verdict));
	if (isfinite(tests))
		json_set_string(shown, "tests",
		                arena_printf(writer->arena,
		                             i18n(writer->language, "Tests passed: %s"),
		                             fraction(writer, json_number(side, "tests_passed", 0),
		                                      tests)));
}

/* `language_code` is of the answer that the words stand in. */
static void add_points(cJSON *item, const cJSON *question, const char *change,
                       const char *language_code)
{
	cJSON *points = json_set_array(item, change);
	const cJSON *point, *word;

	cJSON_ArrayForEach(point, json_get(question, "points"))
	{
		cJSON *shown, *words;

		if (strcmp(json_string(point, "change", ""), change) != 0)
			continue;
		shown = json_add_object(points);
		json_set_string(shown, "text", json_string(point, "text", ""));
		json_set_bool(shown, "is_half",
		              strcmp(json_string(point, "first", ""), "partial") == 0 ||
		                      strcmp(json_string(point, "second", ""), "partial") == 0);
		words = json_set_array(shown, "words");
		cJSON_ArrayForEach(word, json_get(point, "evidence"))
		{
			cJSON *quote = json_add_object(words);

			json_set_string(quote, "quote", word->valuestring);
			json_set_string(quote, "of", language_code);
		}
	}
}

static void add_question(const struct writer *writer, cJSON *rows, const cJSON *question,
                         const cJSON *comparison)
{
	cJSON *item = json_add_object(rows);
	const int kept = (int)json_number(question, "kept", 0);

	json_set_string(item, "title", json_string(question, "title", ""));
	json_set_number(item, "number", cJSON_GetArraySize(rows));
	add_side(writer, item, question, "first");
	add_side(writer, item, question, "second");
	set_change(writer, item,
	           member(question, "second", "score") - member(question, "first", "score"));
	add_points(item, question, "gained",
	           json_string(json_get(comparison, "second"), "language", "en"));
	add_points(item, question, "lost",
	           json_string(json_get(comparison, "first"), "language", "en"));
	json_set_bool(item, "has_gained", json_count(item, "gained") > 0);
	json_set_bool(item, "has_lost", json_count(item, "lost") > 0);
	if (kept > 0)
		json_set_string(
		        item, "kept",
		        arena_printf(writer->arena,
		                     i18n_plural(writer->language,
		                                 "%d key point is covered in both.",
		                                 "%d key points are covered in both.", kept),
		                     kept));
}

static void add_questions(const struct writer *writer, cJSON *page, const cJSON *comparison)
{
	const int first = (int)json_number(comparison, "only_first", 0);
	const int second = (int)json_number(comparison, "only_second", 0);
	cJSON *rows = json_set_array(page, "questions");
	const cJSON *question;

	cJSON_ArrayForEach(question, json_get(comparison, "questions"))
	        add_question(writer, rows, question, comparison);
	json_set_bool(page, "has_questions", rows->child != NULL);
	if (first + second > 0)
		json_set_string(page, "others",
		                arena_printf(writer->arena,
		                             i18n(writer->language,
		                                  "Questions only in the first: %d, only in the "
		                                  "second: %d."),
		                             first, second));
}

cJSON *compare_view(struct arena *arena, const cJSON *comparison, enum language language)
{
	const struct writer writer = { arena, language };
	cJSON *page = cJSON_CreateObject();

	add_head(&writer, page, comparison, "first");
	add_head(&writer, page, comparison, "second");
	add_totals(&writer, page, comparison);
	add_rubric(&writer, page, comparison);
	add_skills(&writer, page, comparison);
	add_questions(&writer, page, comparison);
	return page;
}
