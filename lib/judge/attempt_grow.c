/* How time grows: the accepted code once more, on inputs of growing sizes. */
#include "base/clock.h"
#include "base/json.h"
#include "judge/attempt.h"

enum {
	PASSES = 3,   /* the least time of each size counts: all else on the machine adds to it */
	LEAST_MS = 20 /* of the budget, to begin another run */
};

/* A measurement on its way. */
struct growing {
	struct attempt *attempt;
	const struct judge_growth *growth;
	struct plan plan;           /* the attempt's, of these cases */
	struct judge_job job;       /* the same */
	struct judge_limits limits; /* of a run, while the budget lasts */
	struct judge_case cases[JUDGE_MOST_SIZES];
	const char *inputs[JUDGE_MOST_SIZES];
	size_t input_lens[JUDGE_MOST_SIZES];
	size_t made;      /* of the cases */
	int64_t deadline; /* microseconds, monotonic */
};

static int left_ms(const struct growing *growing)
{
	const int64_t left = (growing->deadline - clock_monotonic_us()) / 1000;

	return left > 0 ? (int)left : 0;
}

/* Large inputs are made when their turn comes, if it does. */
static bool make_input(struct growing *growing, size_t number)
{
	if (number < growing->made)
		return true;
	if (!growing->growth->make(growing->growth->context, number, &growing->cases[number]) ||
	    growing->plan.language->encode(growing->plan.arena, &growing->job,
	                                   &growing->cases[number], &growing->inputs[number],
	                                   &growing->input_lens[number]) != OK)
		return false;
	growing->made++;
	return true;
}

static int least(int one, int other)
{
	return one < other ? one : other;
}

/* Runs one size: JUDGE_ERROR when it could not be run. */
static enum judge_verdict run_size(struct growing *growing, size_t number, int64_t *ret_us)
{
	struct evidence evidence = {
		.language = growing->plan.language,
		.job = &growing->job,
		.test = &growing->cases[number],
	};
	enum judge_verdict verdict;
	int left;

	if (!make_input(growing, number))
		return JUDGE_ERROR;
	left = left_ms(growing);
	if (left < LEAST_MS)
		return JUDGE_TIME_LIMIT;
	growing->job.limits.cpu_ms = least(growing->limits.cpu_ms, left);
	growing->job.limits.wall_ms = least(growing->limits.wall_ms, left);
	if (!attempt_case(growing->attempt, number, &evidence))
		return JUDGE_ERROR;
	verdict = outcome_of(growing->plan.arena, &evidence).verdict;
	*ret_us = evidence.reply.cpu_us - (int64_t)evidence.start_ms * 1000;
	if (*ret_us < 1)
		*ret_us = 1;
	return verdict;
}

/* All sizes once, or those that came to their end before. False: that was the last pass. */
static bool run_pass(struct growing *growing, bool is_first)
{
	struct judge_result *result = growing->attempt->result;
	const size_t count = is_first ? growing->growth->count : result->size_count;
	const int before = left_ms(growing);

	for (size_t i = 0; i < count; i++) {
		int64_t us = 0;
		const enum judge_verdict verdict = run_size(growing, i, &us);

		if (is_first)
			result->stopped = verdict;
		if (verdict == JUDGE_ERROR)
			return false;
		if (verdict != JUDGE_ACCEPTED)
			break;
		if (is_first)
			result->size_count = i + 1;
		if (is_first || us < result->sizes_us[i])
			result->sizes_us[i] = us;
	}
	return before - left_ms(growing) < left_ms(growing);
}

void attempt_grow(struct attempt *attempt)
{
	const struct plan *plan = attempt->plan;
	struct arena *scratch = arena_create();
	struct growing *growing = arena_alloc(scratch, sizeof(*growing));

	*growing = (struct growing){
		.attempt = attempt,
		.growth = plan->job->growth,
		.plan = *plan,
		.job = *plan->job,
		.limits = plan->job->limits,
		.deadline = clock_monotonic_us() + (int64_t)plan->job->growth->budget_ms * 1000,
	};
	attempt->result->is_measured = true;
	/* The inputs are large, and of no use afterwards. */
	json_bind(scratch);
	growing->job.cases = growing->cases;
	growing->job.count = growing->growth->count;
	growing->plan.job = &growing->job;
	growing->plan.arena = scratch;
	growing->plan.inputs = growing->inputs;
	growing->plan.input_lens = growing->input_lens;
	attempt->plan = &growing->plan;
	for (int pass = 0; pass < PASSES && run_pass(growing, pass == 0); pass++)
		continue;
	/* A server that was started meanwhile lives in the scratch arena. */
	serve_end(attempt);
	attempt->plan = plan;
	json_bind(plan->arena);
	arena_destroy(scratch);
}
