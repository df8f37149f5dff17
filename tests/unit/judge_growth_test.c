/* Growth is measured in the real sandbox: what code does then changes no verdict. */
#include "judge_fixture.h"

enum { SIZES = 4, BUDGET_MS = 600 };

static const double sizes[SIZES] = { 1000, 2000, 4000, 8000 };

/* A list of that many numbers. */
static bool make_size(const void *context, size_t number, struct judge_case *ret_case)
{
	cJSON *args = cJSON_CreateArray(), *list = cJSON_CreateArray();

	(void)context;
	for (double i = 0; i < sizes[number]; i++)
		json_add(list, cJSON_CreateNumber(i));
	json_add(args, list);
	*ret_case = (struct judge_case){ .args = args };
	return true;
}

static bool make_none(const void *context, size_t number, struct judge_case *ret_case)
{
	(void)context;
	(void)number;
	(void)ret_case;
	return false;
}

/* Runs code that gives 3 for [1,2,3] and then whatever it likes; NULL: no sandbox. */
static struct judge_result grow(const char *language, const char *code,
                                const struct judge_growth *growth)
{
	struct judge *judge = fixture_judge();
	struct judge_case test = { .args = fixture_json("[[1,2,3]]"),
		                   .expected = fixture_json("3") };
	struct judge_job job = fixture_job(language, code, &test, 1);
	struct judge_result result = { .compile_message = "" };
	int slot = -1;

	job.growth = growth;
	if (judge == NULL || !judge_has_language(judge, language))
		return result;
	CHECK_INT(judge_enter(judge, arena, &slot), OK);
	CHECK_INT(judge_run(judge, arena, slot, &job, &result), OK);
	judge_leave(judge, slot);
	return result;
}

static const struct judge_growth all_sizes = { .count = SIZES,
	                                       .budget_ms = BUDGET_MS,
	                                       .make = make_size };

static void honest_code_is_measured_to_its_end(void)
{
	static const struct {
		const char *language, *code;
	} rows[] = {
		{ "python", "def f(n):\n    return len(n)\n" },
		{ "javascript", "function f(n) { return n.length; }" },
	};

	for (size_t i = 0; i < 2; i++) {
		const struct judge_growth patient = { SIZES, 10000, make_size, NULL };
		struct judge_result result = grow(rows[i].language, rows[i].code, &patient);

		if (result.tier == NULL)
			continue;
		CHECK_INT((long long)result.passed, 1);
		CHECK(result.is_measured);
		CHECK_INT(result.stopped, JUDGE_ACCEPTED);
		CHECK_INT((long long)result.size_count, SIZES);
		for (size_t j = 0; j < SIZES; j++)
			CHECK(result.sizes_us[j] > 0);
	}
}

/* Each does its worst with 4,000 numbers. */
static void nothing_that_happens_then_is_charged(void)
{
	static const struct {
		const char *what;
		enum judge_verdict stopped;
	} rows[] = {
		{ "import time; time.sleep(60)", JUDGE_TIME_LIMIT },
		{ "while True: pass", JUDGE_TIME_LIMIT },
		{ "raise ValueError('boom')", JUDGE_RUNTIME_ERROR },
		{ "import os; os._exit(3)", JUDGE_RUNTIME_ERROR },
		{ "import os, signal; os.kill(os.getpid(), signal.SIGKILL)", JUDGE_RUNTIME_ERROR },
		{ "return 'x' * 3000000", JUDGE_OUTPUT_LIMIT },
		{ "print('x' * 3000000)", JUDGE_OUTPUT_LIMIT },
		{ "return len([0] * 10 ** 9)", JUDGE_MEMORY_LIMIT },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *code = arena_printf(arena,
		                                "def f(n):\n    if len(n) == 4000:\n"
		                                "        %s\n    return len(n)\n",
		                                rows[i].what);
		const struct judge_result result = grow("python", code, &all_sizes);

		if (result.tier == NULL)
			return;
		CHECK_INT((long long)result.passed, 1);
		CHECK_INT(result.outcomes[0].verdict, JUDGE_ACCEPTED);
		CHECK(result.compiled);
		if (result.stopped != rows[i].stopped)
			printf("# %s\n", rows[i].what);
		CHECK_INT(result.stopped, rows[i].stopped);
		CHECK_INT((long long)result.size_count, 2);
	}
}

static void a_server_that_dies_is_not_charged_either(void)
{
	const struct judge_result result =
	        grow("javascript",
	             "function f(n) { if (n.length === 2000) process.exit(1); return n.length; }",
	             &all_sizes);

	if (result.tier == NULL)
		return;
	CHECK_INT((long long)result.passed, 1);
	CHECK(result.stopped != JUDGE_ACCEPTED);
	CHECK_INT((long long)result.size_count, 1);
}

static void code_that_fails_a_test_is_not_measured(void)
{
	const struct judge_result result = grow("python", "def f(n):\n    return 4\n", &all_sizes);

	CHECK(!result.is_measured);
	CHECK_INT((long long)result.size_count, 0);
}

static void inputs_that_cannot_be_made_end_it(void)
{
	const struct judge_growth none = { SIZES, BUDGET_MS, make_none, NULL };
	const struct judge_result result = grow("python", "def f(n):\n    return len(n)\n", &none);

	if (result.tier == NULL)
		return;
	CHECK_INT((long long)result.passed, 1);
	CHECK_INT((long long)result.size_count, 0);
	CHECK_INT(result.stopped, JUDGE_ERROR);
}

/* The next job in the slot is none the wiser. */
static void the_judge_goes_on_afterwards(void)
{
	static const char code[] = "import os\ndef f(n):\n"
	                           "    while len(n) > 3 and os.fork(): pass\n"
	                           "    return len(n)\n";
	const struct judge_result result = grow("python", code, &all_sizes);

	if (result.tier == NULL)
		return;
	CHECK_INT((long long)result.passed, 1);
	honest_code_is_measured_to_its_end();
}

int main(void)
{
	fixture_open();
	RUN(honest_code_is_measured_to_its_end);
	RUN(nothing_that_happens_then_is_charged);
	RUN(a_server_that_dies_is_not_charged_either);
	RUN(code_that_fails_a_test_is_not_measured);
	RUN(inputs_that_cannot_be_made_end_it);
	RUN(the_judge_goes_on_afterwards);
	fixture_close();
	return check_done();
}
