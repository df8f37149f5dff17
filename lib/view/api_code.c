#include "view/api_code.h"

#include <math.h>
#include <string.h>

#include "base/json.h"
#include "judge/language.h"
#include "report/normalize.h"
#include "view/code_results.h"

static const char *kind_name(enum judge_kind kind)
{
	return kind == JUDGE_FUNCTION ? "function" : kind == JUDGE_STDIN ? "stdin" : "sql";
}

/* What the program gets: arguments, a text to read, or statements that fill the database. */
static cJSON *input_of(const struct coding_task *task, const struct judge_case *test)
{
	if (task->kind == JUDGE_FUNCTION)
		return cJSON_Duplicate(test->args, true);
	if (task->kind == JUDGE_STDIN)
		return cJSON_CreateString(test->stdin_text != NULL ? test->stdin_text : "");
	return cJSON_CreateString(test->setup != NULL ? test->setup : "");
}

static void add_samples(const struct coding_task *task, cJSON *document)
{
	cJSON *samples = json_set_array(document, "sample_inputs");

	for (size_t i = 0; i < task->public_tests.count; i++) {
		const struct judge_case *test = &task->public_tests.items[i];
		cJSON *sample = json_add_object(samples);

		json_set(sample, "input", input_of(task, test));
		if (test->expected != NULL)
			json_set_copy(sample, "expected", test->expected);
		else
			json_set_null(sample, "expected");
	}
	json_set_number(document, "hidden_tests_total", (double)task->hidden_tests.count);
}

static void add_languages(const struct coding *coding, const struct judge *judge, cJSON *document)
{
	cJSON *list = json_set_array(document, "languages");

	for (size_t i = 0; i < coding->task.code_count; i++)
		if (coding_draft_can_use(coding, judge, coding->task.codes[i].language))
			json_add_string(list, coding->task.codes[i].language);
}

static enum err add_code(const struct coding *coding, const char *code_language, cJSON *document)
{
	const struct task_code *code = task_code_of(&coding->task, code_language);
	struct coding_draft draft;
	enum err err = coding_draft_open(coding, code_language, &draft);
	cJSON *item;

	if (err != OK)
		return err;
	json_set_string(document, "language", code_language);
	json_set_string(document, "starter_code",
	                code != NULL && code->starter != NULL ? code->starter : "");
	json_set_string(document, "reference_solution",
	                coding->question.model_answer && code != NULL ? code->reference : NULL);
	if (draft.saved_at == 0) {
		json_set_null(document, "draft");
		return OK;
	}
	item = json_set_object(document, "draft");
	json_set_string(item, "code", draft.code);
	normalize_set_time(coding->arena, item, "saved_at", draft.saved_at);
	return OK;
}

void api_code_hints(const struct coding *coding, cJSON *document)
{
	cJSON *hints = json_set_array(document, "hints"), *next;
	double price;
	const int level = coding_next_hint(coding, &price);

	for (size_t i = 0; i < coding->hints.count; i++) {
		const struct hint_row *hint = &coding->hints.items[i];
		cJSON *item = json_add_object(hints);

		json_set_number(item, "level", hint->level);
		json_set_string(item, "text", hint->body);
		json_set_number(item, "price", hint->price);
	}
	if (level == 0) {
		json_set_null(document, "next_hint");
		return;
	}
	next = json_set_object(document, "next_hint");
	json_set_number(next, "level", level);
	json_set_number(next, "price", price);
}

static void add_score(const struct coding *coding, cJSON *document)
{
	int attempts = 0;
	cJSON *score = json_set_object(document, "score");

	for (size_t i = 0; i < coding->submissions.count; i++)
		attempts += strcmp(coding->submissions.items[i].kind, "submit") == 0;
	json_set_number(score, "score", json_rounded(coding->score.score));
	json_set_number(score, "max_score", CODING_MAX_SCORE);
	json_set_number(document, "attempts", attempts);
}

enum err api_code_task(const struct coding *coding, const struct judge *judge,
                       const char *code_language, cJSON **ret_task)
{
	const struct coding_task *task = &coding->task;
	const char *signature = task->signature_text;
	cJSON *document = cJSON_CreateObject();
	enum err err;

	json_set_string(document, "question_id", coding->question.id);
	json_set_string(document, "task_id", task->id);
	json_set_string(document, "title", task->title);
	json_set_string(document, "description_markdown", task->description);
	json_set_string(document, "kind", kind_name(task->kind));
	json_set_string(document, "category", task->category);
	json_set_string(document, "topic", task->topic);
	json_set_string(document, "level",
	                strcmp(task->level, "middle") == 0 ? "mid" : task->level);
	json_set_string(document, "function_signature",
	                signature != NULL && signature[0] != '\0' ? signature : NULL);
	json_set_string(document, "schema", task->schema);
	json_set_bool(document, "is_open", coding->is_open);
	add_languages(coding, judge, document);
	err = add_code(coding, code_language, document);
	add_samples(task, document);
	api_code_hints(coding, document);
	add_score(coding, document);
	*ret_task = document;
	return err;
}

/* --- what was sent ------------------------------------------------------------------------ */

static void add_counts(cJSON *item, const struct submission *sent)
{
	json_set_number(item, "public_passed", sent->public_passed);
	json_set_number(item, "public_total", sent->public_total);
	json_set_number(item, "hidden_passed", sent->hidden_passed);
	json_set_number(item, "hidden_total", sent->hidden_total);
	json_set_number(item, "errors", sent->errors);
}

/* What the judge stored holds no more of hidden tests than whether each was passed. */
static enum err add_result(cJSON *item, const struct submission *sent)
{
	static const char *const lists[] = { "public", "hidden" };
	cJSON *result = NULL;

	if (sent->result != NULL && json_parse(sent->result, strlen(sent->result), &result) != OK)
		return ERR_INTERNAL;
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		cJSON *list = cJSON_DetachItemFromObjectCaseSensitive(result, lists[i]);

		json_set(item, lists[i], cJSON_IsArray(list) ? list : cJSON_CreateArray());
	}
	json_set_copy(item, "compile", json_get(result, "compile"));
	json_set_copy(item, "custom", json_get(result, "custom"));
	json_set_copy(item, "growth", json_get(result, "growth"));
	return OK;
}

static enum err add_place(const struct coding *coding, cJSON *item, const struct submission *sent)
{
	int place;
	enum err err;

	if (strcmp(sent->state, "queued") != 0) {
		json_set_null(item, "place");
		return OK;
	}
	err = submission_position(coding->store, sent->id, &place);
	if (err == OK)
		json_set_number(item, "place", place);
	return err;
}

enum err api_code_submission(const struct coding *coding, const struct submission *sent,
                             cJSON **ret_submission)
{
	const bool is_attempt = strcmp(sent->kind, "submit") == 0;
	cJSON *item = cJSON_CreateObject();
	enum err err;

	json_set_string(item, "id", sent->id);
	json_set_string(item, "kind", sent->kind);
	json_set_number(item, "attempt_number", is_attempt ? sent->attempt_number : (double)NAN);
	json_set_string(item, "language", sent->code_language);
	json_set_string(item, "code", sent->code);
	json_set_string(item, "state", sent->state);
	err = add_place(coding, item, sent);
	if (err == OK)
		err = add_result(item, sent);
	add_counts(item, sent);
	json_set_string(item, "explanation",
	                sent->explanation[0] != '\0' ? sent->explanation : NULL);
	normalize_set_time(coding->arena, item, "created_at", sent->created_at);
	normalize_set_time(coding->arena, item, "finished_at", sent->finished_at);
	*ret_submission = item;
	return err;
}
