/* account: people, their log-ins, profiles and settings; health and metrics. */
#include "account.h"

static const struct route_table *const tables[] = {
	&login_routes,
	&profile_routes,
	&system_routes,
	NULL,
};

int main(void)
{
	return app_run("account", tables);
}
