/* The API of interviews: the list, a new one, one of them, its questions and turns. */
#include <string.h>

#include "api_talk.h"
#include "base/clock.h"
#include "base/config.h"
#include "base/json.h"
#include "base/text.h"
#include "interview.h"
#include "title.h"
#include "store/bank.h"
#include "store/interview_page.h"
#include "view/api_interview.h"
#include "view/start_limit.h"
#include "view/start_view.h"
#include "web/api.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/token.h"

enum { MAX_QUESTIONS = 15, MAX_MINUTES = 240, MAX_DESCRIPTION = 10000, NONCE_BYTES = 16 };

enum { MAX_SEQ = 1000000 };

/* --- the list --------------------------------------------------------------------------- */

static enum err session_of_entry(struct request *request, const struct interview_entry *entry,
                                 cJSON *sessions)
{
	struct arena *arena = request->arena;
	struct interview interview;
	struct role role;
	const struct report_row report = { .total_score = entry->total_score,
		                           .max_score = entry->max_score };
	struct api_session session = {
		.interview = &interview,
		.current = entry->current,
		.answered = entry->answered,
		.report = entry->has_report ? &report : NULL,
	};
	enum err err = interview_of_owner(request->store, arena, entry->id, request->user->id,
	                                  &interview);

	if (err == OK)
		err = role_by_id(request->store, arena, interview.role_id, &role);
	if (err == OK)
		err = api_interview_is_stale(request->store, &interview, &session.is_stale);
	if (err != OK)
		return err;
	session.role_title = flow_role_title(&interview, &role);
	json_add(sessions, api_interview_session(arena, &session));
	return OK;
}

static enum err read_query(struct request *request, struct api_page *at,
                           struct interview_page_query *query)
{
	enum err err = api_read_page(request, at);

	if (err != OK)
		return err;
	*query = (struct interview_page_query){
		.owner_id = request->user->id,
		.status = request_query(request, "status", ""),
		.role_id = request_query(request, "role_id", ""),
		.before = at->at,
		.before_id = at->id,
		.most = at->limit + 1,
	};
	if (query->status[0] != '\0' &&
	    !form_word_in("created in_progress completed abandoned", query->status))
		return api_fault(request, NULL,
		                 i18n(request->language, "There is no such status."));
	return OK;
}

static enum err get_list(struct request *request)
{
	cJSON *document = cJSON_CreateObject(), *list = json_set_array(document, "interviews");
	struct interview_page_query query;
	struct interview_page page;
	struct api_page at;
	enum err err = read_query(request, &at, &query);
	size_t shown;

	if (err == OK)
		err = interview_page(request->store, request->arena, &query, &page);
	if (err != OK)
		return err;
	shown = page.count > (size_t)at.limit ? (size_t)at.limit : page.count;
	for (size_t i = 0; err == OK && i < shown; i++) {
		err = session_of_entry(request, &page.items[i], list);
		if (err == ERR_NOT_FOUND)
			err = OK; /* deleted a moment ago */
		at.at = page.items[i].created_at;
		at.id = page.items[i].id;
	}
	if (err != OK)
		return err;
	api_set_next(request, document, page.count > shown, &at);
	return api_reply(request, 200, document);
}

/* --- a new one ---------------------------------------------------------------------------- */

/* The profile is always the caller's own; another's does not exist for them. */
static enum err check_profile(struct request *request)
{
	const struct api_text wish = { "profile_id", 1, 60, request->user->id };
	const char *id = "";

	if (api_text(request, &wish, &id) == OK && strcmp(id, request->user->id) != 0)
		return ERR_NOT_FOUND;
	return OK;
}

/* Any whole number may come; the form offers only some. */
static void read_share(struct request *request, int *ret_percent)
{
	const struct api_integer wish = { "coding_percent", 0, 100, true, 0 };

	if (api_integer(request, &wish, ret_percent) == OK &&
	    !form_word_in(START_SHARES, arena_printf(request->arena, "%d", *ret_percent)))
		api_fault(request, "coding_percent",
		          i18n(request->language, "One of 0, 25, 50, 75 and 100 is expected."));
}

static enum err read_wishes(struct request *request, struct flow_options *options)
{
	const char *own = language_code(request->user->language), *code = own, *level = "";
	const struct api_text role = { "role_id", 1, 60, "" };
	const struct api_text title = { "role_title", 1, TITLE_MOST, "" };
	const struct api_text description = { "job_description", 0, MAX_DESCRIPTION, "" };
	const struct api_choice levels = { "level", "junior mid middle senior", NULL };
	const struct api_choice types = { "type", "technical hr case mixed", NULL };
	const struct api_choice languages = { "language", "en ru uk", own };
	const struct api_choice codes = { "code_language", start_code_languages(request->arena),
		                          "python" };
	const struct api_integer count = { "question_count", 1, MAX_QUESTIONS, true,
		                           config()->question_count };
	const struct api_integer limit = { "time_limit_min", 0, MAX_MINUTES, true, 0 };

	api_text(request, &role, &options->role_id);
	api_text(request, &title, &options->role_title);
	api_text(request, &description, &options->job_description);
	api_choice(request, &levels, &level);
	api_choice(request, &types, &options->type);
	api_choice(request, &languages, &code);
	api_choice(request, &codes, &options->code_language);
	api_integer(request, &count, &options->question_count);
	api_integer(request, &limit, &options->time_limit_min);
	read_share(request, &options->coding_percent);
	options->level = api_interview_level_read(level);
	language_parse(code, &options->language);
	return api_outcome(request);
}

/* A role is chosen by its id or by a title that means it; with both the id decides. */
static enum err find_role(struct request *request, struct flow_options *options)
{
	struct role_list roles;
	struct title_match match;
	enum err err;

	if (options->role_id[0] != '\0')
		return OK;
	if (options->role_title[0] == '\0')
		return api_fault(request, "role_id",
		                 i18n(request->language, "A role is needed, or a title."));
	err = role_list(request->store, request->arena, &roles);
	if (err != OK)
		return err;
	match = title_match(request->arena, &roles, options->role_title);
	if (match.fit != TITLE_FITS)
		return api_fault(request, "role_title", title_fault(request, &match));
	options->role_id = match.nearest[0]->id;
	return OK;
}

/* The day's interviews are used up: the problem says when the next one may start. */
static enum err refuse_start(struct request *request, int64_t allowed_at)
{
	const int64_t wait_ms = allowed_at - clock_now_ms();

	reply_header(request, "Retry-After",
	             arena_printf(request->arena, "%lld",
	                          wait_ms > 0 ? (long long)(wait_ms / 1000 + 1) : 1LL));
	api_tell(request, "retry_at", cJSON_CreateString(clock_iso(request->arena, allowed_at)));
	api_fault(request, NULL, start_limit_text(request->arena, request->language, allowed_at));
	return ERR_LIMITED;
}

static enum err post_list(struct request *request)
{
	struct flow_options options = { .has_model = request->context != NULL };
	struct flow_started started;
	struct flow flow;
	enum err err = check_profile(request);
	cJSON *session;

	if (err == OK)
		err = read_wishes(request, &options);
	if (err == OK)
		err = find_role(request, &options);
	if (err != OK)
		return err;
	options.nonce = token_random(request->arena, NONCE_BYTES);
	err = flow_start(request->store, request->arena, request->user, &options, &started);
	if (err == ERR_LIMITED)
		return refuse_start(request, started.allowed_at);
	if (err == ERR_INVALID)
		return api_fault(request, "role_id",
		                 i18n(request->language,
		                      "There is no such role, or it has no such questions."));
	if (err == OK)
		err = api_talk_open(request, started.id, &flow);
	if (err == OK)
		err = api_interview_session_of(&flow, &session);
	if (err != OK)
		return err;
	return api_reply_created(
	        request, arena_printf(request->arena, "/api/interviews/%s", started.id), session);
}

/* --- one of them -------------------------------------------------------------------------- */

static enum err get_one(struct request *request)
{
	struct flow flow;
	cJSON *session;
	enum err err = api_talk_open(request, request->params[0], &flow);

	if (err == OK)
		err = api_interview_session_of(&flow, &session);
	return err == OK ? api_reply(request, 200, session) : err;
}

static enum err get_questions(struct request *request)
{
	cJSON *document = cJSON_CreateObject(), *list = json_set_array(document, "questions");
	struct flow flow;
	enum err err = api_talk_open(request, request->params[0], &flow);

	for (size_t i = 0; err == OK && i < flow.questions.count; i++) {
		cJSON *item;

		err = api_interview_question(&flow, &flow.questions.items[i], &item);
		if (err == OK)
			json_add(list, item);
	}
	return err == OK ? api_reply(request, 200, document) : err;
}

static enum err get_turns(struct request *request)
{
	cJSON *document = cJSON_CreateObject();
	struct flow flow;
	long long after;
	enum err err = api_talk_open(request, request->params[0], &flow);

	if (err != OK)
		return err;
	if (!text_integer(request_query(request, "after", "0"), 0, MAX_SEQ, &after))
		return api_fault(request, NULL,
		                 i18n(request->language, "A whole number is expected."));
	json_set(document, "turns", api_interview_turns(&flow, (int)after));
	return api_reply(request, 200, document);
}

static const struct route routes[] = {
	{ GET, "/api/interviews", CANDIDATE, get_list, NULL },
	{ POST, "/api/interviews", CANDIDATE, post_list,
	  "role_id role_title level type language question_count time_limit_min job_description "
	  "coding_percent code_language profile_id" },
	{ GET, "/api/interviews/*", CANDIDATE, get_one, NULL },
	{ GET, "/api/interviews/*/questions", CANDIDATE, get_questions, NULL },
	{ GET, "/api/interviews/*/turns", CANDIDATE, get_turns, NULL },
};

const struct route_table api_routes = ROUTE_TABLE(routes);
