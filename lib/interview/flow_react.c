#include "interview/flow_internal.h"

#include <string.h>

#include "base/json.h"
#include "examiner/intent.h"

static bool has_answer(const struct question *question)
{
	return question->answer[0] != '\0';
}

void flow_touch(struct flow_reaction *reaction, const struct question *question)
{
	reaction->dirty[question - reaction->flow->questions.items] = true;
}

void flow_close_active(struct flow_reaction *reaction, const char *state)
{
	struct question *question = reaction->flow->active;

	question->state = state;
	question->finished_at = reaction->now;
	flow_touch(reaction, question);
	reaction->flow->active = NULL;
}

/* Closes the active question: what was said on it is graded, what was sent is judged. */
static enum err close_active(struct flow_reaction *reaction, const char *state)
{
	const struct question *question = reaction->flow->active;

	if (flow_is_coding(question))
		return flow_close_coding(reaction, state);
	if (has_answer(question))
		return flow_grade_active(reaction);
	flow_close_active(reaction, state);
	return OK;
}

enum err flow_finish(struct flow_reaction *reaction)
{
	struct flow *flow = reaction->flow;
	enum err err = OK;

	if (flow->active != NULL)
		err = close_active(reaction, "unanswered");
	if (err != OK)
		return err;
	for (size_t i = 0; i < flow->questions.count; i++) {
		struct question *question = &flow->questions.items[i];

		if (strcmp(question->state, "planned") == 0) {
			question->state = "unanswered";
			flow_touch(reaction, question);
		}
	}
	flow->interview.status = "completed";
	flow->interview.stop_requested = false;
	flow->interview.finished_at = reaction->now;
	return flow_say(reaction, CUE_CLOSING, reaction->limit);
}

static size_t next_planned(const struct flow *flow)
{
	size_t i = 0;

	while (i < flow->questions.count && strcmp(flow->questions.items[i].state, "planned") != 0)
		i++;
	return i;
}

/* Rows of the role's whole set and bodies are of no use once one question is parsed. */
static enum err choose(struct flow_reaction *reaction, struct arena *scratch, size_t index,
                       struct flow_asked *ret_asked)
{
	struct flow *flow = reaction->flow;
	struct question *question = &flow->questions.items[index];
	struct bank_question_list pool = { 0 };
	struct met_list met = { 0 };
	struct question planned;
	const struct flow_activation activation = {
		.store = flow->store,
		.pool = &pool,
		.met = &met,
		.interview = &flow->interview,
		.questions = flow->questions.items,
		.count = flow->questions.count,
		.index = index,
		.now = reaction->now,
	};
	enum err err = question_by_id(flow->store, scratch, question->id, &planned);

	/* Who takes an interview again, or was invited, gets its questions and no others. */
	if (err == OK && flow->interview.repeats[0] == '\0' &&
	    flow->interview.invitation_id == NULL)
		err = edition_outline(flow->store, scratch, flow->interview.role_id,
		                      flow->interview.edition, &pool);
	if (err == OK && pool.count > 0)
		err = met_list(flow->store, scratch, flow->interview.owner_id, &met);
	if (err != OK)
		return err;
	question->snapshot = planned.snapshot;
	err = flow_activate(scratch, &activation, ret_asked);
	if (err == OK)
		err = flow_parse(flow->arena, question->q_type, question->snapshot,
		                 flow->interview.language, ret_asked);
	/* What is stored stays unless another question took the place. */
	question->snapshot = question->snapshot == planned.snapshot
	                             ? NULL
	                             : arena_strdup(flow->arena, question->snapshot);
	question->bank_id = arena_strdup(flow->arena, question->bank_id);
	return err;
}

static enum err activate(struct flow_reaction *reaction, size_t index)
{
	struct flow *flow = reaction->flow;
	struct question *question = &flow->questions.items[index];
	struct arena *scratch = arena_create();
	struct flow_asked asked;
	enum err err;

	json_bind(scratch);
	err = choose(reaction, scratch, index, &asked);
	json_bind(flow->arena);
	arena_destroy(scratch);
	if (err != OK)
		return err;
	flow->active_exam = asked.exam;
	flow->active_task = asked.task;
	flow->active = question;
	flow->parsed_id = question->id;
	flow_touch(reaction, flow->active);
	return OK;
}

enum err flow_advance(struct flow_reaction *reaction)
{
	const size_t index = next_planned(reaction->flow);
	enum err err;

	if (reaction->limit != NULL || index == reaction->flow->questions.count)
		return flow_finish(reaction);
	err = activate(reaction, index);
	if (err != OK)
		return err;
	if (flow_is_coding(reaction->flow->active))
		return flow_say(reaction, CUE_CODING_TASK, reaction->flow->active_task.title);
	return flow_say(reaction, CUE_QUESTION, NULL);
}

/* A model leads over to what it asks, which is a paragraph of its own. */
static const char *last_paragraph(const char *body)
{
	const char *found = body, *blank;

	while ((blank = strstr(found, "\n\n")) != NULL)
		found = blank + 2;
	return found;
}

/* What the candidate was last asked on the active question: it, or the follow-up. */
static const char *asked_text(const struct flow *flow)
{
	if (flow_is_coding(flow->active))
		return flow->active_task.title;
	for (size_t i = flow->turns.count; i-- > 0;) {
		const struct turn *turn = &flow->turns.items[i];

		if (turn->question_id != NULL && strcmp(turn->kind, "follow_up") == 0 &&
		    strcmp(turn->question_id, flow->active->id) == 0)
			return last_paragraph(turn->body);
	}
	return flow->active_exam.score.text;
}

enum err flow_stay(struct flow_reaction *reaction, enum cue cue, const char *text)
{
	if (reaction->limit != NULL)
		return flow_finish(reaction);
	return flow_say(reaction, cue, text);
}

static enum err leave(struct flow_reaction *reaction, const char *state)
{
	enum err err = close_active(reaction, state);

	return err == OK ? flow_advance(reaction) : err;
}

/* Nothing known is nothing scored: the next question may be easier. */
static enum err leave_unknown(struct flow_reaction *reaction)
{
	const struct question *question = reaction->flow->active;
	struct interview *interview = &reaction->flow->interview;

	if (!flow_is_coding(question) && !has_answer(question))
		interview->difficulty = flow_moved_difficulty(interview->difficulty, "decrease");
	return leave(reaction, "dont_know");
}

static enum err ask_whether_to_stop(struct flow_reaction *reaction)
{
	reaction->flow->interview.stop_requested = true;
	return flow_stay(reaction, CUE_CONFIRM_STOP, NULL);
}

static enum err take_answer(struct flow_reaction *reaction)
{
	const struct observation *seen = &reaction->seen;
	struct question *question = reaction->flow->active;
	enum err err = OK;

	if (seen->correction != NULL)
		err = flow_say(reaction, CUE_CORRECTION, seen->correction);
	if (err != OK)
		return err;
	if (seen->step == STEP_FOLLOW_UP && reaction->limit == NULL) {
		question->follow_ups++;
		return flow_say(reaction, CUE_FOLLOW_UP, seen->follow_up);
	}
	return leave(reaction, "unanswered");
}

static enum err act_on(struct flow_reaction *reaction)
{
	const char *asked = asked_text(reaction->flow);
	const bool is_coding = flow_is_coding(reaction->flow->active);

	switch (reaction->seen.class) {
	case MESSAGE_STOP_COMMAND:
		return ask_whether_to_stop(reaction);
	case MESSAGE_DONT_KNOW:
		return leave_unknown(reaction);
	case MESSAGE_QUESTION:
	case MESSAGE_INTRODUCTION:
		if (is_coding)
			return flow_stay(reaction, CUE_CODING_EDITOR, asked);
		return flow_stay(reaction, CUE_COUNTER_QUESTION, asked);
	case MESSAGE_OFF_TOPIC:
		return flow_stay(reaction, is_coding ? CUE_CODING_EDITOR : CUE_BACK_TO_TOPIC,
		                 asked);
	default:
		return take_answer(reaction);
	}
}

static bool is_aside(const struct observation *seen)
{
	switch (seen->class) {
	case MESSAGE_NORMAL:
	case MESSAGE_INCOMPLETE:
	case MESSAGE_EXCELLENT:
	case MESSAGE_HALLUCINATION:
		return false;
	default:
		return true;
	}
}

void flow_learn(struct flow_reaction *reaction)
{
	const struct exam_facts *told = &reaction->seen.facts;
	struct exam_facts *known = &reaction->flow->facts;

	known->name = told->name != NULL ? told->name : known->name;
	known->position = told->position != NULL ? told->position : known->position;
	known->level = told->level != NULL ? told->level : known->level;
	known->experience = told->experience != NULL ? told->experience : known->experience;
	known->technologies = told->technologies != NULL ? told->technologies : known->technologies;
}

static enum err observe(struct flow_reaction *reaction)
{
	struct flow *flow = reaction->flow;
	struct question *question = flow->active;
	const bool may_follow = !question->model_answer && reaction->limit == NULL;
	const struct exam_situation situation = {
		.question = &flow->active_exam,
		.answer = question->answer,
		.follow_ups_left = may_follow ? FLOW_MAX_FOLLOW_UPS - question->follow_ups : 0,
		.question_id = question->id,
	};
	enum err err = flow->examiner->observe(flow->examiner->context, flow->arena, &situation,
	                                       reaction->message->body, &reaction->seen);

	if (err != OK)
		return err;
	reaction->observed = true;
	flow_learn(reaction);
	if (is_aside(&reaction->seen))
		question->answer = flow_answer_of(flow, question, reaction->message, false);
	flow_touch(reaction, question);
	return OK;
}

/* "Yes" or "no" in words instead of a press of the button. */
static enum err reply_to_stop(struct flow_reaction *reaction, bool yes)
{
	struct flow *flow = reaction->flow;

	reaction->seen = (struct observation){
		.class = MESSAGE_STOP_COMMAND,
		.step = STEP_REPEAT_QUESTION,
		.reason = yes ? "The candidate confirms." : "The candidate goes on.",
	};
	reaction->observed = true;
	flow->active->answer = flow_answer_of(flow, flow->active, reaction->message, false);
	flow_touch(reaction, flow->active);
	return yes ? flow_finish(reaction) : flow_stay(reaction, CUE_CONTINUE, asked_text(flow));
}

static enum err react_to_answer(struct flow_reaction *reaction, bool was_stopping)
{
	struct utterance utterance;
	enum intent_reply reply = INTENT_NEITHER;
	enum err err = OK;

	if (was_stopping) {
		utterance_read(reaction->flow->arena, reaction->message->body, &utterance);
		reply = intent_reply(&utterance);
	}
	if (reply != INTENT_NEITHER)
		return reply_to_stop(reaction, reply == INTENT_YES);
	if (flow_is_coding(reaction->flow->active))
		flow_observe_coding(reaction);
	else
		err = observe(reaction);
	return err == OK ? act_on(reaction) : err;
}

static enum err give_hint(struct flow_reaction *reaction)
{
	struct flow *flow = reaction->flow;

	if (flow_is_coding(flow->active))
		return flow_stay(reaction, CUE_CODING_HINT, NULL);
	if (reaction->limit == NULL && flow->active->hints_used < FLOW_MAX_HINTS) {
		flow->active->hints_used++;
		flow_touch(reaction, flow->active);
	}
	return flow_stay(reaction, CUE_HINT, flow->active_exam.hint);
}

static enum err give_model_answer(struct flow_reaction *reaction)
{
	struct flow *flow = reaction->flow;

	if (flow_is_coding(flow->active))
		return flow_give_solution(reaction);
	if (reaction->limit == NULL) {
		flow->active->model_answer = true;
		flow_touch(reaction, flow->active);
	}
	return flow_stay(reaction, CUE_MODEL_ANSWER, flow->active_exam.model_answer);
}

static enum err react_to_button(struct flow_reaction *reaction, const char *kind)
{
	reaction->after_code = strcmp(kind, "code_done") == 0;
	if (reaction->after_code || strcmp(kind, "skip") == 0)
		return leave(reaction, "skipped");
	if (strcmp(kind, "dont_know") == 0)
		return leave_unknown(reaction);
	if (strcmp(kind, "hint_request") == 0)
		return give_hint(reaction);
	if (strcmp(kind, "model_answer_request") == 0)
		return give_model_answer(reaction);
	if (strcmp(kind, "stop") == 0)
		return ask_whether_to_stop(reaction);
	if (strcmp(kind, "continue") == 0)
		return flow_stay(reaction, CUE_CONTINUE, asked_text(reaction->flow));
	return flow_finish(reaction);
}

enum err flow_react(struct flow_reaction *reaction)
{
	struct flow *flow = reaction->flow;
	const bool was_stopping = flow->interview.stop_requested;

	if (reaction->message == NULL || (flow->active == NULL && !flow->interview.is_introduction))
		return flow_finish(reaction);
	flow->interview.stop_requested = false;
	if (flow->interview.is_introduction)
		return flow_introduce(reaction, was_stopping);
	if (strcmp(reaction->message->kind, "answer") == 0)
		return react_to_answer(reaction, was_stopping);
	return react_to_button(reaction, reaction->message->kind);
}
