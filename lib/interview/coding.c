#include "interview/coding_internal.h"

#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "interview/flow_internal.h"

static bool is(const char *one, const char *other)
{
	return strcmp(one, other) == 0;
}

struct coding_score coding_score_of(struct arena *arena, const struct question *question,
                                    const struct submission_list *attempts)
{
	struct coding_attempt *done = arena_array(arena, attempts->count, sizeof(*done));
	struct coding_score score;
	size_t count = 0;

	for (size_t i = 0; i < attempts->count; i++) {
		const struct submission *attempt = &attempts->items[i];

		if (is(attempt->kind, "submit") && is(attempt->state, "done"))
			done[count++] = (struct coding_attempt){
				.public_passed = attempt->public_passed,
				.public_total = attempt->public_total,
				.hidden_passed = attempt->hidden_passed,
				.hidden_total = attempt->hidden_total,
			};
	}
	score = coding_score(done, count, question->hints_used);
	if (question->model_answer && score.score > FLOW_MODEL_ANSWER_CAP)
		score.score = FLOW_MODEL_ANSWER_CAP;
	return score;
}

/* The question and its interview as they are now. */
static enum err read_place(struct coding *coding, const char *owner_id)
{
	struct question *question = &coding->question;
	struct interview *interview = &coding->interview;
	enum err err = question_by_id(coding->store, coding->arena, question->id, question);

	if (err == OK && (!flow_is_coding(question) || question->asked_at == 0))
		err = ERR_NOT_FOUND;
	if (err == OK)
		err = interview_of_owner(coding->store, coding->arena, question->interview_id,
		                         owner_id, interview);
	if (err != OK)
		return err;
	coding->is_open = is(interview->status, "in_progress") && is(question->state, "active") &&
	                  clock_now_ms() - FLOW_GRACE_MS <= flow_deadline(interview);
	return OK;
}

static enum err read_all(struct coding *coding, const char *owner_id)
{
	const char *fault;
	enum err err = read_place(coding, owner_id);

	if (err == OK)
		err = submission_list(coding->store, coding->arena, coding->question.id, false,
		                      &coding->submissions);
	if (err == OK)
		err = hint_list(coding->store, coding->arena, coding->question.id, &coding->hints);
	if (err != OK)
		return err;
	err = task_parse(coding->arena, coding->question.snapshot, coding->interview.language,
	                 &coding->task, &fault);
	if (err != OK) {
		log_error("task %s cannot be read: %s", coding->question.bank_id, fault);
		return ERR_INTERNAL;
	}
	coding->score = coding_score_of(coding->arena, &coding->question, &coding->submissions);
	return OK;
}

enum err coding_open(struct store *store, struct arena *arena, const struct user *user,
                     const char *question_id, struct coding *ret_coding)
{
	struct coding coding = { .store = store,
		                 .arena = arena,
		                 .question = { .id = question_id } };
	enum err err = store_begin_read(store);

	if (err != OK)
		return err;
	err = read_all(&coding, user->id);
	store_rollback(store);
	if (err == OK)
		*ret_coding = coding;
	return err;
}

/* A button that leaves the task was pressed, and its reaction is under way. */
static enum err check_not_leaving(const struct coding *coding)
{
	static const char *const leaving[] = { "code_done", "skip", "dont_know", "finish" };
	const struct turn *last;
	struct turn_list turns;
	enum err err = turn_list(coding->store, coding->arena, coding->interview.id, &turns);

	if (err != OK || turns.count == 0)
		return err;
	last = &turns.items[turns.count - 1];
	for (size_t i = 0; i < sizeof(leaving) / sizeof(*leaving); i++)
		if (is(last->author, "candidate") && is(last->kind, leaving[i]))
			return ERR_CONFLICT;
	return OK;
}

enum err coding_check_open(struct coding *coding)
{
	enum err err = read_place(coding, coding->interview.owner_id);

	if (err != OK)
		return err;
	return coding->is_open ? check_not_leaving(coding) : ERR_CONFLICT;
}

enum err coding_is_pending(struct store *store, struct arena *arena, const char *interview_id,
                           bool *ret_pending)
{
	(void)arena;
	return submission_pending(store, interview_id, NULL, ret_pending);
}
