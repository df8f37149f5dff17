#include "report/present.h"

#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "base/format.h"
#include "base/json.h"
#include "base/text.h"
#include "report/basis.h"
#include "report/explain.h"
#include "report/phrase.h"
#include "report/present_code.h"
#include "report/present_figures.h"
#include "report/present_model.h"
#include "report/present_ruling.h"
#include "report/revisions.h"
#include "report/terms.h"
#include "score/score.h"

struct reader {
	struct arena *arena;
	enum language language;
	bool may_appeal;
};

enum language present_language(const cJSON *document)
{
	enum language language = LANG_EN;

	language_parse(json_string(document, "language", ""), &language);
	return language;
}

static void set_figure(const struct reader *reader, cJSON *page, const char *name, double value)
{
	json_set_string(page, name, format_number(reader->arena, reader->language, value));
}

/* With all the decimals of the document: readers do the rubric's sum with them. */
static void set_exact(const struct reader *reader, cJSON *page, const char *name, double value)
{
	json_set_string(page, name, format_decimal(reader->arena, reader->language, value, 3));
}

/* Copies a number as a figure for people; an en dash stands for null. */
static void show(const struct reader *reader, cJSON *page, const cJSON *facts, const char *name)
{
	set_figure(reader, page, name, json_number(facts, name, NAN));
}

static void show_prose(const struct reader *reader, cJSON *page, const char *name, const char *text)
{
	json_set_string(page, name, phrase_nested(reader->arena, text));
}

/* Documents of before there were revisions are the first. */
static void show_revision(const struct reader *reader, cJSON *page, const cJSON *document)
{
	set_figure(reader, page, "revision",
	           json_number(json_get(document, "revision"), "number", 1));
}

static void add_head(const struct reader *reader, cJSON *page, const cJSON *document)
{
	const char *language_of_talk = language_name(reader->language);
	int64_t ms;

	json_set_string(page, "participant",
	                text_plain(reader->arena, json_string(document, "participant", "")));
	json_set_string(page, "role", json_string(json_get(document, "role"), "title", ""));
	json_set_string(page, "level",
	                terms_level(reader->language, json_string(document, "level", "")));
	json_set_string(page, "type",
	                terms_type(reader->language, json_string(document, "type", "")));
	json_set_string(page, "language", language_of_talk);
	show_revision(reader, page, document);
	if (phrase_iso_ms(json_string(document, "finished_at", ""), &ms))
		json_set_string(page, "date", format_date(reader->arena, ms));
}

static void add_result(const struct reader *reader, cJSON *page, const cJSON *document)
{
	const cJSON *overall = json_get(json_get(document, "metrics"), "overall");
	double ratio = json_number(overall, "score_ratio", NAN);

	set_figure(reader, page, "score", json_number(overall, "total_score", NAN));
	set_figure(reader, page, "max_score", json_number(overall, "max_total_score", NAN));
	json_set_string(page, "percent", format_percent(reader->arena, reader->language, ratio));
	json_set_string(page, "duration",
	                format_duration(reader->arena, reader->language,
	                                json_number(overall, "time_total_sec", 0)));
	if (isfinite(ratio)) {
		const char *verdict = score_verdict_name(score_verdict_of(ratio));

		json_set_string(page, "verdict", terms_verdict(reader->language, verdict));
		json_set_string(page, "verdict_code", verdict);
	}
}

/* For the recruiter alone; a candidate's document does not have it. */
static void add_level_fit(const struct reader *reader, cJSON *page, const cJSON *fit)
{
	const char *level = json_string(fit, "level", NULL);

	json_set_string(page, "level_fit",
	                level != NULL ? arena_printf(reader->arena, "%s%s",
	                                             terms_level(reader->language, level),
	                                             json_string(fit, "sign", ""))
	                              : NULL);
}

static void add_progress(const struct reader *reader, cJSON *page, const cJSON *document)
{
	static const char *const names[] = { "questions",          "answered",   "skipped",
		                             "dont_know",          "unanswered", "hints_used",
		                             "model_answers_shown" };
	const cJSON *status = json_get(document, "status");
	cJSON *progress = json_set_object(page, "progress");

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		show(reader, progress, status, names[i]);
}

static void add_rubric(const struct reader *reader, cJSON *page, const cJSON *document)
{
	static const char *const names[] = { "structure", "relevance", "technical_accuracy",
		                             "depth", "communication" };
	const cJSON *rubric = json_get(json_get(document, "metrics"), "rubric");
	cJSON *shown, *dimensions;

	if (!isfinite(json_number(rubric, "overall", NAN)))
		return;
	shown = json_set_object(page, "rubric");
	set_exact(reader, shown, "overall", json_number(rubric, "overall", NAN));
	dimensions = json_set_array(shown, "dimensions");
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		cJSON *item = json_add_object(dimensions);
		double value = json_number(rubric, names[i], NAN);

		json_set_string(item, "name", terms_dimension(reader->language, names[i]));
		json_set_number(item, "value", value);
		set_exact(reader, item, "figure", value);
	}
}

/* --- questions ------------------------------------------------------------------ */

/* True if there is more to say about the answer than that every key point was said. */
static bool has_gaps(const cJSON *points, const char *verdict)
{
	const cJSON *point;

	cJSON_ArrayForEach(point, points)
	{
		if (strcmp(json_string(point, "status", ""), "covered") != 0 ||
		    json_string(point, "wrong", NULL) != NULL)
			return true;
	}
	return verdict == NULL || strcmp(verdict, "excellent") != 0;
}

static void add_points(const struct reader *reader, cJSON *item, const cJSON *points)
{
	cJSON *shown = json_set_array(item, "points");
	const cJSON *point;
	int number = 0;

	cJSON_ArrayForEach(point, points)
	{
		const char *status = json_string(point, "status", "missing");
		cJSON *row = json_add_object(shown), *quotes;
		const cJSON *evidence;

		json_set_number(row, "number", ++number);
		json_set_string(row, "text", json_string(point, "text", ""));
		json_set_string(row, "status_code", status);
		json_set_string(row, "status", terms_status(reader->language, status));
		json_set_string(row, "symbol", terms_symbol(status));
		json_set_string(
		        row, "matched",
		        terms_matched(reader->language, json_string(point, "matched", NULL)));
		json_set_string(row, "wrong", json_string(point, "wrong", NULL));
		quotes = json_set_array(row, "quotes");
		cJSON_ArrayForEach(evidence, json_get(point, "evidence")) json_set_string(
		        json_add_object(quotes), "quote", json_string(evidence, "text", ""));
	}
	json_set_bool(item, "has_points", number > 0);
}

static void add_grade(const struct reader *reader, cJSON *item, const cJSON *question)
{
	bool is_coding = strcmp(json_string(question, "q_type", ""), "coding") == 0;
	const cJSON *metrics = json_get(question, "metrics");
	const cJSON *part = json_get(metrics, is_coding ? "coding" : "theory");
	const char *verdict = json_string(part, "verdict", NULL);

	set_figure(reader, item, "score",
	           json_number(part, is_coding ? "score_code" : "score", NAN));
	set_figure(reader, item, "max_score",
	           json_number(part, is_coding ? "max_score_code" : "max_score", NAN));
	json_set_string(item, "verdict",
	                verdict != NULL ? terms_verdict(reader->language, verdict) : NULL);
	json_set_string(item, "verdict_code", verdict);
	json_set_string(item, "duration",
	                format_duration(reader->arena, reader->language,
	                                json_number(metrics, "time_spent_sec", 0)));
	show_prose(reader, item, "feedback_short", json_string(part, "llm_feedback_short", ""));
	show_prose(reader, item, "feedback_detailed",
	           json_string(part, "llm_feedback_detailed", ""));
	json_set_bool(item, "has_gaps",
	              json_string(part, "llm_feedback_detailed", "")[0] != '\0' &&
	                      has_gaps(json_get(part, "key_points"), verdict));
	add_points(reader, item, json_get(part, "key_points"));
}

static const char *hints_cost(const struct reader *reader, const cJSON *question,
                              const cJSON *scoring)
{
	int hints = (int)json_number(question, "hints_used", 0);
	double price = json_number(scoring, "hint_price", 0);

	if (hints == 0)
		return NULL;
	return arena_printf(
	        reader->arena,
	        i18n_plural(reader->language,
	                    "%d hint was shown; each lowers the score by %s, not below zero.",
	                    "%d hints were shown; each lowers the score by %s, not below "
	                    "zero.",
	                    hints),
	        hints, format_number(reader->arena, reader->language, price));
}

static const char *model_answer_cost(const struct reader *reader, const cJSON *question,
                                     const cJSON *scoring)
{
	double cap = json_number(scoring, "model_answer_cap", 0);

	if (!json_bool(question, "model_answer_shown", false))
		return NULL;
	return arena_printf(reader->arena,
	                    i18n(reader->language,
	                         "The model answer was shown; the question scores at most %s."),
	                    format_number(reader->arena, reader->language, cap));
}

static void fill_question(const struct reader *reader, cJSON *item, const cJSON *question,
                          const cJSON *scoring)
{
	const char *state = json_string(question, "state", "unanswered");
	const char *answer = json_string(question, "answer", "");
	const char *model_answer = json_string(question, "model_answer", "");
	bool is_coding = strcmp(json_string(question, "q_type", ""), "coding") == 0;
	cJSON *explanation;

	json_set_number(item, "number", json_number(question, "order", 0));
	json_set_string(item, "text",
	                json_string(question, is_coding ? "title" : "raw_prompt", ""));
	json_set_string(item, "answer", answer);
	json_set_string(item, "state", terms_state(reader->language, state));
	json_set_bool(item, "is_answered", strcmp(state, "answered") == 0);
	json_set_bool(item, "is_coding", is_coding);
	json_set_string(item, "model_answer", model_answer);
	json_set_string(item, "hints_cost",
	                is_coding ? NULL : hints_cost(reader, question, scoring));
	json_set_string(item, "model_answer_cost", model_answer_cost(reader, question, scoring));
	add_grade(reader, item, question);
	present_ruling(reader->arena, reader->language, item, question, reader->may_appeal);
	if (is_coding) {
		present_code(reader->arena, reader->language, item, question, scoring);
		return;
	}
	present_model_grade(reader->arena, reader->language, item, question);
	explanation = explain_mark(reader->arena, reader->language, question);
	if (explanation != NULL)
		json_set(item, "explanation", explanation);
}

cJSON *present_question(struct arena *arena, enum language language, const cJSON *question,
                        const cJSON *scoring)
{
	const struct reader reader = { .arena = arena, .language = language };
	cJSON *item = cJSON_CreateObject();

	fill_question(&reader, item, question, scoring);
	return item;
}

/* --- how the score came about --------------------------------------------------- */

/* "20 × (0.2 × structure + ...)" with the dimensions in the reader's language. */
static const char *rubric_formula(const struct reader *reader, const cJSON *scoring)
{
	const double factor = json_number(scoring, "rubric_max_overall", 0) /
	                      json_number(scoring, "rubric_max", 1);
	const cJSON *weight;
	struct buf formula;

	buf_init(&formula, reader->arena);
	buf_printf(&formula, "%s × (", format_number(reader->arena, reader->language, factor));
	cJSON_ArrayForEach(weight, json_get(scoring, "rubric_weights"))
	{
		const char *dimension = terms_dimension(reader->language, weight->string);

		buf_printf(&formula, "%s%s × %s", weight->prev->next != NULL ? " + " : "",
		           format_number(reader->arena, reader->language, weight->valuedouble),
		           text_folded(reader->arena, dimension));
	}
	buf_char(&formula, ')');
	return formula.data;
}

static void add_scoring(const struct reader *reader, cJSON *page, const cJSON *scoring)
{
	cJSON *item = json_set_object(page, "scoring"), *engines;
	const cJSON *engine;

	json_set_string(item, "version", json_string(scoring, "version", ""));
	json_set_string(item, "rubric_formula", rubric_formula(reader, scoring));
	show(reader, item, scoring, "rubric_max");
	show(reader, item, scoring, "rubric_max_overall");
	show(reader, item, scoring, "hint_price");
	show(reader, item, scoring, "model_answer_cap");
	present_code_scoring(reader->arena, reader->language, item, scoring);
	engines = json_set_array(item, "engines");
	cJSON_ArrayForEach(engine, json_get(scoring, "engines"))
	{
		cJSON *row = json_add_object(engines);

		json_set_string(row, "engine",
		                terms_engine(reader->language, json_string(engine, "engine", "")));
		json_set_string(row, "version", json_string(engine, "version", ""));
		show(reader, row, engine, "questions");
	}
}

static void add_kinds(cJSON *page, const cJSON *overall)
{
	json_set_bool(page, "has_theory", json_number(overall, "theory_questions", 0) > 0);
	json_set_bool(page, "has_coding", json_number(overall, "coding_questions", 0) > 0);
}

cJSON *present_document(struct arena *arena, const cJSON *document)
{
	struct reader reader = {
		.arena = arena,
		.language = present_language(document),
		.may_appeal = json_bool(document, "may_appeal", false),
	};
	const cJSON *scoring = json_get(document, "scoring"), *question;
	cJSON *page = cJSON_CreateObject(), *questions;

	add_head(&reader, page, document);
	revisions_present(arena, reader.language, page, document);
	add_result(&reader, page, document);
	add_level_fit(&reader, page, json_get(document, "level_fit"));
	add_progress(&reader, page, document);
	add_rubric(&reader, page, document);
	show_prose(&reader, page, "candidate_text",
	           json_string(document, "llm_summary_candidate", ""));
	present_model_authors(arena, reader.language, page, document);
	add_kinds(page, json_get(json_get(document, "metrics"), "overall"));
	questions = json_set_array(page, "questions");
	cJSON_ArrayForEach(question, json_get(document, "questions"))
	        fill_question(&reader, json_add_object(questions), question, scoring);
	present_figures(arena, reader.language, page, document);
	add_scoring(&reader, page, scoring);
	basis_present(reader.language, page, document);
	return page;
}
