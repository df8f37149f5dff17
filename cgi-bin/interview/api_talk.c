/* The API of a talk under way: answers, buttons, the end, what the page saw. */
#include "api_talk.h"

#include <string.h>

#include "base/json.h"
#include "interview.h"
#include "interview/events.h"
#include "report/report.h"
#include "view/api_interview.h"
#include "web/api.h"
#include "web/reply.h"
#include "web/token.h"

enum { NONCE_BYTES = 16, ID_CHARS = 40, DAY_S = 86400 };

enum err api_talk_open(struct request *request, const char *id, struct flow *flow)
{
	const struct flow_setting setting = {
		.store = request->store,
		.arena = request->arena,
		.model = request->context,
	};

	return flow_open(&setting, request->user, id, flow);
}

static bool is_over(const struct flow *flow)
{
	return strcmp(flow->interview.status, "completed") == 0;
}

/* A finished talk takes no steps; the pages lead to the report instead. */
static enum err refuse_closed(struct request *request)
{
	api_fault(request, NULL,
	          i18n(request->language,
	               "This is not the active question, or the interview is finished."));
	return ERR_CONFLICT;
}

static enum err take_step(struct request *request, enum flow_action action, const char *text)
{
	const struct api_text wish = { "question_id", 0, ID_CHARS, NULL };
	struct flow_input input = { .action = action, .text = text, .question_id = "" };
	struct flow flow;
	enum err err = api_talk_open(request, request->params[0], &flow);
	cJSON *outcome;
	int before;

	if (err == OK)
		err = api_text(request, &wish, &input.question_id);
	if (err != OK)
		return err;
	if (is_over(&flow) || flow.is_answering)
		return is_over(&flow) ? refuse_closed(request) : ERR_BUSY;
	before = api_interview_last(&flow);
	input.nonce = token_random(request->arena, NONCE_BYTES);
	err = flow_step(&flow, &input);
	if (err == ERR_CONFLICT)
		return refuse_closed(request);
	if (err == OK)
		err = api_interview_outcome(&flow, before, input.question_id, &outcome);
	return err == OK ? api_reply(request, 200, outcome) : err;
}

static enum err post_answer(struct request *request)
{
	const struct api_text answer = { "answer_text", 1, FLOW_MAX_MESSAGE, NULL };
	const struct api_integer seconds = { "time_seconds", 0, DAY_S, true, 0 };
	const char *text = "", *trimmed;
	int unused;

	if (api_verbatim(request, &answer, &text) == OK)
		api_text(request, &answer, &trimmed); /* white space alone is no answer */
	api_integer(request, &seconds, &unused);      /* the server's clock counts */
	return api_outcome(request) == OK ? take_step(request, FLOW_SAY, text) : ERR_INVALID;
}

static enum err post_skip(struct request *request)
{
	return take_step(request, FLOW_SKIP, "");
}

static enum err post_dont_know(struct request *request)
{
	return take_step(request, FLOW_DONT_KNOW, "");
}

static enum err post_hint(struct request *request)
{
	return take_step(request, FLOW_HINT, "");
}

static enum err post_model_answer(struct request *request)
{
	return take_step(request, FLOW_MODEL_ANSWER, "");
}

/* --- the end ------------------------------------------------------------------------------ */

/* 202 while code is judged or a model writes: the interview is finished all the same. */
static enum err reply_finished(struct request *request, const struct flow *flow,
                               const struct report_row *report)
{
	cJSON *document = cJSON_CreateObject(), *session;
	enum err err = api_interview_session_of(flow, &session);

	if (err != OK)
		return err;
	json_set_string(document, "status", flow->interview.status);
	json_set_copy(document, "overall_score", json_get(session, "overall_score"));
	if (report != NULL) {
		json_set_number(document, "total_score", json_rounded(report->total_score));
		json_set_number(document, "max_score", json_rounded(report->max_score));
	} else {
		json_set_null(document, "total_score");
		json_set_null(document, "max_score");
		reply_header(request, "Retry-After", "3");
	}
	json_set_copy(document, "ended_at", json_get(session, "ended_at"));
	json_set_copy(document, "report", json_get(session, "report"));
	return api_reply(request, report != NULL ? 200 : 202, document);
}

/* Twice at the same time, one finishes it; the other goes on with what is finished then. */
static enum err finish(struct request *request, struct flow *flow)
{
	struct flow_input input = { .action = FLOW_FINISH, .text = "" };
	enum err err = api_talk_open(request, request->params[0], flow);

	if (err != OK || is_over(flow))
		return err;
	if (flow->is_answering)
		return ERR_BUSY;
	input.question_id = flow->active != NULL ? flow->active->id : "";
	input.nonce = token_random(request->arena, NONCE_BYTES);
	err = flow_step(flow, &input);
	if (err != ERR_CONFLICT)
		return err;
	err = api_talk_open(request, request->params[0], flow);
	return err == OK && !is_over(flow) ? ERR_BUSY : err;
}

static enum err post_finish(struct request *request)
{
	struct report_row report;
	struct flow flow;
	enum err err = finish(request, &flow);

	if (err != OK)
		return err;
	err = report_ensure(request->store, request->arena, flow.interview.id, request->context,
	                    &report);
	if (err == ERR_BUSY)
		return reply_finished(request, &flow, NULL);
	return err == OK ? reply_finished(request, &flow, &report) : err;
}

static enum err post_events(struct request *request)
{
	const cJSON *events = json_get(request->json, "events");
	struct flow flow;
	enum err err = api_talk_open(request, request->params[0], &flow);

	if (err == OK)
		err = events_note(request->store, request->arena, &flow.interview,
		                  flow.active != NULL ? flow.active->id : NULL,
		                  events != NULL ? json_text(events) : "");
	if (err == ERR_INVALID)
		return api_fault(request, "events",
		                 i18n(request->language,
		                      "A list of events with a known kind and its numbers is "
		                      "expected."));
	return err == OK ? reply_empty(request) : err;
}

static const struct route routes[] = {
	{ POST, "/api/interviews/*/answers", CANDIDATE, post_answer,
	  "question_id answer_text time_seconds" },
	{ POST, "/api/interviews/*/skip", CANDIDATE, post_skip, "question_id" },
	{ POST, "/api/interviews/*/dont-know", CANDIDATE, post_dont_know, "question_id" },
	{ POST, "/api/interviews/*/hint", CANDIDATE, post_hint, "question_id" },
	{ POST, "/api/interviews/*/model-answer", CANDIDATE, post_model_answer, "question_id" },
	{ POST, "/api/interviews/*/finish", CANDIDATE, post_finish, "" },
	{ POST, "/api/interviews/*/events", CANDIDATE, post_events, "events" },
};

const struct route_table api_talk_routes = ROUTE_TABLE(routes);
