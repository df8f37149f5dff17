#include "view/code_view.h"

#include <string.h>

#include "base/config.h"
#include "base/format.h"
#include "base/json.h"
#include "base/zone.h"
#include "interview/flow.h"
#include "judge/language.h"
#include "report/terms.h"
#include "view/code_results.h"
#include "view/labels.h"
#include "view/markdown.h"

/* What a test gives to the program, and what it is to answer. */
static void add_public_tests(const struct coding *coding, cJSON *page)
{
	const struct coding_task *task = &coding->task;
	cJSON *tests = json_set_array(page, "public_tests");

	for (size_t i = 0; i < task->public_tests.count; i++) {
		const struct judge_case *test = &task->public_tests.items[i];
		cJSON *item = json_add_object(tests);
		const char *input = "";

		if (task->kind == JUDGE_FUNCTION)
			input = code_value_text(coding->arena, task, test->args);
		else if (task->kind == JUDGE_STDIN)
			input = test->stdin_text != NULL ? test->stdin_text : "";
		else
			input = test->setup != NULL ? test->setup : "";
		json_set_number(item, "number", (double)i + 1);
		json_set_string(item, "input", input);
		if (test->expected != NULL)
			json_set_string(item, "expected",
			                code_value_text(coding->arena, task, test->expected));
	}
	json_set_number(page, "hidden_count", (double)task->hidden_tests.count);
}

static void add_task(const struct coding *coding, cJSON *page)
{
	const struct coding_task *task = &coding->task;
	enum language language = coding->interview.language;

	json_set_string(page, "title", task->title);
	json_set_html(page, "description", markdown_html(coding->arena, task->description));
	if (task->signature_text != NULL && task->signature_text[0] != '\0')
		json_set_string(page, "signature", task->signature_text);
	if (task->schema != NULL && task->schema[0] != '\0')
		json_set_string(page, "schema", task->schema);
	json_set_string(page, "difficulty", label_difficulty(language, task->difficulty));
	json_set_string(page, "topic", terms_tag(language, task->topic));
	json_set_number(page, "position", coding->question.position);
	json_set_number(page, "total", coding->interview.question_count);
	json_set_bool(page, "is_function", task->kind == JUDGE_FUNCTION);
	json_set_bool(page, "is_stdin", task->kind == JUDGE_STDIN);
	json_set_bool(page, "takes_input", task->kind != JUDGE_SQL);
	json_set_number(page, "cpu_ms", task->limits.cpu_ms);
	json_set_number(page, "memory_mb", task->limits.memory_mb);
	add_public_tests(coding, page);
}

static void add_languages(const struct coding *coding, const struct judge *judge,
                          const char *chosen, cJSON *page)
{
	const struct coding_task *task = &coding->task;
	cJSON *choices = json_set_array(page, "code_languages");

	for (size_t i = 0; languages[i] != NULL; i++) {
		const struct judge_language *known = languages[i];
		cJSON *choice;

		if (task_code_of(task, known->name) == NULL)
			continue;
		choice = json_add_object(choices);
		json_set_string(choice, "code", known->name);
		json_set_string(choice, "text", known->title);
		json_set_bool(choice, "selected", strcmp(known->name, chosen) == 0);
		json_set_bool(choice, "is_missing",
		              !coding_draft_can_use(coding, judge, known->name));
	}
	json_set_bool(page, "can_choose", cJSON_GetArraySize(choices) > 1);
}

/* What was typed for the last run. */
static const char *last_input(const struct coding *coding)
{
	for (size_t i = coding->submissions.count; i-- > 0;)
		if (strcmp(coding->submissions.items[i].kind, "run") == 0)
			return coding->submissions.items[i].custom_input;
	return "";
}

static void add_editor(const struct coding *coding, const struct code_editor *editor, cJSON *page)
{
	const struct judge_language *known = language_by_name(editor->code_language);
	const struct task_code *code = task_code_of(&coding->task, editor->code_language);

	json_set_string(page, "code_language", editor->code_language);
	json_set_string(page, "code_title", known != NULL ? known->title : "");
	json_set_string(page, "editor_mode", known != NULL ? known->editor : "text");
	json_set_string(page, "code", editor->draft.code);
	json_set_string(page, "starter", code != NULL && code->starter ? code->starter : "");
	json_set_string(page, "custom_input",
	                editor->custom_input != NULL ? editor->custom_input : last_input(coding));
	json_set_string(page, "nonce", editor->nonce);
	json_set_string(page, "error", editor->error);
	json_set_bool(page, "asks_leave", editor->asks_leave);
	json_set_bool(page, "can_undo_reset", editor->draft.can_undo_reset);
	json_set_string(page, "saved_at",
	                arena_printf(coding->arena, "%lld", (long long)editor->draft.saved_at));
	if (editor->newer == NULL)
		return;
	json_set_string(page, "newer", editor->newer);
	json_set_string(page, "newer_time",
	                zone_text(coding->arena, editor->draft.saved_at, CLOCK_TIME));
}

static bool is_builtin(const char *engine)
{
	return strcmp(engine, "builtin") == 0;
}

/* Beside a model's words stand the bank's, which are what the price was paid for. */
static void add_hint_text(const struct coding *coding, const struct hint_row *hint, cJSON *item)
{
	if (is_builtin(hint->engine)) {
		json_set_string(item, "text", hint->body);
		return;
	}
	json_set_html(item, "html", markdown_html(coding->arena, hint->body));
	json_set_string(item, "written_by", hint->engine);
	json_set_string(item, "original", coding->task.hints[hint->level - 1]);
}

static void add_hints(const struct coding *coding, cJSON *page)
{
	enum language language = coding->interview.language;
	cJSON *hints = json_set_array(page, "hints"), *next;
	double price;
	int level = coding_next_hint(coding, &price);

	for (size_t i = 0; i < coding->hints.count; i++) {
		const struct hint_row *hint = &coding->hints.items[i];
		cJSON *item = json_add_object(hints);

		json_set_number(item, "level", hint->level);
		add_hint_text(coding, hint, item);
	}
	json_set_bool(page, "has_hints", coding->hints.count > 0);
	if (level == 0 || !coding->is_open)
		return;
	next = json_set_object(page, "next_hint");
	json_set_number(next, "level", level);
	json_set_bool(next, "is_first", level == 1);
	json_set_string(next, "price", format_number(coding->arena, language, price));
}

/* The reference in the language of the editor, else in the first that has one. */
static const struct task_code *reference_of(const struct coding_task *task,
                                            const char *code_language)
{
	const struct task_code *code = task_code_of(task, code_language);

	if (code != NULL && code->reference != NULL)
		return code;
	for (size_t i = 0; i < task->code_count; i++)
		if (task->codes[i].reference != NULL)
			return &task->codes[i];
	return NULL;
}

static void add_answer(const struct coding *coding, const char *code_language, cJSON *page)
{
	const struct task_code *code = reference_of(&coding->task, code_language);
	const struct judge_language *known;
	cJSON *answer;

	if (code == NULL)
		return;
	json_set_string(
	        page, "answer_cap",
	        format_number(coding->arena, coding->interview.language, FLOW_MODEL_ANSWER_CAP));
	if (!coding->question.model_answer) {
		json_set_bool(page, "can_get_answer", coding->is_open);
		return;
	}
	known = language_by_name(code->language);
	answer = json_set_object(page, "answer");
	json_set_string(answer, "text", code->reference);
	json_set_string(answer, "written_in", known != NULL ? known->title : code->language);
}

/* Seconds since the question was asked, and until the interview ends by itself. */
static void add_times(const struct coding *coding, cJSON *page)
{
	const struct interview *interview = &coding->interview;
	int64_t now = clock_now_ms(), asked = coding->question.asked_at;
	int64_t end = interview->created_at + (int64_t)interview->time_limit_min * 60 * 1000;

	if (!coding->is_open)
		return;
	if (asked > 0 && asked <= now) {
		json_set_string(page, "elapsed",
		                format_duration(coding->arena, interview->language,
		                                (double)((now - asked) / 1000)));
		json_set_number(page, "elapsed_s", (double)((now - asked) / 1000));
	}
	if (interview->time_limit_min <= 0)
		return;
	json_set_string(page, "deadline", zone_text(coding->arena, end, CLOCK_TIME));
	json_set_number(page, "seconds_left", end > now ? (double)((end - now) / 1000) : 0);
}

cJSON *code_view(const struct coding *coding, const struct judge *judge,
                 const struct code_editor *editor)
{
	cJSON *page = cJSON_CreateObject();

	json_set_string(page, "id", coding->question.id);
	json_set_string(page, "interview", coding->interview.id);
	json_set_bool(page, "is_judged_here", judge_tier(judge) != NULL && coding->task.is_judged);
	json_set_number(page, "max_code", CODING_MAX_CODE);
	json_set_number(page, "max_input", CODING_MAX_INPUT);
	add_task(coding, page);
	add_languages(coding, judge, editor->code_language, page);
	add_editor(coding, editor, page);
	add_hints(coding, page);
	add_answer(coding, editor->code_language, page);
	add_times(coding, page);
	code_progress_add(page, coding);
	return page;
}

enum err code_view_results(cJSON *page, const struct coding *coding, const struct submission *sent)
{
	const struct submission_list *list = &coding->submissions;
	enum err err = code_results_add(page, coding, sent);
	cJSON *shown = cJSON_GetObjectItemCaseSensitive(page, "sent");

	if (sent == NULL && list->count > 0)
		sent = &list->items[list->count - 1];
	if (err != OK || shown == NULL)
		return err;
	if (is_builtin(sent->explanation_engine)) {
		json_set_bool(shown, "can_explain", coding_can_explain(coding, sent));
		return OK;
	}
	json_set_string(shown, "explained_by", sent->explanation_engine);
	json_set_html(shown, "explanation_html", markdown_html(coding->arena, sent->explanation));
	return OK;
}

cJSON *code_view_refusal(const struct code_editor *editor)
{
	cJSON *refusal = cJSON_CreateObject();

	json_set_string(refusal, "error", editor->error);
	if (editor->newer != NULL) {
		json_set_string(refusal, "newer", editor->newer);
		json_set_number(refusal, "saved_at", (double)editor->draft.saved_at);
	}
	return refusal;
}

enum err code_view_status(const struct coding *coding, const char *id,
                          const struct code_editor *editor, const struct mustache *templates,
                          cJSON **ret_status)
{
	static const char *const names[] = { "results", "progress" };
	const struct submission *sent = code_results_find(coding, id);
	cJSON *page = cJSON_CreateObject(), *status;
	enum err err = sent != NULL ? code_view_results(page, coding, sent) : ERR_NOT_FOUND;

	if (err != OK)
		return err;
	json_set_string(page, "id", coding->question.id);
	json_set_string(page, "base", config()->base_path);
	code_progress_add(page, coding);
	status = code_results_status(sent, json_get(page, "sent"));
	for (size_t i = 0; i < 2; i++) {
		struct buf html;

		buf_init(&html, coding->arena);
		err = mustache_render(templates,
		                      arena_printf(coding->arena, "partials/code_%s", names[i]),
		                      coding->interview.language, page, &html);
		if (err != OK)
			return err;
		json_set_string(status, names[i], html.data);
	}
	json_set_string(status, "nonce", editor->nonce);
	if (editor->draft.code != NULL)
		json_set_number(status, "saved_at", (double)editor->draft.saved_at);
	*ret_status = status;
	return OK;
}
