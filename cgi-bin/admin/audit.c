/* The audit log, and whether it is whole. */
#include "store/audit.h"

#include <string.h>

#include "admin.h"
#include "base/json.h"
#include "base/text.h"
#include "view/audit_view.h"
#include "web/form.h"
#include "web/reply.h"

enum { PAGE_SIZE = 50, ACTION_MAX = 60, ID_MAX = 60 };

/* A word of the address, NULL when there is none or too much of it. */
static const char *read_word(const struct request *request, const char *name, size_t max)
{
	const char *word = text_trimmed(request->arena, request_query(request, name, ""));

	return word[0] != '\0' && text_count(word, strlen(word)) <= max ? word : NULL;
}

static struct audit_query read_query(const struct request *request)
{
	struct audit_query query = {
		.action = read_word(request, "action", ACTION_MAX),
		.user_id = read_word(request, "user", ID_MAX),
		.most = PAGE_SIZE,
	};
	long long before = 0;

	if (text_integer(request_query(request, "before", ""), 1, INT64_MAX, &before))
		query.before = before;
	return query;
}

/* Names as this admin may see them. */
static enum err hide_names(struct request *request, struct audit_list *list)
{
	const struct blind_reader reader = blind_reader_of(request);
	enum err err = OK;

	for (size_t i = 0; err == OK && i < list->count; i++) {
		struct audit_row *row = &list->items[i];

		if (row->actor_id != NULL)
			err = blind_person_name(request->store, request->arena, &reader,
			                        row->actor_id, &row->actor_name);
		if (err == OK && row->kind == AUDIT_USER)
			err = blind_person_name(request->store, request->arena, &reader,
			                        row->owner_id, &row->subject_name);
		if (err == OK && row->kind == AUDIT_INTERVIEW)
			err = blind_interview_name(request->store, request->arena, &reader,
			                           row->subject_id, &row->subject_name);
	}
	return err;
}

/* A filter by somebody who is gone finds what is left: nothing. */
static enum err find_person(struct request *request, struct audit_page *page)
{
	struct user user;
	bool is_hidden;
	enum err err;

	if (page->query.user_id == NULL)
		return OK;
	page->person = page->query.user_id;
	err = user_by_id(request->store, request->arena, page->query.user_id, &user);
	if (err == OK)
		err = blind_user(request, &user, &is_hidden);
	if (err == OK)
		page->person = user.username;
	return err == ERR_NOT_FOUND ? OK : err;
}

static enum err show(struct request *request, const struct audit_check *check)
{
	struct audit_page page = { .query = read_query(request), .check = check };
	struct audit_query query = page.query;
	cJSON *json;
	enum err err;

	query.most++; /* whether there are more */
	err = audit_list(request->store, request->arena, &query, &page.list);
	if (err == OK)
		err = hide_names(request, &page.list);
	if (err == OK)
		err = find_person(request, &page);
	if (err != OK)
		return err;
	json = audit_view_page(request->arena, &page, request->language);
	json_set_string(
	        json, "action_encoded",
	        form_encode(request->arena, page.query.action != NULL ? page.query.action : ""));
	json_set_string(
	        json, "user_encoded",
	        form_encode(request->arena, page.query.user_id != NULL ? page.query.user_id : ""));
	return reply_page(request, "audit", json);
}

static enum err get_audit(struct request *request)
{
	return show(request, NULL);
}

/* It reads all rows, so it takes a button: nobody does it by following a link. */
static enum err post_verify(struct request *request)
{
	struct audit_check check;
	enum err err = audit_verify(request->store, request->arena, NULL, &check);

	return err == OK ? show(request, &check) : err;
}

static const struct route routes[] = {
	{ GET, "/admin/audit", ADMIN, get_audit, NULL },
	{ POST, "/admin/audit/verify", ADMIN, post_verify, "" },
};

const struct route_table audit_routes = ROUTE_TABLE(routes);
