/* A desk whose answers a test writes down, for the tests of the writing agents. */
#ifndef VIVA_TESTS_WRITERS_FIXTURE_H
#define VIVA_TESTS_WRITERS_FIXTURE_H

#include "check.h"

#include <stdlib.h>

#include "base/config.h"
#include "examiner/writers.h"

enum { SCRIPT_MAX = 16 };

/* Answers of each agent in order; where they end, there is none (LLM_TIMEOUT). */
struct script {
	const char *answers[AGENT_COUNT][SCRIPT_MAX];
	int asked[AGENT_COUNT];
	const char *user[AGENT_COUNT]; /* the last user message */
	const char *system[AGENT_COUNT];
	bool is_closed;
};

static inline void script_ask(void *context, struct arena *memory, const struct agent_ask *ask,
                              struct llm_result *ret_result)
{
	struct script *script = context;
	const char *text = script->asked[ask->agent] < SCRIPT_MAX
	                           ? script->answers[ask->agent][script->asked[ask->agent]]
	                           : NULL;

	(void)memory;
	script->asked[ask->agent]++;
	script->user[ask->agent] = ask->user;
	script->system[ask->agent] = ask->system;
	*ret_result = (struct llm_result){
		.class = text != NULL ? LLM_OK : LLM_TIMEOUT,
		.text = text != NULL ? text : "",
		.error = "",
	};
}

static inline bool script_is_ready(void *context)
{
	return !((const struct script *)context)->is_closed;
}

/* With the project's own prompts and a model named "scripted". */
static inline struct agent_desk script_desk(struct script *script)
{
	struct agent_kit *kit = NULL;

	setenv("OPENAI_MODEL", "scripted", 1);
	CHECK_INT(config_load(), OK);
	CHECK_INT(agent_kit_load(arena, "templates/prompts", &kit), OK);
	return (struct agent_desk){
		.kit = kit,
		.ask = script_ask,
		.is_ready = script_is_ready,
		.context = script,
	};
}

#endif
