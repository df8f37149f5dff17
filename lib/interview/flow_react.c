#include "interview/flow_internal.h"

#include <string.h>

#include "examiner/intent.h"

static bool has_answer(const struct question *question)
{
	return question->answer[0] != '\0';
}

static void touch(struct flow_reaction *reaction, const struct question *question)
{
	reaction->dirty[question - reaction->flow->questions.items] = true;
}

void flow_close_active(struct flow_reaction *reaction, const char *state)
{
	struct question *question = reaction->flow->active;

	question->state = state;
	question->finished_at = reaction->now;
	touch(reaction, question);
	reaction->flow->active = NULL;
}

static const char *kind_of(enum cue cue)
{
	static const char *const kinds[] = {
		[CUE_GREETING] = "greeting",
		[CUE_QUESTION] = "question",
		[CUE_FOLLOW_UP] = "follow_up",
		[CUE_CORRECTION] = "correction",
		[CUE_BACK_TO_TOPIC] = "back_to_topic",
		[CUE_COUNTER_QUESTION] = "counter_question",
		[CUE_CONFIRM_STOP] = "confirm_stop",
		[CUE_CONTINUE] = "continue",
		[CUE_HINT] = "hint",
		[CUE_MODEL_ANSWER] = "model_answer",
		[CUE_CLOSING] = "closing",
	};

	return kinds[cue];
}

enum err flow_say(struct flow_reaction *reaction, enum cue cue, const char *text)
{
	struct flow *flow = reaction->flow;
	const struct cue_facts facts = {
		.cue = cue,
		.language = flow->interview.language,
		.candidate = flow->candidate,
		.role = flow->role_title,
		.position = flow->active != NULL ? flow->active->position : 0,
		.total = (int)flow->questions.count,
		.text = text,
		.last = reaction->observed ? &reaction->seen : NULL,
		.question = flow->active != NULL ? &flow->active_exam : NULL,
	};
	struct turn turn = {
		.question_id = flow->active != NULL ? flow->active->id : NULL,
		.author = "interviewer",
		.kind = kind_of(cue),
	};
	enum err err = flow->examiner->speak(flow->arena, &facts, &turn.body);

	if (err != OK)
		return err;
	if (reaction->reply_count == 0 && reaction->observed)
		turn.observation = flow_observation(&reaction->seen);
	reaction->replies[reaction->reply_count++] = turn;
	return OK;
}

enum err flow_finish(struct flow_reaction *reaction)
{
	struct flow *flow = reaction->flow;
	enum err err = OK;

	if (flow->active != NULL && has_answer(flow->active))
		err = flow_grade_active(reaction);
	else if (flow->active != NULL)
		flow_close_active(reaction, "unanswered");
	if (err != OK)
		return err;
	for (size_t i = 0; i < flow->questions.count; i++) {
		struct question *question = &flow->questions.items[i];

		if (strcmp(question->state, "planned") == 0) {
			question->state = "unanswered";
			touch(reaction, question);
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

static enum err activate(struct flow_reaction *reaction, size_t index)
{
	struct flow *flow = reaction->flow;
	struct bank_question_list pool;
	enum err err = edition_questions(flow->store, flow->arena, flow->interview.role_id,
	                                 flow->interview.edition, &pool);
	const struct flow_activation activation = {
		.pool = &pool,
		.interview = &flow->interview,
		.questions = flow->questions.items,
		.count = flow->questions.count,
		.index = index,
		.now = reaction->now,
	};

	if (err == OK)
		err = flow_activate(flow->arena, &activation, &flow->active_exam);
	if (err != OK)
		return err;
	flow->active = &flow->questions.items[index];
	touch(reaction, flow->active);
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
	return flow_say(reaction, CUE_QUESTION, NULL);
}

/* What the candidate was last asked on the active question: it, or the follow-up. */
static const char *asked_text(const struct flow *flow)
{
	for (size_t i = flow->turns.count; i-- > 0;) {
		const struct turn *turn = &flow->turns.items[i];

		if (turn->question_id != NULL && strcmp(turn->kind, "follow_up") == 0 &&
		    strcmp(turn->question_id, flow->active->id) == 0)
			return turn->body;
	}
	return flow->active_exam.score.text;
}

/* Says something that leaves the question active, unless a limit ends the interview. */
static enum err stay(struct flow_reaction *reaction, enum cue cue, const char *text)
{
	if (reaction->limit != NULL)
		return flow_finish(reaction);
	return flow_say(reaction, cue, text);
}

/* Leaves the question: what was said on it is graded. */
static enum err leave(struct flow_reaction *reaction, const char *state)
{
	enum err err = OK;

	if (has_answer(reaction->flow->active))
		err = flow_grade_active(reaction);
	else
		flow_close_active(reaction, state);
	return err == OK ? flow_advance(reaction) : err;
}

/* Nothing known is nothing scored: the next question may be easier. */
static enum err leave_unknown(struct flow_reaction *reaction)
{
	struct interview *interview = &reaction->flow->interview;

	if (!has_answer(reaction->flow->active))
		interview->difficulty = flow_moved_difficulty(interview->difficulty, "decrease");
	return leave(reaction, "dont_know");
}

static enum err ask_whether_to_stop(struct flow_reaction *reaction)
{
	reaction->flow->interview.stop_requested = true;
	return stay(reaction, CUE_CONFIRM_STOP, NULL);
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

	switch (reaction->seen.class) {
	case MESSAGE_STOP_COMMAND:
		return ask_whether_to_stop(reaction);
	case MESSAGE_DONT_KNOW:
		return leave_unknown(reaction);
	case MESSAGE_QUESTION:
	case MESSAGE_INTRODUCTION:
		return stay(reaction, CUE_COUNTER_QUESTION, asked);
	case MESSAGE_OFF_TOPIC:
		return stay(reaction, CUE_BACK_TO_TOPIC, asked);
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

static enum err observe(struct flow_reaction *reaction)
{
	struct flow *flow = reaction->flow;
	struct question *question = flow->active;
	const bool may_follow = !question->model_answer && reaction->limit == NULL;
	const struct exam_situation situation = {
		.question = &flow->active_exam,
		.answer = question->answer,
		.follow_ups_left = may_follow ? FLOW_MAX_FOLLOW_UPS - question->follow_ups : 0,
	};
	enum err err = flow->examiner->observe(flow->arena, &situation, reaction->message->body,
	                                       &reaction->seen);

	if (err != OK)
		return err;
	reaction->observed = true;
	if (is_aside(&reaction->seen))
		question->answer = flow_answer_of(flow, question, reaction->message, false);
	touch(reaction, question);
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
	touch(reaction, flow->active);
	return yes ? flow_finish(reaction) : stay(reaction, CUE_CONTINUE, asked_text(flow));
}

static enum err react_to_answer(struct flow_reaction *reaction, bool was_stopping)
{
	struct utterance utterance;
	enum intent_reply reply = INTENT_NEITHER;
	enum err err;

	if (was_stopping) {
		utterance_read(reaction->flow->arena, reaction->message->body, &utterance);
		reply = intent_reply(&utterance);
	}
	if (reply != INTENT_NEITHER)
		return reply_to_stop(reaction, reply == INTENT_YES);
	err = observe(reaction);
	return err == OK ? act_on(reaction) : err;
}

static enum err give_hint(struct flow_reaction *reaction)
{
	struct flow *flow = reaction->flow;

	if (reaction->limit == NULL && flow->active->hints_used < FLOW_MAX_HINTS) {
		flow->active->hints_used++;
		touch(reaction, flow->active);
	}
	return stay(reaction, CUE_HINT, flow->active_exam.hint);
}

static enum err give_model_answer(struct flow_reaction *reaction)
{
	struct flow *flow = reaction->flow;

	if (reaction->limit == NULL) {
		flow->active->model_answer = true;
		touch(reaction, flow->active);
	}
	return stay(reaction, CUE_MODEL_ANSWER, flow->active_exam.model_answer);
}

static enum err react_to_button(struct flow_reaction *reaction, const char *kind)
{
	if (strcmp(kind, "skip") == 0)
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
		return stay(reaction, CUE_CONTINUE, asked_text(reaction->flow));
	return flow_finish(reaction);
}

enum err flow_react(struct flow_reaction *reaction)
{
	struct flow *flow = reaction->flow;
	const bool was_stopping = flow->interview.stop_requested;

	if (reaction->message == NULL || flow->active == NULL)
		return flow_finish(reaction);
	flow->interview.stop_requested = false;
	if (strcmp(reaction->message->kind, "answer") == 0)
		return react_to_answer(reaction, was_stopping);
	return react_to_button(reaction, reaction->message->kind);
}
