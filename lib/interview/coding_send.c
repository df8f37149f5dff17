#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "interview/coding_internal.h"

static enum err fault(const char *message, const char **ret_fault)
{
	*ret_fault = message;
	return ERR_INVALID;
}

static enum err read_arguments(const struct coding_task *task, const char *text,
                               struct judge_case *ret_case, const char **ret_fault)
{
	const struct signature *signature = &task->signature;
	cJSON *args;

	if (json_parse(text, strlen(text), &args) != OK || !cJSON_IsArray(args))
		return fault(N_("Your own input must be a JSON array with one item for each "
		                "argument, such as [[2, 7], 9]."),
		             ret_fault);
	if ((size_t)cJSON_GetArraySize(args) != signature->count)
		return fault(
		        N_("Your own input has another number of arguments than the function."),
		        ret_fault);
	for (size_t i = 0; task->is_typed && i < signature->count; i++)
		if (!signature_fits(&signature->params[i].type, cJSON_GetArrayItem(args, (int)i)))
			return fault(N_("An argument of your own input is not of the type that the "
			                "function takes."),
			             ret_fault);
	*ret_case = (struct judge_case){ .args = args };
	return OK;
}

enum err coding_read_input(const struct coding_task *task, const char *text,
                           struct judge_case *ret_case, const char **ret_fault)
{
	switch (task->kind) {
	case JUDGE_FUNCTION:
		return read_arguments(task, text, ret_case, ret_fault);
	case JUDGE_STDIN:
		*ret_case = (struct judge_case){ .stdin_text = text };
		return OK;
	case JUDGE_SQL:
		break;
	}
	return fault(N_("This task takes no input of your own."), ret_fault);
}

static bool is_blank(const char *text)
{
	return text[strspn(text, " \t\r\n")] == '\0';
}

static enum err check_code(const struct coding *coding, const struct coding_input *input,
                           const char **ret_fault)
{
	const size_t len = strlen(input->code);

	if (is_blank(input->code))
		return fault(N_("There is no code yet: write your solution first."), ret_fault);
	if (len > CODING_MAX_CODE || !text_valid(input->code, len))
		return fault(N_("The code is longer than 256 KB or not plain text."), ret_fault);
	if (task_code_of(&coding->task, input->code_language) == NULL)
		return fault(N_("This task cannot be solved in that language."), ret_fault);
	return OK;
}

static bool is_run(const struct coding_input *input)
{
	return strcmp(input->kind, "run") == 0;
}

static const char *own_input(const struct coding_input *input)
{
	const bool is_given = is_run(input) && input->custom_input != NULL;

	return is_given && !is_blank(input->custom_input) ? input->custom_input : "";
}

static enum err check(const struct coding *coding, const struct coding_input *input,
                      const char **ret_fault)
{
	const char *custom = own_input(input);
	struct judge_case unused;
	enum err err = check_code(coding, input, ret_fault);

	if (err == OK && !is_run(input) && strcmp(input->kind, "submit") != 0)
		err = fault(err_text(ERR_INVALID), ret_fault);
	if (err == OK && (input->nonce == NULL || input->nonce[0] == '\0'))
		err = fault(err_text(ERR_INVALID), ret_fault);
	if (err != OK || custom[0] == '\0')
		return err;
	if (strlen(custom) > CODING_MAX_INPUT || !text_valid(custom, strlen(custom)))
		return fault(N_("Your own input is longer than 64 KB or not plain text."),
		             ret_fault);
	return coding_read_input(&coding->task, custom, &unused, ret_fault);
}

static bool can_be_judged(const struct coding *coding, const struct judge *judge,
                          const char *code_language)
{
	return coding->task.is_judged && judge != NULL && judge_tier(judge) != NULL &&
	       judge_has_language(judge, code_language);
}

static enum err save_draft(struct coding *coding, const struct coding_input *input)
{
	const struct code_draft draft = { .code_language = input->code_language,
		                          .code = input->code };

	return code_draft_save(coding->store, coding->question.id, &draft);
}

static enum err send_inside(struct coding *coding, const struct coding_input *input,
                            struct submission *submission)
{
	enum err err = coding_check_open(coding);

	if (err != OK)
		return err;
	submission->hints_used = coding->question.hints_used;
	submission->time_spent_ms = (int)(clock_now_ms() - coding->question.asked_at);
	err = save_draft(coding, input);
	return err == OK ? submission_add(coding->store, coding->arena, submission) : err;
}

static bool is_same(const struct submission *one, const struct submission *other)
{
	return strcmp(one->kind, other->kind) == 0 &&
	       strcmp(one->code_language, other->code_language) == 0 &&
	       strcmp(one->code, other->code) == 0 &&
	       strcmp(one->custom_input, other->custom_input) == 0;
}

/* Bytes of code that come into the report: runs do not. */
static size_t submitted(const struct submission *submission)
{
	return strcmp(submission->kind, "submit") == 0 ? strlen(submission->code) : 0;
}

/*
 * The id that was given to this form, if it was sent before; NULL if not. A page whose reply
 * was lost may send other code with the nonce it has: that is no repetition, and the
 * submission gets a nonce made from it. ERR_INVALID: no more can be taken.
 */
static enum err sent_before(struct coding *coding, struct submission *submission,
                            const char **ret_id, const char **ret_fault)
{
	const size_t length = strlen(submission->nonce);
	size_t code = submitted(submission);
	struct submission_list list;
	bool is_used = false;
	enum err err = submission_list(coding->store, coding->arena, coding->question.id, false,
	                               &list);

	*ret_id = NULL;
	for (size_t i = 0; err == OK && i < list.count; i++) {
		const char *rest = list.items[i].nonce + length;

		code += submitted(&list.items[i]);
		if (strncmp(list.items[i].nonce, submission->nonce, length) != 0 ||
		    (*rest != '\0' && *rest != '+'))
			continue;
		is_used = true;
		if (is_same(&list.items[i], submission))
			*ret_id = list.items[i].id;
	}
	if (is_used)
		submission->nonce = arena_printf(coding->arena, "%s+%zu", submission->nonce,
		                                 list.count);
	if (err == OK && *ret_id == NULL &&
	    (list.count >= CODING_MAX_SENT || code > CODING_MAX_SENT_CODE))
		return fault(N_("This task was run and submitted too often: choose “Done, next "
		                "question”."),
		             ret_fault);
	return err;
}

static enum err send(struct coding *coding, const struct coding_input *input,
                     struct submission *submission, const char **ret_fault)
{
	const char *earlier;
	enum err err = store_begin(coding->store);

	if (err != OK)
		return err;
	err = sent_before(coding, submission, &earlier, ret_fault);
	if (err == OK && earlier != NULL)
		submission->id = earlier;
	else if (err == OK)
		err = send_inside(coding, input, submission);
	if (err == OK)
		err = store_commit(coding->store);
	if (err != OK)
		store_rollback(coding->store);
	if (err != ERR_BUSY)
		return err;
	/* While the judge is busy with the code before this, at least nothing typed is lost. */
	save_draft(coding, input);
	*ret_fault = N_("Your code before this is still being judged. This one is kept as a "
	                "draft: send it again in a moment.");
	return ERR_BUSY;
}

enum err coding_send(struct coding *coding, const struct judge *judge,
                     const struct coding_input *input, const char **ret_submission_id,
                     const char **ret_fault)
{
	struct submission submission = {
		.question_id = coding->question.id,
		.owner_id = coding->interview.owner_id,
		.kind = input->kind,
		.code_language = input->code_language,
		.code = input->code,
		.custom_input = own_input(input),
		.nonce = input->nonce,
	};
	enum err err = check(coding, input, ret_fault);

	if (err != OK)
		return err;
	submission.state = can_be_judged(coding, judge, input->code_language) ? "queued"
	                                                                      : "not_judged";
	err = send(coding, input, &submission, ret_fault);
	if (err == OK)
		*ret_submission_id = submission.id;
	return err;
}
