#include "interview/flow_internal.h"

#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "store/submission.h"

enum { TRIES = 20 };

/* How an action is kept as a turn: its kind and, for buttons, what the candidate says by it. */
static const struct action {
	const char *kind, *words;
} actions[] = {
	[FLOW_SAY] = { "answer", NULL },
	[FLOW_SKIP] = { "skip", N_("Let's skip this question, please.") },
	[FLOW_DONT_KNOW] = { "dont_know", N_("I don't know the answer to this question.") },
	[FLOW_HINT] = { "hint_request", N_("Please give me a hint.") },
	[FLOW_MODEL_ANSWER] = { "model_answer_request", N_("Please show me the answer.") },
	[FLOW_STOP] = { "stop", N_("I would like to finish the interview.") },
	[FLOW_CONTINUE] = { "continue", N_("No, let's go on.") },
	[FLOW_FINISH] = { "finish", N_("Yes, please finish the interview.") },
	[FLOW_CODE_DONE] = { "code_done", N_("I am done with this task.") },
};

enum outcome { TAKEN, NOTHING_TO_DO, STALE, OPEN_BEFORE };

static bool has_nonce(const struct flow *flow, const char *nonce)
{
	for (size_t i = 0; i < flow->turns.count; i++)
		if (flow->turns.items[i].nonce != NULL &&
		    strcmp(flow->turns.items[i].nonce, nonce) == 0)
			return true;
	return false;
}

static bool is_stale(const struct flow *flow, const char *question_id)
{
	return strcmp(flow->active != NULL ? flow->active->id : "", question_id) != 0;
}

static enum outcome outcome_of(const struct flow *flow, const struct flow_input *input)
{
	if (!flow_is_running(flow) || has_nonce(flow, input->nonce))
		return NOTHING_TO_DO;
	if (flow_open_turn(flow) != NULL)
		return OPEN_BEFORE;
	return is_stale(flow, input->question_id) ? STALE : TAKEN;
}

static enum err add_turn(struct flow *flow, const struct flow_input *input)
{
	const struct action *action = &actions[input->action];
	struct turn turn = {
		.question_id = flow->active != NULL ? flow->active->id : NULL,
		.author = "candidate",
		.kind = action->kind,
		.body = action->words != NULL ? i18n(flow->interview.language, action->words)
		                              : input->text,
		.nonce = input->nonce,
	};

	return turn_add(flow->store, flow->interview.id, &turn);
}

static enum err add_to_answer(struct flow *flow, const char *text)
{
	struct question *question = flow->active;
	enum err err = draft_save(flow->store, flow->interview.id, "");

	/* A coding task is answered by code; what is said meanwhile stands in the turns. */
	if (err != OK || question == NULL || flow_is_coding(question))
		return err;
	question->answer = question->answer[0] == '\0'
	                           ? text
	                           : arena_printf(flow->arena, "%s\n\n%s", question->answer, text);
	return question_save(flow->store, question);
}

/* A task is only done when the judge is through with what was sent. */
static enum err check_done(const struct flow *flow)
{
	bool pending = false;
	enum err err;

	if (flow->active == NULL || !flow_is_coding(flow->active))
		return ERR_INVALID;
	err = submission_pending(flow->store, flow->interview.id, flow->active->id, &pending);
	return err == OK && pending ? ERR_BUSY : err;
}

/* Within the transaction: decides what the step is and writes the message or the draft. */
static enum err take_inside(struct flow *flow, const struct flow_input *input,
                            enum outcome *ret_outcome)
{
	const bool says = input->action == FLOW_SAY;
	enum err err = flow_read(flow);

	if (err != OK)
		return err;
	*ret_outcome = outcome_of(flow, input);
	if (*ret_outcome == STALE && says)
		return draft_save(flow->store, flow->interview.id, input->text);
	if (*ret_outcome != TAKEN)
		return OK;
	if (input->action == FLOW_CODE_DONE)
		err = check_done(flow);
	if (err == OK)
		err = add_turn(flow, input);
	if (err == OK && says)
		err = add_to_answer(flow, input->text);
	return err;
}

static enum err take(struct flow *flow, const struct flow_input *input, enum outcome *ret_outcome)
{
	enum err err = store_begin(flow->store);

	if (err != OK)
		return err;
	err = take_inside(flow, input, ret_outcome);
	if (err == OK)
		err = store_commit(flow->store);
	if (err != OK)
		store_rollback(flow->store);
	return err;
}

static bool is_valid(const struct flow_input *input)
{
	const char *text = input->text;

	if (input->nonce == NULL || input->nonce[0] == '\0' || input->question_id == NULL ||
	    (size_t)input->action >= sizeof(actions) / sizeof(*actions))
		return false;
	if (input->action != FLOW_SAY)
		return true;
	return text != NULL && text[0] != '\0' && text_valid(text, strlen(text)) &&
	       text_count(text, strlen(text)) <= FLOW_MAX_MESSAGE;
}

/* The greeting says that one may ask for a hint: words do as well as the button. */
static bool is_hint_wish(const struct flow *flow, const struct flow_input *input)
{
	return input->action == FLOW_SAY && flow->active != NULL &&
	       examiner_asks_hint(flow->arena, input->text);
}

static enum err step_inside(struct flow *flow, const struct flow_input *input)
{
	for (int i = 0; i < TRIES; i++) {
		enum outcome outcome;
		enum err err = flow_settle_inside(flow);

		if (err == OK)
			err = take(flow, input, &outcome);
		if (err == OK && outcome != OPEN_BEFORE)
			err = flow_settle_inside(flow);
		if (err != OK)
			return err;
		if (outcome != OPEN_BEFORE)
			return outcome == STALE ? ERR_CONFLICT : OK;
	}
	log_warning("interview %s: too many steps at once", flow->interview.id);
	return ERR_BUSY;
}

/* The interviewer is still speaking in another request: what is said now has to wait. */
static enum err interrupt(struct flow *flow, const struct flow_input *input)
{
	enum err err = OK;

	if (has_nonce(flow, input->nonce))
		return OK;
	if (input->action == FLOW_SAY) {
		err = draft_save(flow->store, flow->interview.id, input->text);
		flow->draft = input->text;
	}
	return err == OK ? ERR_CONFLICT : err;
}

static enum err step_alone(struct flow *flow, const struct flow_input *input)
{
	struct lock *lock;
	enum err err = flow_enter(flow, &lock);

	if (err == ERR_BUSY)
		return interrupt(flow, input);
	if (err == OK)
		err = step_inside(flow, input);
	lock_release(lock);
	return err;
}

enum err flow_step(struct flow *flow, const struct flow_input *input)
{
	struct flow_input trimmed = *input;

	if (input->action == FLOW_SAY && input->text != NULL)
		trimmed.text = text_trimmed(flow->arena, input->text);
	if (!is_valid(&trimmed))
		return ERR_INVALID;
	if (is_hint_wish(flow, &trimmed)) {
		trimmed.action = FLOW_HINT;
		draft_save(flow->store, flow->interview.id, "");
	}
	return step_alone(flow, &trimmed);
}
