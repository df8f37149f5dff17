/* The form of a new invitation and the preview of its questions. */
#include <string.h>

#include "admin.h"
#include "base/clock.h"
#include "base/config.h"
#include "base/json.h"
#include "base/text.h"
#include "interview/invite.h"
#include "store/bank.h"
#include "view/invitation_view.h"
#include "view/start_view.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/token.h"

enum { MAX_QUESTIONS = 15, MAX_MINUTES = 240, MAX_DESCRIPTION = 10000, MAX_TOKEN = 64 };
enum { MAX_SHOWN = 4000, TOKEN_BYTES = 16, DAY_MS = 86400000, DAYS = 14 };

/* What the form holds, whether it can be used or not. */
struct typed {
	struct start_choice choice;
	struct invite_wish wish; /* its options are filled in by wish_of */
	const char *nonce;
};

/* --- the form ------------------------------------------------------------------------ */

static const char *random_text(struct request *request)
{
	return token_random(request->arena, TOKEN_BYTES);
}

static struct typed fresh(struct request *request)
{
	return (struct typed){
		.choice = { .role_id = "",
		            .level = "junior",
		            .type = "technical",
		            .language = request->language,
		            .question_count = config()->question_count,
		            .job_description = "",
		            .code_language = "python" },
		.wish = { .title = "", .draw = random_text(request), .most_uses = 1, .days = DAYS },
		.nonce = random_text(request),
	};
}

static enum err show_form(struct request *request, int status, const struct typed *typed,
                          const char *error)
{
	struct role_list roles;
	enum err err = role_list(request->store, request->arena, &roles);
	cJSON *page;

	if (err != OK)
		return err;
	page = start_view(&roles, &typed->choice, request->language, typed->nonce);
	invitation_view_wish(page, &typed->wish, request->language);
	json_set_number(page, "max_questions", MAX_QUESTIONS);
	json_set_number(page, "max_minutes", MAX_MINUTES);
	json_set_string(page, "error", error);
	return reply_page_status(request, status, "invitation_new", page);
}

/* Filled in like an earlier invitation; its questions are chosen anew. */
static enum err fill_like(struct request *request, const char *id, struct typed *typed)
{
	struct invitation earlier;
	enum err err = invitation_by_id(request->store, request->arena, id, &earlier);

	if (err != OK)
		return err;
	typed->choice = (struct start_choice){
		.role_id = earlier.role_id,
		.level = earlier.level,
		.type = earlier.type,
		.language = earlier.language,
		.question_count = earlier.question_count,
		.time_limit_min = earlier.time_limit_min,
		.job_description = earlier.job_description,
		.coding_percent = earlier.coding_percent,
		.code_language = earlier.code_language[0] != '\0' ? earlier.code_language
		                                                  : "python",
	};
	typed->wish.title = earlier.title;
	typed->wish.most_uses = earlier.most_uses;
	return OK;
}

static enum err get_new(struct request *request)
{
	struct typed typed = fresh(request);
	const char *like = request_query(request, "like", "");
	enum err err = like[0] != '\0' ? fill_like(request, like, &typed) : OK;

	return err == OK ? show_form(request, 200, &typed, NULL) : err;
}

/* Reads every field, so that a form with a fault is shown again as it was filled in. */
static enum err read_typed(const struct request *request, struct typed *typed)
{
	struct start_choice *choice = &typed->choice;
	const struct form_range questions = { 1, MAX_QUESTIONS, choice->question_count };
	const struct form_range minutes = { 0, MAX_MINUTES, 0 };
	const struct form_range uses = { 0, INVITE_USES_MAX, 0 };
	const char *code = language_code(choice->language), *share = "0", *days = "14";
	long long number = 0;
	const enum err outcomes[] = {
		form_text(request, "title", 1, INVITE_TITLE_MAX, &typed->wish.title),
		form_text(request, "role", 1, 60, &choice->role_id),
		form_choice(request, "level", "junior middle senior", &choice->level),
		form_choice(request, "type", "technical hr case mixed", &choice->type),
		form_choice(request, "language", "en ru uk", &code),
		form_integer(request, "question_count", questions, &choice->question_count),
		form_integer(request, "time_limit_min", minutes, &choice->time_limit_min),
		form_text(request, "job_description", 0, MAX_DESCRIPTION, &choice->job_description),
		form_choice(request, "coding_percent", START_SHARES, &share),
		form_choice(request, "code_language", start_code_languages(request->arena),
		            &choice->code_language),
		form_integer(request, "most_uses", uses, &typed->wish.most_uses),
		form_choice(request, "days", INVITATION_DAYS, &days),
		form_text(request, "draw", 1, MAX_TOKEN, &typed->wish.draw),
		form_text(request, "nonce", 1, MAX_TOKEN, &typed->nonce),
	};

	language_parse(code, &choice->language);
	text_integer(share, 0, 100, &number);
	choice->coding_percent = (int)number;
	text_integer(days, 1, INVITE_DAYS_MAX, &number);
	typed->wish.days = (int)number;
	for (size_t i = 0; i < sizeof(outcomes) / sizeof(outcomes[0]); i++)
		if (outcomes[i] != OK)
			return outcomes[i];
	return OK;
}

static struct invite_wish wish_of(const struct typed *typed)
{
	const struct start_choice *choice = &typed->choice;
	struct invite_wish wish = typed->wish;

	wish.options = (struct flow_options){
		.role_id = choice->role_id,
		.level = choice->level,
		.type = choice->type,
		.language = choice->language,
		.question_count = choice->question_count,
		.time_limit_min = choice->time_limit_min,
		.job_description = choice->job_description,
		.nonce = typed->nonce,
		.coding_percent = choice->coding_percent,
		.code_language = choice->code_language,
	};
	return wish;
}

/* --- the preview ---------------------------------------------------------------------- */

static void add_field(cJSON *fields, const char *name, const char *value)
{
	cJSON *field = json_add_object(fields);

	json_set_string(field, "name", name);
	json_set_string(field, "value", value);
}

static void add_number(struct arena *arena, cJSON *fields, const char *name, int value)
{
	add_field(fields, name, arena_printf(arena, "%d", value));
}

/* The form as it was filled in, for the preview's buttons. */
static void add_fields(struct arena *arena, cJSON *page, const struct typed *typed)
{
	const struct start_choice *choice = &typed->choice;
	cJSON *fields = json_set_array(page, "fields");

	add_field(fields, "title", typed->wish.title);
	add_field(fields, "role", choice->role_id);
	add_field(fields, "level", choice->level);
	add_field(fields, "type", choice->type);
	add_field(fields, "language", language_code(choice->language));
	add_number(arena, fields, "question_count", choice->question_count);
	add_number(arena, fields, "time_limit_min", choice->time_limit_min);
	add_field(fields, "job_description", choice->job_description);
	add_number(arena, fields, "coding_percent", choice->coding_percent);
	add_field(fields, "code_language", choice->code_language);
	add_number(arena, fields, "most_uses", typed->wish.most_uses);
	add_number(arena, fields, "days", typed->wish.days);
	add_field(fields, "draw", typed->wish.draw);
	add_field(fields, "nonce", typed->nonce);
}

/* The invitation that is about to be, for its facts. */
static struct invitation coming(const struct typed *typed, const struct role *role,
                                const struct invited_question_list *questions)
{
	const struct start_choice *choice = &typed->choice;
	struct invitation invitation = {
		.title = typed->wish.title,
		.level = choice->level,
		.type = choice->type,
		.language = choice->language,
		.code_language = choice->code_language,
		.time_limit_min = choice->time_limit_min,
		.job_description = choice->job_description,
		.question_count = (int)questions->count,
		.expires_at = clock_now_ms() + (int64_t)typed->wish.days * DAY_MS,
	};

	memcpy(invitation.role_title, role->title, sizeof(invitation.role_title));
	for (size_t i = 0; i < questions->count; i++)
		invitation.coding_count += strcmp(questions->items[i].q_type, "coding") == 0;
	return invitation;
}

static enum err refuse(struct request *request, const struct typed *typed)
{
	return show_form(request, 400, typed,
	                 i18n(request->language,
	                      "Please check the form: one of the values cannot be used."));
}

static enum err show_preview(struct request *request, int status, const struct typed *typed,
                             const char *error)
{
	const struct invite_wish wish = wish_of(typed);
	struct invited_question_list questions;
	struct invitation invitation;
	struct role role;
	cJSON *page;
	enum err err = invite_preview(request->store, request->arena, request->user, &wish,
	                              &questions);

	if (err == OK)
		err = role_by_id(request->store, request->arena, typed->choice.role_id, &role);
	if (err == ERR_INVALID)
		return refuse(request, typed);
	if (err != OK)
		return err;
	page = cJSON_CreateObject();
	invitation = coming(typed, &role, &questions);
	invitation_view_facts(request->arena, page, &invitation, request->language);
	invitation_view_questions(page, &questions, typed->choice.language, request->language);
	add_fields(request->arena, page, typed);
	add_field(cJSON_GetObjectItemCaseSensitive(page, "fields"), "shown",
	          invite_names(request->arena, &questions));
	json_set_bool(page, "is_short", (int)questions.count < typed->choice.question_count);
	json_set_string(page, "error", error);
	return reply_page_status(request, status, "invitation_preview", page);
}

static enum err issue(struct request *request, const struct typed *typed)
{
	struct invite_wish wish = wish_of(typed);
	const char *id;
	enum err err = form_text(request, "shown", 1, MAX_SHOWN, &wish.shown);

	if (err == OK)
		err = invite_issue(request->store, request->arena, request->user, &wish, &id);
	if (err == ERR_CONFLICT)
		return show_preview(request, 409, typed,
		                    i18n(request->language,
		                         "The question bank has changed meanwhile. These would be "
		                         "the questions now."));
	if (err == ERR_INVALID)
		return refuse(request, typed);
	if (err != OK)
		return err;
	return reply_redirect(request, arena_printf(request->arena, "/admin/invitations/%s", id));
}

static enum err post_invitations(struct request *request)
{
	struct typed typed = fresh(request);
	const char *action;
	enum err err = form_choice(request, "action", "preview again edit issue", &action);

	if (err != OK)
		return err;
	typed.choice.job_description = form_value(request, "job_description", "");
	typed.wish.title = form_value(request, "title", "");
	if (read_typed(request, &typed) != OK)
		return refuse(request, &typed);
	if (strcmp(action, "edit") == 0)
		return show_form(request, 200, &typed, NULL);
	if (strcmp(action, "issue") == 0)
		return issue(request, &typed);
	if (strcmp(action, "again") == 0)
		typed.wish.draw = random_text(request);
	return show_preview(request, 200, &typed, NULL);
}

static const struct route routes[] = {
	{ POST, "/admin/invite", ADMIN, post_invitations,
	  "title role level type language question_count time_limit_min job_description nonce "
	  "coding_percent code_language most_uses days draw shown action" },
	{ GET, "/admin/invite", ADMIN, get_new, NULL },
};

const struct route_table invite_routes = ROUTE_TABLE(routes);
