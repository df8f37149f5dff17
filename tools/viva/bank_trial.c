#include "bank_trial.h"

/*
 * The rules of bank/README.md for coding tasks that need the sandbox: references agree,
 * starters fail, and the hidden tests fail nearly all wrong variants of the references.
 */
#include <stdio.h>
#include <string.h>

#include "bank_judge.h"
#include "base/json.h"
#include "judge/task.h"
#include "judge/variants.h"
#include "mutants.h"
#include "viva.h"

enum { MOST_MUTANTS = 40, LEAST_PERCENT = 90, TIME_MARGIN = 3 };

struct trial {
	struct rules_check *check;
	const struct bank_trial_order *order;
	const struct judge *judge;
	struct arena *arena; /* of one task */
	int slot;
	struct coding_task task;  /* with expected answers; one of its variants */
	size_t variant, variants; /* which, from 1, of how many; 1 of 1: it has none */
	size_t mutants, killed;   /* of this task */
	size_t all_mutants, all_killed;
	size_t skipped; /* solutions in languages that this machine lacks */
	bool is_broken; /* the judge failed at this task */
};

/* Runs a job; false when the judge could not, which is a fault the first time. */
static bool run(struct trial *trial, const struct judge_job *job, struct judge_result *ret_result)
{
	struct judge_result result = { .compile_message = "" };
	enum err err;

	if (trial->is_broken)
		return false;
	err = judge_run(trial->judge, trial->arena, trial->slot, job, &result);
	for (size_t i = 0; err == OK && i < result.count; i++)
		trial->is_broken = trial->is_broken || result.outcomes[i].verdict == JUDGE_ERROR;
	trial->is_broken = trial->is_broken || err != OK;
	if (trial->is_broken)
		rules_fault(trial->check, "%s: the judge failed: %s %s", job->language,
		            err_name(err), result.compile_message);
	*ret_result = result;
	return !trial->is_broken;
}

/* A job of all tests. */
static struct judge_job job_of(struct trial *trial, const char *language, const char *code)
{
	struct judge_job job;

	task_job(trial->arena, &trial->task,
	         &(struct task_attempt){ .language = language,
	                                 .code = code,
	                                 .code_len = strlen(code),
	                                 .with_hidden = true },
	         &job);
	return job;
}

/* A job of the hidden tests alone. */
static struct judge_job hidden_job(struct trial *trial, const char *language, const char *code)
{
	struct judge_job job = job_of(trial, language, code);

	job.cases += trial->task.public_tests.count;
	job.count = trial->task.hidden_tests.count;
	return job;
}

/* Slower machines and slower solutions than ours must pass as well. */
static void check_time(struct trial *trial, const struct task_code *code,
                       const struct judge_job *job, const struct judge_outcome *outcome)
{
	if (outcome->cpu_ms * TIME_MARGIN > job->limits.cpu_ms)
		rules_fault(trial->check, "%s: the reference takes %d of %d ms", code->language,
		            outcome->cpu_ms, job->limits.cpu_ms);
}

static void tell_growth(const struct trial *trial, const struct task_code *code,
                        const struct judge_result *result)
{
	const struct growth_fit fit = task_growth_fit(&trial->task, result);

	printf("%s: %s: time grows like", trial->check->id, code->language);
	if (fit.sight != GROWTH_SEEN)
		printf(" (cannot tell: %s)", growth_sight_name(fit.sight));
	for (enum growth_class class = fit.least; fit.sight == GROWTH_SEEN && class <= fit.most;
	     class ++)
		printf("%s %s", class > fit.least ? " or" : "", growth_class_name(class));
	for (size_t i = 0; i < result->size_count; i++)
		printf("%s%.0f: %.1f ms", i == 0 ? "; " : ", ", trial->task.growth.sizes[i],
		       (double)result->sizes_us[i] / 1000);
	putchar('\n');
}

/* The reference must not be seen to grow otherwise than the task asks, twice in succession. */
static void try_growth(struct trial *trial, const struct task_code *code)
{
	enum { TRIES = 2 };
	struct judge_job job = job_of(trial, code->language, code->reference);
	struct judge_result result;
	struct growth_fit fit;

	job.growth = task_growth(trial->arena, &trial->task);
	for (int i = 0; job.growth != NULL && i < TRIES; i++) {
		if (!run(trial, &job, &result) || result.passed < result.count)
			return;
		tell_growth(trial, code, &result);
		fit = task_growth_fit(&trial->task, &result);
		if (growth_allows(&fit, trial->task.growth.asked))
			return;
	}
	if (job.growth != NULL)
		rules_fault(trial->check, "%s: the time of the reference does not grow like %s",
		            code->language, growth_class_name(trial->task.growth.asked));
}

static void try_reference(struct trial *trial, const struct task_code *code)
{
	struct judge_job job = job_of(trial, code->language, code->reference);
	struct judge_result result;

	if (!run(trial, &job, &result))
		return;
	if (!result.compiled) {
		rules_fault(trial->check, "%s: the reference does not compile: %s", code->language,
		            result.compile_message);
		return;
	}
	for (size_t i = 0; i < result.count; i++) {
		const struct judge_outcome *outcome = &result.outcomes[i];

		if (outcome->verdict != JUDGE_ACCEPTED)
			rules_fault(trial->check, "%s: the reference fails test %zu: %s %s %s",
			            code->language, i + 1, judge_verdict_name(outcome->verdict),
			            outcome->exception.class == NULL ? ""
			                                             : outcome->exception.message,
			            outcome->got == NULL ? "" : json_text(outcome->got));
		check_time(trial, code, &job, outcome);
	}
}

/* What the candidate begins with must compile, and must not be the solution. */
static void try_starter(struct trial *trial, const struct task_code *code)
{
	struct judge_job job = hidden_job(trial, code->language, code->starter);
	struct judge_result result;

	if (!run(trial, &job, &result))
		return;
	if (!result.compiled)
		rules_fault(trial->check, "%s: the starter does not compile: %s", code->language,
		            result.compile_message);
	else if (result.passed == result.count)
		rules_fault(trial->check, "%s: the starter passes all hidden tests",
		            code->language);
}

/* Limits for wrong variants, which often run forever; references need a fraction of it. */
static struct judge_limits mutant_limits(const struct judge_limits *limits)
{
	struct judge_limits short_limits = *limits;

	if (short_limits.cpu_ms > 500)
		short_limits.cpu_ms = 500;
	if (short_limits.wall_ms > 3000)
		short_limits.wall_ms = 3000;
	return short_limits;
}

/* True for code that is not even a program of its language. */
static bool is_nonsense(const struct judge_job *job, const struct judge_result *result)
{
	const char *message = result->outcomes[0].exception.message;

	return !result->compiled ||
	       (job->kind == JUDGE_SQL && result->outcomes[0].verdict == JUDGE_RUNTIME_ERROR &&
	        message != NULL);
}

/*
 * Tries one wrong variant: with the first test alone, which stops most of those that
 * never end, then with the others.
 */
static void try_mutant(struct trial *trial, const char *language, const struct mutant *mutant)
{
	struct judge_job job = hidden_job(trial, language, mutant->code);
	struct judge_result result;
	size_t count = job.count;

	job.limits = mutant_limits(&job.limits);
	job.count = 1;
	if (!run(trial, &job, &result) || is_nonsense(&job, &result))
		return;
	if (result.passed == job.count) {
		job.cases++;
		job.count = count - 1;
		if (!run(trial, &job, &result))
			return;
	}
	trial->mutants++;
	if (result.passed < result.count)
		trial->killed++;
	else if (trial->order->is_verbose)
		printf("%s: %s: passes: %s\n", trial->check->id, language, mutant->change);
}

static void try_mutants(struct trial *trial, const struct task_code *code, size_t most)
{
	struct mutant_list list;

	mutants_make(trial->arena, code->language, code->reference, most, &list);
	for (size_t i = 0; i < list.count; i++)
		try_mutant(trial, code->language, &list.items[i]);
}

static void tell_mutants(struct trial *trial)
{
	printf("%s: %zu of %zu wrong variants fail\n", trial->check->id, trial->killed,
	       trial->mutants);
	if (trial->killed * 100 < trial->mutants * LEAST_PERCENT)
		rules_fault(trial->check, "the hidden tests fail fewer than %d %% of them",
		            LEAST_PERCENT);
	trial->all_mutants += trial->mutants;
	trial->all_killed += trial->killed;
}

/* Runs everything of a task, or of a variant of one, whose expected answers are known. */
static void try_solutions(struct trial *trial)
{
	const size_t most = trial->task.kind == JUDGE_SQL ? MOST_MUTANTS : MOST_MUTANTS / 2;

	for (size_t i = 0; i < trial->task.code_count; i++) {
		const struct task_code *code = &trial->task.codes[i];

		if (code->reference == NULL)
			continue;
		if (!judge_has_language(trial->judge, code->language)) {
			trial->skipped++;
			continue;
		}
		try_reference(trial, code);
		if (trial->variant == 1) {
			try_starter(trial, code);
			try_growth(trial, code);
		}
		/* Each variant has its part of them. */
		try_mutants(trial, code, (most + trial->variants - 1) / trial->variants);
	}
}

static void try_variant(struct trial *trial, const char *text)
{
	struct rules_check *check = trial->check;
	const char *asked = variants_asked(trial->arena, text, trial->variant), *fault = "";
	const enum err err = task_parse(trial->arena, asked, LANG_EN, &trial->task, &fault);

	if (trial->variants > 1)
		check->part = arena_printf(check->arena, "variant %zu", trial->variant);
	if (err == OK)
		try_solutions(trial);
	else
		rules_fault(check, "%s %s", err_name(err), fault);
	check->part = NULL;
}

static void try_task(struct trial *trial, const cJSON *item)
{
	const char *text = "";
	enum err err;

	trial->check->id = json_string(item, "id", "");
	trial->mutants = trial->killed = 0;
	trial->is_broken = false;
	err = task_complete(trial->judge, trial->arena, trial->slot, json_text(item), &text);
	if (err != OK) {
		rules_fault(trial->check, "%s %s", err_name(err), text);
		return;
	}
	trial->variants = variants_count(item) > 0 ? variants_count(item) : 1;
	for (trial->variant = 1; trial->variant <= trial->variants; trial->variant++)
		try_variant(trial, text);
	if (!trial->is_broken)
		tell_mutants(trial);
}

static void try_tasks(struct trial *trial)
{
	struct rules_check *check = trial->check;
	const cJSON *item;

	cJSON_ArrayForEach(item, check->tasks)
	{
		const int faults = check->faults;

		if (!trial->order->is_whole && proofs_has(trial->order->proofs, item))
			continue;
		trial->arena = arena_create();
		json_bind(trial->arena);
		try_task(trial, item);
		fflush(stdout);
		json_bind(check->arena);
		arena_destroy(trial->arena);
		if (check->faults == faults && trial->order->proofs != NULL)
			proofs_add(trial->order->proofs, item, trial->mutants, trial->killed);
	}
	if (trial->all_mutants > 0)
		printf("in all %zu of %zu wrong variants fail (%.1f %%)\n", trial->all_killed,
		       trial->all_mutants,
		       100.0 * (double)trial->all_killed / (double)trial->all_mutants);
	if (trial->skipped > 0)
		printf("%zu reference solutions not checked: their languages are not installed\n",
		       trial->skipped);
}

void bank_trials(struct rules_check *check, const struct bank_trial_order *order)
{
	struct trial trial = { .check = check, .order = order };

	if (cJSON_GetArraySize(check->tasks) == 0)
		return;
	trial.judge = open_judge(check->arena);
	if (judge_tier(trial.judge) == NULL) {
		printf("solutions not checked: no sandbox: %s\n", judge_refusal(trial.judge));
		return;
	}
	if (bank_judge_enter(trial.judge, check->arena, &trial.slot) != OK) {
		check->id = "tasks";
		rules_fault(check, "no slot of the judge became free");
		return;
	}
	try_tasks(&trial);
	judge_leave(trial.judge, trial.slot);
}
