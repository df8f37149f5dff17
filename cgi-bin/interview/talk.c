/* The chat: its page, turns, drafts and what the page saw. */
#include <string.h>

#include "base/json.h"
#include "interview.h"
#include "interview/events.h"
#include "interview/flow.h"
#include "report/report.h"
#include "store/history.h"
#include "view/chat_action.h"
#include "view/chat_view.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/session.h"
#include "web/stream.h"
#include "web/token.h"

enum { NONCE_BYTES = 16, SHOWN_INTERVIEWS = 20 };
enum { MAX_SHOWN_AGAIN = 4 * 1024 * 1024 }; /* bytes of a refused answer */

static const char *nonce(struct request *request)
{
	return token_random(request->arena, NONCE_BYTES);
}

static enum err open_flow(struct request *request, const struct flow_listener *listener,
                          struct flow *flow)
{
	const struct flow_setting setting = {
		.store = request->store,
		.arena = request->arena,
		.model = request->context,
		.listener = listener,
	};
	enum err err = flow_open(&setting, request->user, request->params[0], flow);

	if (err == OK)
		request_fix_language(request, flow->interview.language);
	return err;
}

static enum err show_chat(struct request *request, int status, const struct flow *flow,
                          const char *typed, const char *error)
{
	cJSON *page = chat_view(flow, typed, nonce(request));
	const struct history_query latest = { .owner_id = request->user->id,
		                              .titles = flow->interview.language,
		                              .page = 1,
		                              .page_size = SHOWN_INTERVIEWS };
	struct history_list history;
	enum err err = history_page(request->store, request->arena, &latest, &history);

	if (err != OK)
		return err;
	chat_view_add_list(page, &history, flow->interview.id, flow->interview.language);
	json_set_string(page, "error", error);
	return reply_page_status(request, status, "chat", page);
}

static bool is_over(const struct flow *flow)
{
	return strcmp(flow->interview.status, "completed") == 0;
}

/* The parts of the page that a turn changes; htmx puts each where it belongs. */
static enum err reply_update(struct request *request, const struct flow *flow)
{
	return reply_page(request, "partials/chat_update", chat_view(flow, NULL, nonce(request)));
}

static enum err get_chat(struct request *request)
{
	struct flow flow;
	enum err err = open_flow(request, NULL, &flow);

	if (err != OK)
		return err;
	/* A page that waits for the interviewer's answer looks whether it is there. */
	if (request_param(request, "HTTP_HX_REQUEST")[0] != '\0' && !is_over(&flow)) {
		reply_header(request, "HX-Reswap", "none");
		return reply_update(request, &flow);
	}
	return show_chat(request, 200, &flow, NULL, NULL);
}

static enum err get_interviews(struct request *request)
{
	return reply_redirect(request, "/history");
}

/* The page of the report waits for code that is still being judged. */
static enum err write_report(struct request *request, const struct flow *flow)
{
	struct report_row report;
	enum err err = report_ensure(request->store, request->arena, flow->interview.id,
	                             request->context, &report);

	return err == ERR_BUSY ? OK : err;
}

/* After the last step: the report is made and shown. */
static enum err go_on(struct request *request, const struct flow *flow)
{
	const char *id = flow->interview.id;
	enum err err;

	if (!is_over(flow))
		return reply_redirect(request,
		                      arena_printf(request->arena, "/interviews/%s#latest", id));
	err = write_report(request, flow);
	if (err != OK)
		return err;
	flash_set(request, FLASH_FINISHED);
	return reply_redirect(request, arena_printf(request->arena, "/reports/%s", id));
}

/* Keeps what stands in the field; ERR_INVALID when that is longer than any answer. */
static enum err keep_draft(struct request *request, const struct flow *flow)
{
	const struct form_field *answer = form_find(&request->form, "answer");

	if (answer == NULL)
		return OK;
	if (answer->len > FLOW_MAX_MESSAGE * 4)
		return ERR_INVALID;
	return draft_save(request->store, flow->interview.id, answer->value);
}

/* An empty field of a page that lags behind is no wish to delete another tab's draft. */
static bool is_draft_meant(const struct flow *flow, const struct flow_input *input)
{
	if (input->action == FLOW_SAY)
		return false;
	return input->text[0] != '\0' ||
	       (flow->active != NULL && strcmp(flow->active->id, input->question_id) == 0);
}

/* What a step came to, as a page. */
static enum err reply_to_turn(struct request *request, struct flow *flow, const char *text,
                              enum err err)
{
	if (err == ERR_INVALID && strlen(text) > MAX_SHOWN_AGAIN)
		return ERR_TOO_LARGE;
	if (err == ERR_INVALID)
		return show_chat(request, 400, flow, text,
		                 i18n(request->language, "An answer has 1 to 20,000 characters."));
	if (err == ERR_CONFLICT) {
		/* To the top of the page, where the message stands. */
		flash_set(request, FLASH_MOVED_ON);
		return reply_redirect(request, arena_printf(request->arena, "/interviews/%s",
		                                            flow->interview.id));
	}
	return err == OK ? go_on(request, flow) : err;
}

/* --- the reply as it comes: state, reply, text, and last the talk or "plain" --------- */

static void on_state(void *context, const char *state)
{
	stream_event(context, "state", state, strlen(state));
}

static void on_reply(void *context, const char *kind)
{
	stream_event(context, "reply", kind, strlen(kind));
}

static bool on_text(void *context, const char *text, size_t len)
{
	return stream_event(context, "text", text, len);
}

static bool on_wait(void *context)
{
	return stream_heartbeat(context);
}

/*
 * Ends the stream: with the talk as it stands, or with "plain", which has the page send its
 * form anew as a plain one. That is the same turn, and its answer is the report or an error.
 */
static enum err end_stream(struct request *request, const struct flow *flow, enum err err)
{
	/* The head goes first: the page's header lines are none of a stream's. */
	if (!request->gateway.is_streaming)
		stream_start(request);
	if (err == OK && !is_over(flow)) {
		err = reply_update(request, flow);
		if (err == OK)
			stream_event(request, NULL, request->reply.bytes, request->reply.len);
		return err;
	}
	if (err == OK) {
		on_state(request, "finishing");
		err = write_report(request, flow);
	}
	stream_event(request, "plain", "", 0);
	return err;
}

static enum err post_turn(struct request *request)
{
	const struct flow_listener listener = { on_state, on_reply, on_text,
		                                on_wait,  request,  stream_fd(request) };
	const bool is_stream = stream_is_wanted(request);
	struct flow_input input = {
		.text = form_value(request, "answer", ""),
		.question_id = form_value(request, "question_id", ""),
		.nonce = form_nonce(request),
	};
	struct flow flow;
	enum err err;

	if (!chat_action_read(form_value(request, "action", "say"), &input.action))
		return ERR_INVALID;
	err = open_flow(request, is_stream ? &listener : NULL, &flow);
	if (err != OK && !request->gateway.is_streaming)
		return err;
	if (err == OK && is_draft_meant(&flow, &input))
		err = keep_draft(request, &flow);
	if (err == OK)
		err = flow_step(&flow, &input);
	if (request->gateway.is_streaming || (is_stream && err == OK))
		return end_stream(request, &flow, err);
	return reply_to_turn(request, &flow, input.text, err);
}

static enum err post_draft(struct request *request)
{
	struct flow flow;
	enum err err = open_flow(request, NULL, &flow);

	if (err == OK)
		err = keep_draft(request, &flow);
	return err == OK ? reply_empty(request) : err;
}

static enum err post_events(struct request *request)
{
	struct flow flow;
	enum err err = open_flow(request, NULL, &flow);

	if (err == OK)
		err = events_note(request->store, request->arena, &flow.interview,
		                  flow.active != NULL ? flow.active->id : NULL,
		                  form_value(request, "events", ""));
	return err == OK ? reply_empty(request) : err;
}

static const struct route routes[] = {
	{ GET, "/interviews", CANDIDATE, get_interviews, NULL },
	{ GET, "/interviews/*", CANDIDATE, get_chat, NULL },
	{ POST, "/interviews/*/turns", CANDIDATE, post_turn, "answer question_id nonce action" },
	{ POST, "/interviews/*/draft", CANDIDATE, post_draft, "answer" },
	{ POST, "/interviews/*/events", CANDIDATE, post_events, "events" },
};

const struct route_table talk_routes = ROUTE_TABLE(routes);
