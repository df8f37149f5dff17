/* What was sent of finished interviews to another program. */
#include "admin.h"
#include "base/clock.h"
#include "base/text.h"
#include "view/webhook_view.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/session.h"
#include "web/trail.h"

enum { PAGE_SIZE = 25, MAX_PAGE = 1000000 };

static struct webhook_query read_query(const struct request *request)
{
	struct webhook_query query = {
		.state = request_query(request, "state", ""),
		.page_size = PAGE_SIZE,
	};
	long long page = 1;

	if (!webhook_view_is_state(query.state))
		query.state = "";
	if (!text_integer(request_query(request, "page", "1"), 1, MAX_PAGE, &page))
		page = 1;
	query.page = (int)page;
	return query;
}

static enum err blind_deliveries(struct request *request, struct webhook_list *list)
{
	enum err err = OK;

	for (size_t i = 0; err == OK && i < list->count; i++)
		err = blind_interview_row(request, list->items[i].interview_id,
		                          &list->items[i].username, &list->items[i].full_name);
	return err;
}

static enum err get_webhooks(struct request *request)
{
	struct webhook_page page = { .query = read_query(request), .now = clock_now_ms() };
	struct webhook *webhook;
	enum err err = webhook_find(request->store, request->arena, &page.query, &page.list);

	if (err == OK)
		err = blind_deliveries(request, &page.list);
	if (err != OK)
		return err;
	page.state = webhook_configure(request->arena, &webhook);
	if (page.state == WEBHOOK_READY)
		page.origin = webhook_origin(webhook);
	return reply_page(request, "webhooks",
	                  webhook_view_page(request->arena, &page, request->language));
}

static int64_t read_time(const struct request *request, const char *name)
{
	long long ms = 0;

	return text_integer(form_value(request, name, ""), 0, INT64_MAX, &ms) ? ms : -1;
}

/* The form says what it saw: pressed twice, or too late, it changes nothing. */
static enum err post_again(struct request *request)
{
	const struct webhook_delivery seen = {
		.id = request->params[0],
		.state = form_value(request, "state", ""),
		.next_at = read_time(request, "next_at"),
	};
	const struct audit_subject delivery = { AUDIT_OTHER, arena_printf(request->arena,
		                                                          "delivery %s", seen.id) };
	enum err err = store_begin(request->store);

	if (err == OK)
		err = webhook_again(request->store, &seen, clock_now_ms());
	if (err == OK)
		err = trail_add(request, "webhook.send-again", delivery, NULL);
	if (err == OK)
		err = store_commit(request->store);
	if (err != OK)
		return err;
	flash_set(request, FLASH_SENT_AGAIN);
	return reply_redirect(request, "/admin/webhooks");
}

static const struct route routes[] = {
	{ GET, "/admin/webhooks", ADMIN, get_webhooks, NULL },
	{ POST, "/admin/webhooks/*/again", ADMIN, post_again, "state next_at" },
};

const struct route_table webhook_routes = ROUTE_TABLE(routes);
