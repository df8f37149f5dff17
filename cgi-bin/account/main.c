/* account: people, their log-ins, profiles and settings; health and metrics. */
#include "account.h"

static const struct route_table *const tables[] = {
	&api_docs_routes, &api_login_routes, &api_me_routes, &login_routes,
	&profile_routes,  &system_routes,    &tokens_routes, NULL,
};

int main(void)
{
	const struct app_extra extra = { .work = { .threads = 1, .step = housekeeping_step } };

	return app_run_with("account", tables, &extra);
}
