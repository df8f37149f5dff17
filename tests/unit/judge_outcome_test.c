#include "check.h"

#include <signal.h>

#include "judge/frame.h"
#include "judge/outcome.h"
#include "judge/output.h"

/* --- frames ------------------------------------------------------------------------ */

static struct captured frame(const char *json)
{
	size_t len = strlen(json);
	char *bytes = arena_alloc(arena, FRAME_HEADER + len);

	frame_header(len, (unsigned char *)bytes);
	memcpy(bytes + FRAME_HEADER, json, len);
	return (struct captured){ bytes, FRAME_HEADER + len };
}

static struct captured joined(struct captured a, struct captured b)
{
	char *bytes = arena_alloc(arena, a.len + b.len);

	memcpy(bytes, a.bytes, a.len);
	memcpy(bytes + a.len, b.bytes, b.len);
	return (struct captured){ bytes, a.len + b.len };
}

static struct answer answer(const char *json)
{
	struct captured bytes = frame(json);

	return answer_read(arena, bytes.bytes, bytes.len);
}

static void one_frame_is_an_answer(void)
{
	struct captured one = frame("{\"ok\": [1]}"), two = joined(one, one);

	CHECK_INT(frame_state(one.bytes, 0), FRAME_NONE);
	for (size_t len = 1; len < one.len; len++)
		CHECK_INT(frame_state(one.bytes, len), FRAME_PARTIAL);
	CHECK_INT(frame_state(one.bytes, one.len), FRAME_WHOLE);
	CHECK_INT(frame_state(two.bytes, one.len + 1), FRAME_EXCESS);
	CHECK_INT(frame_state("\x00\x10\x00\x01", 4), FRAME_TOO_LONG);
	CHECK_INT(frame_state("\x00\x10\x00\x00", 4), FRAME_PARTIAL);
	CHECK_INT(frame_state("\xff\xff\xff\xff", 4), FRAME_TOO_LONG);
	CHECK_INT(answer_read(arena, "", 0).kind, ANSWER_NONE);
	CHECK_INT(answer_read(arena, two.bytes, two.len).kind, ANSWER_BAD);
	CHECK_INT(answer_read(arena, one.bytes, one.len - 1).kind, ANSWER_BAD);
	CHECK_STR(json_text(answer_read(arena, one.bytes, one.len).value), "[1]");
}

static void answers_are_strict(void)
{
	struct answer got = answer("{\"exc\": \"ValueError\", \"msg\": \"no\", \"line\": 3}");

	CHECK_INT(got.kind, ANSWER_EXCEPTION);
	CHECK_STR(got.exception.class, "ValueError");
	CHECK_STR(got.exception.message, "no");
	CHECK_INT(got.exception.line, 3);
	CHECK_INT(answer("{\"exc\": \"SyntaxError\", \"compile\": true}").kind, ANSWER_UNREADABLE);
	CHECK_INT(answer("{\"exc\": \"E\", \"line\": -4}").exception.line, 0);
	CHECK_INT(answer("{\"exc\": \"E\", \"line\": 1e300}").exception.line, 0);
	CHECK_STR(answer("{\"exc\": \"E\"}").exception.message, "");
	CHECK_INT(answer("{\"ok\": null}").kind, ANSWER_VALUE);
	CHECK_INT(answer("{\"ok\": 1, \"exc\": \"E\"}").kind, ANSWER_BAD);
	CHECK_INT(answer("{\"ok\": 1, \"ok\": 2}").kind, ANSWER_BAD);
	CHECK_INT(answer("{}").kind, ANSWER_BAD);
	CHECK_INT(answer("[1]").kind, ANSWER_BAD);
	CHECK_INT(answer("1").kind, ANSWER_BAD);
	CHECK_INT(answer("{\"ok\": 1} {").kind, ANSWER_BAD);
	CHECK_INT(answer("{\"ok\": \"\xff\"}").kind, ANSWER_BAD);
	CHECK_INT(answer("{\"exc\": 5}").kind, ANSWER_BAD);
	CHECK_INT(answer("").kind, ANSWER_BAD);
}

static void long_messages_are_cut(void)
{
	char json[9000], text[8001];
	struct answer got;

	memset(text, 'x', 8000);
	text[8000] = '\0';
	snprintf(json, sizeof(json), "{\"exc\": \"E\", \"msg\": \"%s\"}", text);
	got = answer(json);
	CHECK_INT(got.kind, ANSWER_EXCEPTION);
	CHECK(strlen(got.exception.message) < EXCEPTION_TEXT_MAX + 4);
	CHECK(strlen(got.exception.message) > EXCEPTION_TEXT_MAX - 4);
}

/* --- output and code --------------------------------------------------------------- */

static void output_becomes_text(void)
{
	CHECK_STR(output_clean(arena, "a\0b", 3, 100), "a\xEF\xBF\xBD"
	                                               "b");
	CHECK_STR(output_clean(arena, "a\xff\xc3", 3, 100), "a\xEF\xBF\xBD\xEF\xBF\xBD");
	CHECK_STR(output_clean(arena, "é", 2, 100), "é");
	CHECK_STR(output_clean(arena, "aé", 3, 2), "a"); /* not half a character */
	CHECK_STR(output_clean(arena, "\xff\xff\xff", 3, 6), "\xEF\xBF\xBD\xEF\xBF\xBD");
	CHECK_STR(output_clean(arena, "", 0, 6), "");
	CHECK_STR(output_clean(arena, "\033[31m</script>", 14, 100), "\033[31m</script>");
}

static void code_is_looked_at(void)
{
	char *large = arena_alloc(arena, JUDGE_CODE_MAX + 1);
	int line = -1;

	memset(large, 'x', JUDGE_CODE_MAX + 1);
	CHECK(output_code_fault(arena, "a\nb\xff", 4, &line) != NULL);
	CHECK_INT(line, 2);
	CHECK(output_code_fault(arena, "a\n\nb\0", 5, &line) != NULL);
	CHECK_INT(line, 3);
	CHECK(output_code_fault(arena, "a\xEF\xBF\xBD", 4, &line) == NULL);
	CHECK_INT(line, 0);
	CHECK(output_code_fault(arena, "", 0, &line) != NULL);
	CHECK(output_code_fault(arena, " \n\t\xC2\xA0", 5, &line) != NULL);
	CHECK(output_code_fault(arena, large, JUDGE_CODE_MAX, &line) == NULL);
	CHECK(output_code_fault(arena, large, JUDGE_CODE_MAX + 1, &line) != NULL);
	CHECK(output_code_fault(arena, "\xed\xa0\x80", 3, &line) != NULL); /* a surrogate */
}

/* --- verdicts ---------------------------------------------------------------------- */

static bool knows_crash(struct arena *memory, const char *errors, int status,
                        struct judge_exception *ret_exception)
{
	(void)memory;
	(void)status;
	if (strstr(errors, "panic") == NULL)
		return false;
	*ret_exception = (struct judge_exception){ "panic", errors, 7 };
	return true;
}

static bool is_memory(const struct judge_exception *exception, const char *errors)
{
	(void)errors;
	return strcmp(exception->class, "MemoryError") == 0;
}

static const struct judge_language language = {
	.name = "test",
	.crash = knows_crash,
	.is_memory = is_memory,
};

static struct judge_job job;
static struct judge_case test;

/* A run of a function that answered 5 as expected and ended well. */
static struct evidence good(void)
{
	const struct judge_limits limits = JUDGE_DEFAULT_LIMITS;

	job = (struct judge_job){ .kind = JUDGE_FUNCTION, .limits = limits };
	test = (struct judge_case){ .expected = cJSON_CreateNumber(5) };
	return (struct evidence){
		.language = &language,
		.job = &job,
		.test = &test,
		.limits = { .cpu_ms = 2000, .wall_ms = 6000, .memory_mb = 256 },
		.reply = { .cpu_us = 1500, .wall_us = 2500, .memory_kb = 5000 },
		.output = { "", 0 },
		.errors = { "", 0 },
		.answer = frame("{\"ok\": 5}"),
	};
}

static enum judge_verdict verdict(const struct evidence *evidence)
{
	return outcome_of(arena, evidence).verdict;
}

static void functions_are_judged_by_their_value(void)
{
	struct evidence evidence = good();
	struct judge_outcome outcome = outcome_of(arena, &evidence);

	CHECK_INT(outcome.verdict, JUDGE_ACCEPTED);
	CHECK_STR(json_text(outcome.got), "5");
	CHECK_INT(outcome.cpu_ms, 1);
	CHECK_INT(outcome.wall_ms, 2);
	CHECK_INT(outcome.memory_kb, 5000);
	CHECK(outcome.exception.class == NULL);
	evidence.answer = frame("{\"ok\": 6}");
	CHECK_INT(verdict(&evidence), JUDGE_WRONG_ANSWER);
	test.expected = NULL;
	CHECK_INT(verdict(&evidence), JUDGE_ACCEPTED);
	evidence = good();
	evidence.reply.status = 3 << 8; /* it called exit itself after its answer */
	CHECK_INT(verdict(&evidence), JUDGE_ACCEPTED);
	evidence.output = (struct captured){ "PASS {\"ok\": 5}", 14 };
	evidence.answer = frame("{\"ok\": 4}");
	CHECK_INT(verdict(&evidence), JUDGE_WRONG_ANSWER);
}

static void functions_must_answer(void)
{
	struct evidence evidence = good();
	struct judge_outcome outcome;

	evidence.answer = (struct captured){ "", 0 };
	outcome = outcome_of(arena, &evidence);
	CHECK_INT(outcome.verdict, JUDGE_RUNTIME_ERROR);
	CHECK_STR(outcome.exception.class, "NoAnswer");
	CHECK(outcome.got == NULL);
	evidence.answer = joined(frame("{\"ok\": 5}"), frame("{\"ok\": 5}"));
	outcome = outcome_of(arena, &evidence);
	CHECK_INT(outcome.verdict, JUDGE_RUNTIME_ERROR);
	CHECK_STR(outcome.exception.message, "no valid answer: more than one answer");
	evidence.answer = frame("{\"exc\": \"KeyError\", \"msg\": \"'a'\", \"line\": 2}");
	outcome = outcome_of(arena, &evidence);
	CHECK_INT(outcome.verdict, JUDGE_RUNTIME_ERROR);
	CHECK_STR(outcome.exception.class, "KeyError");
	CHECK_INT(outcome.exception.line, 2);
	evidence = good();
	evidence.reply.status = SIGSEGV;
	outcome = outcome_of(arena, &evidence);
	CHECK_INT(outcome.verdict, JUDGE_RUNTIME_ERROR);
	CHECK_STR(outcome.exception.class, "SIGSEGV");
	evidence.errors = (struct captured){ "panic: boo", 10 };
	outcome = outcome_of(arena, &evidence);
	CHECK_STR(outcome.exception.class, "panic");
	CHECK_INT(outcome.exception.line, 7);
}

static void programs_are_judged_by_what_they_print(void)
{
	struct evidence evidence = good();
	struct judge_outcome outcome;

	job.kind = JUDGE_STDIN;
	test.expected = cJSON_CreateString("5");
	evidence.answer = (struct captured){ "", 0 };
	evidence.output = (struct captured){ "5\n", 2 };
	outcome = outcome_of(arena, &evidence);
	CHECK_INT(outcome.verdict, JUDGE_ACCEPTED);
	CHECK_STR(outcome.got->valuestring, "5\n");
	evidence.output = (struct captured){ "6\n", 2 };
	CHECK_INT(verdict(&evidence), JUDGE_WRONG_ANSWER);
	evidence.answer = frame("{\"ok\": 5}"); /* means nothing here */
	CHECK_INT(verdict(&evidence), JUDGE_WRONG_ANSWER);
	evidence.output = (struct captured){ "5\n", 2 };
	evidence.answer = frame("{\"exc\": \"E\"}");
	CHECK_INT(verdict(&evidence), JUDGE_RUNTIME_ERROR);
	evidence.answer = (struct captured){ "", 0 };
	evidence.reply.status = 4 << 8;
	outcome = outcome_of(arena, &evidence);
	CHECK_INT(outcome.verdict, JUDGE_RUNTIME_ERROR);
	CHECK_STR(outcome.exception.class, "ExitStatus");
	CHECK(strstr(outcome.exception.message, "4") != NULL);
}

static void unreadable_code_is_a_compile_error(void)
{
	struct evidence evidence = good();
	struct judge_outcome outcome;

	evidence.answer = frame("{\"exc\": \"SyntaxError\", \"line\": 9, \"compile\": true}");
	outcome = outcome_of(arena, &evidence);
	CHECK_INT(outcome.verdict, JUDGE_COMPILE_ERROR);
	CHECK_INT(outcome.exception.line, 9);
}

static void limits_are_seen(void)
{
	struct evidence evidence = good();

	evidence.reply.cpu_us = 2000001;
	CHECK_INT(verdict(&evidence), JUDGE_TIME_LIMIT);
	evidence.reply.cpu_us = 2000000;
	CHECK_INT(verdict(&evidence), JUDGE_ACCEPTED);
	evidence.reply.reason = BOX_BY_WALL;
	CHECK_INT(verdict(&evidence), JUDGE_TIME_LIMIT);
	evidence = good();
	evidence.reply.status = SIGXCPU;
	evidence.answer = (struct captured){ "", 0 };
	CHECK_INT(verdict(&evidence), JUDGE_TIME_LIMIT);
	evidence = good();
	evidence.reply.memory_kb = 256 * 1024 + 1;
	CHECK_INT(verdict(&evidence), JUDGE_MEMORY_LIMIT);
	evidence = good();
	evidence.answer = frame("{\"exc\": \"MemoryError\"}");
	CHECK_INT(verdict(&evidence), JUDGE_MEMORY_LIMIT);
	evidence = good();
	evidence.is_flood = true;
	CHECK_INT(verdict(&evidence), JUDGE_OUTPUT_LIMIT);
}

static void worse_verdicts_win(void)
{
	struct evidence evidence = good();

	evidence.answer = (struct captured){ "", 0 };
	evidence.reply.status = SIGKILL;
	evidence.reply.reason = BOX_BY_CPU;
	CHECK_INT(verdict(&evidence), JUDGE_TIME_LIMIT); /* not: killed by a signal */
	evidence.reply.memory_kb = 300 * 1024;
	CHECK_INT(verdict(&evidence), JUDGE_MEMORY_LIMIT);
	evidence.is_flood = true;
	CHECK_INT(verdict(&evidence), JUDGE_OUTPUT_LIMIT);
	evidence.answer = frame("{\"exc\": \"SyntaxError\", \"compile\": true}");
	CHECK_INT(verdict(&evidence), JUDGE_COMPILE_ERROR);
	CHECK(outcome_of(arena, &evidence).got == NULL);
}

static void the_runtimes_time_is_not_the_candidates(void)
{
	struct evidence evidence = good();

	evidence.start_ms = 40;
	evidence.limits.cpu_ms = 2040;
	evidence.reply.cpu_us = 2039000;
	CHECK_INT(verdict(&evidence), JUDGE_ACCEPTED);
	CHECK_INT(outcome_of(arena, &evidence).cpu_ms, 1999);
	evidence.reply.cpu_us = 30000;
	CHECK_INT(outcome_of(arena, &evidence).cpu_ms, 0);
}

int main(void)
{
	RUN(one_frame_is_an_answer);
	RUN(answers_are_strict);
	RUN(long_messages_are_cut);
	RUN(output_becomes_text);
	RUN(code_is_looked_at);
	RUN(functions_are_judged_by_their_value);
	RUN(functions_must_answer);
	RUN(programs_are_judged_by_what_they_print);
	RUN(unreadable_code_is_a_compile_error);
	RUN(limits_are_seen);
	RUN(worse_verdicts_win);
	RUN(the_runtimes_time_is_not_the_candidates);
	return check_done();
}
