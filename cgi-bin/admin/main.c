/* admin: participants, their reports and records, the usage of models, what webhooks were sent. */
#include "admin.h"

#include "notify/webhook.h"
#include "witness/trace.h"

static const struct route_table *const tables[] = { &account_routes, &api_routes,
	                                            &people_routes,  &record_routes,
	                                            &webhook_routes, NULL };

/* What works beside the requests here, where people are few; NULL: it is not configured. */
struct errands {
	struct trace *trace;
	struct webhook *webhook;
};

static bool start(struct arena *lasting, struct background_work *work)
{
	struct errands *errands = arena_alloc(lasting, sizeof(*errands));

	errands->trace = trace_open(lasting);
	errands->webhook = webhook_open(lasting);
	work->context = errands;
	work->threads = errands->trace != NULL || errands->webhook != NULL ? 1 : 0;
	return true;
}

/* One after the other: neither makes the other wait for more than one request. */
static bool step(struct store *store, struct arena *arena, void *context)
{
	const struct errands *errands = context;
	bool worked = false;

	if (errands->webhook != NULL)
		worked = webhook_step(store, arena, errands->webhook);
	if (errands->trace != NULL)
		worked = trace_step(store, arena, errands->trace) || worked;
	return worked;
}

int main(void)
{
	const struct app_extra extra = { .start = start, .work.step = step };

	return app_run_with("admin", tables, &extra);
}
