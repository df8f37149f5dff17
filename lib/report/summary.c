#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "report/authors.h"
#include "report/basis.h"
#include "report/normalize.h"
#include "report/recommend.h"
#include "report/report.h"
#include "score/coding.h"
#include "score/constants.h"

/* --- how the interviewer put each question ------------------------------------ */

struct asked {
	const char *question_id, *body;
	size_t order;
};

struct asked_list {
	struct asked *items;
	size_t count;
};

static int by_question(const void *a, const void *b)
{
	const struct asked *one = a, *other = b;
	int order = strcmp(one->question_id, other->question_id);

	return order != 0 ? order : (one->order > other->order) - (one->order < other->order);
}

/* The first asking turn of each question, sorted by question id. */
static struct asked_list collect_asked(struct arena *arena, const struct report_source *source)
{
	struct asked_list list = { .items = arena_array(arena, source->turn_count + 1,
		                                        sizeof(*list.items)) };
	size_t kept = 0;

	for (size_t i = 0; i < source->turn_count; i++)
		if (normalize_is_asking(&source->turns[i]))
			list.items[list.count++] =
			        (struct asked){ .question_id = source->turns[i].question_id,
				                .body = source->turns[i].body,
				                .order = i };
	qsort(list.items, list.count, sizeof(*list.items), by_question);
	for (size_t i = 0; i < list.count; i++)
		if (kept == 0 ||
		    strcmp(list.items[kept - 1].question_id, list.items[i].question_id) != 0)
			list.items[kept++] = list.items[i];
	list.count = kept;
	return list;
}

static int compare_id(const void *key, const void *item)
{
	return strcmp(key, ((const struct asked *)item)->question_id);
}

static cJSON *all_questions(struct arena *arena, const struct report_source *source)
{
	struct asked_list list = collect_asked(arena, source);
	cJSON *questions = cJSON_CreateArray();

	for (size_t i = 0; i < source->count; i++) {
		const struct asked *asked = bsearch(source->questions[i].id, list.items, list.count,
		                                    sizeof(*list.items), compare_id);

		json_add(questions,
		         normalize_question(arena, source, i, asked != NULL ? asked->body : NULL));
	}
	return questions;
}

/* --- how the score came about ------------------------------------------------- */

static int by_engine(const void *a, const void *b)
{
	const struct evaluation *one = *(const struct evaluation *const *)a;
	const struct evaluation *other = *(const struct evaluation *const *)b;
	int order = strcmp(one->engine, other->engine);

	return order != 0 ? order : strcmp(one->version, other->version);
}

/* Each engine and version that graded, with the number of its questions. */
static void add_engines(struct arena *arena, cJSON *scoring, const struct report_source *source)
{
	const struct evaluation **graded = arena_array(arena, source->count + 1, sizeof(*graded));
	cJSON *engines = json_set_array(scoring, "engines");
	size_t count = 0;

	for (size_t i = 0; i < source->count; i++)
		if (source->evaluations[i].question_id != NULL)
			graded[count++] = &source->evaluations[i];
	qsort(graded, count, sizeof(*graded), by_engine);
	for (size_t i = 0; i < count;) {
		cJSON *engine = json_add_object(engines);
		size_t first = i;

		while (i < count && by_engine(&graded[first], &graded[i]) == 0)
			i++;
		json_set_string(engine, "engine", graded[first]->engine);
		json_set_string(engine, "version", graded[first]->version);
		json_set_number(engine, "questions", (double)(i - first));
	}
}

/* The weights are read off the formula itself, so that they cannot differ from it. */
static void add_rubric_formula(struct arena *arena, cJSON *scoring)
{
	const double structure = score_rubric_overall(&(struct score_rubric){ .structure = 1 }) /
	                         20;
	const double relevance = score_rubric_overall(&(struct score_rubric){ .relevance = 1 }) /
	                         20;
	const double accuracy =
	        score_rubric_overall(&(struct score_rubric){ .technical_accuracy = 1 }) / 20;
	const double depth = score_rubric_overall(&(struct score_rubric){ .depth = 1 }) / 20;
	const double communication =
	        score_rubric_overall(&(struct score_rubric){ .communication = 1 }) / 20;
	cJSON *weights = json_set_object(scoring, "rubric_weights");

	json_set_number(weights, "structure", json_rounded(structure));
	json_set_number(weights, "relevance", json_rounded(relevance));
	json_set_number(weights, "technical_accuracy", json_rounded(accuracy));
	json_set_number(weights, "depth", json_rounded(depth));
	json_set_number(weights, "communication", json_rounded(communication));
	json_set_string(scoring, "rubric_formula",
	                arena_printf(arena,
	                             "20 * (%.2f structure + %.2f relevance + "
	                             "%.2f technical_accuracy + %.2f depth + %.2f communication)",
	                             structure, relevance, accuracy, depth, communication));
	json_set_number(scoring, "rubric_max", 5);
	json_set_number(scoring, "rubric_max_overall", 100);
}

static void add_coding_formula(cJSON *scoring)
{
	cJSON *coding = json_set_object(scoring, "coding"), *prices;

	json_set_number(coding, "max_score", CODING_MAX_SCORE);
	json_set_number(coding, "public_weight", CODING_PUBLIC_WEIGHT);
	json_set_number(coding, "hidden_weight", CODING_HIDDEN_WEIGHT);
	json_set_number(coding, "failure_price", CODING_FAILURE_PRICE);
	json_set_number(coding, "failures_price_max", CODING_FAILURES_PRICE);
	prices = json_set_array(coding, "hint_prices");
	for (int level = 1; level <= CODING_HINT_LEVELS; level++)
		json_add(prices, cJSON_CreateNumber(coding_hint_price[level]));
}

static void add_scoring(struct arena *arena, cJSON *document, const struct report_source *source)
{
	cJSON *scoring = json_set_object(document, "scoring"), *verdicts;

	json_set_string(scoring, "version", SCORE_VERSION);
	add_engines(arena, scoring, source);
	add_rubric_formula(arena, scoring);
	add_coding_formula(scoring);
	json_set_number(scoring, "model_answer_cap", REPORT_MODEL_ANSWER_CAP);
	json_set_number(scoring, "hint_price", REPORT_HINT_PRICE);
	json_set_number(scoring, "covered_from", COVERED_MIN);
	json_set_number(scoring, "partial_from", PARTIAL_MIN);
	verdicts = json_set_object(scoring, "verdict_from");
	json_set_number(verdicts, "partial", VERDICT_WEAK);
	json_set_number(verdicts, "good", VERDICT_GOOD);
	json_set_number(verdicts, "excellent", VERDICT_EXCELLENT);
}

/* --- what became of the questions --------------------------------------------- */

struct progress {
	int questions, answered, skipped, dont_know, unanswered, hints, model_answers;
	int points, covered, partial, missing;
};

static void count_points(struct progress *progress, const cJSON *points)
{
	const cJSON *point;

	cJSON_ArrayForEach(point, points)
	{
		const char *status = json_string(point, "status", "");

		progress->points++;
		progress->covered += strcmp(status, score_status_name(SCORE_COVERED)) == 0;
		progress->partial += strcmp(status, score_status_name(SCORE_PARTIAL)) == 0;
		progress->missing += strcmp(status, score_status_name(SCORE_MISSING)) == 0;
	}
}

static void count_question(struct progress *progress, const cJSON *question)
{
	const char *state = json_string(question, "state", "");

	progress->questions++;
	progress->skipped += strcmp(state, "skipped") == 0;
	progress->dont_know += strcmp(state, "dont_know") == 0;
	progress->unanswered += strcmp(state, "unanswered") == 0;
	progress->hints += (int)json_number(question, "hints_used", 0);
	progress->model_answers += json_bool(question, "model_answer_shown", false);
	if (strcmp(state, "answered") != 0)
		return;
	progress->answered++;
	count_points(progress,
	             json_get(json_get(json_get(question, "metrics"), "theory"), "key_points"));
}

static void add_progress(cJSON *document, const char *status, const cJSON *questions)
{
	struct progress progress = { 0 };
	cJSON *item = json_set_object(document, "status"), *points;
	const cJSON *question;

	cJSON_ArrayForEach(question, questions) count_question(&progress, question);
	json_set_string(item, "interview", status);
	json_set_number(item, "questions", progress.questions);
	json_set_number(item, "answered", progress.answered);
	json_set_number(item, "skipped", progress.skipped);
	json_set_number(item, "dont_know", progress.dont_know);
	json_set_number(item, "unanswered", progress.unanswered);
	json_set_number(item, "hints_used", progress.hints);
	json_set_number(item, "model_answers_shown", progress.model_answers);
	points = json_set_object(item, "key_points_of_answers");
	json_set_number(points, "total", progress.points);
	json_set_number(points, "covered", progress.covered);
	json_set_number(points, "partial", progress.partial);
	json_set_number(points, "missing", progress.missing);
}

/* --- the document --------------------------------------------------------------- */

static void add_head(struct arena *arena, cJSON *document, const struct report_source *source)
{
	const struct interview *interview = &source->interview;
	cJSON *role;

	json_set_string(document, "session_id", interview->id);
	json_set_string(document, "owner_id", interview->owner_id);
	json_set_string(document, "participant", source->owner_name);
	role = json_set_object(document, "role");
	json_set_string(role, "id", interview->role_id);
	json_set_string(role, "title", source->role.title);
	if (source->invitation != NULL)
		json_set_string(json_set_object(document, "invitation"), "title",
		                source->invitation);
	else
		json_set_null(document, "invitation");
	json_set_string(document, "track", source->role.track);
	json_set_string(document, "level", interview->level);
	json_set_string(document, "type", interview->type);
	json_set_string(document, "language", language_code(interview->language));
	normalize_set_time(arena, document, "created_at", interview->finished_at);
	normalize_set_time(arena, document, "started_at", interview->created_at);
	normalize_set_time(arena, document, "finished_at", interview->finished_at);
}

cJSON *report_summary(struct arena *arena, const struct report_source *source)
{
	cJSON *document = cJSON_CreateObject();
	cJSON *questions = all_questions(arena, source);

	add_head(arena, document, source);
	add_scoring(arena, document, source);
	basis_add(document, source);
	add_progress(document, source->interview.status, questions);
	json_set(document, "metrics", report_metrics(arena, source, questions));
	json_set(document, "questions", questions);
	recommend_add_level_fit(document);
	return document;
}

cJSON *report_build(struct arena *arena, const struct report_source *source,
                    const struct agent_desk *desk)
{
	cJSON *document = report_summary(arena, source);

	authors_write(arena, document, desk);
	return document;
}
