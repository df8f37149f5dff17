/* Participants, their reports and the usage of models, for programs. */
#include <string.h>

#include "admin.h"
#include "base/clock.h"
#include "base/text.h"
#include "view/api_admin.h"
#include "web/api.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/trail.h"

enum { PAGE_SIZE = 20, MAX_PAGE_SIZE = 100, MAX_PAGE = 1000000, MAX_SEARCH = 100 };
enum { MAX_DISAGREEMENTS = 50 };

static enum err wrong_query(struct request *request, const char *text)
{
	return api_fault(request, NULL, i18n(request->language, text));
}

/* A number of the address; one that is out of bounds is a fault, unlike on pages. */
static enum err read_number(struct request *request, const char *name, int fallback, int max,
                            int *ret_number)
{
	const char *text = request_query(request, name, NULL);
	long long number = fallback;

	if (text != NULL && !text_integer(text, 1, max, &number))
		return api_fault(request, NULL,
		                 arena_printf(request->arena,
		                              i18n(request->language,
		                                   "%s must be a whole number from 1 to %d."),
		                              name, max));
	*ret_number = (int)number;
	return OK;
}

static enum err read_query(struct request *request, struct participant_query *ret_query)
{
	const char *search = request_query(request, "search", "");
	const char *sort = request_query(request, "sort", "last");
	const char *order = request_query(request, "order",
	                                  strcmp(sort, "name") == 0 ? "asc" : "desc");
	enum err page, limit;

	if (request->user->is_blind && (search[0] != '\0' || strcmp(sort, "name") == 0))
		return wrong_query(request, N_("You review blind: names cannot be searched or "
		                               "sorted by."));
	if (text_count(search, strlen(search)) > MAX_SEARCH)
		return wrong_query(request, N_("The search may have up to 100 characters."));
	if (!form_word_in("name interviews last score", sort))
		return wrong_query(request, N_("The list can be sorted by name, interviews, last "
		                               "or score."));
	if (!form_word_in("asc desc", order))
		return wrong_query(request, N_("The order is asc or desc."));
	*ret_query = (struct participant_query){ .sort = sort, .search = search };
	ret_query->descending = strcmp(order, "desc") == 0;
	page = read_number(request, "page", 1, MAX_PAGE, &ret_query->page);
	limit = read_number(request, "limit", PAGE_SIZE, MAX_PAGE_SIZE, &ret_query->page_size);
	return page != OK ? page : limit;
}

static enum err get_participants(struct request *request)
{
	struct participant_query query;
	struct participant_list list;
	enum err err = read_query(request, &query);

	if (err == OK)
		err = participant_find(request->store, request->arena, &query, &list);
	if (err == OK)
		err = blind_participants(request, request->arena, &list);
	if (err != OK)
		return err;
	return api_reply(request, 200, api_admin_participants(request->arena, &query, &list));
}

static enum err get_participant(struct request *request)
{
	struct history_list history;
	struct user user;
	bool is_hidden;
	enum err err = user_by_id(request->store, request->arena, request->params[0], &user);

	if (err == OK)
		err = trail_read(request, "participant.read",
		                 (struct audit_subject){ AUDIT_USER, user.id });
	if (err == OK)
		err = blind_user(request, &user, &is_hidden);
	if (err == OK)
		err = people_history(request, user.id, &history);
	if (err != OK)
		return err;
	return api_reply(request, 200, api_admin_participant(request->arena, &user, &history));
}

static enum err get_usage(struct request *request)
{
	struct usage_page usage = { .period = request_query(request, "period", "day") };
	const int64_t ms = usage_view_period_ms(usage.period);
	enum err err;

	if (ms == 0)
		return wrong_query(request, N_("The period is day, week or month."));
	err = llm_usage_list(request->store, request->arena, clock_now_ms() - ms, &usage.usage);
	if (err == OK)
		err = disagreement_list(request->store, request->arena, MAX_DISAGREEMENTS,
		                        &usage.disagreements);
	if (err == OK)
		err = blind_disagreements(request, &usage.disagreements);
	if (err != OK)
		return err;
	usage.state = model_state(request->arena);
	return api_reply(request, 200, api_admin_usage(request->arena, &usage));
}

static const struct route routes[] = {
	{ GET, "/api/admin/participants", ADMIN, get_participants, NULL },
	{ GET, "/api/admin/participants/*", ADMIN, get_participant, NULL },
	{ GET, "/api/admin/usage", ADMIN, get_usage, NULL },
};

const struct route_table api_routes = ROUTE_TABLE(routes);
