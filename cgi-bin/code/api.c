/* The API of coding tasks: the task, runs, submissions, hints, the answer, the end. */
#include <string.h>

#include "base/config.h"
#include "base/json.h"
#include "code.h"
#include "interview/coding_desk.h"
#include "interview/coding_draft.h"
#include "view/api_code.h"
#include "view/api_interview.h"
#include "view/code_results.h"
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
	return OK;
}

static const char *address_of(struct request *request, const char *id)
{
	return arena_printf(request->arena, "%s/api/interviews/%s/questions/%s/submissions/%s",
	                    config()->base_path, request->params[0], request->params[1], id);
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

/* Of the very task, whatever languages an interview can be started with. */
static const char *languages_of(const struct coding *coding)
{
	const char *list = "";

	for (size_t i = 0; i < coding->task.code_count; i++)
		list = arena_printf(coding->arena, "%s%s%s", list, i > 0 ? " " : "",
		                    coding->task.codes[i].language);
	return list;
}

/* Limits of the judge are bytes; what is short enough in characters may be too long for it. */
static enum err check_bytes(struct request *request, const struct coding_input *input)
{
	if (strlen(input->code) > CODING_MAX_CODE)
		api_fault(request, "code",
		          i18n(request->language,
		               "The code is longer than 256 KB or not plain text."));
	if (strlen(input->custom_input) > CODING_MAX_INPUT)
		api_fault(request, "custom_input",
		          i18n(request->language,
		               "Your own input is longer than 64 KB or not plain text."));
	return api_outcome(request);
}

static enum err check_input(struct request *request, const struct coding *coding, const char *text)
{
	struct judge_case unused;
	const char *fault;

	if (text[strspn(text, " \t\r\n")] == '\0' ||
	    coding_read_input(&coding->task, text, &unused, &fault) == OK)
		return OK;
	return api_fault(request, "custom_input", i18n(request->language, fault));
}

static enum err read_code(struct request *request, const struct coding *coding,
                          struct coding_input *input)
{
	const struct api_text code = { "code", 1, CODING_MAX_CODE, NULL };
	const struct api_text custom = { "custom_input", 0, CODING_MAX_INPUT, "" };
	const struct api_choice language = { "language", languages_of(coding), NULL };

	input->code = input->custom_input = "";
	api_verbatim(request, &code, &input->code);
	api_verbatim(request, &custom, &input->custom_input);
	api_choice(request, &language, &input->code_language);
	if (check_bytes(request, input) != OK)
		return ERR_INVALID;
	return check_input(request, coding, input->custom_input);
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
		err = read_code(request, &coding, &input);
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
	reply_header(request, "Location", address_of(request, id));
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
                          enum flow_action action, cJSON **ret_outcome)
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
	struct flow flow;
	enum err err = flow_open(&setting, request->user, coding->interview.id, &flow);
	int before;

	if (err != OK)
		return err;
	before = api_interview_last(&flow);
	err = flow_step(&flow, &input);
	return err == OK ? api_interview_outcome(&flow, before, input.question_id, ret_outcome)
	                 : err;
}

static enum err post_answer(struct request *request)
{
	struct coding coding;
	cJSON *outcome;
	enum err err = open_task(request, &coding);

	if (err != OK)
		return err;
	if (!coding.is_open)
		return refuse_closed(request);
	err = take_step(request, &coding, FLOW_MODEL_ANSWER, &outcome);
	if (err == OK)
		err = open_task(request, &coding);
	return err == OK ? reply_task(request, &coding) : err;
}

/* --- the end of the task ---------------------------------------------------------------------- */

/* Code that was never submitted is left behind only on a second word. */
static enum err check_left_behind(struct request *request, const struct coding *coding)
{
	bool is_unsent;
	enum err err;

	if (api_has(request, "confirmed") && !cJSON_IsBool(json_get(request->json, "confirmed")))
		return api_fault(request, "confirmed",
		                 i18n(request->language, "It must be true or false."));
	err = coding_draft_is_unsent(coding, &is_unsent);
	if (err != OK || !is_unsent || json_bool(request->json, "confirmed", false))
		return err;
	api_fault(request, NULL,
	          i18n(request->language,
	               "There is code that was never submitted. Submit it, or confirm that it is "
	               "left behind."));
	return ERR_CONFLICT;
}

static enum err post_done(struct request *request)
{
	struct coding coding;
	cJSON *outcome;
	enum err err = open_task(request, &coding);

	if (err != OK)
		return err;
	if (!coding.is_open)
		return refuse_closed(request);
	err = check_left_behind(request, &coding);
	if (err == OK)
		err = take_step(request, &coding, FLOW_CODE_DONE, &outcome);
	if (err == ERR_BUSY)
		api_fault(request, NULL,
		          i18n(request->language, "Your code is still being judged. Wait for its "
		                                  "result, then press again."));
	return err == OK ? api_reply(request, 200, outcome) : err;
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
