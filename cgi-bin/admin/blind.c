/* Blind review: the switch, and what it hides in the lists and pages of this program. */
#include "report/blind.h"

#include <string.h>

#include "admin.h"
#include "base/json.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/session.h"
#include "web/trail.h"

struct blind_reader blind_reader_of(const struct request *request)
{
	return (struct blind_reader){ request->user, request->language };
}

/* Names that nobody is to see are not to be found or ordered by either. */
void blind_query(const struct request *request, struct participant_query *query)
{
	if (!request->user->is_blind)
		return;
	query->search = "";
	if (strcmp(query->sort, "name") == 0)
		query->sort = "last";
}

static void replace_name(const char *alias, const char **username, const char **full_name)
{
	if (alias == *username)
		return;
	*username = alias;
	*full_name = "";
}

enum err blind_row(struct request *request, const char *user_id, const char **username,
                   const char **full_name)
{
	const struct blind_reader reader = blind_reader_of(request);
	const char *name = *username;
	enum err err = blind_person_name(request->store, request->arena, &reader, user_id, &name);

	if (err == OK)
		replace_name(name, username, full_name);
	return err;
}

enum err blind_interview_row(struct request *request, const char *interview_id,
                             const char **username, const char **full_name)
{
	const struct blind_reader reader = blind_reader_of(request);
	const char *name = *username;
	enum err err = blind_interview_name(request->store, request->arena, &reader, interview_id,
	                                    &name);

	if (err == OK)
		replace_name(name, username, full_name);
	return err;
}

enum err blind_participants(struct request *request, struct arena *arena,
                            struct participant_list *list)
{
	const struct blind_reader reader = blind_reader_of(request);
	enum err err = OK;

	for (size_t i = 0; err == OK && i < list->count; i++) {
		struct participant *row = &list->items[i];
		const char *name = row->username;

		err = blind_person_name(request->store, arena, &reader, row->user_id, &name);
		if (err == OK)
			replace_name(name, &row->username, &row->full_name);
	}
	return err;
}

enum err blind_user(struct request *request, struct user *user, bool *ret_hidden)
{
	const char *username = user->username;
	enum err err = blind_row(request, user->id, &user->username, &user->full_name);

	*ret_hidden = err == OK && user->username != username;
	if (*ret_hidden)
		user->position = user->stack = user->about = "";
	return err;
}

/* --- the switch -------------------------------------------------------------------------- */

static enum err get_blind(struct request *request)
{
	cJSON *page = cJSON_CreateObject();

	json_set_bool(page, "is_blind", request->user->is_blind);
	return reply_page(request, "blind", page);
}

static enum err set_blind(struct request *request, bool is_blind)
{
	const struct audit_subject self = { AUDIT_USER, request->user->id };
	enum err err = store_begin(request->store);

	if (err == OK)
		err = user_set_blind(request->store, self.id, is_blind);
	if (err == OK)
		err = trail_add(request, is_blind ? "blind.on" : "blind.off", self, NULL);
	return err == OK ? store_commit(request->store) : err;
}

/* Of a form that is sent twice the second one changes nothing. */
static enum err post_blind(struct request *request)
{
	const char *wish;
	enum err err = form_choice(request, "blind", "on off", &wish);
	bool is_on;

	if (err != OK)
		return err;
	is_on = strcmp(wish, "on") == 0;
	if (is_on != request->user->is_blind)
		err = set_blind(request, is_on);
	if (err != OK && err != ERR_NOT_FOUND)
		return err;
	flash_set(request, is_on ? FLASH_BLIND_ON : FLASH_BLIND_OFF);
	return reply_redirect(request, "/admin");
}

static const struct route routes[] = {
	{ GET, "/admin/blind", ADMIN, get_blind, NULL },
	{ POST, "/admin/blind", ADMIN, post_blind, "blind" },
};

const struct route_table blind_routes = ROUTE_TABLE(routes);
