/* The start form of an interview. */
#include <string.h>

#include "base/config.h"
#include "base/json.h"
#include "base/text.h"
#include "interview.h"
#include "interview/flow.h"
#include "title.h"
#include "store/bank.h"
#include "view/start_limit.h"
#include "view/start_view.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/token.h"

enum { NONCE_BYTES = 16, MAX_QUESTIONS = 15, MAX_MINUTES = 240, MAX_DESCRIPTION = 10000 };

static const char *nonce(struct request *request)
{
	return token_random(request->arena, NONCE_BYTES);
}

static enum err show_start(struct request *request, int status, const struct start_choice *choice,
                           const char *error)
{
	struct role_list roles;
	struct flow_quota quota;
	enum err err = role_list(request->store, request->arena, &roles);
	cJSON *page;

	if (err == OK)
		err = flow_quota(request->store, request->user, &quota);
	if (err != OK)
		return err;
	page = start_view(&roles, choice, request->language, nonce(request));
	start_limit_add(request->arena, page, &quota, request->language);
	json_set_bool(page, "takes_title", true);
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
		.role_title = "",
		.asked_title = "",
		.level = user->level[0] != '\0' ? user->level : "junior",
		.type = "technical",
		.language = request->language,
		.question_count = config()->question_count,
		.job_description = "",
		.code_language = "python",
	};
}

/* The role that the position in the profile means, if it is clear. */
static enum err suggest_role(struct request *request, struct start_choice *choice)
{
	struct role_list roles;
	struct title_match match;
	enum err err;

	if (request->user->position[0] == '\0')
		return OK;
	err = role_list(request->store, request->arena, &roles);
	if (err != OK)
		return err;
	match = title_match(request->arena, &roles, request->user->position);
	if (match.fit == TITLE_FITS)
		choice->role_id = match.nearest[0]->id;
	return OK;
}

static enum err get_new(struct request *request)
{
	struct start_choice choice = default_choice(request);
	enum err err = suggest_role(request, &choice);

	if (err != OK)
		return err;
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
		form_text(request, "role_title", 0, TITLE_MOST, &choice->role_title),
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

/*
 * The title decides about the role, unless the form was shown again because that title was not
 * clear: then the list does. A title that says nothing is asked back: `*ret_fault`.
 */
static enum err find_role(struct request *request, struct start_choice *choice,
                          const char **ret_fault)
{
	struct role_list roles;
	struct title_match match;
	enum err err;

	if (choice->role_title[0] == '\0')
		return OK;
	err = role_list(request->store, request->arena, &roles);
	if (err != OK)
		return err;
	match = title_match(request->arena, &roles, choice->role_title);
	if (match.fit == TITLE_UNCLEAR && strcmp(choice->role_title, choice->asked_title) == 0)
		return OK;
	choice->asked_title = match.fit == TITLE_UNCLEAR ? choice->role_title : "";
	if (match.count > 0)
		choice->role_id = match.nearest[0]->id;
	if (match.fit != TITLE_FITS)
		*ret_fault = title_fault(request, &match);
	return OK;
}

static enum err post_interview(struct request *request)
{
	struct start_choice choice = default_choice(request);
	struct flow_started started;
	const char *fault = NULL;
	enum err err;

	choice.job_description = form_value(request, "job_description", "");
	choice.role_title = form_value(request, "role_title", "");
	choice.asked_title = form_value(request, "asked_title", "");
	err = read_choice(request, &choice);
	if (err == OK)
		err = find_role(request, &choice, &fault);
	if (err == OK && fault != NULL)
		return show_start(request, 400, &choice, fault);
	if (err == OK) {
		const struct flow_options options = {
			.role_id = choice.role_id,
			.role_title = choice.role_title,
			.level = choice.level,
			.type = choice.type,
			.language = choice.language,
			.question_count = choice.question_count,
			.time_limit_min = choice.time_limit_min,
			.job_description = choice.job_description,
			.nonce = form_nonce(request),
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

static const struct route routes[] = {
	{ POST, "/interviews", CANDIDATE, post_interview,
	  "role role_title asked_title level type language question_count time_limit_min "
	  "job_description nonce "
	  "coding_percent code_language" },
	{ GET, "/interviews/new", CANDIDATE, get_new, NULL },
};

const struct route_table start_routes = ROUTE_TABLE(routes);
