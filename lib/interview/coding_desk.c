#include "interview/coding_desk.h"

#include <stdatomic.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/log.h"
#include "interview/coding_internal.h"

enum { RECOVER_EVERY_MS = 4000, WAIT_MS = 1500, WAIT_STEP_MS = 15, ALONE_WAIT_MS = 120000 };

struct coding_desk {
	struct judge *judge;
	const struct model *model;
	const char *worker;
	int slots;
	atomic_llong recovered_us;
};

static int slot_count(void)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);

	if (config()->judge_slots > 0)
		return config()->judge_slots;
	return processors > 2 ? (int)processors - 1 : 1;
}

struct coding_desk *coding_desk_create(struct arena *arena)
{
	const struct judge_setup setup = {
		.programs = config_programs_path(),
		.folder = config_var_path("judge"),
		.tiers = config()->judge_tiers,
		.slots = config()->judge_slots,
		.hidden = config()->home, /* the bank with its hidden tests */
	};
	struct coding_desk *desk = arena_alloc(arena, sizeof(*desk));
	struct model *model = NULL;

	desk->judge = judge_create(arena, &setup);
	if (model_open(arena, &model) == OK)
		desk->model = model;
	desk->worker = store_new_id(arena);
	desk->slots = slot_count();
	if (judge_tier(desk->judge) != NULL)
		log_info("judging in tier %s", judge_tier(desk->judge));
	else
		log_warning("code is not judged here: %s", judge_refusal(desk->judge));
	return desk;
}

const struct judge *coding_desk_judge(const struct coding_desk *desk)
{
	return desk->judge;
}

const struct model *coding_desk_model(const struct coding_desk *desk)
{
	return desk->model;
}

int coding_desk_slots(const struct coding_desk *desk)
{
	return desk->slots;
}

/* One thread of all looks for submissions whose worker died. */
static void recover(struct store *store, struct arena *arena, struct coding_desk *desk)
{
	long long now = clock_monotonic_us(), last = atomic_load(&desk->recovered_us);

	if (now - last >= RECOVER_EVERY_MS * 1000LL &&
	    atomic_compare_exchange_strong(&desk->recovered_us, &last, now))
		coding_recover(store, arena, desk->judge);
}

bool coding_desk_step(struct store *store, struct arena *arena, void *context)
{
	struct coding_desk *desk = context;
	bool worked = false;

	recover(store, arena, desk);
	return coding_work(store, arena, desk->judge, desk->worker, &worked) == OK && worked;
}

static bool is_pending(struct store *store, struct arena *arena, const char *id)
{
	struct submission sent;

	return submission_by_id(store, arena, id, &sent) == OK &&
	       (strcmp(sent.state, "queued") == 0 || strcmp(sent.state, "running") == 0);
}

void coding_desk_wait(struct store *store, struct arena *arena, const char *submission_id,
                      struct coding_desk *desk, bool is_alone)
{
	const struct timespec pause = { .tv_nsec = WAIT_STEP_MS * 1000000L };
	int64_t end = clock_monotonic_us() + (is_alone ? ALONE_WAIT_MS : WAIT_MS) * 1000LL;
	struct arena *scratch = arena_create(); /* may hold the code a hundred times */

	while (is_pending(store, scratch, submission_id) && clock_monotonic_us() < end) {
		if (!is_alone || !coding_desk_step(store, arena, desk)) {
			store_rest(store); /* others may need the connection meanwhile */
			nanosleep(&pause, NULL);
		}
		arena_reset(scratch);
	}
	arena_destroy(scratch);
}

/* True if the time limit has passed, but nobody has settled that yet. */
static bool is_overdue(const struct coding *coding)
{
	return !coding->is_open && strcmp(coding->interview.status, "in_progress") == 0 &&
	       strcmp(coding->question.state, "active") == 0;
}

enum err coding_desk_open(struct store *store, struct arena *arena, const struct user *user,
                          const char *question_id, struct coding *ret_coding)
{
	const struct flow_setting setting = { .store = store, .arena = arena };
	enum err err = coding_open(store, arena, user, question_id, ret_coding);
	struct flow flow;

	if (err != OK || !is_overdue(ret_coding))
		return err;
	err = flow_open(&setting, user, ret_coding->interview.id, &flow);
	return err == OK ? coding_open(store, arena, user, question_id, ret_coding) : err;
}

void coding_desk_lend(const struct coding_desk *desk, struct coding *coding)
{
	const int step_ms = config()->llm_step_s * 1000;
	const struct model_work work = {
		.store = coding->store,
		.interview_id = coding->interview.id,
		.budget_ms = step_ms < CODING_MENTOR_BUDGET_MS ? step_ms : CODING_MENTOR_BUDGET_MS,
		.cancel_fd = -1,
	};

	coding->mentor = model_desk(coding->arena, desk->model, &work);
}
