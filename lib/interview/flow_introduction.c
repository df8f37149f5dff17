#include <string.h>

#include "examiner/facts.h"
#include "examiner/intent.h"
#include "interview/flow_internal.h"

static enum err ask_again(struct flow_reaction *reaction)
{
	if (reaction->limit != NULL)
		return flow_finish(reaction);
	return flow_say(reaction, CUE_INTRODUCTION, NULL);
}

static enum err ask_whether_to_stop(struct flow_reaction *reaction)
{
	reaction->flow->interview.stop_requested = true;
	return reaction->limit != NULL ? flow_finish(reaction)
	                               : flow_say(reaction, CUE_CONFIRM_STOP, NULL);
}

static enum err go_on(struct flow_reaction *reaction)
{
	reaction->flow->interview.is_introduction = false;
	return flow_advance(reaction);
}

static enum err react_to_words(struct flow_reaction *reaction, bool was_stopping)
{
	struct flow *flow = reaction->flow;
	struct utterance utterance;
	enum intent_reply reply;

	utterance_read(flow->arena, reaction->message->body, &utterance);
	reply = was_stopping ? intent_reply(&utterance) : INTENT_NEITHER;
	if (reply == INTENT_YES)
		return flow_finish(reaction);
	if (reply == INTENT_NO)
		return ask_again(reaction);
	reaction->observed = true;
	reaction->seen = (struct observation){
		.class = MESSAGE_INTRODUCTION,
		.step = STEP_NEW_QUESTION,
		.reason = "The candidate introduces themself.",
		.engine = "builtin",
	};
	if (intent_stops(&utterance)) {
		reaction->seen.class = MESSAGE_STOP_COMMAND;
		reaction->seen.reason = "The candidate wants to finish.";
		return ask_whether_to_stop(reaction);
	}
	reaction->seen.facts = facts_extract(flow->desk, flow->arena, flow->interview.language,
	                                     reaction->message->body, &reaction->seen.engine);
	flow_learn(reaction);
	return go_on(reaction);
}

enum err flow_introduce(struct flow_reaction *reaction, bool was_stopping)
{
	const char *kind = reaction->message->kind;

	if (strcmp(kind, "answer") == 0)
		return react_to_words(reaction, was_stopping);
	if (strcmp(kind, "stop") == 0)
		return ask_whether_to_stop(reaction);
	if (strcmp(kind, "continue") == 0)
		return ask_again(reaction);
	if (strcmp(kind, "finish") == 0)
		return flow_finish(reaction);
	return go_on(reaction); /* skips it, or has nothing to say about it */
}
