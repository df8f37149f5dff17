/* code: the pages of coding tasks; judges what is queued. */
#include "code.h"

#include <stdatomic.h>

#include "base/config.h"
#include "interview/coding_desk.h"
#include "judge/judge.h"
#include "store/health.h"

static const struct route_table *const tables[] = { &api_routes, &task_routes, NULL };

static bool start(struct arena *lasting, struct background_work *work)
{
	struct coding_desk *desk = coding_desk_create(lasting);

	work->context = desk;
	work->threads = coding_desk_slots(desk);
	return true;
}

/* The first piece of work of the process is to say which judge it has. */
static bool work(struct store *store, struct arena *arena, void *desk)
{
	static atomic_bool has_said;
	const char *tier = judge_tier(coding_desk_judge(desk));

	if (!atomic_load(&has_said) &&
	    health_note(store, HEALTH_JUDGE, tier != NULL ? tier : "") == OK)
		atomic_store(&has_said, true);
	return coding_desk_step(store, arena, desk);
}

int main(void)
{
	const struct app_extra judging = { .start = start,
		                           .work.step = work,
		                           .threads = &config()->interview_threads };

	return app_run("code", tables, &judging);
}
