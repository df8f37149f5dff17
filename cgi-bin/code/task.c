/* The page of a coding task, and what is sent from it. */
#include <string.h>

#include "base/config.h"
#include "base/json.h"
#include "base/text.h"
#include "code.h"
#include "interview/coding_desk.h"
#include "interview/coding_draft.h"
#include "interview/events.h"
#include "report/report.h"
#include "view/code_results.h"
#include "view/code_view.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/session.h"
#include "web/token.h"

enum { NONCE_BYTES = 16 };

static enum err open_task(struct request *request, struct coding *coding)
{
	enum err err = coding_desk_open(request->store, request->arena, request->user,
	                                request->params[0], coding);

	if (err != OK)
		return err;
	coding_desk_lend(request->context, coding);
	request_fix_language(request, coding->interview.language);
	return OK;
}

/* --- the page ----------------------------------------------------------------------- */

static enum err show_page(struct request *request, int status, const struct coding *coding,
                          struct code_editor *editor)
{
	cJSON *page;
	enum err err;

	editor->nonce = token_random(request->arena, NONCE_BYTES);
	page = code_view(coding, coding_desk_judge(request->context), editor);
	err = code_view_results(page, coding, NULL);
	return err == OK ? reply_page_status(request, status, "code", page) : err;
}

static enum err get_code(struct request *request)
{
	struct code_editor editor = { 0 };
	struct coding coding;
	enum err err = open_task(request, &coding);

	if (err != OK)
		return err;
	editor.code_language = coding_draft_language(&coding, coding_desk_judge(request->context),
	                                             request_query(request, "language", ""));
	err = coding_draft_open(&coding, editor.code_language, &editor.draft);
	if (err == OK && request_query(request, "leave", NULL) != NULL)
		err = coding_draft_is_unsent(&coding, &editor.asks_leave);
	return err == OK ? show_page(request, 200, &coding, &editor) : err;
}

/* --- what the page sends ------------------------------------------------------------ */

/* A form of the page with its task opened. */
struct sent_form {
	struct coding coding;
	struct code_editor editor;
	bool is_answered; /* refused: the reply says why */
};

/* The page again with what was typed and why that was refused; the script needs only why. */
static enum err refuse(struct request *request, struct sent_form *form, enum err err,
                       const char *why)
{
	form->is_answered = true;
	form->editor.error = i18n(request->language, why);
	if (!request_wants_json(request))
		return show_page(request, err_status(err), &form->coding, &form->editor);
	request->reply.status = err_status(err);
	return reply_json(request, json_text(code_view_refusal(&form->editor)));
}

/* Another tab was faster: both texts are shown, and sending again decides for this one. */
static enum err refuse_older(struct request *request, struct sent_form *form,
                             const struct coding_draft *newer)
{
	form->editor.newer = newer->code;
	form->editor.draft.saved_at = newer->saved_at;
	return refuse(request, form, ERR_CONFLICT,
	              N_("Other code was saved in another tab since this page was opened. "
	                 "Send yours again to replace it."));
}

/* The error page, but for a task that is closed. */
static enum err refuse_err(struct request *request, struct sent_form *form, enum err err)
{
	if (err != ERR_CONFLICT)
		return err;
	form->coding.is_open = false;
	return refuse(request, form, ERR_CONFLICT,
	              N_("This task is closed: nothing more can be sent."));
}

static enum err keep_code(struct request *request, struct sent_form *form)
{
	struct code_editor *editor = &form->editor;
	struct coding_draft newer;
	enum err err;

	if (strlen(editor->draft.code) > CODING_MAX_CODE)
		return refuse(request, form, ERR_TOO_LARGE,
		              N_("The code is too long: 256 KiB at most."));
	err = coding_draft_keep(&form->coding, editor->code_language, &editor->draft, &newer);
	return err == ERR_CONFLICT ? refuse_older(request, form, &newer) : err;
}

/* Opens the task of a form and keeps its code as the draft. */
static enum err read_form(struct request *request, struct sent_form *form)
{
	struct code_editor *editor = &form->editor;
	long long saved_at;
	enum err err = open_task(request, &form->coding);

	if (err != OK)
		return err;
	if (!text_integer(form_value(request, "saved_at", "0"), 0, INT64_MAX, &saved_at))
		return ERR_INVALID;
	editor->code_language = form_value(request, "code_language", "");
	editor->custom_input = form_value(request, "custom_input", "");
	editor->draft.code = form_value(request, "code", "");
	editor->draft.saved_at = saved_at;
	if (task_code_of(&form->coding.task, editor->code_language) == NULL)
		return ERR_INVALID;
	return form_find(&request->form, "code") != NULL ? keep_code(request, form) : OK;
}

/* False when nothing is left to do but to return the outcome. */
static bool receive(struct request *request, struct sent_form *form, enum err *ret_err)
{
	*form = (struct sent_form){ 0 };
	*ret_err = read_form(request, form);
	return *ret_err == OK && !form->is_answered;
}

static enum err go_to(struct request *request, const struct sent_form *form, const char *place)
{
	return reply_redirect(request, arena_printf(request->arena, "/code/%s?language=%s%s",
	                                            form->coding.question.id,
	                                            form->editor.code_language, place));
}

/* Saves what is typed; also changes the language and takes a reset back. */
static enum err post_draft(struct request *request)
{
	const char *action = form_value(request, "action", "save");
	struct sent_form form;
	enum err err;

	if (!receive(request, &form, &err))
		return err;
	if (!form.coding.is_open)
		return refuse_err(request, &form, ERR_CONFLICT);
	if (request_wants_json(request))
		return reply_json(request, arena_printf(request->arena, "{\"saved_at\":%lld}",
		                                        (long long)form.editor.draft.saved_at));
	if (strcmp(action, "undo") == 0)
		err = coding_draft_undo_reset(&form.coding, form.editor.code_language);
	else if (strcmp(action, "choose") == 0)
		form.editor.code_language = form_value(request, "wanted_language", "");
	if (task_code_of(&form.coding.task, form.editor.code_language) == NULL)
		return ERR_INVALID;
	return err == OK ? go_to(request, &form, "") : err;
}

static enum err post_reset(struct request *request)
{
	struct sent_form form;
	enum err err;

	if (!receive(request, &form, &err))
		return err;
	err = coding_draft_reset(&form.coding, form.editor.code_language);
	return err == OK ? go_to(request, &form, "") : err;
}

static enum err post_hint(struct request *request)
{
	struct form_range levels = { 1, TASK_HINTS, 0 };
	struct sent_form form;
	enum err err;
	int level;

	if (!receive(request, &form, &err))
		return err;
	err = form_integer(request, "level", levels, &level);
	if (err == OK)
		err = coding_take_hint(&form.coding, level, form.editor.code_language);
	return err == OK ? go_to(request, &form, "#hints") : refuse_err(request, &form, err);
}

/* A model's words in place of the built-in explanation of an error. */
static enum err post_explain(struct request *request)
{
	struct sent_form form;
	enum err err;

	if (!receive(request, &form, &err))
		return err;
	err = coding_explain(&form.coding, form_value(request, "submission", ""),
	                     form_nonce(request));
	if (err == ERR_UPSTREAM)
		return refuse(request, &form, err, N_("The model has no better explanation."));
	return err == OK ? go_to(request, &form, "#results") : refuse_err(request, &form, err);
}

/* --- steps of the interview --------------------------------------------------------- */

static enum err take_step(struct request *request, const struct sent_form *form,
                          enum flow_action action, struct flow *flow)
{
	const struct flow_input input = { .action = action,
		                          .text = "",
		                          .question_id = form->coding.question.id,
		                          .nonce = form_nonce(request) };
	const struct flow_setting setting = { .store = request->store,
		                              .arena = request->arena,
		                              .model = coding_desk_model(request->context) };
	enum err err = flow_open(&setting, request->user, form->coding.interview.id, flow);

	return err == OK ? flow_step(flow, &input) : err;
}

static enum err post_answer(struct request *request)
{
	struct sent_form form;
	enum err err;
	struct flow flow;

	if (!receive(request, &form, &err))
		return err;
	err = take_step(request, &form, FLOW_MODEL_ANSWER, &flow);
	return err == OK ? go_to(request, &form, "#answer") : err;
}

/* The next question is asked in the talk; after the last one comes the report. */
static enum err go_on(struct request *request, const struct flow *flow)
{
	const char *id = flow->interview.id;
	struct report_row report;

	if (strcmp(flow->interview.status, "completed") != 0 ||
	    report_ensure(request->store, request->arena, id, coding_desk_model(request->context),
	                  &report) != OK)
		return reply_redirect(request,
		                      arena_printf(request->arena, "/interviews/%s#latest", id));
	flash_set(request, FLASH_FINISHED);
	return reply_redirect(request, arena_printf(request->arena, "/reports/%s", id));
}

static enum err post_done(struct request *request)
{
	struct sent_form form;
	bool is_unsent;
	enum err err;
	struct flow flow;

	if (!receive(request, &form, &err))
		return err;
	err = coding_draft_is_unsent(&form.coding, &is_unsent);
	if (err != OK)
		return err;
	/* Code that was never submitted is left behind only on a second word. */
	if (is_unsent && form_find(&request->form, "confirmed") == NULL)
		return go_to(request, &form, "&leave=ask#leave");
	err = take_step(request, &form, FLOW_CODE_DONE, &flow);
	if (err == ERR_BUSY)
		return refuse(request, &form, ERR_BUSY,
		              N_("Your code is still being judged. Wait for its result, then "
		                 "press again."));
	/* ERR_CONFLICT: another tab was done with it before, and the talk is shown as well. */
	return err == OK || err == ERR_CONFLICT ? go_on(request, &flow) : err;
}

/* --- runs ---------------------------------------------------------------------------- */

/* What the script shows without loading the page anew. */
static enum err reply_status(struct request *request, const struct coding *coding, const char *id,
                             struct code_editor *editor)
{
	cJSON *status;
	enum err err;

	editor->nonce = token_random(request->arena, NONCE_BYTES);
	err = code_view_status(coding, id, editor, request->templates, &status);
	return err == OK ? reply_json(request, json_text(status)) : err;
}

static enum err post_run(struct request *request)
{
	struct coding_input input = { .nonce = form_nonce(request) };
	struct sent_form form;
	enum err err;
	const char *id, *fault = NULL;

	if (!receive(request, &form, &err))
		return err;
	if (form_choice(request, "action", "run submit", &input.kind) != OK)
		return ERR_INVALID;
	input.code = form.editor.draft.code;
	input.code_language = form.editor.code_language;
	input.custom_input = form.editor.custom_input;
	err = coding_send(&form.coding, coding_desk_judge(request->context), &input, &id, &fault);
	if (coding_draft_open(&form.coding, input.code_language, &form.editor.draft) != OK)
		return ERR_BUSY; /* the code is sent, though, and a reload shows it */
	if (err != OK)
		return fault != NULL ? refuse(request, &form, err, fault)
		                     : refuse_err(request, &form, err);
	if (request->background != NULL)
		background_wake(request->background);
	coding_desk_wait(request->store, request->arena, id, request->context,
	                 request->background == NULL);
	if (!request_wants_json(request))
		return go_to(request, &form, "#results");
	err = open_task(request, &form.coding);
	return err == OK ? reply_status(request, &form.coding, id, &form.editor) : err;
}

/* "<id>" leads to the page, "<id>.json" and a wish for JSON give what the script asks for. */
static enum err get_run(struct request *request)
{
	const char *name = request->params[1], *ending = strstr(name, ".json");
	const bool is_json = ending != NULL && strcmp(ending, ".json") == 0;
	const char *id = is_json ? arena_copy(request->arena, name, (size_t)(ending - name)) : name;
	struct code_editor editor = { 0 };
	struct coding coding;
	enum err err = open_task(request, &coding);

	if (err != OK)
		return err;
	if (is_json || request_wants_json(request))
		return reply_status(request, &coding, id, &editor);
	if (code_results_find(&coding, id) == NULL)
		return ERR_NOT_FOUND;
	return reply_redirect(request,
	                      arena_printf(request->arena, "/code/%s#results", coding.question.id));
}

static enum err post_events(struct request *request)
{
	struct coding coding;
	enum err err = open_task(request, &coding);

	if (err == OK)
		err = events_note(request->store, request->arena, &coding.interview,
		                  coding.question.id, form_value(request, "events", ""));
	return err == OK ? reply_empty(request) : err;
}

static const struct route routes[] = {
	{ GET, "/code/*", CANDIDATE, get_code, NULL },
	{ POST, "/code/*/runs", CANDIDATE, post_run,
	  "code code_language custom_input saved_at nonce wanted_language action" },
	{ GET, "/code/*/runs/*", CANDIDATE, get_run, NULL },
	{ POST, "/code/*/drafts", CANDIDATE, post_draft,
	  "code code_language custom_input saved_at nonce wanted_language action" },
	{ POST, "/code/*/reset", CANDIDATE, post_reset,
	  "code code_language custom_input saved_at nonce wanted_language" },
	{ POST, "/code/*/hints", CANDIDATE, post_hint,
	  "code code_language custom_input saved_at nonce wanted_language level" },
	{ POST, "/code/*/explain", CANDIDATE, post_explain,
	  "code code_language custom_input saved_at nonce wanted_language submission" },
	{ POST, "/code/*/answer", CANDIDATE, post_answer,
	  "code code_language custom_input saved_at nonce wanted_language" },
	{ POST, "/code/*/done", CANDIDATE, post_done,
	  "code code_language custom_input saved_at nonce wanted_language confirmed" },
	{ POST, "/code/*/events", CANDIDATE, post_events, "events" },
};

const struct route_table task_routes = ROUTE_TABLE(routes);
