/* Sending code, taking hints, noting events. */
#include "coding_fixture.h"

#include "interview/events.h"

static enum err send(struct coding *coding, const struct coding_input *input, const char **ret_id)
{
	const char *fault = "";

	return coding_send(coding, NULL, input, ret_id, &fault);
}

static void code_is_stored_without_a_judge(void)
{
	struct coding_input input;
	struct coding coding;
	struct code_draft draft;
	struct flow flow;
	const char *id = NULL, *again = NULL;

	coding_set_up(2, 4);
	flow = begin_coding(2, 100);
	coding = open_coding(&flow);
	CHECK(coding.is_open && coding.submissions.count == 0);
	input = coding_input_of("submit", SUM_REFERENCE);
	CHECK_INT(send(&coding, &input, &id), OK);
	CHECK_INT(send(&coding, &input, &again), OK);
	CHECK_STR(again, id);
	coding = open_coding(&flow);
	CHECK_INT((long long)coding.submissions.count, 1);
	CHECK_STR(coding.submissions.items[0].state, "not_judged");
	CHECK_STR(coding.submissions.items[0].code, SUM_REFERENCE);
	CHECK_INT(coding.submissions.items[0].attempt_number, 1);
	CHECK(coding.score.best_attempt == 0);
	CHECK_INT(code_draft_get(store, arena, flow.active->id, "python", &draft), OK);
	CHECK_STR(draft.code, SUM_REFERENCE);
	press(&flow, FLOW_CODE_DONE);
	CHECK_STR(state_of(&flow, 0), "answered");
	CHECK_INT(flow.interview.difficulty, 0);
	again = NULL;
	CHECK_INT(send(&coding, &input, &again), OK); /* the answer was lost on its way */
	CHECK_STR(again, id);
	input.nonce = new_nonce();
	CHECK_INT(send(&coding, &input, &id), ERR_CONFLICT);
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM submissions"), "1");
	fixture_remove();
}

/* A page whose reply was lost still has the nonce of the form before. */
static void other_code_with_the_same_nonce_is_no_repetition(void)
{
	const char *run = NULL, *submit = NULL, *again = NULL;
	struct coding_input input;
	struct coding coding;
	struct flow flow;

	coding_set_up(2, 4);
	flow = begin_coding(2, 100);
	coding = open_coding(&flow);
	input = coding_input_of("run", SUM_REFERENCE);
	CHECK_INT(send(&coding, &input, &run), OK);
	input.kind = "submit";
	CHECK_INT(send(&coding, &input, &submit), OK);
	CHECK(strcmp(run, submit) != 0);
	CHECK_INT(send(&coding, &input, &again), OK);
	CHECK_STR(again, submit);
	fixture_remove();
}

static void while_one_is_judged_the_next_is_only_a_draft(void)
{
	struct coding_input input;
	struct coding coding;
	struct code_draft draft;
	struct flow flow;
	const char *id = NULL;

	coding_set_up(2, 4);
	flow = begin_coding(2, 100);
	queue_one(flow.active);
	coding = open_coding(&flow);
	input = coding_input_of("run", "newer = 1");
	CHECK_INT(send(&coding, &input, &id), ERR_BUSY);
	CHECK(id == NULL);
	CHECK_INT(code_draft_get(store, arena, flow.active->id, "python", &draft), OK);
	CHECK_STR(draft.code, "newer = 1");
	fixture_remove();
}

static void a_question_being_left_takes_no_code(void)
{
	struct coding_input input;
	struct coding coding;
	struct flow flow;
	struct turn turn;
	const char *id = NULL;

	coding_set_up(2, 4);
	flow = begin_coding(2, 100);
	coding = open_coding(&flow);
	turn = (struct turn){ .question_id = flow.active->id,
		              .author = "candidate",
		              .kind = "code_done",
		              .body = "done",
		              .nonce = new_nonce() };
	CHECK_INT(turn_add(store, flow.interview.id, &turn), OK);
	input = coding_input_of("submit", SUM_REFERENCE);
	CHECK_INT(send(&coding, &input, &id), ERR_CONFLICT);
	CHECK_INT(coding_take_hint(&coding, 1, "python"), ERR_CONFLICT);
	fixture_remove();
}

static void faulty_input_is_refused_with_a_reason(void)
{
	static const struct {
		const char *kind, *code_language, *code, *custom_input;
	} cases[] = {
		{ "submit", "python", " \n\t", "" },    { "submit", "cobol", "x", "" },
		{ "mail", "python", "x", "" },          { "submit", "python", "\xff", "" },
		{ "run", "python", "x", "[1, 2" },      { "run", "python", "x", "{\"a\":1}" },
		{ "run", "python", "x", "[]" },         { "run", "python", "x", "[[1], [2]]" },
		{ "run", "python", "x", "[\"text\"]" },
	};
	struct coding coding;
	struct flow flow;
	char *huge;

	coding_set_up(2, 4);
	flow = begin_coding(2, 100);
	coding = open_coding(&flow);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct coding_input input = { .kind = cases[i].kind,
			                            .code_language = cases[i].code_language,
			                            .code = cases[i].code,
			                            .custom_input = cases[i].custom_input,
			                            .nonce = new_nonce() };
		const char *id = NULL, *fault = NULL;

		CHECK_INT(coding_send(&coding, NULL, &input, &id, &fault), ERR_INVALID);
		CHECK(id == NULL && fault != NULL && fault[0] != '\0');
	}
	huge = arena_alloc(arena, CODING_MAX_CODE + 2);
	memset(huge, 'x', CODING_MAX_CODE + 1);
	{
		struct coding_input input = coding_input_of("submit", huge);
		const char *id = NULL;

		CHECK_INT(send(&coding, &input, &id), ERR_INVALID);
		huge[CODING_MAX_CODE] = '\0';
		CHECK_INT(send(&coding, &input, &id), OK);
	}
	fixture_remove();
}

static void nobody_sends_without_end(void)
{
	struct coding_input input;
	struct coding coding;
	struct flow flow;
	const char *id = NULL, *fault = NULL;

	coding_set_up(2, 4);
	flow = begin_coding(2, 100);
	coding = open_coding(&flow);
	for (int i = 0; i < CODING_MAX_SENT; i++) {
		input = coding_input_of("run", "x = 1");
		CHECK_INT(coding_send(&coding, NULL, &input, &id, &fault), OK);
	}
	CHECK_INT(coding_send(&coding, NULL, &input, &id, &fault), OK); /* the last one again */
	CHECK(fault == NULL);
	input = coding_input_of("run", "x = 1");
	CHECK_INT(coding_send(&coding, NULL, &input, &id, &fault), ERR_INVALID);
	CHECK(fault != NULL);
	fixture_remove();
}

/* All of it stands in the report. */
static void nobody_sends_code_without_end(void)
{
	char *code = arena_alloc(arena, CODING_MAX_CODE + 1);
	const int most = CODING_MAX_SENT_CODE / CODING_MAX_CODE;
	struct coding coding;
	struct flow flow;
	const char *id = NULL, *fault = NULL;

	memset(code, '#', CODING_MAX_CODE);
	code[CODING_MAX_CODE] = '\0';
	coding_set_up(2, 4);
	flow = begin_coding(2, 100);
	coding = open_coding(&flow);
	for (int i = 0; i <= most; i++) {
		const struct coding_input input = coding_input_of("submit", code);

		CHECK_INT(coding_send(&coding, NULL, &input, &id, &fault),
		          i < most ? OK : ERR_INVALID);
	}
	CHECK(fault != NULL);
	fixture_remove();
}

static void own_input_is_for_runs(void)
{
	struct coding_input input;
	struct coding coding;
	struct flow flow;
	const char *id = NULL;

	coding_set_up(2, 4);
	flow = begin_coding(2, 100);
	coding = open_coding(&flow);
	input = coding_input_of("run", SUM_REFERENCE);
	input.custom_input = "[[4, 5]]";
	CHECK_INT(send(&coding, &input, &id), OK);
	CHECK_STR(fixture_ask(database, "SELECT custom_input FROM submissions"), "[[4, 5]]");
	input = coding_input_of("submit", SUM_REFERENCE);
	input.custom_input = "[broken";
	CHECK_INT(send(&coding, &input, &id), OK);
	CHECK_STR(fixture_ask(database, "SELECT custom_input FROM submissions"
	                                " WHERE kind = 'submit'"),
	          "");
	fixture_remove();
}

static void nobody_sees_what_is_not_theirs_or_not_asked(void)
{
	struct coding coding;
	struct flow flow;
	struct user other;

	coding_set_up(2, 4);
	flow = begin_coding(4, 50);
	other = fixture_user(store, "bob", "");
	for (size_t i = 0; i < flow.questions.count; i++)
		CHECK_INT(
		        coding_open(store, arena, &candidate, flow.questions.items[i].id, &coding),
		        ERR_NOT_FOUND);
	while (flow.active != NULL && !flow_is_coding(flow.active))
		press(&flow, FLOW_SKIP);
	CHECK_INT(coding_open(store, arena, &candidate, flow.active->id, &coding), OK);
	CHECK_INT(coding_open(store, arena, &other, flow.active->id, &coding), ERR_NOT_FOUND);
	CHECK_INT(coding_open(store, arena, &candidate, "none", &coding), ERR_NOT_FOUND);
	fixture_remove();
}

/* --- hints -------------------------------------------------------------------- */

static void hints_are_taken_level_by_level(void)
{
	static const double prices[] = { 0.5, 1, 2 };
	struct coding coding;
	struct flow flow;
	double price = 0;

	coding_set_up(2, 4);
	flow = begin_coding(2, 100);
	attempt(flow.active, 2, 3);
	coding = open_coding(&flow);
	for (int level = 1; level <= 3; level++) {
		CHECK_INT(coding_next_hint(&coding, &price), level);
		CHECK_NEAR(price, prices[level - 1], 0);
		if (level < 3)
			CHECK_INT(coding_take_hint(&coding, level + 1, "python"), ERR_INVALID);
		CHECK_INT(coding_take_hint(&coding, level, "python"), OK);
		CHECK_INT(coding_take_hint(&coding, level, "python"), OK);
		CHECK_INT((long long)coding.hints.count, level);
		CHECK_NEAR(coding.score.score, 10 - price, 1e-9);
	}
	CHECK_STR(coding.hints.items[0].body, "A nudge.");
	CHECK_STR(coding.hints.items[2].body, "The outline.");
	CHECK_INT(coding_next_hint(&coding, &price), 0);
	CHECK_INT(coding_take_hint(&coding, 4, "python"), ERR_INVALID);
	CHECK_INT(open_coding(&flow).question.hints_used, 3);
	press(&flow, FLOW_CODE_DONE);
	CHECK_INT(coding_take_hint(&coding, 3, "python"), ERR_CONFLICT);
	CHECK_INT(flow.questions.items[0].hints_used, 3);
	fixture_remove();
}

/* --- events ------------------------------------------------------------------- */

static enum err note(const struct flow *flow, const char *json)
{
	return events_note(store, arena, &flow->interview, flow->active->id, json);
}

static void events_are_noted_above_the_thresholds(void)
{
	struct event_list events;
	struct flow flow;

	coding_set_up(2, 4);
	flow = begin_coding(2, 100);
	CHECK_INT(note(&flow, "[]"), OK);
	CHECK_INT(note(&flow, "[{\"kind\":\"focus_lost\",\"ms\":1999},"
	                      "{\"kind\":\"large_paste\",\"chars\":119,\"excerpt\":\"x\"},"
	                      "{\"kind\":\"fast_typing\",\"chars\":39,\"ms\":1},"
	                      "{\"kind\":\"fast_typing\",\"chars\":100,\"ms\":4000}]"),
	          OK);
	CHECK_INT(event_list(store, arena, flow.interview.id, &events), OK);
	CHECK_INT((long long)events.count, 0);
	CHECK_INT(note(&flow, "[{\"kind\":\"focus_lost\",\"ms\":2000},"
	                      "{\"kind\":\"large_paste\",\"chars\":120,\"excerpt\":\"<b>\"},"
	                      "{\"kind\":\"fast_typing\",\"chars\":100,\"ms\":2000}]"),
	          OK);
	CHECK_INT(event_list(store, arena, flow.interview.id, &events), OK);
	CHECK_INT((long long)events.count, 3);
	CHECK_STR(events.items[0].evidence, "{\"ms\":2000}");
	CHECK_STR(events.items[1].evidence, "{\"chars\":120,\"excerpt\":\"<b>\"}");
	CHECK_STR(events.items[2].evidence, "{\"chars\":100,\"ms\":2000,\"chars_per_second\":50}");
	CHECK_STR(events.items[2].question_id, flow.active->id);
	fixture_remove();
}

static void after_the_end_nothing_is_noted(void)
{
	struct flow flow;

	coding_set_up(2, 4);
	flow = begin_coding(2, 100);
	press(&flow, FLOW_FINISH);
	CHECK_INT(events_note(store, arena, &flow.interview, NULL,
	                      "[{\"kind\":\"focus_lost\",\"ms\":9000}]"),
	          OK);
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM events"), "0");
	fixture_remove();
}

static void malformed_events_are_refused_as_a_whole(void)
{
	static const char *const faulty[] = {
		"",
		"{}",
		"[1]",
		"[{\"kind\":\"focus_lost\"}]",
		"[{\"kind\":\"focus_lost\",\"ms\":-1}]",
		"[{\"kind\":\"focus_lost\",\"ms\":1e300}]",
		"[{\"kind\":\"focus_lost\",\"ms\":\"5000\"}]",
		"[{\"kind\":\"identical_code\"}]",
		"[{\"kind\":\"focus_lost\",\"ms\":5000},{\"kind\":\"x\"}]",
	};
	struct flow flow;
	char *many;

	coding_set_up(2, 4);
	flow = begin_coding(2, 100);
	for (size_t i = 0; i < sizeof(faulty) / sizeof(*faulty); i++)
		CHECK_INT(note(&flow, faulty[i]), ERR_INVALID);
	many = arena_alloc(arena, EVENTS_MAX_BYTES + 2);
	memset(many, ' ', EVENTS_MAX_BYTES + 1);
	many[0] = '[';
	many[1] = ']';
	CHECK_INT(note(&flow, many), ERR_INVALID);
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM events"), "0");
	fixture_remove();
}

static void beyond_the_limit_events_are_left_out(void)
{
	struct flow flow;

	coding_set_up(2, 4);
	flow = begin_coding(2, 100);
	for (int i = 0; i < 260; i++)
		CHECK_INT(note(&flow, "[{\"kind\":\"focus_lost\",\"ms\":3000},"
		                      "{\"kind\":\"focus_lost\",\"ms\":4000}]"),
		          OK);
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM events"), "500");
	fixture_remove();
}

int main(void)
{
	RUN(code_is_stored_without_a_judge);
	RUN(other_code_with_the_same_nonce_is_no_repetition);
	RUN(while_one_is_judged_the_next_is_only_a_draft);
	RUN(a_question_being_left_takes_no_code);
	RUN(faulty_input_is_refused_with_a_reason);
	RUN(nobody_sends_without_end);
	RUN(nobody_sends_code_without_end);
	RUN(own_input_is_for_runs);
	RUN(nobody_sees_what_is_not_theirs_or_not_asked);
	RUN(hints_are_taken_level_by_level);
	RUN(events_are_noted_above_the_thresholds);
	RUN(after_the_end_nothing_is_noted);
	RUN(malformed_events_are_refused_as_a_whole);
	RUN(beyond_the_limit_events_are_left_out);
	return check_done();
}
