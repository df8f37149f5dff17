#include "interview/flow_internal.h"

#include <string.h>

#include "examiner/intent.h"
#include "interview/coding.h"
#include "judge/language.h"

/* Points of 10 from which the next question gets harder, and below which easier. */
#define HARDER_FROM  8.0
#define EASIER_BELOW 4.0

static const char *move_of(const struct submission_list *attempts, const struct coding_score *score)
{
	for (size_t i = 0; i < attempts->count; i++) {
		if (strcmp(attempts->items[i].state, "done") != 0)
			continue;
		if (score->score >= HARDER_FROM)
			return "increase";
		return score->score < EASIER_BELOW ? "decrease" : "same";
	}
	return "same"; /* nothing was judged, so nothing is known */
}

enum err flow_close_coding(struct flow_reaction *reaction, const char *state)
{
	struct flow *flow = reaction->flow;
	struct question *question = flow->active;
	struct submission_list attempts;
	struct coding_score score;
	const char *move = strcmp(state, "dont_know") == 0 ? "decrease" : "same";
	enum err err = submission_list(flow->store, flow->arena, question->id, true, &attempts);

	if (err != OK)
		return err;
	if (attempts.count > 0) {
		score = coding_score_of(flow->arena, question, &attempts);
		move = move_of(&attempts, &score);
		state = "answered";
	}
	flow->interview.difficulty = flow_moved_difficulty(flow->interview.difficulty, move);
	flow_close_active(reaction, state);
	return OK;
}

void flow_observe_coding(struct flow_reaction *reaction)
{
	struct observation seen = {
		.class = MESSAGE_OFF_TOPIC,
		.step = STEP_REPEAT_QUESTION,
		.reason = "A coding task is solved in the editor.",
	};
	struct utterance utterance;

	utterance_read(reaction->flow->arena, reaction->message->body, &utterance);
	if (intent_has_solved(&utterance)) {
		seen.reason = "The candidate says that the task is solved.";
	} else if (intent_stops(&utterance)) {
		seen.class = MESSAGE_STOP_COMMAND;
		seen.reason = "The candidate wants to finish.";
	} else if (intent_does_not_know(&utterance)) {
		seen.class = MESSAGE_DONT_KNOW;
		seen.reason = "The candidate gives the task up.";
	} else if (intent_asks_to_explain(&utterance) || intent_asks(&utterance)) {
		seen.class = MESSAGE_QUESTION;
		seen.reason = "The candidate asks about the task.";
	}
	reaction->seen = seen;
	reaction->observed = true;
}

/* The reference in the candidate's language, else in the first that has one. */
static const struct task_code *solution_of(const struct coding_task *task, const char *language)
{
	const struct task_code *chosen = task_code_of(task, language);

	if (chosen != NULL && chosen->reference != NULL)
		return chosen;
	for (size_t i = 0; i < task->code_count; i++)
		if (task->codes[i].reference != NULL)
			return &task->codes[i];
	return NULL;
}

enum err flow_give_solution(struct flow_reaction *reaction)
{
	struct flow *flow = reaction->flow;
	const struct task_code *code = solution_of(&flow->active_task,
	                                           flow->interview.code_language);

	if (code == NULL) /* the bank demands one; a talk must not be stuck if it is missing */
		return flow_stay(reaction, CUE_CODING_EDITOR, flow->active_task.title);
	if (reaction->limit == NULL) {
		flow->active->model_answer = true;
		flow_touch(reaction, flow->active);
	}
	reaction->code_language = language_by_name(code->language)->title;
	return flow_stay(reaction, CUE_CODING_ANSWER, code->reference);
}
