/* Participants and their reports. */
#include <string.h>

#include "admin.h"
#include "base/json.h"
#include "base/text.h"
#include "view/people_view.h"
#include "view/report_events.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/session.h"

enum { PAGE_SIZE = 25, MAX_PAGE = 1000000, MAX_SEARCH = 100, SHOWN_INTERVIEWS = 200 };

static struct participant_query read_query(const struct request *request)
{
	struct participant_query query = {
		.search = text_shortened(request->arena, request_query(request, "search", ""),
		                         MAX_SEARCH),
		.sort = request_query(request, "sort", "last"),
		.page_size = PAGE_SIZE,
	};
	long long page = 1;

	if (!form_word_in("name interviews last score", query.sort))
		query.sort = "last";
	query.descending = strcmp(request_query(request, "order",
	                                        strcmp(query.sort, "name") == 0 ? "asc" : "desc"),
	                          "desc") == 0;
	if (!text_integer(request_query(request, "page", "1"), 1, MAX_PAGE, &page))
		page = 1;
	query.page = (int)page;
	return query;
}

static enum err get_participants(struct request *request)
{
	struct participant_query query = read_query(request);
	struct participant_list list;
	enum err err = participant_find(request->store, request->arena, &query, &list);
	cJSON *page;

	if (err != OK)
		return err;
	page = people_participants(request->arena, &query, &list, request->language);
	json_set_string(page, "search_encoded", form_encode(request->arena, query.search));
	return reply_page(request, "participants", page);
}

enum err people_history(struct request *request, const char *user_id,
                        struct history_list *ret_history)
{
	const struct history_query latest = { .owner_id = user_id,
		                              .titles = request->language,
		                              .page = 1,
		                              .page_size = SHOWN_INTERVIEWS };

	return history_page(request->store, request->arena, &latest, ret_history);
}

static enum err add_events(struct request *request, cJSON *page, const struct history_list *history)
{
	enum err err = OK;

	for (size_t i = 0; err == OK && i < history->count; i++) {
		const struct history_row *row = &history->items[i];
		struct event_list events;
		struct question_list questions;

		err = event_list(request->store, request->arena, row->interview_id, &events);
		if (err != OK || events.count == 0)
			continue;
		err = question_list(request->store, request->arena, row->interview_id, &questions);
		if (err != OK)
			continue;
		report_events_add(request->arena, page,
		                  &(struct report_events){ .list = &events,
		                                           .questions = &questions,
		                                           .interview = row },
		                  request->language);
	}
	return err;
}

static enum err get_participant(struct request *request)
{
	struct history_list history;
	struct user user;
	cJSON *page = cJSON_CreateObject();
	enum err err = user_by_id(request->store, request->arena, request->params[0], &user);

	if (err == OK)
		err = people_history(request, user.id, &history);
	if (err != OK)
		return err;
	people_add_history(request->arena, page, &history, request->language);
	err = add_events(request, page, &history);
	if (err != OK)
		return err;
	accounts_add(request, page, &user);
	json_set_string(page, "username", user.username);
	json_set_string(page, "full_name", user.full_name);
	json_set_string(page, "position", user.position);
	json_set_string(page, "stack", user.stack);
	return reply_page(request, "participant", page);
}

/* The text report of the participant's latest finished interview. */
static enum err get_latest_report(struct request *request)
{
	const char *id;
	enum err err = interview_latest_finished(request->store, request->arena, request->params[0],
	                                         &id);

	if (err == ERR_NOT_FOUND) {
		flash_set(request, FLASH_NO_REPORT);
		return reply_redirect(request, "/admin");
	}
	if (err != OK)
		return err;
	return reply_redirect(request, arena_printf(request->arena, "/reports/%s/report.txt", id));
}

static const struct route routes[] = {
	{ GET, "/admin", ADMIN, get_participants, NULL },
	{ GET, "/admin/participants/*", ADMIN, get_participant, NULL },
	{ GET, "/admin/participants/*/report", ADMIN, get_latest_report, NULL },
};

const struct route_table people_routes = ROUTE_TABLE(routes);
