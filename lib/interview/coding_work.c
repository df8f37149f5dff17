#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/meter.h"
#include "interview/coding_internal.h"

/* One submission on its way through the judge. */
struct work {
	struct store *store;
	struct arena *arena;
	const struct judge *judge;
	struct submission submission;
	struct question question;
	struct interview interview;
	struct coding_task task;
	int slot;
	const char *hash; /* of an attempt, to compare it; "" */
};

static enum err read_work(struct work *work)
{
	const char *fault;
	enum err err = question_by_id(work->store, work->arena, work->submission.question_id,
	                              &work->question);

	if (err == OK)
		err = interview_by_id(work->store, work->arena, work->question.interview_id,
		                      &work->interview);
	if (err != OK)
		return err;
	err = task_parse(work->arena, work->question.snapshot, work->interview.language,
	                 &work->task, &fault);
	if (err != OK)
		log_error("task %s cannot be read: %s", work->question.bank_id, fault);
	return err;
}

/* The job with the candidate's own input as a further case; `ret_custom` has it then. */
static void make_job(const struct work *work, struct judge_job *job, struct judge_case *custom,
                     bool *ret_has_custom)
{
	const struct submission *submission = &work->submission;
	const bool is_submit = strcmp(submission->kind, "submit") == 0;
	struct judge_case *cases;
	const char *fault;

	task_job(work->arena, &work->task,
	         &(struct task_attempt){ .language = submission->code_language,
	                                 .code = submission->code,
	                                 .code_len = strlen(submission->code),
	                                 .with_hidden = is_submit },
	         job);
	job->time_limits = CODING_TIME_LIMITS;
	job->growth = is_submit ? task_growth(work->arena, &work->task) : NULL;
	*ret_has_custom = !is_submit && submission->custom_input[0] != '\0' &&
	                  coding_read_input(&work->task, submission->custom_input, custom,
	                                    &fault) == OK;
	if (!*ret_has_custom)
		return;
	cases = arena_array(work->arena, job->count + 1, sizeof(*cases));
	memcpy(cases, job->cases, job->count * sizeof(*cases));
	cases[job->count++] = *custom;
	job->cases = cases;
}

static void count_outcomes(const struct judge_result *result, int64_t began_us)
{
	meter_time(METER_JUDGING, clock_monotonic_us() - began_us);
	for (size_t i = 0; i < result->count; i++)
		meter_add(METER_VERDICTS + (enum meter_counter)result->outcomes[i].verdict, 1);
}

static void run(struct work *work)
{
	const int64_t began_us = clock_monotonic_us();
	struct judge_result result = { 0 };
	struct judge_case custom;
	struct judge_job job;
	bool has_custom;
	enum err err;

	make_job(work, &job, &custom, &has_custom);
	err = judge_run(work->judge, work->arena, work->slot, &job, &result);
	if (err != OK) {
		log_error("submission %s: %s %s", work->submission.id, err_name(err),
		          result.compile_message != NULL ? result.compile_message : "");
		meter_add(METER_JUDGE_ERRORS, 1);
		work->submission.state = err == ERR_UPSTREAM ? "not_judged" : "failed";
		return;
	}
	count_outcomes(&result, began_us);
	coding_conclude(
	        &(struct coding_verdict){
	                .arena = work->arena,
	                .submission = &work->submission,
	                .interview = &work->interview,
	                .task = &work->task,
	                .custom = has_custom ? &custom : NULL,
	                .result = &result,
	        },
	        &work->submission);
}

static enum err store_inside(struct work *work)
{
	const struct submission *submission = &work->submission;
	enum err err = submission_finish(work->store, submission);

	if (err != OK)
		return err;
	return coding_compare(work->store, work->arena, submission, &work->question, work->hash);
}

static enum err store_work(struct work *work)
{
	enum err err = store_begin(work->store);

	if (err != OK)
		return err;
	err = store_inside(work);
	if (err == OK)
		err = store_commit(work->store);
	if (err != OK)
		store_rollback(work->store);
	/* It was given up as dead meanwhile, or went with its owner: nothing is to be kept. */
	return err == ERR_CONFLICT ? OK : err;
}

static enum err work_in_slot(struct work *work, const char *worker)
{
	enum err err = submission_claim(work->store, work->arena, work->slot, worker,
	                                &work->submission);

	if (err != OK)
		return err;
	meter_time(METER_QUEUE, (clock_now_ms() - work->submission.created_at) * 1000);
	err = read_work(work);
	if (err == OK)
		run(work);
	else
		work->submission.state = "failed";
	work->hash = err == OK && strcmp(work->submission.kind, "submit") == 0
	                     ? coding_own_hash(work->arena, &work->submission, &work->task)
	                     : "";
	return store_work(work);
}

enum err coding_work(struct store *store, struct arena *arena, const struct judge *judge,
                     const char *worker, bool *ret_worked)
{
	struct work work = { .store = store, .arena = arena, .judge = judge };
	enum err err;

	*ret_worked = false;
	if (judge_tier(judge) == NULL)
		return OK;
	err = judge_enter(judge, arena, &work.slot);
	if (err != OK)
		return err == ERR_BUSY ? OK : err;
	err = work_in_slot(&work, worker);
	judge_leave(judge, work.slot);
	if (err == ERR_NOT_FOUND)
		return OK;
	*ret_worked = err == OK;
	return err;
}

/*
 * A slot has one process at a time, so of several in it only the latest can be alive: each begins
 * after all that run, whatever the clock says (submission_claim).
 */
static bool is_dead(const struct judge *judge, const struct submission_list *running, size_t index)
{
	const int slot = running->items[index].slot;

	for (size_t i = index + 1; i < running->count; i++)
		if (running->items[i].slot == slot)
			return true;
	return !judge_slot_taken(judge, slot);
}

static enum err give_up(struct store *store, struct submission *submission, const char *state)
{
	enum err err;

	submission->state = state;
	err = submission_finish(store, submission);
	return err == ERR_CONFLICT ? OK : err;
}

/* Without a judge nobody will ever come for what is queued. */
static enum err empty_queue(struct store *store, struct arena *arena)
{
	struct submission submission;
	enum err err = OK;

	while (err == OK) {
		err = submission_claim(store, arena, -1, "none", &submission);
		if (err == OK)
			err = give_up(store, &submission, "not_judged");
	}
	return err == ERR_NOT_FOUND ? OK : err;
}

enum err coding_recover(struct store *store, struct arena *arena, const struct judge *judge)
{
	struct submission_list running;
	enum err err = submission_running(store, arena, &running);

	for (size_t i = 0; err == OK && i < running.count; i++) {
		if (!is_dead(judge, &running, i))
			continue;
		log_warning("submission %s: its worker is gone", running.items[i].id);
		err = give_up(store, &running.items[i], "failed");
	}
	if (err == OK && judge_tier(judge) == NULL)
		err = empty_queue(store, arena);
	return err;
}
