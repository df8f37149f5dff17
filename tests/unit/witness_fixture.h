/* A model at the endpoint of model_fixture.h, an interview, asks and readers. */
#ifndef VIVA_TESTS_WITNESS_FIXTURE_H
#define VIVA_TESTS_WITNESS_FIXTURE_H

#include "fixture.h"
#include "model_fixture.h"
#include "store_fixture.h"

#include "base/config.h"
#include "witness/model.h"

#define KEY "sk-very-secret-0123456789"
#define SCHEMA_TEXT                                                           \
	"{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"}}," \
	"\"required\":[\"a\"],\"additionalProperties\":false}"

static struct store *store;
static struct interview interview;
static struct model *model;

static inline void configure(const char *url, const char *name)
{
	setenv("OPENAI_BASE_URL", url, 1);
	setenv("OPENAI_MODEL", name, 1);
	CHECK_INT(config_load(), OK);
}

static inline void open_all(void)
{
	store = fixture_store();
	fixture_role(store);
	interview = fixture_interview(store, fixture_user(store, "ann", "Ann").id, "start");
	CHECK_INT(model_open(arena, &model), OK);
	CHECK(model != NULL);
	if (model == NULL)
		exit(1);
}

static inline struct agent_ask ask_json(void)
{
	return (struct agent_ask){ .agent = AGENT_OBSERVER,
		                   .subject = "q1",
		                   .model = "small",
		                   .temperature = 0,
		                   .max_tokens = 70,
		                   .system = "Look.",
		                   .user = "{\"answer\":\"да\"}",
		                   .schema = SCHEMA_TEXT,
		                   .prompt_hash = "hash" };
}

static inline struct agent_ask ask_speech(const struct agent_desk *desk)
{
	return (struct agent_ask){ .agent = AGENT_INTERVIEWER,
		                   .subject = "",
		                   .model = "small",
		                   .temperature = 0.5,
		                   .max_tokens = 70,
		                   .system = "Speak.",
		                   .user = "{}",
		                   .prompt_hash = "speech",
		                   .on_text = desk->on_text,
		                   .context = desk->listener };
}

static inline struct llm_result put_to(struct agent_desk *desk, const struct agent_ask *ask)
{
	struct llm_result result = { 0 };

	desk->ask(desk->context, arena, ask, &result);
	return result;
}

static inline struct llm_call_list records(void)
{
	struct llm_call_list list = { 0 };

	CHECK_INT(llm_call_list(store, arena, interview.id, 0, &list), OK);
	return list;
}

/* A reader who leaves after so many pieces of text or waits. */
struct reader {
	struct buf text;
	int patience;
};

static inline bool read_text(void *context, const char *text, size_t len)
{
	struct reader *reader = context;

	buf_add(&reader->text, text, len);
	return --reader->patience > 0;
}

static inline bool wait_on(void *context)
{
	struct reader *reader = context;

	return --reader->patience > 0;
}

static inline struct reader new_reader(int patience)
{
	struct reader reader = { .patience = patience };

	buf_init(&reader.text, arena);
	return reader;
}

static char var_folder[] = "/tmp/viva-witness-XXXXXX";

/* The configuration but for the address and the name of a model. */
static inline void witness_begin(void)
{
	log_folder();
	setenv("VIVA_VAR", mkdtemp(var_folder), 1);
	setenv("VIVA_HOME", ".", 1);
	setenv("OPENAI_API_KEY", KEY, 1);
	setenv("LITELLM_MAX_RETRIES", "0", 1);
	CHECK_INT(config_load(), OK);
}

static inline int witness_end(void)
{
	remove_folder(var_folder);
	remove_folder(log_folder());
	return check_done();
}

#endif
