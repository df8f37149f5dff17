#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "examiner/mentor.h"
#include "interview/coding_internal.h"

/* Code points that are shown of a value that is too long to be stored. */
enum { SHORTENED = 2000 };

static bool is_execution_error(enum judge_verdict verdict)
{
	return verdict < JUDGE_WRONG_ANSWER;
}

/* A value as it is, or the beginning of its text when that is very long. */
static void set_value(struct arena *arena, cJSON *object, const char *name, const cJSON *value)
{
	const char *text;

	if (value == NULL) {
		json_set_null(object, name);
		return;
	}
	text = json_text(value);
	if (strlen(text) > SUBMISSION_MAX_VALUE)
		json_set_string(object, name, text_shortened(arena, text, SHORTENED));
	else
		json_set(object, name, cJSON_Duplicate(value, true));
}

static void set_input(struct arena *arena, cJSON *object, const struct judge_case *test)
{
	const char *text = test->stdin_text != NULL ? test->stdin_text : test->setup;

	if (test->args != NULL)
		set_value(arena, object, "input", test->args);
	else if (text != NULL && strlen(text) > SUBMISSION_MAX_VALUE)
		json_set_string(object, "input", text_shortened(arena, text, SHORTENED));
	else
		json_set_string(object, "input", text != NULL ? text : "");
}

static void set_exception(cJSON *object, const struct judge_exception *exception)
{
	cJSON *item;

	if (exception->class == NULL) {
		json_set_null(object, "exception");
		return;
	}
	item = json_set_object(object, "exception");
	json_set_string(item, "class", exception->class);
	json_set_string(item, "message", exception->message != NULL ? exception->message : "");
	json_set_number(item, "line", exception->line);
}

static void fill_case(struct arena *arena, cJSON *object, const struct judge_case *test,
                      const struct judge_outcome *outcome)
{
	json_set_string(object, "verdict", judge_verdict_name(outcome->verdict));
	set_input(arena, object, test);
	set_value(arena, object, "expected", test->expected);
	set_value(arena, object, "got", outcome->got);
	set_exception(object, &outcome->exception);
	json_set_string(object, "stdout", outcome->stdout_text);
	json_set_string(object, "stderr", outcome->stderr_text);
	json_set_number(object, "cpu_ms", outcome->cpu_ms);
	json_set_number(object, "wall_ms", outcome->wall_ms);
	json_set_number(object, "memory_kb", (double)outcome->memory_kb);
}

/* Sizes and times are nobody's secret; the inputs are not in it. */
static void add_growth(cJSON *json, const struct coding_verdict *verdict)
{
	const struct judge_result *result = verdict->result;
	const struct growth *growth = &verdict->task->growth;
	const struct growth_fit fit = task_growth_fit(verdict->task, result);
	const bool is_seen = fit.sight == GROWTH_SEEN;
	cJSON *item, *points, *point;

	if (!result->is_measured)
		return;
	item = json_set_object(json, "growth");
	json_set_string(item, "asked", growth_class_name(growth->asked));
	json_set_string(item, "sight", growth_sight_name(fit.sight));
	json_set_string(item, "least", is_seen ? growth_class_name(fit.least) : NULL);
	json_set_string(item, "most", is_seen ? growth_class_name(fit.most) : NULL);
	json_set_number(item, "sizes", (double)growth->count);
	json_set_string(item, "stopped",
	                result->stopped != JUDGE_ACCEPTED ? judge_verdict_name(result->stopped)
	                                                  : NULL);
	points = json_set_array(item, "points");
	for (size_t i = 0; i < result->size_count; i++) {
		point = json_add_object(points);
		json_set_number(point, "n", growth->sizes[i]);
		json_set_number(point, "cpu_ms", json_rounded((double)result->sizes_us[i] / 1000));
	}
}

static const char *result_text(const struct coding_verdict *verdict)
{
	const struct judge_result *result = verdict->result;
	const struct task_tests *tests = &verdict->task->public_tests;
	cJSON *json = cJSON_CreateObject(), *compile, *public, *hidden;

	json_set_string(json, "tier", result->tier);
	compile = json_set_object(json, "compile");
	json_set_bool(compile, "ok", result->compiled);
	json_set_string(compile, "message", result->compile_message);
	json_set_number(compile, "line", result->compile_line);
	public = json_set_array(json, "public");
	for (size_t i = 0; i < tests->count; i++)
		fill_case(verdict->arena, json_add_object(public), &tests->items[i],
		          &result->outcomes[i]);
	if (verdict->custom == NULL)
		json_set_null(json, "custom");
	else
		fill_case(verdict->arena, json_set_object(json, "custom"), verdict->custom,
		          &result->outcomes[tests->count]);
	hidden = json_set_array(json, "hidden");
	for (size_t i = tests->count; verdict->custom == NULL && i < result->count; i++)
		json_set_string(json_add_object(hidden), "verdict",
		                result->outcomes[i].verdict == JUDGE_ACCEPTED ? "passed"
		                                                              : "failed");
	add_growth(json, verdict);
	return json_text(json);
}

static size_t first_failure(const struct judge_result *result)
{
	size_t i = 0;

	while (i < result->count && result->outcomes[i].verdict == JUDGE_ACCEPTED)
		i++;
	return i;
}

/* What a hidden test showed stays unsaid: its verdict tells something of its input. */
static void describe_failure(const struct coding_verdict *verdict, size_t index,
                             struct mentor_case *facts)
{
	const struct judge_result *result = verdict->result;
	const struct judge_outcome *outcome = &result->outcomes[index];

	facts->is_hidden = verdict->custom == NULL && index >= verdict->task->public_tests.count;
	if (facts->is_hidden) {
		facts->verdict = judge_verdict_name(JUDGE_WRONG_ANSWER);
		return;
	}
	facts->verdict = judge_verdict_name(outcome->verdict);
	facts->class = outcome->exception.class;
	facts->message = outcome->exception.message;
	facts->line = outcome->exception.line;
}

static const char *explain(const struct coding_verdict *verdict)
{
	const struct judge_result *result = verdict->result;
	const size_t index = first_failure(result);
	struct mentor_case facts = {
		.language = verdict->interview->language,
		.code_language = verdict->submission->code_language,
		.code = verdict->submission->code,
	};

	if (!result->compiled) {
		facts.verdict = judge_verdict_name(JUDGE_COMPILE_ERROR);
		facts.message = result->compile_message;
		facts.line = result->compile_line;
	} else if (index < result->count) {
		describe_failure(verdict, index, &facts);
	} else {
		return "";
	}
	return mentor_explain(verdict->arena, &facts);
}

static bool is_broken(const struct judge_result *result)
{
	for (size_t i = 0; i < result->count; i++)
		if (result->outcomes[i].verdict == JUDGE_ERROR)
			return true;
	return false;
}

/* Some languages only find out in a test that the code does not compile. */
static bool is_compiled(const struct judge_result *result)
{
	for (size_t i = 0; i < result->count; i++)
		if (result->outcomes[i].verdict == JUDGE_COMPILE_ERROR)
			return false;
	return result->compiled;
}

static void count(const struct coding_verdict *verdict, struct submission *submission)
{
	const struct judge_result *result = verdict->result;
	const size_t public_count = verdict->task->public_tests.count;
	const bool compiled = is_compiled(result);

	submission->public_total = (int)public_count;
	submission->hidden_total = verdict->custom == NULL ? (int)(result->count - public_count)
	                                                   : 0;
	for (size_t i = 0; i < result->count; i++) {
		const enum judge_verdict one = result->outcomes[i].verdict;
		const bool passed = one == JUDGE_ACCEPTED;

		if (i < public_count)
			submission->public_passed += passed;
		else if (verdict->custom == NULL)
			submission->hidden_passed += passed;
		/* A hidden test's error is a failure like any other: it tells of its input. */
		if (i < public_count || verdict->custom != NULL)
			submission->errors += compiled && is_execution_error(one);
	}
	/* Code that does not compile fails once, not once a test. */
	submission->errors += !compiled;
}

void coding_conclude(const struct coding_verdict *verdict, struct submission *submission)
{
	if (is_broken(verdict->result)) {
		submission->state = "failed";
		return;
	}
	count(verdict, submission);
	submission->result = result_text(verdict);
	submission->explanation = explain(verdict);
	submission->state = "done";
}
