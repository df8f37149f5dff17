#include "judge/outcome.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "base/json.h"
#include "judge/compare.h"
#include "judge/frame.h"
#include "judge/output.h"

static const struct {
	int number;
	const char *name, *meaning;
} signals[] = {
	{ SIGSEGV, "SIGSEGV", "Segmentation fault" },
	{ SIGABRT, "SIGABRT", "Aborted" },
	{ SIGFPE, "SIGFPE", "Arithmetic exception" },
	{ SIGBUS, "SIGBUS", "Bus error" },
	{ SIGILL, "SIGILL", "Illegal instruction" },
	{ SIGSYS, "SIGSYS", "Forbidden system call" },
	{ SIGTRAP, "SIGTRAP", "Trap" },
	{ SIGPIPE, "SIGPIPE", "Broken pipe" },
	{ SIGXFSZ, "SIGXFSZ", "File too large" },
	{ SIGKILL, "SIGKILL", "Killed" },
	{ SIGTERM, "SIGTERM", "Terminated" },
};

static struct judge_exception signal_exception(struct arena *arena, int number)
{
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		if (signals[i].number == number)
			return (struct judge_exception){ signals[i].name, signals[i].meaning, 0 };
	return (struct judge_exception){ arena_printf(arena, "signal %d", number),
		                         "Killed by a signal", 0 };
}

static bool is_over_cpu(const struct evidence *evidence)
{
	const struct box_reply *reply = &evidence->reply;

	return reply->reason == BOX_BY_CPU ||
	       reply->cpu_us > (int64_t)evidence->limits.cpu_ms * 1000 ||
	       (WIFSIGNALED(reply->status) && WTERMSIG(reply->status) == SIGXCPU);
}

static bool is_over_memory(const struct evidence *evidence)
{
	return evidence->reply.reason == BOX_BY_MEMORY ||
	       evidence->reply.memory_kb > (int64_t)evidence->limits.memory_mb * 1024;
}

/* True if the program's end was not the one of a program that did its work. */
static bool has_failed(const struct evidence *evidence, const struct answer *answer)
{
	const struct box_reply *reply = &evidence->reply;

	if (answer->kind == ANSWER_EXCEPTION)
		return true;
	if (!reply->alive && WIFSIGNALED(reply->status))
		return true;
	if (evidence->job->kind == JUDGE_STDIN)
		return reply->status != 0;
	return answer->kind != ANSWER_VALUE; /* whose program may end as it likes */
}

/* What a program says or shows about its failure. */
static struct judge_exception explain(struct arena *arena, const struct evidence *evidence,
                                      const struct answer *answer, const char *errors)
{
	const struct box_reply *reply = &evidence->reply;
	struct judge_exception exception = { NULL, NULL, 0 };

	if (answer->kind == ANSWER_EXCEPTION)
		return answer->exception;
	if (evidence->language->crash != NULL && !reply->alive &&
	    evidence->language->crash(arena, errors, reply->status, &exception))
		return exception;
	if (!reply->alive && WIFSIGNALED(reply->status))
		return signal_exception(arena, WTERMSIG(reply->status));
	if (evidence->job->kind == JUDGE_STDIN)
		return (struct judge_exception){
			"ExitStatus",
			arena_printf(arena, "the program ended with status %d",
			             WEXITSTATUS(reply->status)),
			0,
		};
	exception.class = "NoAnswer";
	exception.message = answer->kind == ANSWER_BAD
	                            ? arena_printf(arena, "no valid answer: %s", answer->fault)
	                            : "the program ended without an answer";
	return exception;
}

static bool says_out_of_memory(const struct evidence *evidence,
                               const struct judge_exception *exception, const char *errors)
{
	return evidence->language->is_memory != NULL && exception->class != NULL &&
	       evidence->language->is_memory(exception, errors);
}

static bool is_accepted(struct arena *arena, const struct evidence *evidence, const cJSON *got)
{
	const struct judge_job *job = evidence->job;
	const struct compare_rule rule = { job->compare, job->tolerance };
	const cJSON *expected = evidence->test->expected;

	if (expected == NULL)
		return true;
	if (job->kind != JUDGE_STDIN)
		return compare_values(arena, &rule, expected, got);
	return cJSON_IsString(expected) &&
	       compare_texts(arena, &rule, expected->valuestring, got->valuestring);
}

/* Fills `outcome->exception` when that tells more than the verdict. */
static enum judge_verdict verdict_of(struct arena *arena, const struct evidence *evidence,
                                     const struct answer *answer, struct judge_outcome *outcome)
{
	bool failed = has_failed(evidence, answer);
	struct judge_exception exception = { NULL, NULL, 0 };

	if (evidence->is_flood || evidence->reply.reason == BOX_BY_JUDGE)
		return JUDGE_OUTPUT_LIMIT;
	if (failed)
		exception = explain(arena, evidence, answer, outcome->stderr_text);
	if (is_over_memory(evidence))
		return JUDGE_MEMORY_LIMIT;
	if (says_out_of_memory(evidence, &exception, outcome->stderr_text)) {
		outcome->exception = exception;
		return JUDGE_MEMORY_LIMIT;
	}
	if (is_over_cpu(evidence) || evidence->reply.reason == BOX_BY_WALL)
		return JUDGE_TIME_LIMIT;
	if (failed) {
		outcome->exception = exception;
		return JUDGE_RUNTIME_ERROR;
	}
	return is_accepted(arena, evidence, outcome->got) ? JUDGE_ACCEPTED : JUDGE_WRONG_ANSWER;
}

struct judge_outcome outcome_of(struct arena *arena, const struct evidence *evidence)
{
	const struct box_reply *reply = &evidence->reply;
	size_t most = (size_t)evidence->job->limits.output_kb * 1024;
	struct answer answer = answer_read(arena, evidence->answer.bytes, evidence->answer.len);
	int64_t cpu_ms = reply->cpu_us / 1000 - evidence->start_ms;
	struct judge_outcome outcome = {
		.stdout_text = output_clean(arena, evidence->output.bytes, evidence->output.len,
		                            most),
		.stderr_text = output_clean(arena, evidence->errors.bytes, evidence->errors.len,
		                            most),
		.cpu_ms = (int)(cpu_ms > 0 ? cpu_ms : 0),
		.wall_ms = (int)(reply->wall_us / 1000),
		.memory_kb = reply->memory_kb,
	};

	if (answer.kind == ANSWER_UNREADABLE) {
		outcome.verdict = JUDGE_COMPILE_ERROR;
		outcome.exception = answer.exception;
		return outcome;
	}
	if (evidence->job->kind == JUDGE_STDIN)
		outcome.got = cJSON_CreateString(outcome.stdout_text);
	else if (answer.kind == ANSWER_VALUE)
		outcome.got = answer.value;
	outcome.verdict = verdict_of(arena, evidence, &answer, &outcome);
	return outcome;
}
