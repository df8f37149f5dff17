/* report: the report page of an interview and its downloads; writes reports. */
#include "report.h"

#include "report/writing.h"

static const struct route_table *const tables[] = { &document_routes, &api_routes,   &appeal_routes,
	                                            &verify_routes,   &share_routes, &shared_routes,
	                                            &revision_routes, NULL };

int main(void)
{
	const struct app_extra writers = { .start = document_open, .work.step = writing_step };

	return app_run("report", tables, &writers);
}
