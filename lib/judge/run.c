#include <string.h>

#include "base/log.h"
#include "judge/attempt.h"
#include "judge/output.h"

enum { TRIES = 2 };

static bool is_in(int value, int min, int max)
{
	return value >= min && value <= max;
}

/* What makes the job itself impossible, or NULL. */
static const char *job_fault(const struct judge_job *job, const struct judge_language *language)
{
	const struct judge_limits *limits = &job->limits;

	if (language == NULL)
		return "no such language";
	if ((language->kinds & 1U << job->kind) == 0)
		return "the language cannot be used for this kind of task";
	if (job->kind == JUDGE_FUNCTION && (job->function == NULL || job->function[0] == '\0'))
		return "no function name";
	if (!is_in(limits->cpu_ms, 1, 60000) || !is_in(limits->wall_ms, 1, 120000) ||
	    !is_in(limits->memory_mb, 1, 4096) || !is_in(limits->output_kb, 1, 16384))
		return "limits out of range";
	return NULL;
}

static enum err encode_cases(struct plan *plan, const char **ret_fault)
{
	const struct judge_job *job = plan->job;
	enum err err = OK;

	plan->inputs = arena_array(plan->arena, job->count, sizeof(*plan->inputs));
	plan->input_lens = arena_array(plan->arena, job->count, sizeof(*plan->input_lens));
	for (size_t i = 0; i < job->count && err == OK; i++) {
		err = plan->language->encode(plan->arena, job, &job->cases[i], &plan->inputs[i],
		                             &plan->input_lens[i]);
		if (err != OK)
			*ret_fault = arena_printf(
			        plan->arena, "test %zu cannot be passed to the program", i + 1);
	}
	return err;
}

static void fill_outcomes(struct judge_result *result, enum judge_verdict verdict)
{
	for (size_t i = 0; i < result->count; i++)
		result->outcomes[i] = (struct judge_outcome){
			.verdict = verdict,
			.stdout_text = "",
			.stderr_text = "",
		};
}

static void run_plan(const struct plan *plan, struct judge_result *result)
{
	for (int tries = 0; tries < TRIES; tries++) {
		fill_outcomes(result, JUDGE_ERROR);
		if (attempt_run(plan, result))
			break;
		log_error("judge: try %d of %d in slot %d broke off", tries + 1, TRIES, plan->slot);
	}
	if (!result->compiled)
		fill_outcomes(result, JUDGE_COMPILE_ERROR);
	for (size_t i = 0; i < result->count; i++)
		result->passed += result->outcomes[i].verdict == JUDGE_ACCEPTED;
}

/* Code that is not even tried. */
static void refuse_code(struct judge_result *result, const char *fault)
{
	result->compiled = false;
	result->compile_message = fault;
	fill_outcomes(result, JUDGE_COMPILE_ERROR);
}

enum err judge_run(const struct judge *judge, struct arena *arena, int slot,
                   const struct judge_job *job, struct judge_result *ret_result)
{
	struct plan plan = {
		.judge = judge,
		.arena = arena,
		.slot = slot,
		.job = job,
		.language = language_by_name(job->language),
	};
	const char *fault = job_fault(job, plan.language);
	enum err err = ERR_INVALID;

	*ret_result = (struct judge_result){
		.tier = judge->tier,
		.compile_message = fault == NULL ? "" : fault,
		.outcomes = arena_array(arena, job->count, sizeof(*ret_result->outcomes)),
		.count = job->count,
	};
	fill_outcomes(ret_result, JUDGE_ERROR);
	if (fault != NULL)
		return ERR_INVALID;
	if (!judge_has_language(judge, job->language))
		return ERR_UPSTREAM;
	fault = output_code_fault(arena, job->code, job->code_len, &ret_result->compile_line);
	if (fault != NULL) {
		refuse_code(ret_result, fault);
		return OK;
	}
	err = plan.language->prepare(arena, job, &plan.program, &fault);
	if (err == OK)
		err = encode_cases(&plan, &fault);
	if (err == OK)
		run_plan(&plan, ret_result);
	else
		ret_result->compile_message = fault == NULL ? "the job makes no sense" : fault;
	return err;
}
