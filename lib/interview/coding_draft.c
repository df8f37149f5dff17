#include "interview/coding_draft.h"

#include <string.h>

/* What a reset took away is a draft of its own, under the language's name with this mark. */
static const char reset_mark[] = "~";

static const char *reset_key(const struct coding *coding, const char *code_language)
{
	return arena_printf(coding->arena, "%s%s", code_language, reset_mark);
}

static const char *starter_of(const struct coding *coding, const char *code_language)
{
	const struct task_code *code = task_code_of(&coding->task, code_language);

	return code != NULL && code->starter != NULL ? code->starter : "";
}

static enum err get(const struct coding *coding, const char *key, struct code_draft *ret_draft)
{
	return code_draft_get(coding->store, coding->arena, coding->question.id, key, ret_draft);
}

static enum err save(const struct coding *coding, const char *key, const char *code)
{
	const struct code_draft draft = { .code_language = key, .code = code };

	return code_draft_save(coding->store, coding->question.id, &draft);
}

enum err coding_draft_open(const struct coding *coding, const char *code_language,
                           struct coding_draft *ret_draft)
{
	struct coding_draft draft = { .code = starter_of(coding, code_language) };
	struct code_draft found;
	enum err err = get(coding, code_language, &found);

	if (err == OK)
		draft = (struct coding_draft){ .code = found.code, .saved_at = found.saved_at };
	else if (err != ERR_NOT_FOUND)
		return err;
	err = get(coding, reset_key(coding, code_language), &found);
	if (err != OK && err != ERR_NOT_FOUND)
		return err;
	draft.can_undo_reset = err == OK && found.code[0] != '\0' &&
	                       strcmp(found.code, draft.code) != 0;
	*ret_draft = draft;
	return OK;
}

bool coding_draft_can_use(const struct coding *coding, const struct judge *judge,
                          const char *code_language)
{
	return task_code_of(&coding->task, code_language) != NULL &&
	       (judge_tier(judge) == NULL || judge_has_language(judge, code_language));
}

const char *coding_draft_language(const struct coding *coding, const struct judge *judge,
                                  const char *wanted)
{
	const struct coding_task *task = &coding->task;
	const char *name = coding->interview.code_language;
	struct code_draft draft;

	if (task_code_of(task, wanted) != NULL)
		return wanted;
	if (get(coding, NULL, &draft) == OK) {
		const char *drafted = arena_copy(coding->arena, draft.code_language,
		                                 strcspn(draft.code_language, reset_mark));

		if (task_code_of(task, drafted) != NULL)
			return drafted;
	}
	if (coding_draft_can_use(coding, judge, name))
		return name;
	for (size_t i = 0; i < task->code_count; i++)
		if (coding_draft_can_use(coding, judge, task->codes[i].language))
			return task->codes[i].language;
	return task->codes[0].language;
}

/* Reads, compares and writes in one transaction: two tabs may save at the same time. */
enum err coding_draft_keep(const struct coding *coding, const char *code_language,
                           struct coding_draft *draft, struct coding_draft *ret_newer)
{
	struct coding_draft stored;
	enum err err;

	if (!coding->is_open)
		return OK;
	err = store_begin(coding->store);
	if (err != OK)
		return err;
	err = coding_draft_open(coding, code_language, &stored);
	if (err == OK && strcmp(stored.code, draft->code) != 0) {
		if (stored.saved_at > draft->saved_at) {
			*ret_newer = stored;
			err = ERR_CONFLICT;
		} else {
			err = save(coding, code_language, draft->code);
			if (err == OK)
				err = coding_draft_open(coding, code_language, &stored);
		}
	}
	if (err == OK)
		err = store_commit(coding->store);
	if (err == OK)
		draft->saved_at = stored.saved_at;
	else
		store_rollback(coding->store);
	return err;
}

enum err coding_draft_is_unsent(const struct coding *coding, bool *ret_is_unsent)
{
	bool is_written = coding->submissions.count > 0;
	struct coding_draft draft;

	*ret_is_unsent = false;
	for (size_t i = 0; i < coding->submissions.count; i++)
		if (coding->submissions.items[i].attempt_number > 0)
			return OK;
	for (size_t i = 0; !is_written && i < coding->task.code_count; i++) {
		const char *name = coding->task.codes[i].language;
		enum err err = coding_draft_open(coding, name, &draft);

		if (err != OK)
			return err;
		is_written = strcmp(draft.code, starter_of(coding, name)) != 0;
	}
	*ret_is_unsent = is_written && coding->is_open;
	return OK;
}

enum err coding_draft_reset(const struct coding *coding, const char *code_language)
{
	const char *starter = starter_of(coding, code_language);
	struct coding_draft draft;
	enum err err = coding_draft_open(coding, code_language, &draft);

	if (err != OK || !coding->is_open || strcmp(draft.code, starter) == 0)
		return err;
	err = store_begin(coding->store);
	if (err == OK)
		err = save(coding, reset_key(coding, code_language), draft.code);
	if (err == OK)
		err = save(coding, code_language, starter);
	if (err == OK)
		return store_commit(coding->store);
	store_rollback(coding->store);
	return err;
}

enum err coding_draft_undo_reset(const struct coding *coding, const char *code_language)
{
	struct code_draft kept;
	enum err err = get(coding, reset_key(coding, code_language), &kept);

	if (err == ERR_NOT_FOUND || !coding->is_open)
		return OK;
	if (err == OK)
		err = store_begin(coding->store);
	if (err != OK)
		return err;
	err = save(coding, code_language, kept.code);
	if (err == OK)
		err = save(coding, reset_key(coding, code_language), "");
	if (err == OK)
		return store_commit(coding->store);
	store_rollback(coding->store);
	return err;
}
