/* interview: the start form, the chat, its buttons and drafts. */
#include <string.h>

#include "base/config.h"
#include "base/json.h"
#include "base/text.h"
#include "interview/events.h"
#include "interview/flow.h"
#include "report/report.h"
#include "store/bank.h"
#include "view/chat_action.h"
#include "view/chat_view.h"
#include "view/start_limit.h"
#include "view/start_view.h"
#include "web/app.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/session.h"
#include "web/stream.h"
#include "web/token.h"

enum { NONCE_BYTES = 16, MAX_QUESTIONS = 15, MAX_MINUTES = 240, MAX_DESCRIPTION = 10000 };
enum { MAX_SHOWN_AGAIN = 4 * 1024 * 1024 }; /* bytes of a refused answer */

static const char *nonce(struct request *request)
{
	return token_random(request->arena, NONCE_BYTES);
}

/* --- start -------------------------------------------------------------------- */

static enum err show_start(struct request *request, int status, const struct start_choice *choice,
                           const char *error)
{
	struct role_list roles;
	enum err err = role_list(request->store, request->arena, &roles);
	cJSON *page;

	if (err != OK)
		return err;
	page = start_view(&roles, choice, request->language, nonce(request));
	json_set_string(page, "error", error);
	json_set_number(page, "max_questions", MAX_QUESTIONS);
	json_set_number(page, "max_minutes", MAX_MINUTES);
	return reply_page_status(request, status, "start", page);
}

/* What the profile suggests. */
static struct start_choice default_choice(const struct request *request)
{
	const struct user *user = request->user;

	return (struct start_choice){
		.role_id = "",
		.level = user->level[0] != '\0' ? user->level : "junior",
		.type = "technical",
		.language = request->language,
		.question_count = config()->question_count,
		.job_description = "",
		.code_language = "python",
	};
}

static enum err get_new(struct request *request)
{
	struct start_choice choice = default_choice(request);

	return show_start(request, 200, &choice, NULL);
}

/* A choice that a form may leave out: it stays as it is then. */
static enum err read_optional(const struct request *request, const char *name, const char *choices,
                              const char **ret_choice)
{
	if (form_find(&request->form, name) == NULL)
		return OK;
	return form_choice(request, name, choices, ret_choice);
}

/* Reads every field, so that a form with a fault is shown again as it was filled in. */
static enum err read_choice(const struct request *request, struct start_choice *choice)
{
	const struct form_range questions = { 1, MAX_QUESTIONS, choice->question_count };
	const struct form_range minutes = { 0, MAX_MINUTES, 0 };
	const char *code = language_code(choice->language), *share = "0";
	long long percent = 0;
	const enum err outcomes[] = {
		form_text(request, "role", 1, 60, &choice->role_id),
		form_choice(request, "level", "junior middle senior", &choice->level),
		form_choice(request, "type", "technical hr case mixed", &choice->type),
		form_choice(request, "language", "en ru uk", &code),
		form_integer(request, "question_count", questions, &choice->question_count),
		form_integer(request, "time_limit_min", minutes, &choice->time_limit_min),
		form_text(request, "job_description", 0, MAX_DESCRIPTION, &choice->job_description),
		read_optional(request, "coding_percent", START_SHARES, &share),
		read_optional(request, "code_language", start_code_languages(request->arena),
		              &choice->code_language),
	};

	language_parse(code, &choice->language);
	text_integer(share, 0, 100, &percent);
	choice->coding_percent = (int)percent;
	for (size_t i = 0; i < sizeof(outcomes) / sizeof(outcomes[0]); i++)
		if (outcomes[i] != OK)
			return outcomes[i];
	return OK;
}

static enum err post_interview(struct request *request)
{
	struct start_choice choice = default_choice(request);
	struct flow_started started;
	enum err err;

	choice.job_description = form_value(request, "job_description", "");
	err = read_choice(request, &choice);
	if (err == OK) {
		const struct flow_options options = {
			.role_id = choice.role_id,
			.level = choice.level,
			.type = choice.type,
			.language = choice.language,
			.question_count = choice.question_count,
			.time_limit_min = choice.time_limit_min,
			.job_description = choice.job_description,
			.nonce = form_value(request, "nonce", ""),
			.coding_percent = choice.coding_percent,
			.code_language = choice.code_language,
			.has_model = request->context != NULL,
		};

		err = flow_start(request->store, request->arena, request->user, &options, &started);
	}
	if (err == ERR_LIMITED)
		return show_start(
		        request, 429, &choice,
		        start_limit_text(request->arena, request->language, started.allowed_at));
	if (err == ERR_INVALID)
		return show_start(request, 400, &choice,
		                  i18n(request->language,
		                       "Please check the form: one of the values "
		                       "cannot be used."));
	if (err != OK)
		return err;
	return reply_redirect(request, arena_printf(request->arena, "/interviews/%s", started.id));
}

/* --- chat --------------------------------------------------------------------- */

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
	struct history_list history;
	enum err err = interview_history(request->store, request->arena, request->user->id,
	                                 flow->interview.language, &history);

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
	return reply_redirect(request, "/profile");
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
		.nonce = form_value(request, "nonce", ""),
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
	{ POST, "/interviews", CANDIDATE, post_interview,
	  "role level type language question_count time_limit_min job_description nonce "
	  "coding_percent code_language" },
	{ GET, "/interviews/new", CANDIDATE, get_new, NULL },
	{ GET, "/interviews/*", CANDIDATE, get_chat, NULL },
	{ POST, "/interviews/*/turns", CANDIDATE, post_turn, "answer question_id nonce action" },
	{ POST, "/interviews/*/draft", CANDIDATE, post_draft, "answer" },
	{ POST, "/interviews/*/events", CANDIDATE, post_events, "events" },
};

/* Without a model that works the built-in examiner does it all; the log says why. */
static bool open_model(struct arena *lasting, struct background_work *work)
{
	struct model *model = NULL;

	if (model_open(lasting, &model) == OK)
		work->context = model;
	return true;
}

int main(void)
{
	const struct app_extra extra = { .start = open_model,
		                         .threads = &config()->interview_threads };

	return app_run_with("interview", ROUTES(routes), &extra);
}
