#include "examiner/writers.h"

#include "base/json.h"
#include "base/log.h"
#include "base/text.h"
#include "examiner/writers_check.h"

enum { REFUSAL_LENGTH = 200 };

/* The user message; `fault` is what was wrong with the answer before, or NULL. */
static cJSON *message_of(const struct writers_order *order, const char *fault)
{
	cJSON *message = cJSON_CreateObject();

	json_set(message, "facts", cJSON_Duplicate(order->facts, true));
	if (fault != NULL)
		json_set_string(message, "fault", fault);
	return message;
}

static const char *refusal_of(enum err err, const struct llm_result *result)
{
	if (err == ERR_UPSTREAM)
		return llm_class_name(result->class);
	return "no model was ready";
}

static struct writers_work refused(struct arena *arena, const char *fault)
{
	return (struct writers_work){
		.engine = "builtin",
		.refusal = arena_printf(arena, "refused: %s",
		                        text_shortened(arena, fault, REFUSAL_LENGTH)),
	};
}

/* Asks once. NULL: done, or no use asking again; else the fault. */
static const char *ask_once(const struct agent_desk *desk, struct arena *arena,
                            const struct writers_order *order, const char *fault,
                            struct writers_work *work)
{
	const struct agent_task task = {
		.agent = order->agent,
		.language = order->language,
		.data = message_of(order, fault),
	};
	struct llm_result result = { 0 };
	const char *system;
	enum err err = agent_run(desk, arena, &task, &result);

	if (err == OK && result.json == NULL)
		err = ERR_UPSTREAM; /* no schema was asked for */
	if (err == OK)
		err = agent_system(desk->kit, arena, &task, &system);
	if (err != OK) {
		work->refusal = refusal_of(err, &result);
		return NULL;
	}
	fault = writers_check(arena, order, system, result.json);
	*work = fault != NULL ? refused(arena, fault)
	                      : (struct writers_work){
		                        .json = result.json,
		                        .engine = agent_model(desk->kit, order->agent),
	                        };
	return fault;
}

void writers_ask(const struct agent_desk *desk, struct arena *arena,
                 const struct writers_order *order, struct writers_work *ret_work)
{
	const char *fault;

	*ret_work = (struct writers_work){ .engine = "builtin" };
	fault = ask_once(desk, arena, order, NULL, ret_work);
	if (fault != NULL)
		ask_once(desk, arena, order, fault, ret_work);
	if (ret_work->json == NULL)
		log_warning("%s: %s", agent_name(order->agent), ret_work->refusal);
}
