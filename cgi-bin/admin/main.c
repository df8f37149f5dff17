/* admin: participants, their reports and records, the usage of models, what webhooks were sent. */
#include "admin.h"

static const struct route_table *const tables[] = {
	&account_routes,
	&api_routes,
	&appeal_routes,
	&audit_routes,
	&bank_list_routes,
	&bank_routes,
	&bank_trial_routes,
	&blind_routes,
	&compare_routes,
	&decision_routes,
	&export_routes,
	&health_routes,
	&invite_routes,
	&invitation_routes,
	&participant_routes,
	&people_routes,
	&playback_routes,
	&record_routes,
	&role_routes,
	&score_routes,
	&transfer_routes,
	&webhook_routes,
	NULL,
};

int main(void)
{
	const struct app_extra extra = { .start = errands_start, .work.step = errands_step };

	return app_run("admin", tables, &extra);
}
