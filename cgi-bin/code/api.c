/* The API of coding tasks: the task, runs, submissions, hints, the answer, the end. */
#include <string.h>

#include "base/json.h"
#include "code.h"
#include "interview/coding_desk.h"
#include "interview/coding_draft.h"
#include "view/api_code.h"
#include "view/api_interview.h"
#include "view/code_results.h"
#include "view/start_view.h"
#include "web/api.h"
#include "web/background.h"
#include "web/reply.h"
#include "web/token.h"

enum { NONCE_BYTES = 16 };

/* The coding question of that very interview. */
static enum err open_task(struct request *request, struct coding *coding)
{
	enum err err = coding_desk_open(request->store, request->arena, request->user,
	                                request->params[1], coding);

	if (err != OK)
		return err;
	if (strcmp(coding->interview.id, request->params[0]) != 0)
		return ERR_NOT_FOUND;
	coding_desk_lend(request->context, coding);
	request_fix_language(request, coding->interview.language);
	return OK;
}

static const char *path_of(struct request *request, const char *rest)
{
	return arena_printf(request->arena, "/api/interviews/%s/questions/%s/%s",
	                    request->params[0], request->params[1], rest);
}

static enum err reply_task(struct request *request, const struct coding *coding)
{
	const struct judge *judge = coding_desk_judge(request->context);
	const char *wanted = request_query(request, "language", "");
	cJSON *document;
	enum err err = api_code_task(coding, judge, coding_draft_language(coding, judge, wanted),
	                             &document);

	return err == OK ? api_reply(request, 200, document) : err;
}

static enum err get_task(struct request *request)
{
	struct coding coding;
	enum err err = open_task(request, &coding);

	return err == OK ? reply_task(request, &coding) : err;
}

/* --- code ----------------------------------------------------------------------------------- */

static enum err refuse_closed(struct request *request)
{
	api_fault(request, NULL,
	          i18n(request->language, "This task is closed: nothing more can be sent."));
	return ERR_CONFLICT;
}

static enum err reply_submission(struct request *request, const char *id)
{
	struct coding coding;
	const struct submission *sent;
	cJSON *document;
	enum err err = open_task(request, &coding);

	if (err != OK)
		return err;
	sent = code_results_find(&coding, id);
	if (sent == NULL)
		return ERR_NOT_FOUND;
	err = api_code_submission(&coding, sent, &document);
	if (err != OK)
		return err;
	if (!code_is_pending(sent))
		return api_reply(request, 200, document);
	reply_header(request, "Retry-After", "1");
	return api_reply(request, 202, document);
}

static enum err read_code(struct request *request, struct coding_input *input)
{
	const struct api_text code = { "code", 1, CODING_MAX_CODE, NULL };
	const struct api_text custom = { "custom_input", 0, CODING_MAX_INPUT, "" };
	const struct api_choice language = { "language", start_code_languages(request->arena),
		                             NULL };

	api_verbatim(request, &code, &input->code);
	api_verbatim(request, &custom, &input->custom_input);
	api_choice(request, &language, &input->code_language);
	return api_outcome(request);
}

static enum err refuse_code(struct request *request, enum err err, const char *fault)
{
	if (err == ERR_CONFLICT)
		return refuse_closed(request);
	if (fault != NULL)
		api_fault(request, err == ERR_INVALID ? "code" : NULL,
		          i18n(request->language, fault));
	return err;
}

static enum err send_code(struct request *request, const char *kind)
{
	const struct judge *judge = coding_desk_judge(request->context);
	struct coding_input input = { .kind = kind };
	const char *id, *fault = NULL;
	struct coding coding;
	enum err err = open_task(request, &coding);

	if (err == OK)
		err = read_code(request, &input);
	if (err != OK)
		return err;
	input.nonce = token_random(request->arena, NONCE_BYTES);
	err = coding_send(&coding, judge, &input, &id, &fault);
	if (err != OK)
		return refuse_code(request, err, fault);
	if (request->background != NULL)
		background_wake(request->background);
	coding_desk_wait(request->store, request->arena, id, request->context,
	                 request->background == NULL);
	reply_header(request, "Location",
	             path_of(request, arena_printf(request->arena, "submissions/%s", id)));
	return reply_submission(request, id);
}

static enum err post_run(struct request *request)
{
	return send_code(request, "run");
}

static enum err post_submission(struct request *request)
{
	return send_code(request, "submit");
}

static enum err get_submission(struct request *request)
{
	return reply_submission(request, request->params[2]);
}

static enum err get_submissions(struct request *request)
{
	cJSON *document = cJSON_CreateObject(), *list = json_set_array(document, "submissions");
	struct coding coding;
	enum err err = open_task(request, &coding);

	for (size_t i = err == OK ? coding.submissions.count : 0; err == OK && i-- > 0;) {
		cJSON *item;

		err = api_code_submission(&coding, &coding.submissions.items[i], &item);
		if (err == OK)
			json_add(list, item);
	}
	return err == OK ? api_reply(request, 200, document) : err;
}

/* --- help ----------------------------------------------------------------------------------- */

static enum err post_hint(struct request *request)
{
	const struct api_integer wish = { "level", 1, TASK_HINTS, false, 0 };
	cJSON *document = cJSON_CreateObject();
	struct coding coding;
	enum err err = open_task(request, &coding);
	int level;

	if (err == OK)
		err = api_integer(request, &wish, &level);
	if (err != OK)
		return err;
	err = coding_take_hint(
	        &coding, level,
	        coding_draft_language(&coding, coding_desk_judge(request->context), ""));
	if (err == ERR_CONFLICT)
		return refuse_closed(request);
	if (err == ERR_INVALID)
		return api_fault(request, "level",
		                 i18n(request->language, "Hints are taken one after the other."));
	if (err == OK)
		err = open_task(request, &coding);
	if (err != OK)
		return err;
	api_code_hints(&coding, document);
	return api_reply(request, 200, document);
}

static enum err take_step(struct request *request, const struct coding *coding,
                          enum flow_action action, struct flow *flow)
{
	const struct flow_input input = {
		.action = action,
		.text = "",
		.question_id = coding->question.id,
		.nonce = token_random(request->arena, NONCE_BYTES),
	};
	const struct flow_setting setting = { .store = request->store,
		                              .arena = request->arena,
		                              .model = coding_desk_model(request->context) };
	enum err err = flow_open(&setting, request->user, coding->interview.id, flow);

	return err == OK ? flow_step(flow, &input) : err;
}

static enum err post_answer(struct request *request)
{
	struct coding coding;
	struct flow flow;
	enum err err = open_task(request, &coding);

	if (err != OK)
		return err;
	if (!coding.is_open)
		return refuse_closed(request);
	err = take_step(request, &coding, FLOW_MODEL_ANSWER, &flow);
	if (err == OK)
		err = open_task(request, &coding);
	return err == OK ? reply_task(request, &coding) : err;
}

/* --- the end of the task ---------------------------------------------------------------------- */

/* Code that was never submitted is left behind only on a second word. */
static enum err check_left_behind(struct request *request, const struct coding *coding)
{
	bool is_unsent;
	enum err err = coding_draft_is_unsent(coding, &is_unsent);

	if (err != OK || !is_unsent || json_bool(request->json, "confirmed", false))
		return err;
	api_fault(request, NULL,
	          i18n(request->language,
	               "There is code that was never submitted. Submit it, or confirm that it is "
	               "left behind."));
	return ERR_CONFLICT;
}

static enum err reply_done(struct request *request, const struct flow *flow)
{
	cJSON *document = cJSON_CreateObject(), *session, *question;
	enum err err = api_interview_session_of(flow, &session);

	if (err != OK)
		return err;
	json_set(document, "session", session);
	json_set_null(document, "next_question");
	if (flow->active != NULL) {
		err = api_interview_question(flow, flow->active, &question);
		if (err == OK)
			cJSON_ReplaceItemInObjectCaseSensitive(document, "next_question", question);
	}
	json_set_bool(document, "is_completed", strcmp(flow->interview.status, "completed") == 0);
	return err == OK ? api_reply(request, 200, document) : err;
}

static enum err post_done(struct request *request)
{
	struct coding coding;
	struct flow flow;
	enum err err = open_task(request, &coding);

	if (err != OK)
		return err;
	if (!coding.is_open)
		return refuse_closed(request);
	err = check_left_behind(request, &coding);
	if (err == OK)
		err = take_step(request, &coding, FLOW_CODE_DONE, &flow);
	if (err == ERR_BUSY) {
		reply_header(request, "Retry-After", "1");
		api_fault(request, NULL,
		          i18n(request->language, "Your code is still being judged. Wait for its "
		                                  "result, then press again."));
	}
	return err == OK ? reply_done(request, &flow) : err;
}

static const struct route routes[] = {
	{ GET, "/api/interviews/*/questions/*/task", CANDIDATE, get_task, NULL },
	{ POST, "/api/interviews/*/questions/*/runs", CANDIDATE, post_run,
	  "code language custom_input" },
	{ GET, "/api/interviews/*/questions/*/submissions", CANDIDATE, get_submissions, NULL },
	{ POST, "/api/interviews/*/questions/*/submissions", CANDIDATE, post_submission,
	  "code language" },
	{ GET, "/api/interviews/*/questions/*/submissions/*", CANDIDATE, get_submission, NULL },
	{ POST, "/api/interviews/*/questions/*/hints", CANDIDATE, post_hint, "level" },
	{ POST, "/api/interviews/*/questions/*/answer", CANDIDATE, post_answer, "" },
	{ POST, "/api/interviews/*/questions/*/done", CANDIDATE, post_done, "confirmed" },
};

const struct route_table api_routes = ROUTE_TABLE(routes);
