/* Taking a finished interview again: all of it, or its mistakes. */
#include <string.h>

#include "base/json.h"
#include "base/log.h"
#include "interview.h"
#include "interview/flow.h"
#include "report/mistakes.h"
#include "report/sealed.h"
#include "store/interview.h"
#include "view/start_limit.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/session.h"

enum { MAX_NONCE = 64 };

/* Why it is not done, on a page of its own: the button may stand on several. */
static enum err say_why(struct request *request, int status, const char *title, const char *text)
{
	cJSON *page = cJSON_CreateObject();

	json_set_string(page, "id", request->params[0]);
	json_set_string(page, "heading", title);
	json_set_string(page, "text", text);
	return reply_page_status(request, status, "again", page);
}

static enum err say_nothing_left(struct request *request)
{
	return say_why(
	        request, 409, i18n(request->language, "Nothing to practise"),
	        i18n(request->language, "Every question of this interview has its full score."));
}

static enum err read_report(struct request *request, cJSON **ret_document)
{
	struct report_row row;
	const enum err err = report_of_interview(request->store, request->arena, request->params[0],
	                                         &row);

	return err == OK ? sealed_read(request->store, request->arena, &row, ret_document) : err;
}

static enum err go_to(struct request *request, const char *folder, const char *id)
{
	return reply_redirect(request, arena_printf(request->arena, "/%s/%s", folder, id));
}

static enum err repeat(struct request *request, const struct flow_again *again)
{
	struct flow_started started;
	const enum err err = flow_repeat(request->store, request->arena, request->user, again,
	                                 &started);

	if (err == ERR_LIMITED)
		return say_why(
		        request, 429, i18n(request->language, "No more interviews today"),
		        start_limit_text(request->arena, request->language, started.allowed_at));
	if (err == ERR_INVALID)
		return say_why(
		        request, 409, i18n(request->language, "Nothing to ask again"),
		        i18n(request->language, "None of these questions can be asked any more."));
	return err == OK ? go_to(request, "interviews", started.id) : err;
}

static enum err repeat_mistakes(struct request *request, struct flow_again *again)
{
	struct mistakes mistakes;
	cJSON *document;
	enum err err = read_report(request, &document);

	/* It is being written: its page says so and waits for it. */
	if (err == ERR_NOT_FOUND)
		return go_to(request, "reports", again->parent_id);
	if (err != OK)
		return err;
	mistakes = mistakes_of(request->arena, document);
	if (mistakes.count == 0)
		return say_nothing_left(request);
	again->question_ids = mistakes.question_ids;
	again->count = mistakes.count;
	return repeat(request, again);
}

static enum err post_retry(struct request *request)
{
	struct flow_again again = { .parent_id = request->params[0] };
	struct interview parent;
	enum err err = interview_of_owner(request->store, request->arena, again.parent_id,
	                                  request->user->id, &parent);

	if (err == OK)
		err = form_choice(request, "questions", "all mistakes", &again.repeats);
	if (err == OK)
		err = form_text(request, "nonce", 1, MAX_NONCE, &again.nonce);
	if (err != OK)
		return err;
	if (strcmp(parent.status, "completed") != 0)
		return go_to(request, "interviews", parent.id);
	if (strcmp(again.repeats, "mistakes") == 0)
		return repeat_mistakes(request, &again);
	return repeat(request, &again);
}

static const struct route routes[] = {
	{ POST, "/interviews/*/retry", CANDIDATE, post_retry, "questions nonce" },
};

const struct route_table again_routes = ROUTE_TABLE(routes);
