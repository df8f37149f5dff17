/* What recruiters decide after an interview. */
#include "view/decision_view.h"

#include <string.h>

#include "admin.h"
#include "base/format.h"
#include "base/json.h"
#include "base/text.h"
#include "report/blind.h"
#include "store/bank.h"
#include "store/interview.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/session.h"
#include "web/trail.h"

enum { REASON_MAX = 2000 };

/* Whom the interview is of, as this reviewer may see it. */
static enum err find_name(struct request *request, const struct interview *interview,
                          struct blind *blind, const char **ret_name)
{
	const struct blind_reader reader = blind_reader_of(request);
	struct user person;
	enum err err = blind_interview(request->store, request->arena, &reader, interview, blind);

	if (err == OK)
		err = user_by_id(request->store, request->arena, interview->owner_id, &person);
	if (err == OK)
		*ret_name = person.full_name[0] != '\0'
		                    ? text_plain(request->arena, person.full_name)
		                    : person.username;
	if (err == OK && blind->alias != NULL)
		*ret_name = blind->alias;
	return err;
}

/* Only what is finished can be decided: of anything else there is no such page. */
static enum err find_interview(struct request *request, struct interview *ret_interview)
{
	enum err err = interview_by_id(request->store, request->arena, request->params[0],
	                               ret_interview);

	if (err == OK && strcmp(ret_interview->status, "completed") != 0)
		err = ERR_NOT_FOUND;
	return err;
}

static enum err add_head(struct request *request, cJSON *page, const struct interview *interview)
{
	struct blind blind;
	struct role role;
	const char *name;
	enum err err = find_name(request, interview, &blind, &name);

	if (err == OK)
		err = role_by_id(request->store, request->arena, interview->role_id, &role);
	if (err != OK)
		return err;
	json_set_string(page, "id", interview->id);
	json_set_string(page, "participant", name);
	json_set_string(page, "role", role.title[request->language]);
	json_set_string(page, "date", format_date(request->arena, interview->finished_at));
	json_set_bool(page, "is_hidden", blind.alias != NULL);
	return OK;
}

static enum err show(struct request *request, int status, const char *error)
{
	cJSON *page = cJSON_CreateObject();
	struct interview interview;
	struct decision decision;
	bool is_decided;
	enum err err = find_interview(request, &interview);

	if (err == OK)
		err = add_head(request, page, &interview);
	if (err != OK)
		return err;
	err = decision_of(request->store, request->arena, interview.id, &decision);
	is_decided = err == OK;
	if (err != OK && err != ERR_NOT_FOUND)
		return err;
	decision_view_add(request->arena, page, interview.id, is_decided ? &decision : NULL,
	                  request->language);
	decision_view_choices(page,
	                      form_value(request, "verdict", is_decided ? decision.verdict : ""),
	                      request->language);
	json_set_number(page, "seen", is_decided ? (double)decision.created_at : 0);
	json_set_string(page, "reason",
	                form_value(request, "reason", is_decided ? decision.reason : ""));
	json_set_string(page, "error", error);
	return reply_page_status(request, status, "decision", page);
}

static enum err get_decision(struct request *request)
{
	return show(request, 200, NULL);
}

/* ERR_CONFLICT: somebody has decided otherwise since the form was made. */
static enum err replace(struct request *request, const struct decision *decision, bool *ret_changed)
{
	struct decision stands = { 0 };
	enum err err = decision_of(request->store, request->arena, decision->interview_id, &stands);

	if (err == OK || err == ERR_NOT_FOUND)
		err = decision_save(request->store, decision, ret_changed);
	if (err == OK && *ret_changed &&
	    strcmp(form_value(request, "seen", ""),
	           arena_printf(request->arena, "%lld", (long long)stands.created_at)) != 0)
		err = ERR_CONFLICT;
	return err;
}

static enum err save(struct request *request, const struct decision *decision)
{
	bool is_changed = false;
	enum err err = store_begin(request->store);

	if (err != OK)
		return err;
	err = replace(request, decision, &is_changed);
	if (err == OK && is_changed)
		err = trail_add(
		        request, "decision.save",
		        (struct audit_subject){ AUDIT_INTERVIEW, decision->interview_id },
		        arena_printf(request->arena, "{\"verdict\":\"%s\"}", decision->verdict));
	if (err == OK)
		return store_commit(request->store);
	store_rollback(request->store);
	return err;
}

static enum err post_decision(struct request *request)
{
	struct decision decision = { .author_id = request->user->id,
		                     .was_blind = request->user->is_blind };
	struct interview interview;
	enum err err = find_interview(request, &interview);

	if (err != OK)
		return err;
	decision.interview_id = interview.id;
	if (form_choice(request, "verdict", "advance hold reject", &decision.verdict) != OK)
		return show(request, 400, i18n(request->language, "Choose what comes next."));
	if (form_text(request, "reason", 1, REASON_MAX, &decision.reason) != OK)
		return show(
		        request, 400,
		        i18n(request->language, "Please give a reason of up to 2,000 characters."));
	err = save(request, &decision);
	if (err == ERR_CONFLICT)
		return show(request, 409,
		            i18n(request->language, "Somebody else has decided in the meantime: "
		                                    "see what stands. Save again to replace it."));
	if (err != OK)
		return err;
	flash_set(request, FLASH_DECIDED);
	return reply_redirect(request, arena_printf(request->arena, "/reports/%s", interview.id));
}

static const struct route routes[] = {
	{ GET, "/admin/interviews/*/decision", ADMIN, get_decision, NULL },
	{ POST, "/admin/interviews/*/decision", ADMIN, post_decision, "verdict reason seen" },
};

const struct route_table decision_routes = ROUTE_TABLE(routes);
