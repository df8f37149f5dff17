/* The list of participants: what the address asks for, and the page. */
#include <stdio.h>
#include <string.h>

#include "admin.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/text.h"
#include "base/zone.h"
#include "store/bank.h"
#include "web/form.h"
#include "web/reply.h"

enum { PAGE_SIZE = 25, MAX_SEARCH = 100, FULL = 100 };

static const int64_t DAY_MS = 86400000;

/* --- what the address asks for -------------------------------------------------------- */

static const char *offered(const struct request *request, const char *name, const char *choices)
{
	const char *value = request_query(request, name, "");

	return form_word_in(choices, value) ? value : "";
}

static const char *offered_role(const struct request *request, const struct role_list *roles)
{
	const char *value = request_query(request, "role", "");

	for (size_t i = 0; i < roles->count; i++)
		if (strcmp(roles->items[i].id, value) == 0)
			return value;
	return "";
}

/* The start of a day that is written 2026-11-21; 0 when it is no day. */
static int64_t day_of(const char *text)
{
	static const int before[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334 };
	static const int length[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int year, month, day, used = 0, leaps;
	bool is_leap;
	int64_t noon;

	if (sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &used) != 3 || text[used] != '\0')
		return 0;
	is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	if (year < 1970 || month < 1 || month > 12 || day < 1 || day > length[month - 1] ||
	    (month == 2 && day == 29 && !is_leap))
		return 0;
	leaps = (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400 - 477 + (is_leap && month > 2);
	noon = ((int64_t)(year - 1970) * 365 + leaps + before[month - 1] + day - 1) * DAY_MS +
	       DAY_MS / 2;
	return zone_day_start(noon - zone_offset_min(noon) * INT64_C(60000));
}

static void read_days(const struct request *request, struct people_wish *wish)
{
	struct participant_filter *filter = &wish->query.filter;

	wish->from = request_query(request, "from", "");
	wish->to = request_query(request, "to", "");
	filter->from = day_of(wish->from);
	filter->to = day_of(wish->to);
	if ((wish->from[0] != '\0' && filter->from == 0) ||
	    (wish->to[0] != '\0' && filter->to == 0))
		wish->error = i18n(request->language, "A date is written like 2026-11-21.");
	else if (filter->from != 0 && filter->to != 0 && filter->from > filter->to)
		wish->error = i18n(request->language, "The first day is after the last one.");
	/* The last day counts to its end, and one of 25 hours is none of the next. */
	if (filter->to != 0)
		filter->to = zone_day_start(filter->to + DAY_MS + DAY_MS / 2);
}

static void read_scores(const struct request *request, struct people_wish *wish)
{
	struct participant_filter *filter = &wish->query.filter;
	long long from = 0, to = FULL;

	wish->score_from = request_query(request, "score_from", "");
	wish->score_to = request_query(request, "score_to", "");
	filter->has_share = wish->score_from[0] != '\0' || wish->score_to[0] != '\0';
	if ((wish->score_from[0] != '\0' && !text_integer(wish->score_from, 0, FULL, &from)) ||
	    (wish->score_to[0] != '\0' && !text_integer(wish->score_to, 0, FULL, &to)))
		wish->error = i18n(request->language,
		                   "A score is a whole number of per cent from 0 to 100.");
	else if (from > to)
		wish->error = i18n(request->language, "The lowest score is above the highest one.");
	/* The shares are quotients: those that are a hair beside the number are meant as well. */
	filter->share_from = from > 0 ? (double)from / FULL - 1e-9 : 0;
	filter->share_to = (double)to / FULL + 1e-9;
}

static void read_order(const struct request *request, struct participant_query *query)
{
	long long place = 0;

	query->sort = request_query(request, "sort", "last");
	if (!form_word_in("name interviews last score", query->sort))
		query->sort = "last";
	query->descending = strcmp(request_query(request, "order",
	                                         strcmp(query->sort, "name") == 0 ? "asc" : "desc"),
	                           "desc") == 0;
	if (text_integer(request_query(request, "after", ""), 1, INT64_MAX, &place))
		query->after = place;
	else if (text_integer(request_query(request, "before", ""), 1, INT64_MAX, &place))
		query->before = place;
}

static void add_filter(const struct request *request, struct buf *out, const char *name,
                       const char *value)
{
	if (value != NULL && value[0] != '\0')
		buf_printf(out, "%s=%s&", name, form_encode(request->arena, value));
}

/* The filters as the links to other pages carry them on. */
static void write_filters(const struct request *request, struct people_wish *wish)
{
	const struct participant_filter *filter = &wish->query.filter;
	struct buf out;

	buf_init(&out, request->arena);
	add_filter(request, &out, "role", filter->role_id);
	add_filter(request, &out, "level", filter->level);
	add_filter(request, &out, "type", filter->type);
	add_filter(request, &out, "status", filter->status);
	add_filter(request, &out, "score_from", wish->score_from);
	add_filter(request, &out, "score_to", wish->score_to);
	add_filter(request, &out, "from", wish->from);
	add_filter(request, &out, "to", wish->to);
	add_filter(request, &out, "state", wish->state);
	add_filter(request, &out, "invitation", filter->invitation_id);
	wish->is_filtered = out.len > 0;
	add_filter(request, &out, "search", wish->query.search);
	wish->filters = out.len > 0 ? out.data : "";
}

static enum participant_state state_of(const char *name)
{
	if (name[0] == '\0')
		return PARTICIPANT_ANY;
	return strcmp(name, "disabled") == 0 ? PARTICIPANT_DISABLED : PARTICIPANT_ENABLED;
}

static enum err read_invitation(struct request *request, struct people_wish *wish)
{
	const char *id = request_query(request, "invitation", "");
	enum err err;

	if (id[0] == '\0')
		return OK;
	err = participant_invitation(request->store, request->arena, id, &wish->invitation);
	if (err == OK)
		wish->query.filter.invitation_id = id;
	return err == ERR_NOT_FOUND ? OK : err;
}

enum err people_read_wish(struct request *request, struct people_wish *ret_wish)
{
	struct role_list *roles = arena_alloc(request->arena, sizeof(*roles));
	struct people_wish wish = { .roles = roles };
	enum err err = role_list(request->store, request->arena, roles);

	if (err != OK)
		return err;
	wish.query = (struct participant_query){
		.search = text_shortened(request->arena, request_query(request, "search", ""),
		                         MAX_SEARCH),
		.page_size = PAGE_SIZE,
		.titles = request->language,
		.filter = { .role_id = offered_role(request, roles),
		            .level = offered(request, "level", "junior middle senior"),
		            .type = offered(request, "type", "technical hr case mixed"),
		            .status = offered(request, "status", PEOPLE_STATUSES) },
	};
	wish.state = offered(request, "state", PEOPLE_STATES);
	wish.query.filter.state = state_of(wish.state);
	read_order(request, &wish.query);
	blind_query(request, &wish.query);
	read_days(request, &wish);
	read_scores(request, &wish);
	err = read_invitation(request, &wish);
	write_filters(request, &wish);
	if (err == OK)
		*ret_wish = wish;
	return err;
}

/* --- the page ------------------------------------------------------------------------- */

static enum err get_participants(struct request *request)
{
	struct participant_list list = { 0 };
	struct people_wish wish;
	cJSON *page;
	enum err err = people_read_wish(request, &wish);

	if (err == OK && wish.error == NULL)
		err = participant_page(request->store, request->arena, &wish.query, &list);
	if (err == OK)
		err = blind_participants(request, request->arena, &list);
	if (err != OK)
		return err;
	page = people_view(request->arena, &wish, &list, request->language);
	json_set_bool(page, "is_blind", request->user->is_blind);
	return reply_page_status(request, wish.error == NULL ? 200 : 400, "participants", page);
}

static const struct route routes[] = {
	{ GET, "/admin", ADMIN, get_participants, NULL },
};

const struct route_table people_routes = ROUTE_TABLE(routes);
