/* A model as mentor of a coding question: hints for the code there is, errors explained once. */
#include "coding_fixture.h"

#include "base/config.h"
#include "base/lock.h"
#include "interview/coding_draft.h"
#include "writers_fixture.h"

#define BROKEN "def sum_up(numbers):\n    return numbers[99]\n"
#define WORDS  "The list has fewer elements than the index that your code asks for here."
#define ANSWER                                                                              \
	"{\"explanation\":\"" WORDS "\",\"cause_line\":2,\"next_step\":\"Print the length " \
	"of the list first.\"}"

static struct script script;
static struct agent_desk desk;

/* An open question whose mentor is at the scripted desk. */
static struct coding set_up(void)
{
	struct coding coding;
	struct flow flow;

	coding_set_up(2, 4);
	setenv("VIVA_VAR", folder, 1);
	script = (struct script){ 0 };
	desk = script_desk(&script);
	flow = begin_coding(2, 100);
	coding = open_coding(&flow);
	coding.mentor = &desk;
	return coding;
}

static void say_hint(int number, const char *text)
{
	script.answers[AGENT_HINT_MENTOR][number] = arena_printf(arena, "{\"hint\":\"%s\"}", text);
}

static void reload(struct coding *coding)
{
	CHECK_INT(coding_open(store, arena, &candidate, coding->question.id, coding), OK);
	coding->mentor = &desk;
}

/* Sends code; the judge's result of it is `result`. */
static struct submission judged(struct coding *coding, const char *kind, const char *result)
{
	struct submission submission = { .question_id = coding->question.id,
		                         .owner_id = candidate.id,
		                         .kind = kind,
		                         .code_language = "python",
		                         .code = BROKEN,
		                         .state = "queued",
		                         .nonce = new_nonce() };

	CHECK_INT(submission_add(store, arena, &submission), OK);
	CHECK_INT(submission_claim(store, arena, 0, "w", &submission), OK);
	submission.state = "done";
	submission.explanation = "The built-in words.";
	submission.result = result;
	submission.public_total = 2;
	submission.hidden_total = 3;
	CHECK_INT(submission_finish(store, &submission), OK);
	CHECK_INT(submission_by_id(store, arena, submission.id, &submission), OK);
	reload(coding);
	return submission;
}

#define CASE(verdict, exception)                                                  \
	"{\"verdict\":\"" verdict "\",\"input\":[[1]],\"expected\":\"EXPECTED\"," \
	"\"got\":null,\"exception\":" exception ",\"stdout\":\"\",\"stderr\":\"\"}"
#define RESULT(compile, cases, custom)                                                       \
	"{\"tier\":\"A2\",\"compile\":" compile ",\"public\":[" cases "],\"custom\":" custom \
	",\"hidden\":[{\"verdict\":\"failed\"}]}"
#define COMPILED  "{\"ok\":true,\"message\":\"\",\"line\":0}"
#define EXCEPTION "{\"class\":\"IndexError\",\"message\":\"list index out of range\",\"line\":2}"
#define ERROR \
	RESULT(COMPILED, CASE("accepted", "null") "," CASE("runtime_error", EXCEPTION), "null")

/* --- hints --------------------------------------------------------------------------- */

static void a_hint_is_fitted_to_the_draft(void)
{
	struct coding coding = set_up();
	struct coding_draft draft = { .code = "def sum_up(numbers):\n    total = 0\n" };

	CHECK_INT(coding_draft_keep(&coding, "python", &draft, &draft), OK);
	say_hint(0, "Your variable `total` is a good beginning.");
	CHECK_INT(coding_take_hint(&coding, 1, "python"), OK);
	CHECK_INT((long long)coding.hints.count, 1);
	CHECK_STR(coding.hints.items[0].body, "Your variable `total` is a good beginning.");
	CHECK_STR(coding.hints.items[0].engine, "scripted");
	CHECK_NEAR(coding.hints.items[0].price, 0.5, 0);
	CHECK_INT(coding.question.hints_used, 1);
	CHECK(strstr(script.user[AGENT_HINT_MENTOR], "total = 0") != NULL);
	CHECK(strstr(script.user[AGENT_HINT_MENTOR], "A nudge.") != NULL);
	CHECK(strstr(script.user[AGENT_HINT_MENTOR], "The approach.") == NULL);
	CHECK(strstr(script.user[AGENT_HINT_MENTOR], "return sum") == NULL);
	fixture_remove();
}

static void without_a_draft_the_last_code_counts(void)
{
	struct coding coding = set_up();

	judged(&coding, "run", ERROR);
	CHECK_INT(coding_take_hint(&coding, 1, "python"), OK);
	CHECK(strstr(script.user[AGENT_HINT_MENTOR], "numbers[99]") != NULL);
	CHECK_INT(coding_take_hint(&coding, 2, "javascript"), OK);
	CHECK(strstr(script.user[AGENT_HINT_MENTOR], "function sumUp") != NULL);
	CHECK(strstr(script.user[AGENT_HINT_MENTOR], "numbers[99]") == NULL);
	fixture_remove();
}

static void the_banks_hint_stands_when_a_model_fails(void)
{
	static const char *const bank[] = { "A nudge.", "The approach.", "The outline." };
	struct coding coding = set_up();

	say_hint(1, "Write it as `return sum(numbers)` and you are done.");
	say_hint(2, "def sum_up(numbers): return sum(numbers)");
	for (int level = 1; level <= 3; level++) {
		CHECK_INT(coding_take_hint(&coding, level, "python"), OK);
		CHECK_STR(coding.hints.items[level - 1].body, bank[level - 1]);
		CHECK_STR(coding.hints.items[level - 1].engine, "builtin");
	}
	CHECK_INT(script.asked[AGENT_HINT_MENTOR], 3);
	CHECK_INT(coding.question.hints_used, 3);
	fixture_remove();
}

static void the_same_press_takes_one_hint_and_one_call(void)
{
	struct coding coding = set_up(), other = coding;

	say_hint(0, "Your code has to look at each element.");
	CHECK_INT(coding_take_hint(&coding, 1, "python"), OK);
	CHECK_INT(coding_take_hint(&other, 1, "python"), OK);
	CHECK_INT((long long)other.hints.count, 1);
	CHECK_INT(script.asked[AGENT_HINT_MENTOR], 1);
	CHECK_INT(coding_take_hint(&other, 3, "python"), ERR_INVALID);
	CHECK_INT(coding_take_hint(&other, 0, "python"), ERR_INVALID);
	CHECK_INT(coding_take_hint(&other, 4, "python"), ERR_INVALID);
	CHECK_INT(script.asked[AGENT_HINT_MENTOR], 1);
	fixture_remove();
}

static void nothing_is_taken_off_when_the_hint_cannot_be_stored(void)
{
	struct coding coding = set_up();

	say_hint(0, "Your code has to look at each element.");
	CHECK_INT(fixture_sql(database, "CREATE TRIGGER full BEFORE INSERT ON hints BEGIN"
	                                " SELECT RAISE(ABORT, 'full'); END"),
	          0);
	CHECK(coding_take_hint(&coding, 1, "python") != OK);
	CHECK_STR(fixture_ask(database, "SELECT sum(hints_used) FROM questions"), "0");
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM hints"), "0");
	fixture_remove();
}

/* --- errors -------------------------------------------------------------------------- */

static void an_error_is_explained_once(void)
{
	struct coding coding = set_up();
	struct submission submission = judged(&coding, "run", ERROR);

	CHECK(coding_can_explain(&coding, &submission));
	script.answers[AGENT_ERROR_MENTOR][0] = ANSWER;
	script.answers[AGENT_ERROR_MENTOR][1] = ANSWER;
	CHECK_INT(coding_explain(&coding, submission.id, "nonce"), OK);
	CHECK_INT(coding_explain(&coding, submission.id, "nonce"), OK);
	CHECK_INT(coding_explain(&coding, submission.id, "another"), OK);
	CHECK_INT(script.asked[AGENT_ERROR_MENTOR], 1);
	CHECK_INT(submission_by_id(store, arena, submission.id, &submission), OK);
	CHECK(strstr(submission.explanation, WORDS) != NULL);
	CHECK_STR(submission.explanation_engine, "scripted");
	CHECK(!coding_can_explain(&coding, &submission));
	CHECK(strstr(script.user[AGENT_ERROR_MENTOR], "numbers[99]") != NULL);
	CHECK(strstr(script.user[AGENT_ERROR_MENTOR], "IndexError") != NULL);
	CHECK(strstr(script.user[AGENT_ERROR_MENTOR], "EXPECTED") == NULL);
	CHECK(strstr(script.user[AGENT_ERROR_MENTOR], "return sum") == NULL);
	fixture_remove();
}

static void what_is_no_execution_error_is_not_explained(void)
{
	static const char *const results[] = {
		RESULT(COMPILED, CASE("wrong_answer", "null"), "null"),
		RESULT(COMPILED, CASE("accepted", "null"), "null"),
		RESULT(COMPILED, CASE("wrong_answer", "null") "," CASE("runtime_error", EXCEPTION),
		       "null"),
		RESULT(COMPILED, CASE("judge_error", "null"), "null"),
		"{}",
		"[]",
	};
	struct coding coding = set_up();

	for (size_t i = 0; i < sizeof(results) / sizeof(*results); i++) {
		struct submission submission = judged(&coding, "run", results[i]);

		CHECK(!coding_can_explain(&coding, &submission));
		CHECK_INT(coding_explain(&coding, submission.id, "nonce"), ERR_INVALID);
	}
	CHECK_INT(script.asked[AGENT_ERROR_MENTOR], 0);
	fixture_remove();
}

static void compilers_and_own_input_are_explained(void)
{
	static const char *const results[] = {
		RESULT("{\"ok\":false,\"message\":\"SyntaxError: colon\",\"line\":1}",
		       CASE("compile_error", "null"), "null"),
		RESULT(COMPILED, CASE("accepted", "null"), CASE("time_limit", "null")),
		RESULT(COMPILED, CASE("memory_limit", "null"), "null"),
	};
	static const char *const verdicts[] = { "compile_error", "time_limit", "memory_limit" };
	struct coding coding = set_up();

	for (int i = 0; i < 3; i++) {
		struct submission submission = judged(&coding, "run", results[i]);

		script.answers[AGENT_ERROR_MENTOR][i] = ANSWER;
		CHECK_INT(coding_explain(&coding, submission.id, "nonce"), OK);
		CHECK(strstr(script.user[AGENT_ERROR_MENTOR], verdicts[i]) != NULL);
	}
	fixture_remove();
}

static void a_failed_call_leaves_the_builtin_words(void)
{
	struct coding coding = set_up();
	struct submission submission = judged(&coding, "submit", ERROR);

	CHECK_INT(coding_explain(&coding, submission.id, "one"), ERR_UPSTREAM);
	CHECK_INT(script.asked[AGENT_ERROR_MENTOR], 1);
	CHECK_INT(coding_explain(&coding, submission.id, "one"), ERR_UPSTREAM);
	CHECK_INT(script.asked[AGENT_ERROR_MENTOR], 1); /* a repeated form is no new wish */
	for (int i = 0; i < 4; i++)
		CHECK_INT(coding_explain(&coding, submission.id, new_nonce()), ERR_UPSTREAM);
	CHECK_INT(script.asked[AGENT_ERROR_MENTOR], SUBMISSION_MAX_ASKS);
	CHECK_INT(submission_by_id(store, arena, submission.id, &submission), OK);
	CHECK_STR(submission.explanation, "The built-in words.");
	CHECK_STR(submission.explanation_engine, "builtin");
	CHECK(!coding_can_explain(&coding, &submission));
	fixture_remove();
}

static void strange_wishes_are_refused(void)
{
	struct coding coding = set_up();
	struct submission submission = judged(&coding, "run", ERROR);
	struct coding other = coding;

	CHECK_INT(coding_explain(&coding, "no such id", "nonce"), ERR_NOT_FOUND);
	CHECK_INT(coding_explain(&coding, submission.id, ""), ERR_INVALID);
	CHECK_INT(coding_explain(&coding, submission.id, "two\nlines"), ERR_INVALID);
	other.question.id = "another";
	CHECK_INT(coding_explain(&other, submission.id, "nonce"), ERR_NOT_FOUND);
	other = coding;
	other.is_open = false;
	CHECK(!coding_can_explain(&other, &submission));
	CHECK_INT(coding_explain(&other, submission.id, "nonce"), ERR_CONFLICT);
	other = coding;
	other.mentor = NULL;
	CHECK(!coding_can_explain(&other, &submission));
	CHECK_INT(coding_explain(&other, submission.id, "nonce"), ERR_UPSTREAM);
	script.is_closed = true;
	CHECK(!coding_can_explain(&coding, &submission));
	CHECK_INT(script.asked[AGENT_ERROR_MENTOR], 0);
	fixture_remove();
}

/* A second click while the first one's model is thinking; it answers under the lock. */
static int nested;

static void ask_and_click(void *context, struct arena *memory, const struct agent_ask *ask,
                          struct llm_result *ret_result)
{
	struct lock *lock = NULL;

	nested++;
	CHECK_INT(lock_take(arena, arena_printf(arena, "%s/locks", config()->var),
	                    arena_printf(arena, "mentor:%s", (const char *)context), 0, &lock),
	          ERR_BUSY);
	(void)memory;
	(void)ask;
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM submissions"), "1");
	CHECK_INT(fixture_sql(database, "UPDATE submissions SET time_spent_ms = 1"), 0);
	*ret_result = (struct llm_result){ .class = LLM_OK, .text = ANSWER, .error = "" };
}

static void no_transaction_is_open_while_a_model_thinks(void)
{
	struct coding coding = set_up();
	struct submission submission = judged(&coding, "run", ERROR);

	desk.ask = ask_and_click;
	desk.is_ready = NULL;
	desk.context = (void *)(uintptr_t)coding.interview.owner_id;
	CHECK_INT(coding_explain(&coding, submission.id, "nonce"), OK);
	CHECK_INT(nested, 1);
	fixture_remove();
}

int main(void)
{
	RUN(a_hint_is_fitted_to_the_draft);
	RUN(without_a_draft_the_last_code_counts);
	RUN(the_banks_hint_stands_when_a_model_fails);
	RUN(the_same_press_takes_one_hint_and_one_call);
	RUN(nothing_is_taken_off_when_the_hint_cannot_be_stored);
	RUN(an_error_is_explained_once);
	RUN(what_is_no_execution_error_is_not_explained);
	RUN(compilers_and_own_input_are_explained);
	RUN(a_failed_call_leaves_the_builtin_words);
	RUN(strange_wishes_are_refused);
	RUN(no_transaction_is_open_while_a_model_thinks);
	return check_done();
}
