/* The front page. */
#include "account.h"
#include "web/reply.h"

static enum err get_front(struct request *request)
{
	if (request->user != NULL)
		return reply_redirect(request, "/profile");
	return reply_page(request, "front", cJSON_CreateObject());
}

static const struct route routes[] = {
	{ GET, "/", ANYONE, get_front, NULL },
};

const struct route_table system_routes = ROUTE_TABLE(routes);
