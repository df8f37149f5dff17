#include "check.h"

#include <stdlib.h>

#include "base/config.h"
#include "fixture.h"

#include "examiner/agent.h"

#define PROMPTS "templates/prompts"

/* What a desk was last asked, and what it says. */
static struct asked {
	int count;
	struct agent_ask ask;
	struct llm_result answer;
	bool is_ready;
} asked;

static void note(void *context, struct arena *memory, const struct agent_ask *ask,
                 struct llm_result *ret_result)
{
	(void)memory;
	CHECK(context == &asked);
	asked.count++;
	asked.ask = *ask;
	*ret_result = asked.answer;
}

static bool ready(void *context)
{
	return ((const struct asked *)context)->is_ready;
}

static bool listen(void *context, const char *text, size_t len)
{
	(void)context, (void)text, (void)len;
	return true;
}

/* A setting of one space is none: an empty one would leave what was set before. */
static void configure(const char *models, const char *temperatures, const char *max_tokens)
{
	setenv("OPENAI_MODEL", "plain", 1);
	setenv("VIVA_AGENT_MODELS", models, 1);
	setenv("VIVA_AGENT_TEMPERATURES", temperatures, 1);
	setenv("VIVA_AGENT_MAX_TOKENS", max_tokens, 1);
	CHECK_INT(config_load(), OK);
}

static struct agent_desk desk_of(const char *folder)
{
	struct agent_kit *kit = NULL;

	if (agent_kit_load(arena, folder, &kit) != OK) {
		printf("Bail out! no kit: %s\n", log_text());
		exit(1);
	}
	asked = (struct asked){ .is_ready = true };
	return (struct agent_desk){ .kit = kit,
		                    .ask = note,
		                    .is_ready = ready,
		                    .context = &asked,
		                    .on_text = listen,
		                    .listener = &asked };
}

static void names_are_read_back(void)
{
	enum agent agent;

	for (int i = 0; i < AGENT_COUNT; i++) {
		CHECK(agent_parse(agent_name((enum agent)i), &agent));
		CHECK_INT(agent, i);
	}
	CHECK(!agent_parse("", &agent));
	CHECK(!agent_parse("Observer", &agent));
	CHECK(!agent_parse("observers", &agent));
}

/* What every program needs of the prompts in the tree. */
static void the_trees_prompts_are_whole(void)
{
	static const enum agent needed[] = { AGENT_OBSERVER, AGENT_INTERVIEWER, AGENT_EVALUATOR,
		                             AGENT_PROFILE_EXTRACTOR };
	struct agent_desk desk;
	const char *system;

	configure(" ", " ", " ");
	desk = desk_of(PROMPTS);
	for (size_t i = 0; i < sizeof(needed) / sizeof(*needed); i++) {
		const struct agent_task task = { .agent = needed[i], .language = LANG_UK };

		CHECK(agent_is_there(desk.kit, needed[i]));
		CHECK_INT(agent_system(desk.kit, arena, &task, &system), OK);
		CHECK(strncmp(system, "# ", 2) == 0);
		CHECK(strstr(system, "{{") == NULL);
		CHECK(needed[i] == AGENT_PROFILE_EXTRACTOR || strstr(system, "Ukrainian") != NULL);
		CHECK_STR(agent_model(desk.kit, needed[i]), "plain");
	}
}

static void settings_are_per_agent(void)
{
	cJSON *data = cJSON_CreateObject();
	struct agent_task task = { .agent = AGENT_EVALUATOR, .data = data };
	struct llm_result result;
	struct agent_desk desk;

	configure("evaluator=big:8b, observer=org/small", "evaluator=0.25 interviewer=-1",
	          "evaluator=2222");
	desk = desk_of(PROMPTS);
	CHECK_STR(agent_model(desk.kit, AGENT_EVALUATOR), "big:8b");
	CHECK_STR(agent_model(desk.kit, AGENT_OBSERVER), "org/small");
	CHECK_STR(agent_model(desk.kit, AGENT_INTERVIEWER), "plain");
	agent_run(&desk, arena, &task, &result);
	CHECK_STR(asked.ask.model, "big:8b");
	CHECK_NEAR(asked.ask.temperature, 0.25, 0);
	CHECK_INT(asked.ask.max_tokens, 2222);
	task.agent = AGENT_INTERVIEWER;
	agent_run(&desk, arena, &task, &result);
	CHECK_NEAR(asked.ask.temperature, -1, 0);
	CHECK_INT(asked.ask.max_tokens, 400);
}

static void bad_settings_are_refused(void)
{
	static const char *const temperatures[] = { "evaluator",
		                                    "evaluator=",
		                                    "evaluator=x",
		                                    "judge=0.5",
		                                    "evaluator=2.5",
		                                    "=1",
		                                    "observer=0 evaluator=nan",
		                                    "observer=1x" };
	static const char *const tokens[] = { "observer=0", "observer=-5", "observer=1.5",
		                              "observer=99999999999" };
	struct agent_kit *kit;

	for (size_t i = 0; i < sizeof(temperatures) / sizeof(*temperatures); i++) {
		configure(" ", temperatures[i], " ");
		CHECK_INT(agent_kit_load(arena, PROMPTS, &kit), ERR_INVALID);
	}
	for (size_t i = 0; i < sizeof(tokens) / sizeof(*tokens); i++) {
		configure(" ", " ", tokens[i]);
		CHECK_INT(agent_kit_load(arena, PROMPTS, &kit), ERR_INVALID);
	}
	configure("observer=", " ", " ");
	CHECK_INT(agent_kit_load(arena, PROMPTS, &kit), ERR_INVALID);
	configure(" ", " ", " ");
}

/* Whoever mistyped a setting is told which, what of it, and what there is. */
static void bad_settings_are_named(void)
{
	static const struct {
		const char *settings[3], *parts[2];
	} rows[] = {
		{ { "observer=a evalutor=big", " ", " " },
		  { "VIVA_AGENT_MODELS: \"evalutor=big\"", "names no agent" } },
		{ { "evaluator", " ", " " },
		  { "VIVA_AGENT_MODELS: \"evaluator\"", "agent=value" } },
		{ { " ", "evaluator=hot", " " },
		  { "VIVA_AGENT_TEMPERATURES: \"evaluator=hot\"", "from -1 to 2" } },
		{ { " ", " ", "evaluator=-3" },
		  { "VIVA_AGENT_MAX_TOKENS: \"evaluator=-3\"", "from 1 to 1000000" } },
	};
	struct agent_kit *kit;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *fault;

		configure(rows[i].settings[0], rows[i].settings[1], rows[i].settings[2]);
		fault = agent_settings_fault(arena);
		CHECK(fault != NULL && strstr(fault, rows[i].parts[0]) != NULL);
		CHECK(fault != NULL && strstr(fault, rows[i].parts[1]) != NULL);
		for (int agent = 0; agent < AGENT_COUNT; agent++)
			CHECK(fault != NULL &&
			      strstr(fault, agent_name((enum agent)agent)) != NULL);
		CHECK_INT(agent_kit_load(arena, PROMPTS, &kit), ERR_INVALID);
		CHECK(fault != NULL && strstr(log_text(), fault) != NULL);
	}
	configure(" ", " ", " ");
	CHECK(agent_settings_fault(arena) == NULL);
}

static void write_prompt(const char *folder, const char *name, const char *text)
{
	write_file(folder, name, text, strlen(text));
}

static void broken_files_are_refused(void)
{
	static const struct {
		const char *name, *text;
	} files[] = {
		{ "observer.md", "# interviewer\n\nSay something.\n" },
		{ "observer.md", "observer\n" },
		{ "observer.md", "# observer\n" },
		{ "observer.md", "# observer\n\n{{#open}}\n" },
		{ "observer.json", "{}" }, /* no prompt beside it */
	};
	const char *folder;
	struct agent_kit *kit;

	CHECK_INT(agent_kit_load(arena, "no/such/folder", &kit), ERR_INTERNAL);
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		folder = make_folder();
		write_prompt(folder, files[i].name, files[i].text);
		CHECK_INT(agent_kit_load(arena, folder, &kit), ERR_INTERNAL);
	}
	folder = make_folder();
	write_prompt(folder, "observer.md", "# observer\n\nLook.\n");
	CHECK_INT(agent_kit_load(arena, folder, &kit), OK);
	write_prompt(folder, "observer.json", "{\"type\":\"object\",\"pattern\":\"x\"}");
	CHECK_INT(agent_kit_load(arena, folder, &kit), ERR_INTERNAL);
	write_prompt(folder, "observer.json", "{\"type\":");
	CHECK_INT(agent_kit_load(arena, folder, &kit), ERR_INTERNAL);
}

static struct agent_desk small_desk(const char *folder)
{
	configure(" ", " ", " ");
	write_prompt(folder, "observer.md", "# observer\n\nIn {{language}}, {{tone}}. \"&\"\n");
	write_prompt(folder, "observer.json",
	             "{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"number\"}},\n"
	             "\"required\": [\"a\"], \"additionalProperties\": false}\n");
	write_prompt(folder, "interviewer.md", "# interviewer\n\nTalk.\n");
	return desk_of(folder);
}

static void a_task_becomes_two_messages(void)
{
	const char *folder = make_folder();
	struct agent_desk desk = small_desk(folder);
	cJSON *params = cJSON_CreateObject(), *data = cJSON_CreateObject();
	const struct agent_task task = {
		.agent = AGENT_OBSERVER, .language = LANG_RU, .params = params, .data = data
	};
	struct llm_result result;

	json_set_string(params, "tone", "kindly");
	json_set_string(data, "message", "{{language}} \"ignore\"\n");
	agent_run(&desk, arena, &task, &result);
	CHECK_STR(asked.ask.system, "# observer\n\nIn Russian, kindly. \"&\"\n");
	CHECK_STR(asked.ask.user, "{\"message\":\"{{language}} \\\"ignore\\\"\\n\"}");
	CHECK_STR(asked.ask.schema, "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":"
	                            "\"number\"}},\"required\":[\"a\"],\"additionalProperties\":"
	                            "false}");
	CHECK_STR(asked.ask.subject, "");
	CHECK(asked.ask.on_text == NULL);
	CHECK(json_get(params, "language") == NULL);
}

static const char *hash_for(const struct agent_desk *desk, enum language language,
                            const char *message)
{
	cJSON *data = cJSON_CreateObject();
	const struct agent_task task = { .agent = AGENT_OBSERVER,
		                         .language = language,
		                         .data = data };
	struct llm_result result;

	json_set_string(data, "message", message);
	agent_run(desk, arena, &task, &result);
	return asked.ask.prompt_hash;
}

static void the_hash_tells_prompts_apart(void)
{
	const char *folder = make_folder();
	struct agent_desk desk = small_desk(folder);
	const char *hash = hash_for(&desk, LANG_EN, "one");

	CHECK_INT((long long)strlen(hash), 64);
	CHECK(strspn(hash, "0123456789abcdef") == 64);
	CHECK_STR(hash_for(&desk, LANG_EN, "one"), hash);
	CHECK(strcmp(hash_for(&desk, LANG_EN, "two"), hash) != 0);
	CHECK(strcmp(hash_for(&desk, LANG_UK, "one"), hash) != 0);
}

static void thinking_can_be_turned_off(void)
{
	const char *folder = make_folder();
	struct agent_desk desk;

	setenv("VIVA_NO_THINK", "1", 1);
	desk = small_desk(folder);
	hash_for(&desk, LANG_EN, "one");
	CHECK(strncmp(asked.ask.system, "/no_think\n# observer\n", 21) == 0);
	setenv("VIVA_NO_THINK", "0", 1);
	configure(" ", " ", " ");
}

static enum err answered(const struct agent_desk *desk, const char *text, enum llm_class class,
                         struct llm_result *ret_result)
{
	cJSON *data = cJSON_CreateObject();
	const struct agent_task task = { .agent = AGENT_OBSERVER, .data = data };

	asked.answer = (struct llm_result){ .class = class, .text = text, .error = "" };
	return agent_run(desk, arena, &task, ret_result);
}

static void answers_must_fit_the_schema(void)
{
	const char *folder = make_folder();
	struct agent_desk desk = small_desk(folder);
	struct llm_result result;

	CHECK_INT(answered(&desk, "{\"a\":1}", LLM_OK, &result), OK);
	CHECK_NEAR(json_number(result.json, "a", 0), 1, 0);
	CHECK_INT(answered(&desk, "{\"a\":\"1\"}", LLM_OK, &result), ERR_UPSTREAM);
	CHECK(result.json == NULL);
	CHECK_INT(result.class, LLM_INCOMPLETE);
	CHECK(result.error[0] != '\0');
	CHECK_INT(answered(&desk, "no JSON at all", LLM_OK, &result), ERR_UPSTREAM);
	CHECK_INT(answered(&desk, "{\"a\":1}", LLM_TIMEOUT, &result), ERR_UPSTREAM);
	CHECK_INT(result.class, LLM_TIMEOUT);
}

static void nobody_is_asked_without_a_desk(void)
{
	const char *folder = make_folder();
	struct agent_desk desk = small_desk(folder);
	cJSON *data = cJSON_CreateObject();
	struct agent_task task = { .agent = AGENT_EVALUATOR, .data = data };
	struct llm_result result;

	CHECK(!agent_is_there(desk.kit, AGENT_EVALUATOR));
	CHECK_INT(agent_run(&desk, arena, &task, &result), ERR_BUSY);
	task.agent = AGENT_OBSERVER;
	CHECK_INT(agent_run(NULL, arena, &task, &result), ERR_BUSY);
	asked.is_ready = false;
	CHECK_INT(agent_run(&desk, arena, &task, &result), ERR_BUSY);
	CHECK_INT(asked.count, 0);
	asked.is_ready = true;
	agent_run(&desk, arena, &task, &result);
	CHECK_INT(asked.count, 1);
}

static void speech_reaches_the_listener(void)
{
	const char *folder = make_folder();
	struct agent_desk desk = small_desk(folder);
	cJSON *data = cJSON_CreateObject();
	const struct agent_task task = {
		.agent = AGENT_INTERVIEWER, .data = data, .subject = "q1", .is_speech = true
	};
	struct llm_result result;

	agent_run(&desk, arena, &task, &result);
	CHECK(asked.ask.on_text == listen);
	CHECK(asked.ask.context == &asked);
	CHECK(asked.ask.schema == NULL);
	CHECK_STR(asked.ask.subject, "q1");
}

int main(void)
{
	char *folder = log_folder();

	RUN(names_are_read_back);
	RUN(the_trees_prompts_are_whole);
	RUN(settings_are_per_agent);
	RUN(bad_settings_are_refused);
	RUN(bad_settings_are_named);
	RUN(broken_files_are_refused);
	RUN(a_task_becomes_two_messages);
	RUN(the_hash_tells_prompts_apart);
	RUN(thinking_can_be_turned_off);
	RUN(answers_must_fit_the_schema);
	RUN(nobody_is_asked_without_a_desk);
	RUN(speech_reaches_the_listener);
	remove_folder(folder);
	return check_done();
}
