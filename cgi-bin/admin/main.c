/* admin: participants, their reports and records, the usage of models. */
#include "admin.h"

#include "witness/trace.h"

static const struct route_table *const tables[] = { &people_routes, &record_routes, NULL };

/* The exporter of traces works beside the requests here, where people are few. */
static bool start(struct arena *lasting, struct background_work *work)
{
	work->context = trace_open(lasting);
	work->threads = work->context != NULL ? 1 : 0;
	return true;
}

int main(void)
{
	const struct app_extra exporter = { .start = start, .work.step = trace_step };

	return app_run_with("admin", tables, &exporter);
}
