#include "view/code_results.h"

#include <string.h>

#include "base/buf.h"
#include "base/format.h"
#include "base/json.h"
#include "base/text.h"
#include "judge/language.h"
#include "report/present_growth.h"
#include "view/code_diff.h"

/* Of a value or an output on the page; the rest is cut off. */
enum { MAX_SHOWN = 8000 };

static const struct verdict_text {
	const char *name, *text;
} verdict_texts[] = {
	{ "accepted", N_("Passed") },
	{ "passed", N_("Passed") },
	{ "failed", N_("Failed") },
	{ "wrong_answer", N_("Wrong answer") },
	{ "runtime_error", N_("Runtime error") },
	{ "time_limit", N_("Time limit exceeded") },
	{ "memory_limit", N_("Memory limit exceeded") },
	{ "output_limit", N_("Output limit exceeded") },
	{ "compile_error", N_("Does not compile") },
	{ "judge_error", N_("The judge broke off") },
};

const char *code_verdict_text(enum language language, const char *verdict)
{
	for (size_t i = 0; i < sizeof(verdict_texts) / sizeof(verdict_texts[0]); i++)
		if (strcmp(verdict_texts[i].name, verdict) == 0)
			return i18n(language, verdict_texts[i].text);
	return verdict;
}

bool code_is_pending(const struct submission *submission)
{
	return strcmp(submission->state, "queued") == 0 ||
	       strcmp(submission->state, "running") == 0;
}

/* One row of a table a line. */
static const char *rows_text(struct arena *arena, const cJSON *rows)
{
	const cJSON *row;
	struct buf out;

	buf_init(&out, arena);
	cJSON_ArrayForEach(row, rows)
	{
		buf_str(&out, json_text(row));
		buf_char(&out, '\n');
	}
	return out.data;
}

const char *code_value_text(struct arena *arena, const struct coding_task *task, const cJSON *value)
{
	if (value == NULL)
		return "";
	if (task->kind != JUDGE_FUNCTION && cJSON_IsString(value))
		return value->valuestring;
	if (task->kind == JUDGE_SQL && cJSON_IsArray(value))
		return rows_text(arena, value);
	return json_text(value);
}

static const char *shown_value(const struct coding *coding, const cJSON *value)
{
	return text_shortened(coding->arena, code_value_text(coding->arena, &coding->task, value),
	                      MAX_SHOWN);
}

static void add_measures(cJSON *item, const struct coding *coding, const cJSON *test)
{
	enum language language = coding->interview.language;
	double megabytes = json_number(test, "memory_kb", 0) / 1024;

	json_set_string(item, "time",
	                format_number(coding->arena, language, json_number(test, "cpu_ms", 0)));
	json_set_string(item, "memory", format_number(coding->arena, language, megabytes));
}

static void add_exception(cJSON *item, const cJSON *exception)
{
	cJSON *shown;
	int line = (int)json_number(exception, "line", 0);

	if (!cJSON_IsObject(exception) || json_string(exception, "class", NULL) == NULL)
		return;
	shown = json_set_object(item, "exception");
	json_set_string(shown, "name", json_string(exception, "class", ""));
	json_set_string(shown, "text", json_string(exception, "message", ""));
	if (line > 0)
		json_set_number(shown, "line", line);
}

static void add_output(cJSON *item, struct arena *arena, const cJSON *test, const char *name)
{
	const char *text = json_string(test, name, "");

	if (text[0] != '\0')
		json_set_string(item, name, text_shortened(arena, text, MAX_SHOWN));
}

/* A public test or the own input; the latter has nothing to compare with. */
static void add_test(cJSON *tests, const struct coding *coding, const cJSON *test, int number)
{
	enum language language = coding->interview.language;
	const char *verdict = json_string(test, "verdict", "judge_error");
	const cJSON *got = json_get(test, "got"), *expected = json_get(test, "expected");
	bool is_passed = strcmp(verdict, "accepted") == 0;
	cJSON *item = json_add_object(tests);

	if (number > 0)
		json_set_number(item, "number", number);
	json_set_bool(item, "is_own", number == 0);
	json_set_bool(item, "is_passed", is_passed);
	json_set_string(item, "verdict",
	                number == 0 && is_passed ? i18n(language, "Ran to its end")
	                                         : code_verdict_text(language, verdict));
	json_set_string(item, "input", shown_value(coding, json_get(test, "input")));
	if (strcmp(verdict, "compile_error") != 0)
		add_measures(item, coding, test);
	add_exception(item, json_get(test, "exception"));
	add_output(item, coding->arena, test, "stdout");
	add_output(item, coding->arena, test, "stderr");
	if (got != NULL && !cJSON_IsNull(got))
		json_set_string(item, "got", shown_value(coding, got));
	else if (is_passed)
		json_set_string(item, "got", "null");
	if (number == 0)
		return;
	json_set_string(item, "expected", shown_value(coding, expected));
	if (strcmp(verdict, "wrong_answer") == 0) {
		json_set_bool(item, "is_wrong", true);
		code_diff_add(coding->arena, item, shown_value(coding, expected),
		              shown_value(coding, got));
	}
}

static void add_tests(cJSON *shown, const struct coding *coding, const cJSON *result)
{
	cJSON *tests = json_set_array(shown, "tests");
	const cJSON *custom = json_get(result, "custom"), *test;
	int number = 0;

	if (cJSON_IsObject(custom))
		add_test(tests, coding, custom, 0);
	cJSON_ArrayForEach(test, json_get(result, "public"))
	{
		add_test(tests, coding, test, ++number);
	}
	json_set_bool(shown, "has_tests", cJSON_GetArraySize(tests) > 0);
}

/* Marks only: nothing else of a hidden test is in the result, and nothing else is read. */
static void add_hidden(cJSON *shown, const struct coding *coding, const cJSON *result)
{
	cJSON *marks = json_set_array(shown, "hidden_marks");
	const cJSON *test;
	int number = 0;

	cJSON_ArrayForEach(test, json_get(result, "hidden"))
	{
		const char *verdict = json_string(test, "verdict", "");
		bool is_passed = strcmp(verdict, "passed") == 0;
		cJSON *mark = json_add_object(marks);

		json_set_number(mark, "number", ++number);
		json_set_bool(mark, "is_passed", is_passed);
		json_set_string(mark, "verdict",
		                code_verdict_text(coding->interview.language,
		                                  is_passed ? "passed" : "failed"));
	}
	json_set_bool(shown, "has_hidden", number > 0);
}

static void add_compile(cJSON *shown, const cJSON *result)
{
	const cJSON *compile = json_get(result, "compile");
	const char *message = json_string(compile, "message", "");
	int line = (int)json_number(compile, "line", 0);

	if (json_bool(compile, "ok", true))
		return;
	json_set_bool(shown, "is_uncompiled", true);
	json_set_string(shown, "compile_message", message);
	if (line > 0)
		json_set_number(shown, "compile_line", line);
}

static void add_counts(cJSON *shown, const struct submission *sent)
{
	json_set_number(shown, "public_passed", sent->public_passed);
	json_set_number(shown, "public_total", sent->public_total);
	json_set_number(shown, "hidden_passed", sent->hidden_passed);
	json_set_number(shown, "hidden_total", sent->hidden_total);
	json_set_bool(shown, "is_full_pass",
	              sent->public_passed == sent->public_total &&
	                      sent->hidden_passed == sent->hidden_total);
}

static const char *language_title(const char *name)
{
	const struct judge_language *known = language_by_name(name);

	return known != NULL ? known->title : name;
}

static cJSON *add_state(cJSON *page, const struct submission *sent)
{
	cJSON *shown = json_set_object(page, "sent");

	json_set_bool(page, "is_waiting", code_is_pending(sent));
	json_set_string(shown, "sent_id", sent->id);
	json_set_bool(shown, "is_submission", strcmp(sent->kind, "submit") == 0);
	json_set_number(shown, "attempt", sent->attempt_number);
	json_set_string(shown, "written_in", language_title(sent->code_language));
	json_set_bool(shown, "is_pending", code_is_pending(sent));
	json_set_bool(shown, "is_running", strcmp(sent->state, "running") == 0);
	json_set_bool(shown, "is_queued", strcmp(sent->state, "queued") == 0);
	json_set_bool(shown, "is_failed", strcmp(sent->state, "failed") == 0);
	json_set_bool(shown, "is_unjudged", strcmp(sent->state, "not_judged") == 0);
	return shown;
}

enum err code_results_add(cJSON *page, const struct coding *coding, const struct submission *sent)
{
	const struct submission_list *list = &coding->submissions;
	cJSON *shown, *result = NULL;
	int position = 0;
	enum err err;

	json_set_bool(page, "is_open", coding->is_open);
	if (sent == NULL && list->count > 0)
		sent = &list->items[list->count - 1];
	if (sent == NULL)
		return OK;
	err = submission_position(coding->store, sent->id, &position);
	if (err != OK)
		return err;
	shown = add_state(page, sent);
	json_set_number(shown, "place", position + 1);
	if (strcmp(sent->state, "done") != 0 || sent->result == NULL ||
	    json_parse(sent->result, strlen(sent->result), &result) != OK)
		return OK;
	json_set_bool(shown, "is_done", true);
	add_counts(shown, sent);
	add_compile(shown, result);
	add_tests(shown, coding, result);
	add_hidden(shown, coding, result);
	present_growth(coding->arena, coding->interview.language, shown,
	               json_get(result, "growth"));
	if (sent->explanation[0] != '\0')
		json_set_string(shown, "explanation", sent->explanation);
	return OK;
}

const struct submission *code_results_find(const struct coding *coding, const char *id)
{
	for (size_t i = 0; i < coding->submissions.count; i++)
		if (strcmp(coding->submissions.items[i].id, id) == 0)
			return &coding->submissions.items[i];
	return NULL;
}

cJSON *code_results_status(const struct submission *sent, const cJSON *shown)
{
	cJSON *status = cJSON_CreateObject();

	json_set_string(status, "id", sent->id);
	json_set_string(status, "state", sent->state);
	json_set_bool(status, "is_pending", code_is_pending(sent));
	json_set_number(status, "place", json_number(shown, "place", 1));
	return status;
}
