/* The history of interviews: its list, deleting, clearing, comparing two. */
#include <string.h>

#include "account.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "interview/flow.h"
#include "interview/review.h"
#include "report/compare.h"
#include "report/present.h"
#include "report/report.h"
#include "report/sealed.h"
#include "store/bank.h"
#include "store/history.h"
#include "store/interview.h"
#include "store/review.h"
#include "view/compare_view.h"
#include "view/history_view.h"
#include "view/progress_view.h"
#include "view/start_limit.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/session.h"
#include "web/token.h"

enum { PAGE_SIZE = 20, MAX_PAGE = 1000000, NONCE_BYTES = 16, DELETED_AT_ONCE = 50 };
enum { DAY_MS = 86400000 };

/* --- the list ------------------------------------------------------------------- */

/* What the address asks for. A value that nobody offers means any, as if it were not there. */
struct wish {
	struct history_query query;
	const char *period, *sort;
};

static const char *offered(const struct request *request, const char *name, const char *choices)
{
	const char *value = request_query(request, name, "");

	return form_word_in(choices, value) ? value : "";
}

/* A role of the catalogue, or "". */
static const char *offered_role(const struct request *request, const struct role_list *roles)
{
	const char *value = request_query(request, "role", "");

	for (size_t i = 0; i < roles->count; i++)
		if (strcmp(roles->items[i].id, value) == 0)
			return value;
	return "";
}

static enum history_sort sort_of(const char *name)
{
	if (strcmp(name, "oldest") == 0)
		return HISTORY_OLDEST;
	if (strcmp(name, "best") == 0)
		return HISTORY_BEST;
	return strcmp(name, "worst") == 0 ? HISTORY_WORST : HISTORY_NEWEST;
}

static struct wish read_wish(const struct request *request, const struct role_list *roles)
{
	struct wish wish = {
		.query = {
			.owner_id = request->user->id,
			.titles = request->language,
			.role_id = offered_role(request, roles),
			.type = offered(request, "type", "technical hr case mixed"),
			.level = offered(request, "level", "junior middle senior"),
			.status = offered(request, "status", HISTORY_STATUSES),
			.language = offered(request, "language", "en ru uk"),
			.page_size = PAGE_SIZE,
		},
		.period = offered(request, "period", HISTORY_PERIODS),
		.sort = offered(request, "sort", HISTORY_SORTS),
	};
	long long days, page = 1;

	if (text_integer(wish.period, 1, 365, &days))
		wish.query.since = clock_now_ms() - days * DAY_MS;
	if (!text_integer(request_query(request, "page", "1"), 1, MAX_PAGE, &page))
		page = 1;
	wish.query.page = (int)page;
	wish.query.sort = sort_of(wish.sort);
	return wish;
}

static void add_filter(struct arena *arena, struct buf *out, const char *name, const char *value)
{
	if (value[0] != '\0')
		buf_printf(out, "%s=%s&", name, form_encode(arena, value));
}

/* The filters as the links to other pages carry them on. */
static const char *filters_of(const struct request *request, const struct wish *wish)
{
	const struct history_query *query = &wish->query;
	struct buf out;

	buf_init(&out, request->arena);
	add_filter(request->arena, &out, "role", query->role_id);
	add_filter(request->arena, &out, "type", query->type);
	add_filter(request->arena, &out, "level", query->level);
	add_filter(request->arena, &out, "status", query->status);
	add_filter(request->arena, &out, "language", query->language);
	add_filter(request->arena, &out, "period", wish->period);
	add_filter(request->arena, &out, "sort", wish->sort);
	return out.data;
}

/* Somebody may have deleted what the last page held: there is always a page to show. */
static enum err find(struct request *request, struct wish *wish, struct history_list *ret_list)
{
	enum err err = history_find(request->store, request->arena, &wish->query, ret_list);
	const int last = (ret_list->total + PAGE_SIZE - 1) / PAGE_SIZE;

	if (err != OK || ret_list->count > 0 || ret_list->total == 0)
		return err;
	wish->query.page = last;
	return history_find(request->store, request->arena, &wish->query, ret_list);
}

static enum err show_list(struct request *request, int status, const char *error)
{
	struct role_list roles;
	struct history_list list = { 0 };
	struct flow_quota quota;
	struct wish wish;
	cJSON *page;
	int due;
	enum err err = review_learn(request->store, request->arena, request->user->id);

	if (err == OK)
		err = role_list(request->store, request->arena, &roles);
	if (err != OK)
		return err;
	wish = read_wish(request, &roles);
	err = find(request, &wish, &list);
	if (err == OK)
		err = flow_quota(request->store, request->user, &quota);
	if (err == OK)
		err = review_count_due(request->store, request->user->id, clock_now_ms(), &due);
	if (err != OK)
		return err;
	page = history_view(request->arena,
	                    &(struct history_choice){ .query = &wish.query,
	                                              .period = wish.period,
	                                              .sort = wish.sort,
	                                              .filters = filters_of(request, &wish),
	                                              .roles = &roles },
	                    &list, request->language);
	start_limit_add(request->arena, page, &quota, request->language);
	progress_view_add_due(request->arena, page, due, request->language);
	json_set_string(page, "nonce", token_random(request->arena, NONCE_BYTES));
	json_set_string(page, "error", error);
	return reply_page_status(request, status, "history", page);
}

static enum err get_history(struct request *request)
{
	return show_list(request, 200, NULL);
}

/* --- deleting --------------------------------------------------------------------- */

static enum err get_delete(struct request *request)
{
	struct interview interview;
	struct role role;
	cJSON *page = cJSON_CreateObject();
	enum err err = interview_of_owner(request->store, request->arena, request->params[0],
	                                  request->user->id, &interview);

	if (err == OK)
		err = role_by_id(request->store, request->arena, interview.role_id, &role);
	if (err != OK)
		return err;
	json_set_string(page, "id", interview.id);
	json_set_string(page, "name",
	                history_view_name(
	                        request->arena,
	                        &(struct history_row){ .role_title = role.title[request->language],
	                                               .type = interview.type,
	                                               .created_at = interview.created_at },
	                        request->language));
	json_set_bool(page, "is_running", strcmp(interview.status, "completed") != 0);
	return reply_page(request, "history_delete", page);
}

static enum err post_delete(struct request *request)
{
	enum err err = history_delete(request->store, request->user->id, request->params[0]);

	if (err != OK)
		return err;
	flash_set(request, FLASH_INTERVIEW_DELETED);
	return reply_redirect(request, "/history");
}

static enum err get_clear(struct request *request)
{
	cJSON *page = cJSON_CreateObject();
	struct history_list list;
	const struct history_query all = { .owner_id = request->user->id,
		                           .titles = request->language,
		                           .page = 1,
		                           .page_size = 1 };
	enum err err = history_find(request->store, request->arena, &all, &list);

	if (err != OK)
		return err;
	if (list.total == 0)
		return reply_redirect(request, "/history");
	json_set_string(page, "before",
	                arena_printf(request->arena, "%lld", (long long)clock_now_ms()));
	json_set_string(page, "found",
	                arena_printf(request->arena,
	                             i18n_plural(request->language, "%d interview", "%d interviews",
	                                         list.total),
	                             list.total));
	return reply_page(request, "history_clear", page);
}

/* What the page spoke of goes; an interview that was started since in another tab stays. */
static enum err post_clear(struct request *request)
{
	const int64_t now = clock_now_ms();
	long long before;
	int deleted;
	enum err err;

	if (!text_integer(form_value(request, "before", ""), 1, now, &before))
		return ERR_INVALID;
	do {
		err = history_delete_some(request->store, request->user->id, before,
		                          DELETED_AT_ONCE, &deleted);
	} while (err == OK && deleted == DELETED_AT_ONCE);
	if (err != OK)
		return err;
	flash_set(request, FLASH_HISTORY_CLEARED);
	return reply_redirect(request, "/history");
}

/* --- comparing ---------------------------------------------------------------------- */

/* The stored report of an own finished interview. */
static enum err read_report(struct request *request, const char *id, struct interview *interview,
                            cJSON **ret_document)
{
	struct report_row row;
	enum err err = interview_of_owner(request->store, request->arena, id, request->user->id,
	                                  interview);

	if (err == OK)
		err = report_of_interview(request->store, request->arena, id, &row);
	if (err == OK)
		err = sealed_read(request->store, request->arena, &row, ret_document);
	if (err == OK)
		report_for_candidate(*ret_document);
	return err;
}

/* The ticks of the list come as i1=ID&i7=ID, for a field may come only once. */
static enum err choose_two(struct request *request)
{
	const char *chosen[2] = { "", "" };
	size_t count = 0;

	for (size_t i = 0; i < request->query.count; i++) {
		const struct form_field *field = &request->query.fields[i];

		if (field->name[0] != 'i')
			continue;
		if (count < 2)
			chosen[count] = form_encode(request->arena, field->value);
		count++;
	}
	if (count != 2)
		return show_list(
		        request, 400,
		        i18n(request->language, "Please tick two finished interviews to compare."));
	return reply_redirect(request, arena_printf(request->arena, "/history/compare?a=%s&b=%s",
	                                            chosen[0], chosen[1]));
}

static enum err get_compare(struct request *request)
{
	const char *a = request_query(request, "a", ""), *b = request_query(request, "b", "");
	struct interview one, other;
	cJSON *first, *second;
	enum err err;

	if (a[0] == '\0' || b[0] == '\0' || strcmp(a, b) == 0)
		return choose_two(request);
	err = read_report(request, a, &one, &first);
	if (err == OK)
		err = read_report(request, b, &other, &second);
	if (err != OK)
		return err;
	if (other.created_at < one.created_at) {
		cJSON *earlier = second;

		second = first;
		first = earlier;
	}
	request_fix_language(request, present_language(second));
	return reply_page(
	        request, "compare",
	        compare_view(request->arena, compare_reports(first, second), request->language));
}

static const struct route routes[] = {
	{ GET, "/history", CANDIDATE, get_history, NULL },
	{ GET, "/history/clear", CANDIDATE, get_clear, NULL },
	{ POST, "/history/clear", CANDIDATE, post_clear, "before" },
	{ GET, "/history/compare", CANDIDATE, get_compare, NULL },
	{ GET, "/history/*/delete", CANDIDATE, get_delete, NULL },
	{ POST, "/history/*/delete", CANDIDATE, post_delete, "" },
};

const struct route_table history_routes = ROUTE_TABLE(routes);
