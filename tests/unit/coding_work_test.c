/* The worker: from the queue through the real judge into the database. */
#include "coding_fixture.h"

#include <libgen.h>
#include <limits.h>

static struct judge *judge;

/* The programs of the judge stand beside the tests' folder. */
static const char *programs(void)
{
	char path[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 1);

	if (len <= 0)
		return ".";
	path[len] = '\0';
	return arena_strdup(arena, dirname(dirname(path)));
}

/* A judge with these tiers ("": none at all) and a bank with one task. */
static void set_up_judge(const char *tiers)
{
	struct judge_setup setup = { .tiers = tiers, .slots = 2 };

	coding_set_up(2, 1);
	setup.programs = programs();
	setup.folder = arena_printf(arena, "%s/judge", folder);
	judge = judge_create(arena, &setup);
}

/* False, with a reason in the test's output, where no sandbox can be had. */
static bool can_judge(void)
{
	if (judge_tier(judge) != NULL && judge_has_language(judge, "python"))
		return true;
	printf("# skipped: %s\n", judge_refusal(judge));
	CHECK(getenv("VIVA_NEEDS_JUDGE") == NULL);
	return false;
}

static struct submission send(const struct flow *flow, const struct coding_input *input)
{
	struct coding coding = open_coding(flow);
	struct submission submission = { .id = "(none)" };
	const char *id = NULL, *fault;

	CHECK_INT(coding_send(&coding, judge, input, &id, &fault), OK);
	if (id != NULL)
		CHECK_INT(submission_by_id(store, arena, id, &submission), OK);
	return submission;
}

static bool work(void)
{
	bool worked = false;

	CHECK_INT(coding_work(store, arena, judge, "worker", &worked), OK);
	return worked;
}

/* Sends the code, has it judged and gives what was stored. */
static struct submission judged(const struct flow *flow, const struct coding_input *input)
{
	struct submission submission = send(flow, input);

	CHECK_STR(submission.state, "queued");
	CHECK(work());
	CHECK_INT(submission_by_id(store, arena, submission.id, &submission), OK);
	return submission;
}

static struct submission attempt_with(const struct flow *flow, const char *code)
{
	const struct coding_input input = coding_input_of("submit", code);

	return judged(flow, &input);
}

static const cJSON *result_of(const struct submission *submission)
{
	cJSON *json = NULL;

	CHECK(submission->result != NULL &&
	      json_parse(submission->result, strlen(submission->result), &json) == OK);
	return json;
}

static void a_good_program_gets_its_points(void)
{
	struct submission submission;
	struct flow flow;

	set_up_judge("A1,A2,B,C");
	flow = begin_coding(1, 100);
	if (can_judge()) {
		CHECK(!work());
		submission = attempt_with(&flow, SUM_REFERENCE);
		CHECK_STR(submission.state, "done");
		CHECK_STR(submission.explanation, "");
		CHECK(submission.public_passed == 2 && submission.hidden_passed == 3);
		CHECK_NEAR(open_coding(&flow).score.score, 10, 0);
		CHECK(!work());
	}
	fixture_remove();
}

static void failures_are_explained_and_cost(void)
{
	struct submission submission;
	struct coding coding;
	struct flow flow;

	set_up_judge("A1,A2,B,C");
	flow = begin_coding(1, 100);
	if (can_judge()) {
		submission = attempt_with(&flow, "def sum_up(numbers):\n    return 1 // 0\n");
		CHECK(submission.public_passed == 0 && submission.errors == 2);
		CHECK(strstr(submission.result, "ZeroDivisionError") != NULL);
		CHECK(submission.explanation[0] != '\0');
		submission = attempt_with(&flow, "def sum_up(numbers)\n    return 0\n");
		CHECK(!json_bool(json_get(result_of(&submission), "compile"), "ok", true));
		CHECK_INT(submission.errors, 1);
		submission = attempt_with(&flow, "def sum_up(numbers):\n"
		                                 "    return sum(n for n in numbers if n < 6)\n");
		CHECK(submission.public_passed == 2 && submission.hidden_passed == 2);
		CHECK(submission.explanation[0] != '\0');
		CHECK(strstr(submission.explanation, "15") == NULL);
		attempt_with(&flow, SUM_REFERENCE);
		coding = open_coding(&flow);
		CHECK_INT(coding.score.first_success, 4);
		CHECK_NEAR(coding.score.score, 9.3, 1e-9);
	}
	fixture_remove();
}

static void a_run_takes_own_input(void)
{
	struct coding_input input;
	struct submission submission;
	struct flow flow;
	const cJSON *custom;

	set_up_judge("A1,A2,B,C");
	flow = begin_coding(1, 100);
	input = coding_input_of("run", SUM_REFERENCE);
	input.custom_input = "[[20, 22]]";
	if (can_judge()) {
		submission = judged(&flow, &input);
		custom = json_get(result_of(&submission), "custom");
		CHECK_STR(json_string(custom, "verdict", ""), "accepted");
		CHECK_STR(json_text(json_get(custom, "got")), "42");
		CHECK(submission.public_total == 2 && submission.hidden_total == 0);
		CHECK_INT(open_coding(&flow).score.best_attempt, 0);
	}
	fixture_remove();
}

/* The interview is over before the judge comes: the attempt still counts. */
static void late_work_is_done(void)
{
	struct coding_input input = { 0 };
	struct submission submission;
	struct flow flow;
	bool pending = true;

	set_up_judge("A1,A2,B,C");
	flow = begin_coding(1, 100);
	input = coding_input_of("submit", SUM_REFERENCE);
	if (can_judge()) {
		submission = send(&flow, &input);
		press(&flow, FLOW_FINISH);
		CHECK(is_completed(&flow));
		CHECK(work());
		CHECK_INT(submission_by_id(store, arena, submission.id, &submission), OK);
		CHECK_INT(submission.hidden_passed, 3);
		CHECK_INT(coding_is_pending(store, arena, flow.interview.id, &pending), OK);
		CHECK(!pending);
	}
	fixture_remove();
}

static void no_free_slot_is_no_work(void)
{
	struct coding_input input;
	struct submission submission;
	struct flow flow;
	int one, two;

	set_up_judge("A1,A2,B,C");
	flow = begin_coding(1, 100);
	input = coding_input_of("submit", SUM_REFERENCE);
	if (can_judge()) {
		CHECK_INT(judge_enter(judge, arena, &one), OK);
		CHECK_INT(judge_enter(judge, arena, &two), OK);
		submission = send(&flow, &input);
		CHECK(!work());
		CHECK_INT(submission_by_id(store, arena, submission.id, &submission), OK);
		CHECK_STR(submission.state, "queued");
		judge_leave(judge, one);
		CHECK(work());
		judge_leave(judge, two);
	}
	fixture_remove();
}

/* --- recovery ----------------------------------------------------------------- */

static void queue_and_claim(const struct flow *flow, int slot, const char *worker)
{
	struct submission submission;

	queue_one(flow->active);
	CHECK_INT(submission_claim(store, arena, slot, worker, &submission), OK);
}

static const char *state_stored(const struct flow *flow)
{
	struct submission submission = { .state = "(none)" };

	CHECK_INT(submission_latest(store, arena, flow->active->id, &submission), OK);
	return submission.state;
}

static void what_a_dead_worker_had_is_failed(void)
{
	struct coding_input input;
	struct submission submission;
	struct flow flow;
	int slot;

	set_up_judge("A1,A2,B,C");
	flow = begin_coding(1, 100);
	if (can_judge()) {
		CHECK_INT(judge_enter(judge, arena, &slot), OK);
		queue_and_claim(&flow, slot, "alive");
		CHECK_INT(coding_recover(store, arena, judge), OK);
		CHECK_STR(state_stored(&flow), "running");
		judge_leave(judge, slot);
		CHECK_INT(coding_recover(store, arena, judge), OK);
		CHECK_STR(state_stored(&flow), "failed");
		input = coding_input_of("submit", SUM_REFERENCE);
		submission = judged(&flow, &input);
		CHECK_STR(submission.state, "done");
		CHECK_INT(submission.attempt_number, 2);
		CHECK_INT(open_coding(&flow).score.failures, 0);
	}
	fixture_remove();
}

/* Somebody else works in the dead one's slot by now; the clock was set by so much in between. */
static void check_two_in_a_slot(const char *shift)
{
	struct flow anns, bobs;
	struct user bob;
	int slot;

	set_up_judge("A1,A2,B,C");
	bob = fixture_user(store, "bob", "");
	anns = begin_coding(1, 100);
	bobs = begin_coding_as(&bob, 1, 100);
	if (can_judge()) {
		CHECK_INT(judge_enter(judge, arena, &slot), OK);
		queue_and_claim(&anns, slot, "dead");
		CHECK_INT(fixture_sql(database, arena_printf(arena,
		                                             "UPDATE submissions SET"
		                                             " started_at = started_at %s",
		                                             shift)),
		          SQLITE_OK);
		queue_and_claim(&bobs, slot, "alive");
		CHECK_INT(coding_recover(store, arena, judge), OK);
		CHECK_STR(state_stored(&anns), "failed");
		CHECK_STR(state_stored(&bobs), "running");
		judge_leave(judge, slot);
	}
	fixture_remove();
}

static void of_two_in_a_slot_the_earlier_is_dead(void)
{
	check_two_in_a_slot("- 5000");
	check_two_in_a_slot("+ 302400000");
}

static void without_a_judge_nothing_waits_for_ever(void)
{
	struct coding_input input;
	struct flow flow;

	set_up_judge("");
	CHECK(judge_tier(judge) == NULL);
	flow = begin_coding(1, 100);
	input = coding_input_of("run", SUM_REFERENCE);
	CHECK_STR(send(&flow, &input).state, "not_judged");
	queue_one(flow.active);
	CHECK(!work());
	CHECK_INT(coding_recover(store, arena, judge), OK);
	CHECK_STR(state_stored(&flow), "not_judged");
	queue_and_claim(&flow, 0, "gone");
	CHECK_INT(coding_recover(store, arena, judge), OK);
	CHECK_STR(state_stored(&flow), "failed");
	fixture_remove();
}

int main(void)
{
	RUN(a_good_program_gets_its_points);
	RUN(failures_are_explained_and_cost);
	RUN(a_run_takes_own_input);
	RUN(late_work_is_done);
	RUN(no_free_slot_is_no_work);
	RUN(what_a_dead_worker_had_is_failed);
	RUN(of_two_in_a_slot_the_earlier_is_dead);
	RUN(without_a_judge_nothing_waits_for_ever);
	return check_done();
}
