/* interview: the start form, the talk, its buttons and drafts. */
#include "interview.h"

#include "base/config.h"
#include "witness/model.h"

static const struct route_table *const tables[] = {
	&api_routes,     &api_talk_routes, &start_routes, &again_routes,
	&invited_routes, &similar_routes,  &talk_routes,  NULL,
};

/* Without a model that works the built-in examiner does it all; the log says why. */
static bool open_model(struct arena *lasting, struct background_work *work)
{
	struct model *model = NULL;

	if (model_open(lasting, &model) == OK)
		work->context = model;
	return true;
}

int main(void)
{
	const struct app_extra extra = { .start = open_model,
		                         .threads = &config()->interview_threads };

	return app_run("interview", tables, &extra);
}
