/* Trials of the bank: an answer to a question, code for a task. Nothing is stored. */
#include <string.h>

#include "admin.h"
#include "bank_desk.h"
#include "base/json.h"
#include "store/submission.h"
#include "view/bank_view.h"
#include "web/form.h"
#include "web/reply.h"

enum {
	MAX_ANSWER = 20000,
	TIME_LIMITS = 2 /* after which a trial ends: candidates may be waiting for the slot */
};

static enum err try_answer(struct request *request, const struct bank_question *question,
                           enum language asked, cJSON *page)
{
	const struct bank_reader reader = { request->language, asked, 1 };
	const char *answer;

	if (form_text(request, "answer", 1, MAX_ANSWER, &answer) != OK) {
		json_set_string(
		        page, "error",
		        i18n(request->language, "Write an answer of at most 20,000 characters."));
		return ERR_INVALID;
	}
	json_set_string(page, "typed", answer);
	return bank_view_try(request->arena, page, question, &reader, answer);
}

static enum err run_code(struct request *request, const struct coding_task *task, cJSON *page)
{
	struct bank_run run = { .language = form_value(request, "code_language", ""),
		                .code = form_value(request, "answer", ""),
		                .task = task };
	struct judge_result result;
	struct judge_job job;
	int slot;
	enum err err = judge_enter(bank_desk_judge(), request->arena, &slot);

	if (err != OK)
		return err;
	task_job(request->arena, task,
	         &(struct task_attempt){ run.language, run.code, strlen(run.code), true }, &job);
	job.time_limits = TIME_LIMITS;
	err = judge_run(bank_desk_judge(), request->arena, slot, &job, &result);
	judge_leave(bank_desk_judge(), slot);
	if (err != OK)
		return err;
	run.result = &result;
	bank_view_run(request->arena, page, &run, request->language);
	return OK;
}

/* Candidates come first: why the code is not run now; NULL: it may be. */
static enum err why_not(struct request *request, const char **ret_refused)
{
	bool pending = false;
	enum err err;

	if (judge_tier(bank_desk_judge()) == NULL) {
		*ret_refused = N_("Code is not judged on this server.");
		return OK;
	}
	err = submission_any_pending(request->store, &pending);
	if (err == OK && pending)
		*ret_refused = N_("Candidates are waiting for the judge. Try again in a moment.");
	return err;
}

static enum err try_code(struct request *request, const struct bank_question *question,
                         enum language asked, cJSON *page)
{
	struct coding_task task;
	const char *fault, *refused = NULL;
	enum err err = task_parse(request->arena, question->body, asked, &task, &fault);

	json_set_string(page, "typed", form_value(request, "answer", ""));
	if (err != OK)
		return err;
	if (task_code_of(&task, form_value(request, "code_language", "")) == NULL)
		refused = N_("Choose a language in which the task can be solved.");
	else
		err = why_not(request, &refused);
	if (err == OK && refused == NULL)
		err = run_code(request, &task, page);
	if (err == ERR_BUSY)
		refused = N_("All places of the judge are taken. Try again in a moment.");
	if (refused == NULL)
		return err;
	json_set_string(page, "error", i18n(request->language, refused));
	return ERR_INVALID;
}

static enum err post_try(struct request *request)
{
	const struct bank_asked form = { form_value(request, "language", ""),
		                         form_value(request, "variant", "") };
	const enum language asked = bank_desk_asked(request, form.language);
	struct bank_question question;
	cJSON *page;
	enum err err = bank_desk_item(request, &form, &question, &page);

	if (err != OK)
		return err;
	if (strcmp(question.q_type, "coding") == 0)
		err = try_code(request, &question, asked, page);
	else
		err = try_answer(request, &question, asked, page);
	if (err != OK && err != ERR_INVALID)
		return err;
	return reply_page_status(request, err == OK ? 200 : 400, "bank_item", page);
}

static const struct route routes[] = {
	{ POST, "/admin/bank/*/try", ADMIN, post_try, "language variant answer code_language" },
};

const struct route_table bank_trial_routes = ROUTE_TABLE(routes);
