/* Interviews with coding tasks: planning and the talk around a task. */
#include "coding_fixture.h"

static bool is_task(const struct question *question)
{
	return flow_is_coding(question);
}

/* --- planning ----------------------------------------------------------------- */

static int count_tasks(const struct flow *flow)
{
	int count = 0;

	for (size_t i = 0; i < flow->questions.count; i++)
		count += is_task(&flow->questions.items[i]);
	return count;
}

static void the_share_decides_how_many_tasks_there_are(void)
{
	static const struct {
		int count, percent, tasks;
	} cases[] = { { 8, 0, 0 },   { 8, 25, 2 }, { 8, 50, 4 }, { 8, 75, 6 },
		      { 8, 100, 8 }, { 5, 50, 3 }, { 1, 25, 0 }, { 10, 75, 8 } };

	coding_set_up(6, 12);
	CHECK_INT(user_set_admin(store, candidate.id, true), OK);
	candidate.is_admin = true;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct flow flow = begin_coding(cases[i].count, cases[i].percent);

		CHECK_INT((long long)flow.questions.count, cases[i].count);
		CHECK_INT(flow.interview.question_count, cases[i].count);
		CHECK_INT(count_tasks(&flow), cases[i].tasks);
		CHECK_INT(flow.interview.coding_percent, cases[i].percent);
		CHECK_STR(flow.interview.code_language, cases[i].percent > 0 ? "python" : "");
	}
	fixture_remove();
}

static void too_few_tasks_are_filled_with_theory(void)
{
	struct flow flow;

	coding_set_up(6, 2);
	flow = begin_coding(8, 75);
	CHECK_INT((long long)flow.questions.count, 8);
	CHECK_INT(count_tasks(&flow), 2);
	fixture_remove();
}

static void a_language_nobody_can_solve_in_gives_theory(void)
{
	struct flow_options options;
	struct flow flow = { 0 };
	const char *id = NULL;
	int64_t allowed_at;

	coding_set_up(6, 3);
	options = fixture_options("technical", 6);
	options.coding_percent = 50;
	options.code_language = "cobol";
	CHECK_INT(press_start(&candidate, &options, &id, &allowed_at), OK);
	CHECK_INT(open_as(&candidate, id, &flow), OK);
	CHECK_INT(count_tasks(&flow), 0);
	CHECK_INT((long long)flow.questions.count, 6);
	fixture_remove();
}

static void tasks_in_sql_are_for_every_choice(void)
{
	struct bank_question sql = coding_question("sql-01", 0);
	struct bank_question_list pool;
	struct flow flow;
	int edition;

	coding_set_up(6, 0);
	sql.category = "domain";
	sql.body = sql_body("sql-01");
	CHECK_INT(bank_save(store, arena, &sql), OK);
	CHECK_INT(bank_list(store, arena, &pool), OK);
	CHECK_INT(edition_save(store, arena, "backend", &pool, &edition), OK);
	flow = begin_coding(4, 25);
	CHECK_INT(count_tasks(&flow), 1);
	fixture_remove();
}

static void only_technical_talks_have_tasks(void)
{
	static const struct {
		const char *type;
		int tasks;
	} cases[] = { { "hr", 0 }, { "case", 0 }, { "mixed", 3 } };

	coding_set_up(6, 6);
	for (size_t i = 0; i < 3; i++) {
		struct flow_options options = fixture_options(cases[i].type, 6);
		struct flow flow = { 0 };
		const char *id = NULL;
		int64_t allowed_at;

		options.coding_percent = 50;
		options.code_language = "python";
		CHECK_INT(press_start(&candidate, &options, &id, &allowed_at), OK);
		CHECK_INT(open_as(&candidate, id, &flow), OK);
		CHECK_INT(count_tasks(&flow), cases[i].tasks);
	}
	fixture_remove();
}

static void impossible_wishes_are_refused(void)
{
	struct flow_options options;
	const char *id = NULL;
	int64_t allowed_at;

	coding_set_up(2, 2);
	options = fixture_options("technical", 3);
	options.coding_percent = 101;
	options.code_language = "python";
	CHECK_INT(press_start(&candidate, &options, &id, &allowed_at), ERR_INVALID);
	options.coding_percent = -1;
	CHECK_INT(press_start(&candidate, &options, &id, &allowed_at), ERR_INVALID);
	options.coding_percent = 50;
	options.code_language = "";
	CHECK_INT(press_start(&candidate, &options, &id, &allowed_at), ERR_INVALID);
	fixture_remove();
}

/* --- the talk ----------------------------------------------------------------- */

static const struct turn *turn_before_last(const struct flow *flow)
{
	return &flow->turns.items[flow->turns.count - 2];
}

static void a_task_is_announced(void)
{
	struct flow flow;

	coding_set_up(3, 4);
	flow = begin_coding(2, 100);
	CHECK(flow.active != NULL && is_task(flow.active));
	CHECK_STR(last_turn(&flow)->kind, "question");
	CHECK(strstr(last_turn(&flow)->body, "Sum up") != NULL);
	CHECK(strstr(last_turn(&flow)->body, "Open the editor") != NULL);
	CHECK_STR(flow.active_task.title, "Sum up");
	fixture_remove();
}

static void what_is_typed_is_kept_and_answered(void)
{
	static const char *const words[] = {
		"I would use a hash map and go through the list once.",
		"What is the range of the numbers?",
		"def sum_up(numbers): return sum(numbers)",
		"I am done with this task",
		"готово",
	};
	struct flow flow;

	coding_set_up(3, 4);
	flow = begin_coding(2, 100);
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		const char *id = flow.active->id;

		say(&flow, words[i]);
		CHECK_STR(turn_before_last(&flow)->body, words[i]);
		CHECK_STR(last_turn(&flow)->kind, "coding_editor");
		CHECK(strstr(last_turn(&flow)->body, "Sum up") != NULL);
		CHECK_STR(flow.active->id, id);
		CHECK_STR(flow.active->answer, "");
		CHECK(!flow.interview.stop_requested);
	}
	reopen(&flow);
	CHECK_STR(flow.active->answer, "");
	fixture_remove();
}

static void intents_are_understood_on_a_task(void)
{
	struct flow flow;

	coding_set_up(3, 4);
	flow = begin_coding(3, 100);
	say(&flow, "Please give me a hint");
	CHECK_STR(last_turn(&flow)->kind, "coding_hint");
	CHECK_INT(flow.active->hints_used, 0);
	say(&flow, "Stop, give me feedback");
	CHECK(flow.interview.stop_requested);
	say(&flow, "no");
	CHECK(!flow.interview.stop_requested);
	CHECK(strstr(last_turn(&flow)->body, "Sum up") != NULL);
	say(&flow, "I don't know");
	CHECK_STR(state_of(&flow, 0), "dont_know");
	CHECK_INT(flow.active->position, 2);
	say(&flow, "finish the interview");
	say(&flow, "yes");
	CHECK(is_completed(&flow));
	CHECK_STR(state_of(&flow, 1), "unanswered");
	CHECK_STR(state_of(&flow, 2), "unanswered");
	fixture_remove();
}

static void buttons_work_on_a_task(void)
{
	struct flow flow;

	coding_set_up(3, 4);
	flow = begin_coding(3, 100);
	press(&flow, FLOW_HINT);
	CHECK_STR(last_turn(&flow)->kind, "coding_hint");
	press(&flow, FLOW_MODEL_ANSWER);
	CHECK_STR(last_turn(&flow)->kind, "model_answer");
	CHECK(strstr(last_turn(&flow)->body, "return sum(numbers)") != NULL);
	CHECK(strstr(last_turn(&flow)->body, "Python 3") != NULL);
	CHECK(flow.active->model_answer);
	press(&flow, FLOW_SKIP);
	CHECK_STR(state_of(&flow, 0), "skipped");
	press(&flow, FLOW_CODE_DONE);
	CHECK_STR(state_of(&flow, 1), "skipped");
	press(&flow, FLOW_DONT_KNOW);
	CHECK(is_completed(&flow));
	CHECK_STR(state_of(&flow, 2), "dont_know");
	fixture_remove();
}

static void done_needs_a_task_and_no_pending_code(void)
{
	struct submission submission;
	struct flow flow;

	coding_set_up(3, 4);
	flow = begin_coding(2, 50);
	CHECK(!is_task(flow.active));
	CHECK_INT(step(&flow, FLOW_CODE_DONE, NULL), ERR_INVALID);
	press(&flow, FLOW_SKIP);
	CHECK(is_task(flow.active));
	queue_one(flow.active);
	CHECK_INT(step(&flow, FLOW_CODE_DONE, NULL), ERR_BUSY);
	reopen(&flow);
	CHECK(flow.active != NULL);
	CHECK_INT(submission_claim(store, arena, 0, "w", &submission), OK);
	CHECK_INT(step(&flow, FLOW_CODE_DONE, NULL), ERR_BUSY);
	submission.state = "done";
	submission.result = "{}";
	CHECK_INT(submission_finish(store, &submission), OK);
	reopen(&flow);
	press(&flow, FLOW_CODE_DONE);
	CHECK(is_completed(&flow));
	CHECK_STR(state_of(&flow, 1), "answered");
	fixture_remove();
}

/* Finishing does not wait for the judge, and the judge still finishes its work. */
static void code_on_its_way_is_not_lost(void)
{
	struct submission submission;
	struct flow flow;
	bool pending = false;

	coding_set_up(3, 4);
	flow = begin_coding(2, 100);
	queue_one(flow.active);
	press(&flow, FLOW_FINISH);
	CHECK(is_completed(&flow));
	CHECK_STR(state_of(&flow, 0), "answered");
	CHECK_STR(state_of(&flow, 1), "unanswered");
	CHECK_INT(coding_is_pending(store, arena, flow.interview.id, &pending), OK);
	CHECK(pending);
	CHECK_INT(submission_claim(store, arena, 0, "w", &submission), OK);
	submission.state = "done";
	submission.result = "{}";
	CHECK_INT(submission_finish(store, &submission), OK);
	CHECK_INT(coding_is_pending(store, arena, flow.interview.id, &pending), OK);
	CHECK(!pending);
	fixture_remove();
}

static void the_score_moves_the_difficulty(void)
{
	static const struct {
		int public_passed, hidden_passed, difficulty;
	} cases[] = {
		{ 2, 3, 1 },              /* 10 */
		{ 2, 1, 1 },              /* 5.75 */
		{ 2, 3, 2 }, { 1, 0, 1 }, /* 1.75 */
		{ 0, 0, 0 },
	};
	struct flow flow;

	coding_set_up(2, 24);
	flow = begin_coding(6, 100);
	CHECK_INT(flow.interview.difficulty, 0);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		CHECK_INT(flow.active_task.difficulty, flow.interview.difficulty);
		attempt(flow.active, cases[i].public_passed, cases[i].hidden_passed);
		press(&flow, FLOW_CODE_DONE);
		CHECK_STR(state_of(&flow, i), "answered");
		CHECK_INT(flow.interview.difficulty, cases[i].difficulty);
	}
	fixture_remove();
}

static void a_shown_solution_caps_the_score(void)
{
	struct coding coding;
	struct flow flow;

	coding_set_up(2, 8);
	flow = begin_coding(3, 100);
	attempt(flow.active, 2, 3);
	coding = open_coding(&flow);
	CHECK_NEAR(coding.score.score, 10, 1e-9);
	press(&flow, FLOW_MODEL_ANSWER);
	coding = open_coding(&flow);
	CHECK_NEAR(coding.score.score, FLOW_MODEL_ANSWER_CAP, 1e-9);
	CHECK_INT(coding.score.first_success, 1);
	press(&flow, FLOW_CODE_DONE);
	CHECK_INT(flow.interview.difficulty, 0);
	fixture_remove();
}

static void the_time_limit_closes_a_task(void)
{
	struct flow flow;

	coding_set_up(2, 4);
	flow = begin_coding(2, 100);
	attempt(flow.active, 2, 0);
	CHECK_INT(fixture_sql(database, "UPDATE interviews SET time_limit_min = 1,"
	                                " created_at = created_at - 200000"),
	          SQLITE_OK);
	CHECK(!open_coding(&flow).is_open);
	reopen(&flow);
	CHECK(is_completed(&flow));
	CHECK_STR(state_of(&flow, 0), "answered");
	CHECK_STR(state_of(&flow, 1), "unanswered");
	fixture_remove();
}

int main(void)
{
	RUN(the_share_decides_how_many_tasks_there_are);
	RUN(too_few_tasks_are_filled_with_theory);
	RUN(a_language_nobody_can_solve_in_gives_theory);
	RUN(tasks_in_sql_are_for_every_choice);
	RUN(only_technical_talks_have_tasks);
	RUN(impossible_wishes_are_refused);
	RUN(a_task_is_announced);
	RUN(what_is_typed_is_kept_and_answered);
	RUN(intents_are_understood_on_a_task);
	RUN(buttons_work_on_a_task);
	RUN(done_needs_a_task_and_no_pending_code);
	RUN(code_on_its_way_is_not_lost);
	RUN(the_score_moves_the_difficulty);
	RUN(a_shown_solution_caps_the_score);
	RUN(the_time_limit_closes_a_task);
	return check_done();
}
