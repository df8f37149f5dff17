/* code: the pages of coding tasks; judges what is queued. */
#include "code.h"

#include "base/config.h"
#include "interview/coding_desk.h"

static const struct route_table *const tables[] = { &api_routes, &task_routes, NULL };

static bool start(struct arena *lasting, struct background_work *work)
{
	struct coding_desk *desk = coding_desk_create(lasting);

	work->context = desk;
	work->threads = coding_desk_slots(desk);
	return true;
}

int main(void)
{
	const struct app_extra judging = { .start = start,
		                           .work.step = coding_desk_step,
		                           .threads = &config()->interview_threads };

	return app_run("code", tables, &judging);
}
