#include "flow_fixture.h"

#include <pthread.h>

/* What a process killed between the two transactions leaves behind. */
static void leave_open_answer(struct flow *flow, const char *text)
{
	struct turn turn = { .question_id = flow->active->id,
		             .author = "candidate",
		             .kind = "answer",
		             .body = text,
		             .nonce = new_nonce() };

	flow->active->answer = text;
	CHECK_INT(store_begin(store), OK);
	CHECK_INT(turn_add(store, flow->interview.id, &turn), OK);
	CHECK_INT(question_save(store, flow->active), OK);
	CHECK_INT(store_commit(store), OK);
}

static void opening_settles_what_a_crash_left(void)
{
	struct flow flow;
	size_t turns;

	fixture_set_up(4);
	flow = begin(3);
	leave_open_answer(&flow, FULL_EN);
	reopen(&flow);
	CHECK_STR(state_of(&flow, 0), "answered");
	CHECK_STR(state_of(&flow, 1), "active");
	CHECK(evaluation_at(&flow, 0).score >= 8.5);
	CHECK_STR(last_turn(&flow)->kind, "question");
	turns = flow.turns.count;
	reopen(&flow);
	CHECK_INT((long long)flow.turns.count, (long long)turns);
	fixture_remove();
}

static void a_step_settles_first_and_then_sees_that_it_is_stale(void)
{
	struct flow flow;

	fixture_set_up(4);
	flow = begin(3);
	leave_open_answer(&flow, FULL_EN);
	CHECK_INT(step(&flow, FLOW_SAY, "typed before the crash was settled"), ERR_CONFLICT);
	CHECK_STR(state_of(&flow, 0), "answered");
	CHECK_STR(flow.questions.items[0].answer, FULL_EN);
	CHECK_STR(flow.draft, "typed before the crash was settled");
	fixture_remove();
}

static void an_open_button_is_settled_as_well(void)
{
	struct flow flow;
	struct turn turn;

	fixture_set_up(4);
	flow = begin(3);
	turn = (struct turn){ .question_id = flow.active->id,
		              .author = "candidate",
		              .kind = "hint_request",
		              .body = "A hint",
		              .nonce = "button" };
	CHECK_INT(turn_add(store, flow.interview.id, &turn), OK);
	reopen(&flow);
	CHECK_INT(flow.active->hints_used, 1);
	CHECK_STR(last_turn(&flow)->kind, "hint");
	fixture_remove();
}

/* The second transaction breaks in the middle: nothing of it may stay. */
static void a_failure_leaves_no_half_state(void)
{
	struct flow flow;

	fixture_set_up(4);
	flow = begin(3);
	CHECK_INT(fixture_sql(database, "CREATE TRIGGER broken BEFORE INSERT ON evidence BEGIN"
	                                " SELECT raise(ABORT, 'broken'); END"),
	          SQLITE_OK);
	CHECK_INT(step(&flow, FLOW_SAY, FULL_EN), ERR_INTERNAL);
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM evaluations"), "0");
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM turns"), "3");
	CHECK_STR(fixture_ask(database, "SELECT state FROM questions WHERE position = 1"),
	          "active");
	CHECK_INT(fixture_sql(database, "DROP TRIGGER broken"), SQLITE_OK);
	reopen(&flow);
	CHECK_STR(state_of(&flow, 0), "answered");
	CHECK_STR(state_of(&flow, 1), "active");
	fixture_remove();
}

static void a_failed_start_leaves_nothing(void)
{
	struct flow_options options;
	const char *id = NULL;
	int64_t allowed_at;

	fixture_set_up(4);
	CHECK_INT(fixture_sql(database, "CREATE TRIGGER broken BEFORE INSERT ON turns BEGIN"
	                                " SELECT raise(ABORT, 'broken'); END"),
	          SQLITE_OK);
	options = fixture_options("mixed", 3);
	CHECK_INT(press_start(&candidate, &options, &id, &allowed_at), ERR_INTERNAL);
	CHECK(id == NULL);
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM interviews"), "0");
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM questions"), "0");
	fixture_remove();
}

static const char *meddled_id;

/* While this thread thinks, another one opens the page and settles the same message. */
static enum err observe_late(void *context, struct arena *in,
                             const struct exam_situation *situation, const char *message,
                             struct observation *ret_observation)
{
	struct store *connection = NULL;
	struct flow_setting setting = { .arena = in };
	struct flow other;

	CHECK_INT(store_open(database, &connection), OK);
	setting.store = connection;
	CHECK_INT(flow_open(&setting, &candidate, meddled_id, &other), OK);
	CHECK_STR(state_of(&other, 0), "answered");
	store_close(connection);
	(void)context;
	return examiner_builtin()->observe(NULL, in, situation, message, ret_observation);
}

static void a_slower_reaction_gives_way(void)
{
	struct examiner late = *examiner_builtin();
	struct flow flow;

	fixture_set_up(4);
	flow = begin(3);
	meddled_id = flow.interview.id;
	late.observe = observe_late;
	flow.examiner = &late;
	say(&flow, FULL_EN);
	CHECK_STR(state_of(&flow, 1), "active");
	CHECK_STR(state_of(&flow, 2), "planned");
	CHECK_INT((long long)flow.turns.count, 4);
	CHECK_INT(flow.interview.difficulty, 1);
	fixture_remove();
}

enum { WORKERS = 4, WORKER_STEPS = 10 };

struct worker {
	pthread_t thread;
	const char *interview_id, *question_id;
	int number, taken, conflicts, failures;
};

/* Every worker answers the question it saw last, as tabs that know nothing of one another do. */
static void *work(void *data)
{
	struct worker *worker = data;
	struct arena *own = arena_create();
	struct store *connection = NULL;
	struct flow_setting setting = { .arena = own };
	struct flow flow = { 0 };

	json_bind(own);
	worker->failures += store_open(database, &connection) != OK;
	setting.store = connection;
	worker->failures += flow_open(&setting, &candidate, worker->interview_id, &flow) != OK;
	for (int i = 0; worker->failures == 0 && i < WORKER_STEPS; i++) {
		const struct flow_input input = {
			.action = i % 3 == 2 ? FLOW_SKIP : FLOW_SAY,
			.text = i % 2 == 0 ? THIN_EN : FULL_EN,
			.question_id = flow.active != NULL ? flow.active->id : "",
			.nonce = arena_printf(own, "worker-%d-%d", worker->number, i),
		};
		enum err err = flow_step(&flow, &input);

		worker->taken += err == OK;
		worker->conflicts += err == ERR_CONFLICT;
		worker->failures += err != OK && err != ERR_CONFLICT;
	}
	store_close(connection);
	json_bind(NULL);
	arena_destroy(own);
	return NULL;
}

static void check_consistent(const struct flow *flow)
{
	int active = 0;

	for (size_t i = 0; i < flow->questions.count; i++)
		active += strcmp(state_of(flow, i), "active") == 0;
	CHECK_INT(active, is_completed(flow) ? 0 : 1);
	for (size_t i = 1; i < flow->turns.count; i++)
		CHECK(strcmp(flow->turns.items[i].author, "interviewer") == 0 ||
		      strcmp(flow->turns.items[i - 1].author, "interviewer") == 0);
	for (size_t i = 0; i < flow->questions.count; i++)
		if (strcmp(state_of(flow, i), "answered") == 0)
			CHECK_STR(evaluation_at(flow, i).question_id, flow->questions.items[i].id);
		else
			check_not_graded(flow, i);
	CHECK_STR(last_turn(flow)->author, "interviewer");
}

static void steps_at_once_leave_one_truth(void)
{
	struct worker workers[WORKERS] = { 0 };
	struct flow flow;
	int taken = 0;

	fixture_set_up(12);
	flow = begin(30);
	for (int i = 0; i < WORKERS; i++) {
		workers[i].interview_id = flow.interview.id;
		workers[i].number = i;
		CHECK_INT(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
	}
	for (int i = 0; i < WORKERS; i++) {
		pthread_join(workers[i].thread, NULL);
		CHECK_INT(workers[i].failures, 0);
		CHECK_INT(workers[i].taken + workers[i].conflicts, WORKER_STEPS);
		taken += workers[i].taken;
	}
	reopen(&flow);
	check_consistent(&flow);
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM turns WHERE author = 'candidate'"),
	          arena_printf(arena, "%d", taken));
	fixture_remove();
}

int main(void)
{
	RUN(opening_settles_what_a_crash_left);
	RUN(a_step_settles_first_and_then_sees_that_it_is_stale);
	RUN(an_open_button_is_settled_as_well);
	RUN(a_failure_leaves_no_half_state);
	RUN(a_failed_start_leaves_nothing);
	RUN(a_slower_reaction_gives_way);
	RUN(steps_at_once_leave_one_truth);
	return check_done();
}
