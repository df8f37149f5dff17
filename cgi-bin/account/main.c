/* account: people, their log-ins, profiles and settings; health and metrics. */
#include "account.h"

#include "profile/reader.h"

static const struct route_table *const tables[] = {
	&api_docs_routes, &api_login_routes, &api_me_routes,  &code_routes,   &cv_routes,
	&data_routes,     &health_routes,    &history_routes, &login_routes,  &metrics_routes,
	&profile_routes,  &progress_routes,  &reset_routes,   &review_routes, &second_factor_routes,
	&settings_routes, &system_routes,    &tokens_routes,  NULL,
};

/* Opened with the first CV. */
static bool make_reader(struct arena *lasting, struct background_work *work)
{
	work->context = reader_create(lasting);
	return true;
}

int main(void)
{
	const struct app_extra extra = { .start = make_reader,
		                         .work = { .threads = 1, .step = housekeeping_step } };

	return app_run("account", tables, &extra);
}
