/* Submissions and their queue, code drafts, hints, events. */
#include "store_fixture.h"

#include "store/submission.h"

static struct store *store;
static struct user ann, bob;
static struct interview interview;
static int nonces;

static void open_store(void)
{
	store = fixture_store();
	ann = fixture_user(store, "ann", "Ann");
	bob = fixture_user(store, "bob", "Bob");
	fixture_role(store);
	interview = fixture_interview(store, ann.id, "start");
}

static struct question add_question(const char *interview_id, int position)
{
	struct question question = { .interview_id = interview_id,
		                     .position = position,
		                     .bank_id = arena_printf(arena, "task-%d", position),
		                     .q_type = "coding",
		                     .category = "algo",
		                     .snapshot = "{}",
		                     .state = "planned",
		                     .answer = "" };

	CHECK_INT(question_add(store, arena, &question), OK);
	return question;
}

/* A question of another candidate. */
static struct question question_of(const struct user *user, int position)
{
	const char *nonce = arena_printf(arena, "start-%d", ++nonces);

	return add_question(fixture_interview(store, user->id, nonce).id, position);
}

static struct submission new_submission(const struct question *question, const char *owner_id,
                                        const char *kind)
{
	return (struct submission){ .question_id = question->id,
		                    .owner_id = owner_id,
		                    .kind = kind,
		                    .code_language = "python",
		                    .code = "print(1)",
		                    .state = "queued",
		                    .nonce = arena_printf(arena, "nonce-%d", ++nonces) };
}

static struct submission add(const struct question *question, const char *owner_id,
                             const char *kind)
{
	struct submission submission = new_submission(question, owner_id, kind);

	CHECK_INT(submission_add(store, arena, &submission), OK);
	return submission;
}

static struct submission claim(int slot, const char *worker)
{
	struct submission submission = { .id = "(none)" };

	CHECK_INT(submission_claim(store, arena, slot, worker, &submission), OK);
	return submission;
}

static void finish(struct submission *submission)
{
	submission->state = "done";
	submission->result = "{}";
	CHECK_INT(submission_finish(store, submission), OK);
}

/* --- submissions -------------------------------------------------------------- */

static void a_submission_goes_its_way(void)
{
	struct question question;
	struct submission sent, got;
	bool pending = false;

	open_store();
	question = add_question(interview.id, 1);
	sent = new_submission(&question, ann.id, "submit");
	sent.custom_input = "";
	sent.hints_used = 2;
	sent.time_spent_ms = 777;
	CHECK_INT(submission_add(store, arena, &sent), OK);
	CHECK_INT(sent.attempt_number, 1);
	CHECK_INT(submission_pending(store, interview.id, NULL, &pending), OK);
	CHECK(pending);
	got = claim(3, "worker");
	CHECK_STR(got.id, sent.id);
	CHECK_STR(got.state, "running");
	CHECK(got.slot == 3 && got.started_at >= got.created_at && got.result == NULL);
	CHECK_INT(submission_pending(store, interview.id, question.id, &pending), OK);
	CHECK(pending);
	got.state = "done";
	got.result = "{\"public\":[]}";
	got.explanation = "Look at line 1.";
	got.public_passed = 1;
	got.public_total = 3;
	got.hidden_passed = 4;
	got.hidden_total = 5;
	got.errors = 2;
	CHECK_INT(submission_finish(store, &got), OK);
	CHECK_INT(submission_latest(store, arena, question.id, &got), OK);
	CHECK_STR(got.state, "done");
	CHECK_STR(got.result, "{\"public\":[]}");
	CHECK_STR(got.explanation, "Look at line 1.");
	CHECK(got.public_passed == 1 && got.public_total == 3 && got.hidden_passed == 4 &&
	      got.hidden_total == 5 && got.errors == 2 && got.slot == -1);
	CHECK(got.hints_used == 2 && got.time_spent_ms == 777 && got.finished_at > 0);
	CHECK_INT(submission_pending(store, interview.id, NULL, &pending), OK);
	CHECK(!pending);
	CHECK_INT(submission_by_id(store, arena, "none", &got), ERR_NOT_FOUND);
	fixture_remove();
}

static void a_nonce_sends_once_and_one_waits_at_a_time(void)
{
	struct question one, two;
	struct submission first, again, other;

	open_store();
	one = add_question(interview.id, 1);
	two = add_question(interview.id, 2);
	first = add(&one, ann.id, "run");
	again = new_submission(&one, ann.id, "run");
	again.nonce = first.nonce;
	CHECK_INT(submission_add(store, arena, &again), ERR_CONFLICT);
	CHECK_STR(again.id, first.id);
	other = new_submission(&one, ann.id, "submit");
	CHECK_INT(submission_add(store, arena, &other), ERR_BUSY);
	add(&two, ann.id, "submit");
	claim(0, "w");
	CHECK_INT(submission_add(store, arena, &other), ERR_BUSY);
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM submissions"), "2");
	fixture_remove();
}

static void attempts_are_numbered_and_runs_are_not(void)
{
	static const char *const kinds[] = { "submit", "run", "submit", "run", "submit" };
	static const int numbers[] = { 1, 0, 2, 0, 3 };
	struct submission_list list;
	struct question question;

	open_store();
	question = add_question(interview.id, 1);
	for (int i = 0; i < 5; i++) {
		struct submission sent = new_submission(&question, ann.id, kinds[i]);

		sent.state = i == 2 ? "not_judged" : "queued";
		CHECK_INT(submission_add(store, arena, &sent), OK);
		CHECK_INT(sent.attempt_number, numbers[i]);
		if (i != 2) {
			sent = claim(0, "w");
			finish(&sent);
		}
	}
	CHECK_INT(submission_list(store, arena, question.id, false, &list), OK);
	CHECK_INT((long long)list.count, 5);
	for (size_t i = 0; i < list.count; i++)
		CHECK_INT(list.items[i].attempt_number, numbers[i]);
	CHECK_INT(submission_list(store, arena, question.id, true, &list), OK);
	CHECK_INT((long long)list.count, 3);
	CHECK_STR(list.items[1].state, "not_judged");
	fixture_remove();
}

static void only_its_worker_can_finish_one(void)
{
	struct submission mine, theirs;
	struct question question;

	open_store();
	question = add_question(interview.id, 1);
	add(&question, ann.id, "run");
	mine = claim(0, "one");
	theirs = mine;
	theirs.worker = "other";
	theirs.state = "failed";
	CHECK_INT(submission_finish(store, &theirs), ERR_CONFLICT);
	finish(&mine);
	CHECK_INT(submission_finish(store, &mine), ERR_CONFLICT);
	CHECK_INT(submission_claim(store, arena, 0, "one", &mine), ERR_NOT_FOUND);
	fixture_remove();
}

static int position_of(const struct submission *submission)
{
	int position = -1;

	CHECK_INT(submission_position(store, submission->id, &position), OK);
	return position;
}

/* Ann sends three first; Bob's one does not wait behind all of them. */
static void the_queue_is_fair(void)
{
	struct submission anns[3], bobs, got;
	struct submission_list running;
	struct question theirs;

	open_store();
	for (int i = 0; i < 3; i++) {
		struct question question = add_question(interview.id, i + 1);

		anns[i] = add(&question, ann.id, "submit");
	}
	theirs = question_of(&bob, 1);
	bobs = add(&theirs, bob.id, "submit");
	CHECK_INT(position_of(&anns[0]), 0);
	got = claim(0, "w");
	CHECK_STR(got.id, anns[0].id);
	CHECK_INT(position_of(&bobs), 0);
	CHECK_INT(position_of(&anns[1]), 1);
	CHECK_INT(position_of(&anns[2]), 2);
	CHECK_INT(position_of(&anns[0]), 0);
	got = claim(1, "w");
	CHECK_STR(got.id, bobs.id);
	CHECK_INT(submission_running(store, arena, &running), OK);
	CHECK_INT((long long)running.count, 2);
	CHECK_INT(running.items[1].slot, 1);
	finish(&got);
	got = claim(1, "w");
	CHECK_STR(got.id, anns[1].id);
	fixture_remove();
}

/* Nobody runs: who was served longest ago is next, though the other sent earlier. */
static void who_was_served_longest_ago_is_next(void)
{
	struct question a1, a2, b1, b2;
	struct submission got, anns, bobs;

	open_store();
	a1 = add_question(interview.id, 1);
	a2 = add_question(interview.id, 2);
	b1 = question_of(&bob, 1);
	b2 = question_of(&bob, 2);
	add(&b1, bob.id, "run");
	got = claim(0, "w");
	finish(&got);
	CHECK_INT(fixture_sql(database, "UPDATE submissions SET started_at = started_at - 1000"),
	          SQLITE_OK);
	add(&a1, ann.id, "run");
	got = claim(0, "w");
	finish(&got);
	anns = add(&a2, ann.id, "run");
	bobs = add(&b2, bob.id, "run");
	CHECK_INT(position_of(&anns), 1);
	CHECK_STR(claim(0, "w").id, bobs.id);
	CHECK_STR(claim(0, "w").id, anns.id);
	fixture_remove();
}

static void twins_are_other_peoples_attempts_at_the_same_task(void)
{
	struct question mine, again, theirs, elsewhere;
	struct submission sent[4];
	struct submission_list twins;

	open_store();
	mine = add_question(interview.id, 1);
	again = question_of(&ann, 1);
	theirs = question_of(&bob, 1);
	elsewhere = question_of(&bob, 2);
	sent[0] = add(&mine, ann.id, "submit");
	sent[1] = add(&again, ann.id, "submit");
	sent[2] = add(&theirs, bob.id, "submit");
	sent[3] = add(&elsewhere, bob.id, "submit");
	for (int i = 0; i < 4; i++)
		CHECK_INT(submission_set_hash(store, sent[i].id, "h1"), OK);
	CHECK_INT(submission_twins(store, arena, sent[0].id, &twins), OK);
	CHECK_INT((long long)twins.count, 1);
	CHECK_STR(twins.items[0].id, sent[2].id);
	CHECK_INT(submission_twins(store, arena, sent[2].id, &twins), OK);
	CHECK_INT((long long)twins.count, 2);
	CHECK_INT(submission_set_hash(store, sent[2].id, "h2"), OK);
	CHECK_INT(submission_twins(store, arena, sent[0].id, &twins), OK);
	CHECK_INT((long long)twins.count, 0);
	CHECK_INT(fixture_sql(database, "UPDATE submissions SET code_hash = ''"), SQLITE_OK);
	CHECK_INT(submission_twins(store, arena, sent[0].id, &twins), OK);
	CHECK_INT((long long)twins.count, 0);
	CHECK_INT(submission_set_hash(store, "none", "h"), ERR_NOT_FOUND);
	fixture_remove();
}

/* --- drafts, hints, events ---------------------------------------------------- */

static void a_draft_is_kept_for_each_language(void)
{
	struct code_draft draft = { 0 };
	struct question question;

	open_store();
	question = add_question(interview.id, 1);
	CHECK_INT(code_draft_get(store, arena, question.id, NULL, &draft), ERR_NOT_FOUND);
	CHECK_INT(code_draft_save(store, question.id,
	                          &(struct code_draft){ .code_language = "python", .code = "1" }),
	          OK);
	CHECK_INT(code_draft_save(store, question.id,
	                          &(struct code_draft){ .code_language = "go", .code = "2" }),
	          OK);
	CHECK_INT(fixture_sql(database, "UPDATE code_drafts SET saved_at = 5 WHERE code = '2'"),
	          SQLITE_OK);
	CHECK_INT(code_draft_get(store, arena, question.id, "go", &draft), OK);
	CHECK_STR(draft.code, "2");
	CHECK_INT(draft.saved_at, 5);
	CHECK_INT(code_draft_get(store, arena, question.id, "c", &draft), ERR_NOT_FOUND);
	CHECK_INT(code_draft_get(store, arena, question.id, NULL, &draft), OK);
	CHECK_STR(draft.code_language, "python");
	CHECK_INT(code_draft_save(store, question.id,
	                          &(struct code_draft){ .code_language = "python", .code = "" }),
	          OK);
	CHECK_INT(code_draft_get(store, arena, question.id, "python", &draft), OK);
	CHECK_STR(draft.code, "");
	fixture_remove();
}

static void hints_stay_as_they_were_shown(void)
{
	struct question question, stale;
	struct hint_list list;

	open_store();
	stale = question = add_question(interview.id, 1);
	for (int level = 1; level <= 2; level++)
		CHECK_INT(hint_add(store, question.id,
		                   &(struct hint_row){ .level = level,
		                                       .body = "Think.",
		                                       .price = level * 0.5 }),
		          OK);
	CHECK_INT(hint_add(store, question.id, &(struct hint_row){ .level = 1, .body = "New" }),
	          OK);
	CHECK_INT(hint_list(store, arena, question.id, &list), OK);
	CHECK_INT((long long)list.count, 2);
	CHECK_STR(list.items[0].body, "Think.");
	CHECK_NEAR(list.items[1].price, 1, 0);
	CHECK(list.items[1].level == 2 && list.items[1].created_at > 0);
	CHECK_INT(question_save(store, &stale), OK);
	CHECK_INT(question_by_id(store, arena, question.id, &question), OK);
	CHECK_INT(question.hints_used, 2);
	fixture_remove();
}

static void events_are_kept_up_to_a_limit(void)
{
	struct event_row event = { .kind = "focus_lost", .evidence = "{\"ms\":5000}" };
	struct event_list list;
	struct interview other;

	open_store();
	other = fixture_interview(store, bob.id, "bobs");
	event.interview_id = interview.id;
	CHECK_INT(store_begin(store), OK);
	for (int i = 0; i < 500; i++)
		CHECK_INT(event_add(store, &event), OK);
	CHECK_INT(event_add(store, &event), ERR_LIMITED);
	CHECK_INT(store_commit(store), OK);
	event.interview_id = other.id;
	event.question_id = question_of(&bob, 1).id;
	event.kind = "large_paste";
	CHECK_INT(event_add(store, &event), OK);
	CHECK_INT(event_list(store, arena, interview.id, &list), OK);
	CHECK_INT((long long)list.count, 500);
	CHECK(list.items[0].question_id == NULL && list.items[0].id < list.items[499].id);
	CHECK_INT(event_list(store, arena, other.id, &list), OK);
	CHECK_STR(list.items[0].kind, "large_paste");
	CHECK_STR(list.items[0].question_id, event.question_id);
	fixture_remove();
}

/* Nothing of a candidate's code outlives the interview or the account. */
static void all_goes_with_its_owner(void)
{
	static const char *const counts[] = { "SELECT count(*) FROM submissions",
		                              "SELECT count(*) FROM code_drafts",
		                              "SELECT count(*) FROM hints",
		                              "SELECT count(*) FROM events" };
	struct question question;

	open_store();
	question = add_question(interview.id, 1);
	add(&question, ann.id, "run");
	code_draft_save(store, question.id, &(struct code_draft){ "python", "1", 0 });
	hint_add(store, question.id, &(struct hint_row){ .level = 1, .body = "b" });
	event_add(store, &(struct event_row){ .interview_id = interview.id,
	                                      .question_id = question.id,
	                                      .kind = "focus_lost",
	                                      .evidence = "{}" });
	for (size_t i = 0; i < 4; i++)
		CHECK_STR(fixture_ask(database, counts[i]), "1");
	CHECK_INT(fixture_sql(database, "DELETE FROM users WHERE username = 'ann'"), SQLITE_OK);
	for (size_t i = 0; i < 4; i++)
		CHECK_STR(fixture_ask(database, counts[i]), "0");
	fixture_remove();
}

int main(void)
{
	RUN(a_submission_goes_its_way);
	RUN(a_nonce_sends_once_and_one_waits_at_a_time);
	RUN(attempts_are_numbered_and_runs_are_not);
	RUN(only_its_worker_can_finish_one);
	RUN(the_queue_is_fair);
	RUN(who_was_served_longest_ago_is_next);
	RUN(twins_are_other_peoples_attempts_at_the_same_task);
	RUN(a_draft_is_kept_for_each_language);
	RUN(hints_stay_as_they_were_shown);
	RUN(events_are_kept_up_to_a_limit);
	RUN(all_goes_with_its_owner);
	return check_done();
}
