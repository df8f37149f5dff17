#include <string.h>

#include "base/config.h"
#include "interview/flow_internal.h"

/* Somebody may read along; what a model did not say word by word is given at the end. */
struct flow_voice {
	const struct flow_listener *listener;
	size_t heard; /* bytes of the present reply that were given */
	bool has_left;
};

static bool hear(void *context, const char *text, size_t len)
{
	struct flow_voice *voice = context;
	const struct flow_listener *listener = voice->listener;

	voice->heard += len;
	if (!voice->has_left && listener->on_text != NULL)
		voice->has_left = !listener->on_text(listener->context, text, len);
	return !voice->has_left;
}

static bool wait(void *context)
{
	struct flow_voice *voice = context;
	const struct flow_listener *listener = voice->listener;

	if (!voice->has_left && listener->on_wait != NULL)
		voice->has_left = !listener->on_wait(listener->context);
	return !voice->has_left;
}

void flow_voice_equip(struct flow *flow)
{
	const struct flow_listener *listener = flow->listener;
	struct flow_voice *voice = arena_alloc(flow->arena, sizeof(*voice));
	struct model_work work = {
		.store = flow->store,
		.interview_id = flow->interview.id,
		.budget_ms = config()->llm_step_s * 1000,
		.listener = voice,
		.cancel_fd = -1,
	};

	flow->voice = NULL;
	flow->desk = NULL;
	if (listener != NULL) {
		voice->listener = listener;
		work.on_text = hear;
		work.on_wait = wait;
		work.cancel_fd = listener->fd;
		flow->voice = voice;
		if (listener->on_state != NULL)
			listener->on_state(listener->context, "thinking");
	}
	if (flow->model == NULL)
		return;
	flow->desk = model_desk(flow->arena, flow->model, &work);
	flow->examiner = examiner_llm(flow->arena, flow->desk);
}

static void begin_reply(struct flow *flow, const char *kind)
{
	struct flow_voice *voice = flow->voice;

	if (voice == NULL || voice->has_left)
		return;
	voice->heard = 0;
	if (voice->listener->on_state != NULL)
		voice->listener->on_state(voice->listener->context, "speaking");
	if (voice->listener->on_reply != NULL)
		voice->listener->on_reply(voice->listener->context, kind);
}

static void end_reply(struct flow *flow, const char *text)
{
	struct flow_voice *voice = flow->voice;
	const size_t len = strlen(text);

	if (voice != NULL && !voice->has_left && voice->heard < len)
		hear(voice, text + voice->heard, len - voice->heard);
}

static const char *kind_of(enum cue cue)
{
	static const char *const kinds[] = {
		[CUE_GREETING] = "greeting",
		[CUE_INTRODUCTION] = "introduction",
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
		[CUE_CODING_TASK] = "question",
		[CUE_CODING_EDITOR] = "coding_editor",
		[CUE_CODING_HINT] = "coding_hint",
		[CUE_CODING_ANSWER] = "model_answer",
	};

	return kinds[cue];
}

enum err flow_say(struct flow_reaction *reaction, enum cue cue, const char *text)
{
	struct flow *flow = reaction->flow;
	const bool is_theory = flow->active != NULL && !flow_is_coding(flow->active);
	const struct cue_facts facts = {
		.cue = cue,
		.language = flow->interview.language,
		.candidate = flow->candidate,
		.role = flow->role_title,
		.position = flow->active != NULL ? flow->active->position : 0,
		.total = (int)flow->questions.count,
		.text = text,
		.last = reaction->observed ? &reaction->seen : NULL,
		.after_code = reaction->after_code,
		.question = is_theory ? &flow->active_exam : NULL,
		.code_language = reaction->code_language,
		.message = reaction->observed ? reaction->message->body : NULL,
		.known = &flow->facts,
		.question_id = flow->active != NULL ? flow->active->id : "",
	};
	struct turn turn = {
		.question_id = flow->active != NULL ? flow->active->id : NULL,
		.author = "interviewer",
		.kind = kind_of(cue),
	};
	struct speech speech;
	enum err err;

	begin_reply(flow, turn.kind);
	err = flow->examiner->speak(flow->examiner->context, flow->arena, &facts, &speech);
	if (err != OK)
		return err;
	end_reply(flow, speech.text);
	turn.body = speech.text;
	turn.engine = speech.engine;
	turn.is_cut = speech.is_cut;
	reaction->replies[reaction->reply_count++] = turn;
	return OK;
}
