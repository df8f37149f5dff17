#include <string.h>

#include "llm/json_find.h"
#include "witness/model.h"

struct replay_context {
	struct agent_desk desk;
	struct replay *replay;
};

/*
 * The first record of the ask that is not used yet, or NULL. `is_changed` is set when there
 * is one of this agent and subject, but of another prompt.
 */
static const struct llm_call *take(struct replay *replay, const struct agent_ask *ask,
                                   bool *is_changed)
{
	for (size_t i = 0; i < replay->calls.count; i++) {
		const struct llm_call *call = &replay->calls.items[i];

		if (replay->used[i] || strcmp(call->agent, agent_name(ask->agent)) != 0 ||
		    strcmp(call->question_id, ask->subject) != 0)
			continue;
		if (strcmp(call->prompt_hash, ask->prompt_hash) == 0) {
			replay->used[i] = true;
			*is_changed = false;
			return call;
		}
		*is_changed = true;
	}
	return NULL;
}

/* As the client does: the value may stand in prose, or in the reasoning. */
static cJSON *find_json(struct arena *arena, const struct llm_call *call, const char *schema_text)
{
	struct schema schema;
	const char *fault;
	cJSON *json;

	if (schema_parse(arena, schema_text, &schema, &fault) != OK)
		return NULL;
	if (llm_json_find(arena, call->reply, &schema, &json, &fault) == OK ||
	    llm_json_find(arena, call->reasoning, &schema, &json, &fault) == OK)
		return json;
	return NULL;
}

static struct llm_result result_of(const struct llm_call *call)
{
	struct llm_result result = {
		.class = LLM_PERMANENT,
		.text = call->reply,
		.reasoning = call->reasoning,
		.finish = call->finish,
		.note = call->note,
		.error = call->error,
		.code = "",
		.requests = call->requests,
		.usage = { .is_known = !call->is_estimated,
		           .prompt_tokens = call->prompt_tokens,
		           .completion_tokens = call->completion_tokens,
		           .reasoning_tokens = call->reasoning_tokens },
		.latency_ms = call->latency_ms,
		.first_token_ms = call->first_token_ms,
		.record = call->id,
	};

	llm_class_parse(call->outcome, &result.class);
	return result;
}

static void ask_records(void *context, struct arena *arena, const struct agent_ask *ask,
                        struct llm_result *ret_result)
{
	struct replay *replay = ((struct replay_context *)context)->replay;
	bool is_changed = false;
	const struct llm_call *call = take(replay, ask, &is_changed);

	if (call == NULL) {
		replay->missing++;
		replay->changed += is_changed;
		*ret_result = llm_unasked(LLM_PERMANENT, is_changed ? "the prompt changed since"
		                                                    : "there is no record");
		return;
	}
	replay->model = call->model;
	*ret_result = result_of(call);
	if (ask->schema != NULL && ret_result->class == LLM_OK) {
		ret_result->json = find_json(arena, call, ask->schema);
		if (ret_result->json == NULL)
			*ret_result = llm_unasked(LLM_PERMANENT,
			                          "the record does not fit the agent's schema");
	}
	if (ask->on_text != NULL && call->reply[0] != '\0' &&
	    !ask->on_text(ask->context, call->reply, strlen(call->reply)))
		ret_result->class = LLM_CANCELLED;
}

struct agent_desk *replay_desk(struct arena *arena, const struct agent_kit *kit,
                               struct replay *replay)
{
	struct replay_context *context = arena_alloc(arena, sizeof(*context));

	replay->used = arena_array(arena, replay->calls.count + 1, sizeof(*replay->used));
	*context = (struct replay_context){
		.desk = { .kit = kit, .ask = ask_records, .context = context },
		.replay = replay,
	};
	return &context->desk;
}
