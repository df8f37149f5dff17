#include "view/side_by_side_view.h"

#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "base/csv.h"
#include "base/format.h"
#include "base/json.h"
#include "report/terms.h"

struct writer {
	struct arena *arena;
	enum language language;
	const struct side_by_side_person *people;
};

static const char *figure(const struct writer *writer, const char *unit, double value)
{
	if (strcmp(unit, "ratio") == 0)
		return format_percent(writer->arena, writer->language, value);
	if (strcmp(unit, "seconds") == 0 && isfinite(value))
		return format_duration(writer->arena, writer->language, value);
	return format_number(writer->arena, writer->language, value);
}

/* --- rows ------------------------------------------------------------------------------------ */

static const char *work_title(enum language language, const char *name)
{
	static const struct {
		const char *name, *title;
	} titles[] = {
		{ "score_ratio", N_("Share of the full score") },
		{ "total_score", N_("Total score") },
		{ "theory", N_("Theory") },
		{ "coding", N_("Coding tasks") },
		{ "answered", N_("Questions answered") },
		{ "hints_used", N_("Hints taken") },
		{ "model_answers_shown", N_("Model answers looked at") },
		{ "time_total_sec", N_("Time") },
		{ "suspicious_events", N_("Events noted") },
		{ "ruled", N_("Scores a person decided") },
	};

	for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++)
		if (strcmp(titles[i].name, name) == 0)
			return i18n(language, titles[i].title);
	return name;
}

static const char *row_title(const struct writer *writer, const char *group, const char *name)
{
	if (strcmp(group, "skills") == 0)
		return terms_tag(writer->language, name);
	if (strcmp(group, "rubric") != 0)
		return work_title(writer->language, name);
	return strcmp(name, "overall") == 0 ? i18n(writer->language, "Overall, of 100")
	                                    : terms_dimension(writer->language, name);
}

static cJSON *add_cell(const struct writer *writer, cJSON *cells, const cJSON *row, int index)
{
	cJSON *cell = json_add_object(cells);

	json_set_string(cell, "name", writer->people[index].name);
	json_set_bool(cell, "is_best",
	              cJSON_IsTrue(cJSON_GetArrayItem(json_get(row, "best"), index)));
	return cell;
}

static double value_at(const cJSON *row, int index)
{
	const cJSON *value = cJSON_GetArrayItem(json_get(row, "values"), index);

	return cJSON_IsNumber(value) ? value->valuedouble : (double)NAN;
}

static void add_row(const struct writer *writer, cJSON *rows, const cJSON *row)
{
	cJSON *item = json_add_object(rows), *cells;
	const int count = cJSON_GetArraySize(json_get(row, "values"));

	json_set_string(
	        item, "title",
	        row_title(writer, json_string(row, "group", ""), json_string(row, "name", "")));
	cells = json_set_array(item, "cells");
	for (int i = 0; i < count; i++)
		json_set_string(add_cell(writer, cells, row, i), "text",
		                figure(writer, json_string(row, "unit", ""), value_at(row, i)));
}

static void add_groups(const struct writer *writer, cJSON *page, const cJSON *table)
{
	static const struct {
		const char *name, *title;
	} of[] = {
		{ "result", N_("Result") },
		{ "rubric", N_("Quality of the answers") },
		{ "skills", N_("Skills") },
		{ "work", N_("How it was done") },
	};
	cJSON *groups = json_set_array(page, "groups");

	for (size_t i = 0; i < sizeof(of) / sizeof(of[0]); i++) {
		cJSON *group = cJSON_CreateObject(), *rows = json_set_array(group, "rows");
		const cJSON *row;

		cJSON_ArrayForEach(row, json_get(table, "rows"))
		{
			if (strcmp(json_string(row, "group", ""), of[i].name) == 0)
				add_row(writer, rows, row);
		}
		json_set_string(group, "id", of[i].name);
		json_set_string(group, "title", i18n(writer->language, of[i].title));
		if (rows->child != NULL)
			json_add(groups, group);
	}
}

/* --- questions ---------------------------------------------------------------------------------
 */

static void add_count(const struct writer *writer, cJSON *notes, const char *text, double value)
{
	json_add_string(notes, arena_printf(writer->arena, "%s: %s", text,
	                                    format_number(writer->arena, writer->language, value)));
}

/* What stands below the score: how the answer came about. */
static void add_notes(const struct writer *writer, cJSON *cell, const cJSON *side, bool is_coding)
{
	const enum language language = writer->language;
	cJSON *notes = json_set_array(cell, "notes");
	const double hints = json_number(side, "hints", 0);

	if (strcmp(json_string(side, "state", ""), "answered") != 0)
		json_add_string(notes, terms_state(language, json_string(side, "state", "")));
	if (is_coding && json_number(side, "attempts", 0) > 0) {
		json_add_string(notes, arena_printf(writer->arena,
		                                    i18n(language, "Tests passed: %d of %d"),
		                                    (int)json_number(side, "tests_passed", 0),
		                                    (int)json_number(side, "tests_total", 0)));
		add_count(writer, notes, i18n(language, "Attempts"),
		          json_number(side, "attempts", 0));
	}
	if (hints > 0)
		add_count(writer, notes,
		          is_coding ? i18n(language, "Highest hint level")
		                    : i18n(language, "Hints taken"),
		          hints);
	if (json_bool(side, "model_answer", false))
		json_add_string(notes, i18n(language, "Model answer looked at"));
	if (json_bool(side, "is_ruled", false))
		json_add_string(notes, i18n(language, "Decided by a person"));
}

static void add_score(const struct writer *writer, cJSON *cells, const cJSON *question, int index)
{
	const cJSON *row = json_get(question, "row");
	const cJSON *side = cJSON_GetArrayItem(json_get(question, "sides"), index);
	const bool is_coding = json_bool(question, "is_coding", false);
	const double score = value_at(row, index);
	cJSON *cell = add_cell(writer, cells, row, index);

	if (!json_bool(side, "is_asked", false)) {
		json_set_string(cell, "text", i18n(writer->language, "not asked"));
		return;
	}
	json_set_string(cell, "text",
	                isfinite(score)
	                        ? arena_printf(writer->arena, "%s / %s",
	                                       figure(writer, "number", score),
	                                       figure(writer, "number",
	                                              json_number(question, "max_score", 0)))
	                        : i18n(writer->language, "not judged"));
	add_notes(writer, cell, side, is_coding);
}

static void add_points(const struct writer *writer, cJSON *item, const cJSON *question)
{
	cJSON *points = json_set_array(item, "points");
	const cJSON *point;

	cJSON_ArrayForEach(point, json_get(question, "points"))
	{
		cJSON *row = json_add_object(points), *cells = json_set_array(row, "cells");
		const cJSON *status;
		int i = 0;

		json_set_string(row, "text", json_string(point, "text", ""));
		cJSON_ArrayForEach(status, json_get(point, "statuses"))
		{
			cJSON *cell = json_add_object(cells);
			const char *code = cJSON_GetStringValue(status);

			json_set_string(cell, "name", writer->people[i++].name);
			json_set_string(cell, "code", code);
			json_set_string(cell, "text",
			                code != NULL ? terms_status(writer->language, code) : "—");
		}
	}
	json_set_bool(item, "has_points", points->child != NULL);
}

static void add_questions(const struct writer *writer, cJSON *page, const cJSON *table)
{
	cJSON *questions = json_set_array(page, "questions");
	const cJSON *question;
	int number = 0;

	cJSON_ArrayForEach(question, json_get(table, "questions"))
	{
		const int count = cJSON_GetArraySize(json_get(question, "sides"));
		cJSON *item = json_add_object(questions), *cells;

		json_set_number(item, "number", ++number);
		json_set_string(item, "title", json_string(question, "title", ""));
		cells = json_set_array(item, "cells");
		for (int i = 0; i < count; i++)
			add_score(writer, cells, question, i);
		add_points(writer, item, question);
	}
}

cJSON *side_by_side_view(struct arena *arena, const cJSON *table,
                         const struct side_by_side_person *people, enum language language)
{
	const struct writer writer = { arena, language, people };
	const cJSON *first = cJSON_GetArrayItem(json_get(table, "rows"), 0);
	const int count = cJSON_GetArraySize(json_get(first, "values"));
	cJSON *page = cJSON_CreateObject(), *heads = json_set_array(page, "people");

	for (int i = 0; i < count; i++) {
		cJSON *head = json_add_object(heads);

		json_set_string(head, "name", people[i].name);
		json_set_string(head, "id", people[i].interview_id);
		json_set_string(head, "date", format_date(arena, people[i].finished_at));
		json_set_string(head, "graded_by", people[i].graded_by);
		json_set_string(head, "decision",
		                people[i].decision != NULL ? people[i].decision
		                                           : i18n(language, "not decided yet"));
	}
	add_groups(&writer, page, table);
	add_questions(&writer, page, table);
	return page;
}

/* --- for spreadsheets ----------------------------------------------------------------------------
 */

/* With the unit: a cell has a bare number. */
static const char *with_unit(const struct writer *writer, const char *title, const char *unit,
                             double max)
{
	if (strcmp(unit, "seconds") == 0)
		return arena_printf(writer->arena, i18n(writer->language, "%s, s"), title);
	if (strcmp(unit, "ratio") == 0)
		return arena_printf(writer->arena, i18n(writer->language, "%s, 0 to 1"), title);
	if (isfinite(max))
		return arena_printf(writer->arena, i18n(writer->language, "%s, of %s"), title,
		                    format_number(writer->arena, writer->language, max));
	return title;
}

static const char *csv_title(const struct writer *writer, const cJSON *row)
{
	const char *group = json_string(row, "group", ""), *name = json_string(row, "name", "");

	return with_unit(writer, row_title(writer, group, name), json_string(row, "unit", ""),
	                 json_number(row, "max", NAN));
}

static void put_values(struct csv *csv, const char *title, const cJSON *row)
{
	const int count = cJSON_GetArraySize(json_get(row, "values"));

	csv_text(csv, title);
	for (int i = 0; i < count; i++)
		csv_number(csv, value_at(row, i));
	csv_end(csv);
}

static void put_points(const struct writer *writer, struct csv *csv, const cJSON *question)
{
	const cJSON *point, *status;

	cJSON_ArrayForEach(point, json_get(question, "points"))
	{
		csv_text(csv, json_string(point, "text", ""));
		cJSON_ArrayForEach(status, json_get(point, "statuses"))
		{
			const char *code = cJSON_GetStringValue(status);

			csv_text(csv, code != NULL ? terms_status(writer->language, code) : NULL);
		}
		csv_end(csv);
	}
}

char *side_by_side_view_csv(struct arena *arena, const cJSON *table,
                            const struct side_by_side_person *people, enum language language)
{
	const struct writer writer = { arena, language, people };
	const cJSON *item;
	struct buf out;
	struct csv csv;

	buf_init(&out, arena);
	csv = csv_begin(&out);
	csv_text(&csv, i18n(language, "Candidate"));
	item = cJSON_GetArrayItem(json_get(table, "rows"), 0);
	for (int i = 0; i < cJSON_GetArraySize(json_get(item, "values")); i++)
		csv_text(&csv, people[i].name);
	csv_end(&csv);
	cJSON_ArrayForEach(item, json_get(table, "rows"))
	        put_values(&csv, csv_title(&writer, item), item);
	cJSON_ArrayForEach(item, json_get(table, "questions"))
	{
		put_values(&csv,
		           with_unit(&writer, json_string(item, "title", ""), "",
		                     json_number(item, "max_score", NAN)),
		           json_get(item, "row"));
		put_points(&writer, &csv, item);
	}
	return out.data;
}
