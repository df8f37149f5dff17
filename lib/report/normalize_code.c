#include "report/normalize_code.h"

#include <math.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "report/normalize.h"
#include "score/coding.h"

/*
 * Values of tests are kept as text of this many characters: a program may answer with a
 * megabyte, or with lists nested so deep that the document could not be read back.
 */
enum { MAX_VALUE = 2000 };

/* --- what was sent ------------------------------------------------------------- */

static bool is_attempt(const struct submission *submission)
{
	return strcmp(submission->kind, "submit") == 0;
}

static bool is_judged(const struct submission *submission)
{
	return strcmp(submission->state, "done") == 0;
}

size_t normalize_code_sent(const struct code_work *work)
{
	size_t count = 0;

	for (size_t i = 0; work != NULL && i < work->submissions.count; i++)
		count += is_attempt(&work->submissions.items[i]);
	return count;
}

int normalize_code_hint_level(const struct code_work *work)
{
	int level = 0;

	for (size_t i = 0; work != NULL && i < work->hints.count; i++)
		level = work->hints.items[i].level > level ? work->hints.items[i].level : level;
	return level;
}

/* The judged attempts in their order, and what the score makes of them. */
struct judged {
	const struct submission **items;
	size_t count;
	int errors;
	struct coding_score score;
};

static struct coding_attempt attempt_of(const struct submission *submission)
{
	return (struct coding_attempt){
		.public_passed = submission->public_passed,
		.public_total = submission->public_total,
		.hidden_passed = submission->hidden_passed,
		.hidden_total = submission->hidden_total,
	};
}

static struct judged judge_work(const struct code_material *material)
{
	const struct code_work *work = material->work;
	size_t sent = normalize_code_sent(work);
	struct coding_attempt *attempts = arena_array(material->arena, sent + 1, sizeof(*attempts));
	struct judged judged = { .items = arena_array(material->arena, sent + 1,
		                                      sizeof(struct submission *)) };

	for (size_t i = 0; work != NULL && i < work->submissions.count; i++) {
		const struct submission *submission = &work->submissions.items[i];

		if (!is_attempt(submission) || !is_judged(submission))
			continue;
		attempts[judged.count] = attempt_of(submission);
		judged.items[judged.count++] = submission;
		judged.errors += submission->errors;
	}
	judged.score = coding_score(attempts, judged.count, normalize_code_hint_level(work));
	return judged;
}

/* The judged attempt of that place, from 1; NULL for 0. */
static const struct submission *judged_at(const struct judged *judged, int place)
{
	return place > 0 && (size_t)place <= judged->count ? judged->items[place - 1] : NULL;
}

/* --- the score ------------------------------------------------------------------- */

static void set_number_of(cJSON *object, const char *name, const struct submission *attempt)
{
	if (attempt != NULL)
		json_set_number(object, name, attempt->attempt_number);
	else
		json_set_null(object, name);
}

/* The steps from the best attempt to the score, for a reader to do the sum again. */
static void add_computation(cJSON *coding, const struct code_material *material,
                            const struct judged *judged)
{
	const struct coding_score *score = &judged->score;
	cJSON *item;

	if (judged->count == 0) {
		json_set_null(coding, "computation");
		return;
	}
	item = json_set_object(coding, "computation");
	set_number_of(item, "best_attempt", judged_at(judged, score->best_attempt));
	json_set_number(item, "before_prices", json_rounded(score->best));
	json_set_number(item, "hint_level", normalize_code_hint_level(material->work));
	json_set_number(item, "hint_price", json_rounded(score->hint_price));
	json_set_number(item, "failed_attempts", score->failures);
	json_set_number(item, "failure_price", json_rounded(score->failure_price));
	json_set_number(item, "before_cap", json_rounded(score->score));
}

/* Code that nobody judged has no score at all: null, not 0. */
static void add_score(cJSON *coding, const struct code_material *material,
                      const struct judged *judged)
{
	bool is_unjudged = judged->count == 0 && normalize_code_sent(material->work) > 0;
	double score = judged->count > 0 ? judged->score.score : 0;

	if (material->question->model_answer)
		score = fmin(score, REPORT_MODEL_ANSWER_CAP);
	json_set_number(coding, "score_code", is_unjudged ? NAN : json_rounded(score));
	json_set_number(coding, "max_score_code", is_unjudged ? NAN : CODING_MAX_SCORE);
	json_set_number(coding, "score_ratio_code",
	                is_unjudged ? NAN : json_rounded(score / CODING_MAX_SCORE));
}

/* Of the best attempt; without one the totals are the task's. */
static void add_tests(cJSON *coding, const cJSON *body, const struct submission *best)
{
	json_set_number(coding, "public_tests_total",
	                best != NULL ? best->public_total
	                             : (double)json_count(body, "public_tests"));
	json_set_number(coding, "public_tests_passed", best != NULL ? best->public_passed : 0);
	json_set_number(coding, "hidden_tests_total",
	                best != NULL ? best->hidden_total
	                             : (double)json_count(body, "hidden_tests"));
	json_set_number(coding, "hidden_tests_passed", best != NULL ? best->hidden_passed : 0);
}

void normalize_code_metrics(const struct code_material *material, cJSON *metrics)
{
	struct judged judged = judge_work(material);
	cJSON *coding = json_set_object(metrics, "coding");
	size_t runs = material->work != NULL ? material->work->submissions.count : 0;

	json_set_number(coding, "attempts", (double)judged.count);
	json_set_number(coding, "runs", (double)(runs - normalize_code_sent(material->work)));
	add_score(coding, material, &judged);
	add_tests(coding, material->body, judged_at(&judged, judged.score.best_attempt));
	json_set_number(coding, "hints_used", normalize_code_hint_level(material->work));
	json_set_number(coding, "errors_count", judged.errors);
	set_number_of(coding, "first_success_attempt",
	              judged_at(&judged, judged.score.first_success));
	add_computation(coding, material, &judged);
}

void normalize_no_code_metrics(cJSON *metrics)
{
	static const char *const counts[] = { "public_tests_total", "public_tests_passed",
		                              "hidden_tests_total", "hidden_tests_passed",
		                              "hints_used",         "errors_count" };
	cJSON *coding = json_set_object(metrics, "coding");

	json_set_number(coding, "attempts", 0);
	json_set_number(coding, "runs", 0);
	json_set_null(coding, "score_code");
	json_set_null(coding, "max_score_code");
	json_set_null(coding, "score_ratio_code");
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
		json_set_number(coding, counts[i], 0);
	json_set_null(coding, "first_success_attempt");
	json_set_null(coding, "computation");
}

/* --- the task ---------------------------------------------------------------------- */

static const char *localized(const struct code_material *material, const char *name)
{
	const cJSON *texts = json_get(material->body, name);

	return json_string(texts, language_code(material->language),
	                   json_string(texts, language_code(LANG_EN), ""));
}

/* Of the best attempt, else of what was sent last, else the one the interview is held in. */
static const char *language_used(const struct code_material *material)
{
	struct judged judged = judge_work(material);
	const struct submission *best = judged_at(&judged, judged.score.best_attempt);
	const struct code_work *work = material->work;
	const cJSON *offered = json_get(material->body, "languages");
	const char *wished = material->code_language;

	if (best != NULL)
		return best->code_language;
	if (work != NULL && work->submissions.count > 0)
		return work->submissions.items[work->submissions.count - 1].code_language;
	if (wished != NULL && wished[0] != '\0')
		return wished;
	return offered != NULL && offered->child != NULL ? offered->child->string : NULL;
}

static const char *starter_of(const struct code_material *material)
{
	const char *language = language_used(material);

	if (language == NULL)
		return NULL;
	return json_string(json_get(json_get(material->body, "languages"), language), "starter",
	                   NULL);
}

const char *normalize_code_reference(const struct code_material *material)
{
	const cJSON *languages = json_get(material->body, "languages"), *language;
	const char *wished = material->code_language != NULL ? material->code_language : "";
	const char *reference = json_string(json_get(languages, wished), "reference", NULL);

	/* The task may be solved in more languages than the bank has solutions in. */
	if (reference == NULL)
		cJSON_ArrayForEach(language, languages) if (reference == NULL)
		        reference = json_string(language, "reference", NULL);
	return reference;
}

/* Only what a candidate sees of the tests: the public ones. */
static void add_samples(cJSON *task, const cJSON *tests)
{
	static const char *const names[] = { "args", "stdin", "setup", "expected" };
	cJSON *samples = json_set_array(task, "sample_inputs");
	const cJSON *test;

	cJSON_ArrayForEach(test, tests)
	{
		cJSON *sample = json_add_object(samples);

		for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
			const cJSON *value = json_get(test, names[i]);

			if (value != NULL)
				json_set(sample, names[i], cJSON_Duplicate(value, true));
		}
	}
}

static void add_task(const struct code_material *material, cJSON *report)
{
	const cJSON *body = material->body;
	cJSON *task;

	if (body == NULL) {
		json_set_null(report, "code_task");
		return;
	}
	task = json_set_object(report, "code_task");
	json_set_string(task, "task_id", material->question->bank_id);
	/* Of a task that has none it is not said, as in documents of before there were any. */
	if (json_number(body, "variant", 0) > 0)
		json_set_number(task, "variant", json_number(body, "variant", 0));
	json_set_string(task, "title", localized(material, "title"));
	json_set_string(task, "description_markdown", localized(material, "description"));
	json_set_string(task, "track", json_string(body, "track", ""));
	json_set_string(task, "level", json_string(body, "level", ""));
	json_set_string(task, "kind", json_string(body, "kind", ""));
	json_set_string(task, "function_signature", json_string(body, "function_signature", NULL));
	json_set_string(task, "language", language_used(material));
	json_set_string(task, "topic", json_string(body, "topic", NULL));
	json_set_string(task, "category", json_string(body, "category", NULL));
	json_set_string(task, "starter_code", starter_of(material));
	json_set_string(task, "schema", json_string(body, "schema", NULL));
	json_set_string(task, "reference_solution",
	                material->question->model_answer ? normalize_code_reference(material)
	                                                 : NULL);
	add_samples(task, json_get(body, "public_tests"));
}

/* --- attempts ------------------------------------------------------------------------ */

/* A text as it is, another value as JSON; null stays null. */
static void set_value(struct arena *arena, cJSON *object, const char *name, const cJSON *value)
{
	const char *text = NULL;

	if (cJSON_IsString(value))
		text = value->valuestring;
	else if (value != NULL && !cJSON_IsNull(value))
		text = json_text(value);
	json_set_string(object, name, text != NULL ? text_shortened(arena, text, MAX_VALUE) : NULL);
}

static void add_exception(struct arena *arena, cJSON *item, const cJSON *exception)
{
	cJSON *copy;

	if (!cJSON_IsObject(exception)) {
		json_set_null(item, "exception");
		return;
	}
	copy = json_set_object(item, "exception");
	json_set_string(copy, "class", json_string(exception, "class", NULL));
	set_value(arena, copy, "message", json_get(exception, "message"));
	json_set_number(copy, "line", json_number(exception, "line", 0));
}

static void add_public_tests(struct arena *arena, cJSON *attempt, const cJSON *result)
{
	cJSON *tests = json_set_array(attempt, "public_tests");
	const cJSON *test;

	cJSON_ArrayForEach(test, json_get(result, "public"))
	{
		cJSON *item = json_add_object(tests);

		json_set_string(item, "verdict", json_string(test, "verdict", ""));
		set_value(arena, item, "input", json_get(test, "input"));
		set_value(arena, item, "expected", json_get(test, "expected"));
		set_value(arena, item, "got", json_get(test, "got"));
		add_exception(arena, item, json_get(test, "exception"));
	}
}

/* What the compiler said, null when the code could be compiled. */
static void add_compile_error(struct arena *arena, cJSON *attempt, const cJSON *result)
{
	const cJSON *compile = json_get(result, "compile");
	cJSON *item;

	if (!cJSON_IsObject(compile) || json_bool(compile, "ok", true)) {
		json_set_null(attempt, "compile_error");
		return;
	}
	item = json_set_object(attempt, "compile_error");
	set_value(arena, item, "message", json_get(compile, "message"));
	json_set_number(item, "line", json_number(compile, "line", 0));
}

/* How the time of code that passed everything grew, where the task has it measured. */
static void add_growth(cJSON *attempt, const cJSON *result)
{
	const cJSON *growth = json_get(result, "growth");

	if (cJSON_IsObject(growth))
		json_set_copy(attempt, "growth", growth);
}

static cJSON *result_of(const struct submission *submission)
{
	cJSON *result;

	if (submission->result == NULL ||
	    json_parse(submission->result, strlen(submission->result), &result) != OK)
		return NULL;
	return result;
}

static void add_attempt(struct arena *arena, cJSON *attempts, const struct submission *submission)
{
	const struct coding_attempt alone = attempt_of(submission);
	const cJSON *result = result_of(submission);
	bool has_score = is_judged(submission);
	cJSON *item = json_add_object(attempts);

	json_set_number(item, "attempt_number", submission->attempt_number);
	json_set_string(item, "state", submission->state);
	json_set_string(item, "language", submission->code_language);
	json_set_string(item, "code", submission->code);
	json_set_number(item, "passed_public", submission->public_passed);
	json_set_number(item, "public_total", submission->public_total);
	json_set_number(item, "passed_hidden", submission->hidden_passed);
	json_set_number(item, "hidden_total", submission->hidden_total);
	json_set_number(item, "score",
	                has_score ? json_rounded(coding_score(&alone, 1, 0).best) : NAN);
	json_set_number(item, "max_score", CODING_MAX_SCORE);
	json_set_number(item, "time_spent", json_rounded(submission->time_spent_ms / 1000.0));
	json_set_number(item, "hints_used", submission->hints_used);
	json_set_number(item, "errors", submission->errors);
	add_compile_error(arena, item, result);
	add_public_tests(arena, item, result);
	add_growth(item, result);
	normalize_set_time(arena, item, "created_at", submission->created_at);
}

static void set_engine(cJSON *item, const char *engine)
{
	json_set_string(item, "engine", engine != NULL ? engine : "builtin");
}

static void add_explanation(cJSON *explanations, const struct submission *submission, int run)
{
	cJSON *item;

	if (submission->explanation == NULL || submission->explanation[0] == '\0')
		return;
	item = json_add_object(explanations);
	set_number_of(item, "attempt_number", is_attempt(submission) ? submission : NULL);
	if (is_attempt(submission))
		json_set_null(item, "run");
	else
		json_set_number(item, "run", run);
	json_set_string(item, "text", submission->explanation);
	set_engine(item, submission->explanation_engine);
}

void normalize_code_work(const struct code_material *material, cJSON *report)
{
	static const struct code_work nothing;
	const struct code_work *work = material->work != NULL ? material->work : &nothing;
	cJSON *attempts, *hints, *explanations;
	int runs = 0;

	add_task(material, report);
	attempts = json_set_array(report, "code_attempts");
	hints = json_set_array(report, "hints");
	explanations = json_set_array(report, "error_explanations");
	for (size_t i = 0; i < work->submissions.count; i++) {
		const struct submission *submission = &work->submissions.items[i];

		runs += !is_attempt(submission);
		if (is_attempt(submission))
			add_attempt(material->arena, attempts, submission);
		add_explanation(explanations, submission, runs);
	}
	for (size_t i = 0; i < work->hints.count; i++) {
		const struct hint_row *hint = &work->hints.items[i];
		cJSON *item = json_add_object(hints);

		json_set_number(item, "level", hint->level);
		json_set_string(item, "text", hint->body);
		json_set_number(item, "price", json_rounded(hint->price));
		set_engine(item, hint->engine);
	}
}

void normalize_no_code_work(cJSON *report)
{
	json_set_null(report, "code_task");
	json_set_array(report, "code_attempts");
	json_set_array(report, "hints");
	json_set_array(report, "error_explanations");
}
