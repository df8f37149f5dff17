#include <string.h>

#include "base/config.h"
#include "base/json.h"
#include "base/lock.h"
#include "examiner/mentor_llm.h"
#include "interview/coding_draft.h"
#include "interview/coding_internal.h"

/* Another request asks: its model has answered by then. */
enum { OTHER_WAIT_MS = CODING_MENTOR_BUDGET_MS + 2000, MAX_NONCE = 64 };

static bool is(const char *one, const char *other)
{
	return strcmp(one, other) == 0;
}

/* --- what a mentor is told ----------------------------------------------------------- */

/* Starters, signature and hints that were shown. */
static struct score_texts known_of(const struct coding *coding)
{
	const struct coding_task *task = &coding->task;
	const size_t most = task->code_count + coding->hints.count + 2;
	const char **items = arena_array(coding->arena, most, sizeof(*items));
	size_t count = 0;

	for (size_t i = 0; i < task->code_count; i++)
		if (task->codes[i].starter != NULL)
			items[count++] = task->codes[i].starter;
	for (size_t i = 0; i < coding->hints.count; i++)
		items[count++] = coding->hints.items[i].body;
	if (task->signature_text != NULL)
		items[count++] = task->signature_text;
	if (task->schema != NULL)
		items[count++] = task->schema;
	return (struct score_texts){ items, count };
}

/* Solutions, and hints above that level. */
static struct score_texts secrets_of(const struct coding *coding, int level)
{
	const struct coding_task *task = &coding->task;
	const char **items = arena_array(coding->arena, task->code_count + TASK_HINTS,
	                                 sizeof(*items));
	size_t count = 0;

	for (size_t i = 0; i < task->code_count; i++)
		if (task->codes[i].reference != NULL)
			items[count++] = task->codes[i].reference;
	for (int i = level; i < TASK_HINTS; i++)
		items[count++] = task->hints[i];
	return (struct score_texts){ items, count };
}

static struct mentor_scene scene_of(const struct coding *coding, int level)
{
	return (struct mentor_scene){
		.language = coding->interview.language,
		.question_id = coding->question.id,
		.description = coding->task.description,
		.known = known_of(coding),
		.secrets = secrets_of(coding, level),
	};
}

static enum err take_lock(const struct coding *coding, const char *what, int wait_ms,
                          struct lock **ret_lock)
{
	return lock_take(coding->arena, arena_printf(coding->arena, "%s/locks", config()->var),
	                 arena_printf(coding->arena, "%s:%s", what, coding->interview.owner_id),
	                 wait_ms, ret_lock);
}

/*
 * However often a person presses, one request of theirs asks the mentor and one waits for it: each
 * holds a thread. ERR_BUSY: there are two already.
 */
static enum err take_turn(const struct coding *coding, struct lock **ret_lock)
{
	struct lock *next = NULL;
	enum err err = take_lock(coding, "mentor", 0, ret_lock);

	if (err != ERR_BUSY)
		return err;
	err = take_lock(coding, "next mentor", 0, &next);
	if (err != OK)
		return err;
	store_rest(coding->store); /* others may need the connection meanwhile */
	err = take_lock(coding, "mentor", OTHER_WAIT_MS, ret_lock);
	lock_release(next);
	return err;
}

/* --- hints --------------------------------------------------------------------------- */

int coding_next_hint(const struct coding *coding, double *ret_price)
{
	const size_t taken = coding->hints.count;

	if (taken >= TASK_HINTS)
		return 0;
	*ret_price = coding_hint_price[taken + 1];
	return (int)taken + 1;
}

/* What the candidate has in that language: the draft, else what was sent last. */
static enum err code_of(const struct coding *coding, const char *code_language,
                        const char **ret_code)
{
	const struct submission_list *list = &coding->submissions;
	struct coding_draft draft;
	enum err err = coding_draft_open(coding, code_language, &draft);

	if (err != OK)
		return err;
	*ret_code = draft.code;
	for (size_t i = list->count; draft.saved_at == 0 && i-- > 0;) {
		if (!is(list->items[i].code_language, code_language))
			continue;
		*ret_code = list->items[i].code;
		break;
	}
	return OK;
}

/* The bank's words, or a model's about the candidate's code. */
static enum err word_hint(const struct coding *coding, const char *code_language,
                          struct hint_row *hint)
{
	struct mentor_scene scene = scene_of(coding, hint->level);
	struct mentor_words words;
	enum err err;

	hint->body = coding->task.hints[hint->level - 1];
	hint->engine = "builtin";
	if (!mentor_llm_is_ready(coding->mentor, AGENT_HINT_MENTOR))
		return OK;
	err = code_of(coding, code_language, &scene.code);
	if (err != OK)
		return err;
	scene.code_language = code_language;
	mentor_llm_hint(coding->mentor, coding->arena, &scene,
	                &(struct mentor_hint){ hint->level, coding->task.hints }, &words);
	if (words.text != NULL) {
		hint->body = words.text;
		hint->engine = words.engine;
	}
	return OK;
}

static enum err store_hint_inside(struct coding *coding, const struct hint_row *hint)
{
	double price;
	enum err err = coding_check_open(coding);

	if (err == OK)
		err = hint_list(coding->store, coding->arena, coding->question.id, &coding->hints);
	if (err != OK || (size_t)hint->level <= coding->hints.count)
		return err;
	return coding_next_hint(coding, &price) == hint->level
	               ? hint_add(coding->store, coding->question.id, hint)
	               : ERR_INVALID;
}

static enum err store_hint(struct coding *coding, const struct hint_row *hint)
{
	enum err err = store_begin(coding->store);

	if (err != OK)
		return err;
	err = store_hint_inside(coding, hint);
	if (err == OK)
		err = store_commit(coding->store);
	if (err != OK)
		store_rollback(coding->store);
	return err;
}

/* Reads again what the request may have changed. */
static enum err reopen(struct coding *coding)
{
	const struct agent_desk *mentor = coding->mentor;
	enum err err = coding_open(coding->store, coding->arena,
	                           &(struct user){ .id = coding->interview.owner_id },
	                           coding->question.id, coding);

	if (err == OK)
		coding->mentor = mentor;
	return err;
}

static enum err take_hint_alone(struct coding *coding, int level, const char *code_language)
{
	struct hint_row hint = { .level = level };
	enum err err = reopen(coding);

	if (err != OK)
		return err;
	if (!coding->is_open)
		return ERR_CONFLICT;
	if ((size_t)level <= coding->hints.count)
		return OK;
	if (coding_next_hint(coding, &hint.price) != level)
		return ERR_INVALID;
	err = word_hint(coding, code_language, &hint);
	if (err == OK)
		err = store_hint(coding, &hint);
	return err == OK ? reopen(coding) : err;
}

enum err coding_take_hint(struct coding *coding, int level, const char *code_language)
{
	struct lock *lock = NULL;
	enum err err;

	if (level < 1 || level > TASK_HINTS)
		return ERR_INVALID;
	/* A second press waits for the words of the first; without the file it costs a call. */
	if (coding->mentor != NULL && take_turn(coding, &lock) == ERR_BUSY)
		return ERR_BUSY;
	err = take_hint_alone(coding, level, code_language);
	lock_release(lock);
	return err;
}

/* --- errors -------------------------------------------------------------------------- */

static bool is_execution_error(const char *verdict)
{
	static const char *const errors[] = { "compile_error", "runtime_error", "time_limit",
		                              "memory_limit", "output_limit" };

	for (size_t i = 0; i < sizeof(errors) / sizeof(*errors); i++)
		if (is(verdict, errors[i]))
			return true;
	return false;
}

/* The first test that the candidate sees and that was not passed; NULL: none. */
static const cJSON *first_failure(const cJSON *result)
{
	const cJSON *custom = json_get(result, "custom"), *test;

	cJSON_ArrayForEach(test, json_get(result, "public"))
	{
		if (!is(json_string(test, "verdict", ""), "accepted"))
			return test;
	}
	return cJSON_IsObject(custom) && !is(json_string(custom, "verdict", ""), "accepted")
	               ? custom
	               : NULL;
}

/* The error that the built-in words are about. False: they are about something else. */
static bool read_error(const struct submission *submission, struct mentor_error *ret_error)
{
	struct mentor_error error = { .builtin = submission->explanation };
	const cJSON *compile, *test, *exception;
	cJSON *result = NULL;

	if (!is(submission->state, "done") || submission->result == NULL ||
	    json_parse(submission->result, strlen(submission->result), &result) != OK)
		return false;
	compile = json_get(result, "compile");
	if (compile != NULL && !json_bool(compile, "ok", true)) {
		error.verdict = "compile_error";
		error.message = json_string(compile, "message", "");
		error.line = (int)json_number(compile, "line", 0);
		*ret_error = error;
		return true;
	}
	test = first_failure(result);
	if (test == NULL)
		return false;
	exception = json_get(test, "exception");
	error.verdict = json_string(test, "verdict", "");
	error.class = json_string(exception, "class", NULL);
	error.message = json_string(exception, "message", NULL);
	error.line = (int)json_number(exception, "line", 0);
	*ret_error = error;
	return is_execution_error(error.verdict);
}

static size_t asks(const struct submission *submission)
{
	size_t count = 0;

	for (const char *at = submission->explanation_asks; *at != '\0'; at++)
		count += *at == '\n';
	return count;
}

bool coding_can_explain(const struct coding *coding, const struct submission *submission)
{
	struct mentor_error error;

	return coding->is_open && is(submission->explanation_engine, "builtin") &&
	       submission->explanation[0] != '\0' && asks(submission) < SUBMISSION_MAX_ASKS &&
	       mentor_llm_is_ready(coding->mentor, AGENT_ERROR_MENTOR) &&
	       read_error(submission, &error);
}

static enum err explain_alone(struct coding *coding, const struct submission *submission,
                              const char *nonce)
{
	struct mentor_scene scene = scene_of(coding, (int)coding->hints.count);
	struct mentor_words words;
	struct mentor_error error;
	enum err err;

	if (!is(submission->explanation_engine, "builtin"))
		return OK;
	if (!read_error(submission, &error))
		return ERR_INVALID;
	if (!coding_can_explain(coding, submission))
		return ERR_UPSTREAM;
	err = submission_ask_explanation(coding->store, submission->id, nonce);
	if (err != OK)
		return err == ERR_CONFLICT ? ERR_UPSTREAM : err;
	scene.code_language = submission->code_language;
	scene.code = submission->code;
	mentor_llm_explain(coding->mentor, coding->arena, &scene, &error, &words);
	if (words.text == NULL)
		return ERR_UPSTREAM;
	err = submission_set_explanation(coding->store, submission->id, words.text, words.engine);
	return err == ERR_CONFLICT ? OK : err;
}

enum err coding_explain(struct coding *coding, const char *submission_id, const char *nonce)
{
	struct submission submission;
	struct lock *lock = NULL;
	enum err err;

	if (nonce[0] == '\0' || strlen(nonce) > MAX_NONCE || strchr(nonce, '\n') != NULL)
		return ERR_INVALID;
	err = submission_by_id(coding->store, coding->arena, submission_id, &submission);
	if (err == OK && !is(submission.question_id, coding->question.id))
		err = ERR_NOT_FOUND;
	if (err == OK && !coding->is_open)
		err = ERR_CONFLICT;
	if (err == OK)
		err = take_turn(coding, &lock);
	if (err == OK)
		err = submission_by_id(coding->store, coding->arena, submission_id, &submission);
	if (err == OK)
		err = explain_alone(coding, &submission, nonce);
	lock_release(lock);
	return err;
}
