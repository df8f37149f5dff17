#include "examiner/agent.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/config.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/log.h"
#include "base/mustache.h"
#include "base/text.h"
#include "llm/json_find.h"
#include "llm/schema.h"

/* What a setting may say; a temperature below 0 is not sent at all. */
#define TEMPERATURE_MIN (-1)
#define TEMPERATURE_MAX 2
enum { MAX_TOKENS_MAX = 1000000, SHOWN = 100 };

struct agent_row {
	const char *model;
	double temperature;
	int max_tokens;
	bool has_prompt;
	const char *schema_text; /* NULL: answers in plain text */
	struct schema schema;
};

struct agent_kit {
	struct mustache *prompts;
	bool no_think;
	struct agent_row rows[AGENT_COUNT];
};

static const struct {
	const char *name;
	double temperature;
	int max_tokens;
} defaults[] = {
#define AGENT_ROW(id, name, temperature, max_tokens) { name, temperature, max_tokens },
	AGENTS(AGENT_ROW)
#undef AGENT_ROW
};

const char *agent_name(enum agent agent)
{
	return defaults[agent].name;
}

bool agent_parse(const char *name, enum agent *ret_agent)
{
	for (int i = 0; i < AGENT_COUNT; i++) {
		if (strcmp(defaults[i].name, name) == 0) {
			*ret_agent = (enum agent)i;
			return true;
		}
	}
	return false;
}

/* --- settings ---------------------------------------------------------------- */

static bool set_model(struct agent_row *row, const char *value)
{
	row->model = value;
	return value[0] != '\0';
}

static bool set_temperature(struct agent_row *row, const char *value)
{
	char *end;

	row->temperature = strtod(value, &end);
	return end != value && *end == '\0' && isfinite(row->temperature) &&
	       row->temperature >= TEMPERATURE_MIN && row->temperature <= TEMPERATURE_MAX;
}

static bool set_max_tokens(struct agent_row *row, const char *value)
{
	long long number;

	if (!text_integer(value, 1, MAX_TOKENS_MAX, &number))
		return false;
	row->max_tokens = (int)number;
	return true;
}

static const char *agent_names(struct arena *arena)
{
	struct buf names;

	buf_init(&names, arena);
	for (int i = 0; i < AGENT_COUNT; i++) {
		buf_str(&names, i > 0 ? ", " : "");
		buf_str(&names, defaults[i].name);
	}
	return names.data;
}

struct setting {
	const char *variable, *words;
	bool (*set)(struct agent_row *row, const char *value);
	const char *wanted; /* of a value */
};

/* One "agent=value"; NULL, or what is wrong with it. */
static const char *read_word(struct arena *arena, struct agent_kit *kit,
                             const struct setting *setting, const char *word)
{
	const char *equals = strchr(word, '='), *fault;
	enum agent agent;

	if (equals == NULL)
		fault = "is not of the form agent=value";
	else if (!agent_parse(arena_copy(arena, word, (size_t)(equals - word)), &agent))
		fault = "names no agent";
	else if (!setting->set(&kit->rows[agent], equals + 1))
		fault = arena_printf(arena, "does not give the agent %s", setting->wanted);
	else
		return NULL;
	return arena_printf(arena, "%s: \"%s\" %s; the agents are %s", setting->variable,
	                    text_shortened(arena, word, SHOWN), fault, agent_names(arena));
}

/* "agent=value agent=value", separated by spaces or commas. */
static const char *read_setting(struct arena *arena, struct agent_kit *kit,
                                const struct setting *setting)
{
	char *rest = arena_strdup(arena, setting->words);
	const char *fault = NULL, *word;

	while (fault == NULL && (word = strtok_r(rest, " ,\t\n", &rest)) != NULL)
		fault = read_word(arena, kit, setting, word);
	return fault;
}

/* NULL, or which setting cannot be used and why. */
static const char *read_settings(struct arena *arena, struct agent_kit *kit)
{
	const struct setting settings[] = {
		{ "VIVA_AGENT_MODELS", config()->agent_models, set_model, "the name of a model" },
		{ "VIVA_AGENT_TEMPERATURES", config()->agent_temperatures, set_temperature,
		  arena_printf(arena, "a number from %d to %d", TEMPERATURE_MIN, TEMPERATURE_MAX) },
		{ "VIVA_AGENT_MAX_TOKENS", config()->agent_max_tokens, set_max_tokens,
		  arena_printf(arena, "a whole number from 1 to %d", MAX_TOKENS_MAX) },
	};
	const char *fault = NULL;

	for (int i = 0; i < AGENT_COUNT; i++) {
		kit->rows[i].model = arena_strdup(arena, config()->llm_model);
		kit->rows[i].temperature = defaults[i].temperature;
		kit->rows[i].max_tokens = defaults[i].max_tokens;
	}
	kit->no_think = config()->no_think;
	for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]) && fault == NULL; i++)
		fault = read_setting(arena, kit, &settings[i]);
	return fault;
}

const char *agent_settings_fault(struct arena *arena)
{
	struct agent_kit kit = { 0 };

	return read_settings(arena, &kit);
}

/* --- prompts ----------------------------------------------------------------- */

/* 1: it is there, 0: it is not, -1: nobody can tell. */
static int file_exists(struct arena *arena, const char *folder, const char *file)
{
	const char *path = arena_printf(arena, "%s/%s", folder, file);

	if (access(path, R_OK) == 0)
		return 1;
	if (errno == ENOENT)
		return 0;
	log_error("cannot read %s: %s", path, strerror(errno));
	return -1;
}

static enum err check_prompt(struct arena *arena, const struct agent_kit *kit, const char *name)
{
	const char *heading = arena_printf(arena, "# %s\n", name);
	struct buf text;

	buf_init(&text, arena);
	if (mustache_render(kit->prompts, arena_printf(arena, "%s.md", name), LANG_EN,
	                    cJSON_CreateObject(), &text) != OK)
		return ERR_INTERNAL;
	if (text_starts(text.data, heading) && text.len > strlen(heading))
		return OK;
	log_error("the prompt of %s does not begin with its name", name);
	return ERR_INTERNAL;
}

static enum err read_schema(struct arena *arena, const struct agent_kit *kit, const char *name,
                            struct agent_row *row)
{
	const char *fault;
	struct buf text;

	buf_init(&text, arena);
	if (mustache_render(kit->prompts, arena_printf(arena, "%s.json", name), LANG_EN,
	                    cJSON_CreateObject(), &text) != OK)
		return ERR_INTERNAL;
	if (schema_parse(arena, text.data, &row->schema, &fault) != OK) {
		log_error("the schema of %s: %s", name, fault);
		return ERR_INTERNAL;
	}
	row->schema_text = json_text(row->schema.root);
	return OK;
}

static enum err read_agent(struct arena *arena, struct agent_kit *kit, const char *folder,
                           enum agent agent)
{
	const char *name = agent_name(agent);
	const int prompt = file_exists(arena, folder, arena_printf(arena, "%s.md", name));
	const int schema = file_exists(arena, folder, arena_printf(arena, "%s.json", name));
	enum err err;

	if (prompt < 0 || schema < 0)
		return ERR_INTERNAL;
	if (prompt == 0 && schema == 0)
		return OK;
	if (prompt == 0) {
		log_error("%s: %s has a schema but no prompt", folder, name);
		return ERR_INTERNAL;
	}
	kit->rows[agent].has_prompt = true;
	err = check_prompt(arena, kit, name);
	return err == OK && schema == 1 ? read_schema(arena, kit, name, &kit->rows[agent]) : err;
}

enum err agent_kit_load(struct arena *arena, const char *folder, struct agent_kit **ret_kit)
{
	struct agent_kit *kit = arena_alloc(arena, sizeof(*kit));
	const char *fault = read_settings(arena, kit);
	enum err err;

	if (fault != NULL) {
		log_error("%s", fault);
		return ERR_INVALID;
	}
	err = mustache_load(arena, folder, &kit->prompts);
	for (int i = 0; i < AGENT_COUNT && err == OK; i++)
		err = read_agent(arena, kit, folder, (enum agent)i);
	if (err == OK)
		*ret_kit = kit;
	return err;
}

const char *agent_model(const struct agent_kit *kit, enum agent agent)
{
	return kit->rows[agent].model;
}

bool agent_is_there(const struct agent_kit *kit, enum agent agent)
{
	return kit->rows[agent].has_prompt;
}

/* --- asking ------------------------------------------------------------------ */

static const char *english_name(enum language language)
{
	static const char *const names[] = {
		[LANG_EN] = "English",
		[LANG_RU] = "Russian",
		[LANG_UK] = "Ukrainian",
	};

	return names[language];
}

enum err agent_system(const struct agent_kit *kit, struct arena *arena,
                      const struct agent_task *task, const char **ret_system)
{
	const char *name = agent_name(task->agent);
	cJSON *context = task->params != NULL ? cJSON_Duplicate(task->params, true)
	                                      : cJSON_CreateObject();
	struct buf text;
	enum err err;

	buf_init(&text, arena);
	json_set_string(context, "language", english_name(task->language));
	if (kit->no_think)
		buf_str(&text, "/no_think\n");
	err = mustache_render(kit->prompts, arena_printf(arena, "%s.md", name), LANG_EN, context,
	                      &text);
	if (err == OK)
		*ret_system = text.data;
	return err;
}

/* A desk may be less strict than the client; what comes from here fits. */
static void check_answer(struct arena *arena, const struct agent_row *row,
                         struct llm_result *result)
{
	const char *fault = NULL;
	enum err err;

	if (result->class != LLM_OK || row->schema_text == NULL)
		return;
	if (result->json != NULL)
		err = schema_check(arena, &row->schema, result->json, &fault);
	else
		err = llm_json_find(arena, result->text != NULL ? result->text : "", &row->schema,
		                    &result->json, &fault);
	if (err == OK)
		return;
	result->class = LLM_INCOMPLETE;
	result->json = NULL;
	result->error = fault;
}

static struct agent_ask ask_of(const struct agent_desk *desk, struct arena *arena,
                               const struct agent_task *task, const char *system)
{
	const struct agent_row *row = &desk->kit->rows[task->agent];
	struct agent_ask ask = {
		.agent = task->agent,
		.subject = task->subject != NULL ? task->subject : "",
		.model = row->model,
		.temperature = row->temperature,
		.max_tokens = row->max_tokens,
		.system = system,
		.user = json_text(task->data),
		.schema = row->schema_text,
	};
	const char *const texts[] = { ask.system, ask.user, ask.schema != NULL ? ask.schema : "",
		                      NULL };

	ask.prompt_hash = hash_texts(arena, texts);
	if (task->is_speech) {
		ask.on_text = desk->on_text;
		ask.context = desk->listener;
	}
	return ask;
}

enum err agent_run(const struct agent_desk *desk, struct arena *arena,
                   const struct agent_task *task, struct llm_result *ret_result)
{
	struct llm_result result = { .class = LLM_PERMANENT, .text = "", .error = "" };
	struct agent_ask ask;
	const char *system;

	if (desk == NULL || !agent_is_there(desk->kit, task->agent) ||
	    (desk->is_ready != NULL && !desk->is_ready(desk->context)))
		return ERR_BUSY;
	if (agent_system(desk->kit, arena, task, &system) != OK)
		return ERR_BUSY;
	ask = ask_of(desk, arena, task, system);
	desk->ask(desk->context, arena, &ask, &result);
	check_answer(arena, &desk->kit->rows[task->agent], &result);
	*ret_result = result;
	return result.class == LLM_OK ? OK : ERR_UPSTREAM;
}
