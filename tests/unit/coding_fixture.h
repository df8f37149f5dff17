/* Coding tasks in the bank of flow_fixture.h, and short ways to work on them. */
#ifndef VIVA_TESTS_CODING_FIXTURE_H
#define VIVA_TESTS_CODING_FIXTURE_H

#include "flow_fixture.h"

#include "interview/coding.h"

/* It counts the bytes of Cyrillic letters: clang-format must not align them. */
/* clang-format off */
#define TASK_TEXTS \
	"\"title\":{\"en\":\"Sum up\",\"ru\":\"Сумма\",\"uk\":\"Сума\"}," \
	"\"description\":{\"en\":\"Add the numbers.\",\"ru\":\"Сложите.\"," \
	"\"uk\":\"Складіть.\"}," \
	"\"hints\":[{\"en\":\"A nudge.\",\"ru\":\"1\",\"uk\":\"1\"}," \
	"{\"en\":\"The approach.\",\"ru\":\"2\",\"uk\":\"2\"}," \
	"{\"en\":\"The outline.\",\"ru\":\"3\",\"uk\":\"3\"}]"
/* clang-format on */

#define SUM_REFERENCE "def sum_up(numbers):\n    return sum(numbers)\n"

/* `%1$s` id, `%2$s` difficulty; two public and three hidden tests. */
static inline char *task_body(const char *id, const char *difficulty)
{
	return arena_printf(
	        arena,
	        "{\"id\":\"%1$s\",\"kind\":\"function\",\"track\":\"backend\",\"roles\":["
	        "\"backend\"],"
	        "\"category\":\"algo\",\"level\":\"junior\",\"difficulty\":\"%2$s\","
	        "\"topic\":\"arrays\",\"skill_tags\":[\"arrays\"],"
	        "\"estimated_answer_time_min\":10," TASK_TEXTS ","
	        "\"function_signature\":\"sum_up(numbers: int[]) -> int\",\"compare\":\"exact\","
	        "\"public_tests\":[{\"args\":[[1,2]],\"expected\":3},{\"args\":[[]],\"expected\":0}"
	        "],"
	        "\"hidden_tests\":[{\"args\":[[5]],\"expected\":5},{\"args\":[[7,8]],\"expected\":"
	        "15},"
	        "{\"args\":[[-1]],\"expected\":-1}],"
	        "\"languages\":{\"python\":{\"starter\":\"def sum_up(numbers):\\n    pass\\n\","
	        "\"reference\":\"def sum_up(numbers):\\n    return sum(numbers)\\n\"},"
	        "\"javascript\":{\"starter\":\"function sumUp(numbers) {}\","
	        "\"reference\":\"function sumUp(n) { return n.reduce((a, b) => a + b, 0); }\"}}}",
	        id, difficulty);
}

static inline char *sql_body(const char *id)
{
	return arena_printf(
	        arena,
	        "{\"id\":\"%s\",\"kind\":\"sql\",\"track\":\"backend\",\"roles\":[\"backend\"],"
	        "\"category\":\"domain\",\"level\":\"junior\",\"difficulty\":\"BASIC\","
	        "\"topic\":\"sql\",\"skill_tags\":[\"sql\"],\"estimated_answer_time_min\":"
	        "5," TASK_TEXTS ",\"schema\":\"CREATE TABLE t (a INTEGER);\",\"compare\":\"exact\","
	        "\"public_tests\":[{\"setup\":\"INSERT INTO t VALUES (1);\",\"expected\":[[1]]},"
	        "{\"setup\":\"\",\"expected\":[]}],"
	        "\"hidden_tests\":[{\"setup\":\"INSERT INTO t VALUES (2);\",\"expected\":[[2]]}],"
	        "\"languages\":{\"sql\":{\"starter\":\"SELECT\",\"reference\":\"SELECT a FROM "
	        "t;\"}}}",
	        id);
}

static inline struct bank_question coding_question(const char *id, int difficulty)
{
	return (struct bank_question){ .id = id,
		                       .type = "technical",
		                       .track = "backend",
		                       .category = "algo",
		                       .level = "junior",
		                       .difficulty = difficulty,
		                       .body = task_body(id, difficulty_names[difficulty]),
		                       .enabled = true,
		                       .q_type = "coding",
		                       .code_languages = " python javascript c cpp go java rust " };
}

/* A store whose edition has `each` theory questions a category and `tasks` coding tasks. */
static inline void coding_set_up(int each, int tasks)
{
	struct bank_question_list theory = fixture_pool(each);
	struct bank_question_list pool = {
		.items = arena_array(arena, theory.count + (size_t)tasks, sizeof(*pool.items)),
	};
	int edition;

	store = fixture_store();
	candidate = fixture_user(store, "ann", "Ann");
	fixture_role(store);
	for (size_t i = 0; i < theory.count; i++)
		pool.items[pool.count++] = theory.items[i];
	for (int i = 0; i < tasks; i++)
		pool.items[pool.count++] = coding_question(arena_printf(arena, "sum-%02d", i),
		                                           i % 4);
	qsort(pool.items, pool.count, sizeof(*pool.items), by_id);
	for (size_t i = 0; i < pool.count; i++)
		CHECK_INT(bank_save(store, arena, &pool.items[i]), OK);
	CHECK_INT(edition_save(store, arena, "backend", &pool, &edition), OK);
}

/* Starts and opens a technical interview with that share of coding tasks. */
static inline struct flow begin_coding_as(const struct user *user, int count, int percent)
{
	struct flow_options options = fixture_options("technical", count);
	struct flow flow = { 0 };
	const char *id = NULL;
	int64_t allowed_at;

	options.coding_percent = percent;
	options.code_language = "python";
	CHECK_INT(press_start(user, &options, &id, &allowed_at), OK);
	CHECK_INT(open_as(user, id, &flow), OK);
	return flow;
}

static inline struct flow begin_coding(int count, int percent)
{
	return begin_coding_as(&candidate, count, percent);
}

static inline struct coding open_coding(const struct flow *flow)
{
	struct coding coding = { 0 };

	CHECK_INT(coding_open(store, arena, &(struct user){ .id = flow->interview.owner_id },
	                      flow->active->id, &coding),
	          OK);
	return coding;
}

static inline struct coding_input coding_input_of(const char *kind, const char *code)
{
	return (struct coding_input){ .kind = kind,
		                      .code_language = "python",
		                      .code = code,
		                      .custom_input = "",
		                      .nonce = new_nonce() };
}

/* What a judge would store of an attempt; tests of the judge itself stand elsewhere. */
static inline void attempt(const struct question *question, int public_passed, int hidden_passed)
{
	struct submission submission = { .question_id = question->id,
		                         .owner_id = candidate.id,
		                         .kind = "submit",
		                         .code_language = "python",
		                         .code = SUM_REFERENCE,
		                         .state = "queued",
		                         .nonce = new_nonce() };

	CHECK_INT(submission_add(store, arena, &submission), OK);
	CHECK_INT(submission_claim(store, arena, 0, "w", &submission), OK);
	submission.state = "done";
	submission.result = "{}";
	submission.public_passed = public_passed;
	submission.public_total = 2;
	submission.hidden_passed = hidden_passed;
	submission.hidden_total = 3;
	CHECK_INT(submission_finish(store, &submission), OK);
}

static inline void queue_one(const struct question *question)
{
	struct submission submission = { .question_id = question->id,
		                         .owner_id = candidate.id,
		                         .kind = "submit",
		                         .code_language = "python",
		                         .code = SUM_REFERENCE,
		                         .state = "queued",
		                         .nonce = new_nonce() };

	CHECK_INT(submission_add(store, arena, &submission), OK);
}

#endif
