#include "flow_fixture.h"

#include "store/history.h"

/* An interview of so many questions, finished without an answer. */
static struct flow finished(int count)
{
	struct flow flow = begin(count);

	press(&flow, FLOW_STOP);
	press(&flow, FLOW_FINISH);
	CHECK(is_completed(&flow));
	return flow;
}

static struct flow_again again_of(const struct flow *parent, const char *repeats)
{
	return (struct flow_again){ .parent_id = parent->interview.id,
		                    .repeats = repeats,
		                    .nonce = new_nonce() };
}

static enum err repeat(const struct flow_again *again, struct flow *ret_flow)
{
	struct flow_started started = { 0 };
	enum err err = flow_repeat(store, arena, &candidate, again, &started);

	if (err == OK)
		CHECK_INT(open_as(&candidate, started.id, ret_flow), OK);
	return err;
}

static void set_up(void)
{
	fixture_set_up(4);
	candidate.is_admin = true; /* no daily limit, where that is not the matter */
}

static void all_questions_come_again_in_their_order(void)
{
	struct flow parent, child;
	struct flow_again again;

	set_up();
	parent = begin(3);
	press(&parent, FLOW_HINT);
	press(&parent, FLOW_MODEL_ANSWER);
	press(&parent, FLOW_STOP);
	press(&parent, FLOW_FINISH);
	again = again_of(&parent, "all");
	CHECK_INT(repeat(&again, &child), OK);
	CHECK(strcmp(child.interview.id, parent.interview.id) != 0);
	CHECK_STR(child.interview.parent_id, parent.interview.id);
	CHECK_STR(child.interview.repeats, "all");
	CHECK_STR(child.interview.status, "in_progress");
	CHECK_INT((long long)child.questions.count, 3);
	for (size_t i = 0; i < 3; i++) {
		const struct question *question = &child.questions.items[i];

		CHECK_STR(question->bank_id, parent.questions.items[i].bank_id);
		CHECK(question->hints_used == 0 && !question->model_answer);
		CHECK_STR(question->answer, "");
	}
	CHECK_STR(state_of(&child, 0), "active");
	CHECK_STR(last_turn(&child)->kind, "question");
	fixture_remove();
}

/* In an ordinary talk difficulty chooses the next question; here it must not. */
static void no_other_question_takes_a_place(void)
{
	struct flow parent, child;
	struct flow_again again;

	set_up();
	parent = finished(4);
	again = again_of(&parent, "all");
	CHECK_INT(repeat(&again, &child), OK);
	for (size_t i = 0; i < 4; i++) {
		CHECK_STR(child.active->bank_id, parent.questions.items[i].bank_id);
		child.interview.difficulty = i % 2 ? 0 : 3;
		CHECK_INT(interview_save(store, &child.interview), OK);
		press(&child, FLOW_SKIP);
	}
	CHECK(is_completed(&child));
	fixture_remove();
}

static void mistakes_are_the_questions_that_are_named(void)
{
	struct flow parent, child;
	struct flow_again again;
	const char *ids[2];

	set_up();
	parent = finished(3);
	ids[0] = parent.questions.items[2].id;
	ids[1] = "another interview's";
	again = again_of(&parent, "mistakes");
	again.question_ids = ids;
	again.count = 2;
	CHECK_INT(repeat(&again, &child), OK);
	CHECK_INT((long long)child.questions.count, 1);
	CHECK_INT(child.interview.question_count, 1);
	CHECK_STR(child.active->bank_id, parent.questions.items[2].bank_id);
	again = again_of(&parent, "mistakes");
	CHECK_INT(repeat(&again, &child), ERR_INVALID);
	fixture_remove();
}

static const char *snapshot_at(const struct flow *flow, size_t index)
{
	return fixture_ask(database,
	                   arena_printf(arena, "SELECT snapshot FROM questions WHERE id = '%s'",
	                                flow->questions.items[index].id));
}

static void the_bank_of_now_is_asked_and_what_left_it_as_it_was(void)
{
	struct flow parent, child;
	struct flow_again again;
	const char *before[2];

	set_up();
	parent = finished(2);
	before[0] = snapshot_at(&parent, 0);
	before[1] = snapshot_at(&parent, 1);
	CHECK_INT(fixture_sql(database,
	                      arena_printf(arena,
	                                   "UPDATE bank_questions SET body = json_set(body,"
	                                   " '$.edited', 1);"
	                                   "UPDATE bank_questions SET enabled = 0 WHERE id = '%s'",
	                                   parent.questions.items[1].bank_id)),
	          SQLITE_OK);
	again = again_of(&parent, "all");
	CHECK_INT(repeat(&again, &child), OK);
	CHECK(strstr(snapshot_at(&child, 0), "edited") != NULL);
	CHECK_STR(snapshot_at(&child, 1), before[1]);
	CHECK_STR(snapshot_at(&parent, 0), before[0]);
	fixture_remove();
}

/* Told by the number of the edition, which the warning goes by. */
static void the_edition_is_of_now_only_if_every_question_is(void)
{
	struct flow parent, child;
	struct flow_again again;

	set_up();
	parent = finished(2);
	CHECK_INT(fixture_sql(database, "INSERT INTO editions VALUES ('backend', 9, 'x', 1)"),
	          SQLITE_OK);
	again = again_of(&parent, "all");
	CHECK_INT(repeat(&again, &child), OK);
	CHECK_INT(child.interview.edition, 9);
	CHECK_INT(fixture_sql(database, "UPDATE bank_questions SET enabled = 0"), SQLITE_OK);
	again = again_of(&parent, "all");
	CHECK_INT(repeat(&again, &child), OK);
	CHECK_INT(child.interview.edition, 1);
	fixture_remove();
}

static void only_an_own_finished_interview_can_be_repeated(void)
{
	struct flow running, parent, child;
	struct flow_again again;
	struct user ann;

	set_up();
	running = begin(2);
	again = again_of(&running, "all");
	CHECK_INT(repeat(&again, &child), ERR_CONFLICT);
	parent = finished(2);
	ann = candidate;
	candidate = fixture_user(store, "bob", "");
	again = again_of(&parent, "all");
	CHECK_INT(repeat(&again, &child), ERR_NOT_FOUND);
	candidate = ann;
	CHECK_INT(history_delete(store, candidate.id, parent.interview.id), OK);
	CHECK_INT(repeat(&again, &child), ERR_NOT_FOUND);
	again = again_of(&running, "all");
	again.nonce = "";
	CHECK_INT(repeat(&again, &child), ERR_INVALID);
	fixture_remove();
}

static void one_press_is_one_interview(void)
{
	struct flow one, two, child, same, other;
	struct flow_again again;

	set_up();
	one = finished(2);
	two = finished(2);
	again = again_of(&one, "all");
	CHECK_INT(repeat(&again, &child), OK);
	CHECK_INT(repeat(&again, &same), OK);
	CHECK_STR(same.interview.id, child.interview.id);
	/* The page has one nonce for all its buttons. */
	again.parent_id = two.interview.id;
	CHECK_INT(repeat(&again, &other), OK);
	CHECK(strcmp(other.interview.id, child.interview.id) != 0);
	fixture_remove();
}

static void a_repetition_counts_for_the_day(void)
{
	struct flow_started started = { 0 };
	struct flow_quota quota;
	struct flow_again again;
	struct flow parent, child;

	fixture_set_up(4);
	parent = finished(2);
	CHECK_INT(flow_quota(store, &candidate, &quota), OK);
	CHECK(quota.limit == 3 && quota.left == 2 && !quota.is_exempt);
	again = again_of(&parent, "all");
	CHECK_INT(repeat(&again, &child), OK);
	again = again_of(&parent, "all");
	CHECK_INT(repeat(&again, &child), OK);
	CHECK_INT(flow_quota(store, &candidate, &quota), OK);
	CHECK_INT(quota.left, 0);
	again = again_of(&parent, "all");
	CHECK_INT(flow_repeat(store, arena, &candidate, &again, &started), ERR_LIMITED);
	CHECK_INT(started.allowed_at, quota.allowed_at);
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM interviews"), "3");
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM interview_starts"), "3");
	fixture_remove();
}

int main(void)
{
	RUN(all_questions_come_again_in_their_order);
	RUN(no_other_question_takes_a_place);
	RUN(mistakes_are_the_questions_that_are_named);
	RUN(the_bank_of_now_is_asked_and_what_left_it_as_it_was);
	RUN(the_edition_is_of_now_only_if_every_question_is);
	RUN(only_an_own_finished_interview_can_be_repeated);
	RUN(one_press_is_one_interview);
	RUN(a_repetition_counts_for_the_day);
	return check_done();
}
