#include "witness/model.h"

#include <limits.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/json.h"
#include "base/log.h"

enum { CONNECT_MS = 10000, MAX_RETRY_AFTER_MS = 120000 };

/* With less of the budget left than this no call is begun: nothing would come of it. */
enum { LEAST_MS = 500 };

/* A pause of the endpoint that is longer than this is not waited for. */
enum { PATIENCE_MS = 5000 };

struct model {
	struct llm_client *client;
	struct agent_kit *kit;
};

/* --- the installation's model ------------------------------------------------- */

/* The path is made here: requests come in many threads, config_var_path is for the start. */
static struct llm_client *create_client(struct arena *arena)
{
	const struct config *settings = config();

	return llm_client_create(&(struct llm_settings){
	        .base_url = settings->llm_url,
	        .api_key = settings->llm_key,
	        .connect_ms = CONNECT_MS,
	        .first_byte_ms = settings->llm_first_byte_s * 1000,
	        .idle_ms = settings->llm_idle_s * 1000,
	        .total_ms = settings->llm_timeout_s * 1000,
	        .tries = settings->llm_tries + 1,
	        .parallel = settings->llm_parallel,
	        .max_retry_after_ms = MAX_RETRY_AFTER_MS,
	        .state_path = arena_printf(arena, "%s/llm.state", settings->var),
	});
}

enum err model_open(struct arena *lasting, struct model **ret_model)
{
	struct model *model = arena_alloc(lasting, sizeof(*model));
	enum err err;

	if (config()->llm_url[0] == '\0') {
		*ret_model = NULL;
		return OK;
	}
	if (config()->llm_model[0] == '\0') {
		log_error("OPENAI_BASE_URL is set but OPENAI_MODEL is not: name a model, or empty "
		          "the address to do without one");
		return ERR_INVALID;
	}
	err = agent_kit_load(lasting, config_home_path("templates/prompts"), &model->kit);
	if (err != OK)
		return ERR_INVALID;
	model->client = create_client(lasting);
	if (model->client == NULL)
		return ERR_INVALID;
	arena_defer(lasting, llm_client_destroy, model->client);
	*ret_model = model;
	return OK;
}

enum model_state model_state(struct arena *arena)
{
	struct llm_client *client;

	if (config()->llm_url[0] == '\0')
		return MODEL_NONE;
	client = create_client(arena);
	if (client == NULL)
		return MODEL_OPEN;
	arena_defer(arena, llm_client_destroy, client);
	if (llm_is_open_for_calls(client, 0))
		return MODEL_READY;
	return llm_is_open_for_calls(client, INT_MAX) ? MODEL_PAUSED : MODEL_OPEN;
}

const char *model_state_name(enum model_state state)
{
	static const char *const names[] = { "none", "ready", "paused", "open" };

	return names[state];
}

const struct agent_kit *model_kit(const struct model *model)
{
	return model->kit;
}

/* --- a desk ------------------------------------------------------------------- */

struct desk {
	struct agent_desk desk;
	const struct model *model;
	struct model_work work;
	int64_t spent_ms;
	int64_t requests_left; /* that the interview may still cost */
	bool has_left;         /* the reader; speech is of no use any more */
};

/* One ask on its way. */
struct asking {
	struct desk *desk;
	const struct agent_ask *ask;
	bool is_stopped; /* who asked wants no more of it */
};

static int64_t left_ms(const struct desk *desk)
{
	return desk->work.budget_ms - desk->spent_ms;
}

static bool is_ready(void *context)
{
	const struct desk *desk = context;

	return left_ms(desk) >= LEAST_MS && desk->requests_left > 0 &&
	       llm_is_open_for_calls(desk->model->client, PATIENCE_MS);
}

/* The listener that agents get: it remembers when the reader left. */
static bool listen(void *context, const char *text, size_t len)
{
	struct desk *desk = context;

	if (!desk->has_left && !desk->work.on_text(desk->work.listener, text, len))
		desk->has_left = true;
	return !desk->has_left;
}

static bool on_text(void *context, const char *text, size_t len)
{
	struct asking *asking = context;

	if (!asking->ask->on_text(asking->ask->context, text, len))
		asking->is_stopped = true;
	return !asking->is_stopped;
}

/* Whoever left may come back for the grade: only speech ends with its reader. */
static bool on_wait(void *context)
{
	struct asking *asking = context;
	struct desk *desk = asking->desk;

	if (!desk->has_left && !desk->work.on_wait(desk->work.listener))
		desk->has_left = true;
	return !desk->has_left || asking->ask->on_text == NULL;
}

static int timeout_ms(const struct desk *desk)
{
	const int64_t most = config()->llm_timeout_s * 1000;
	const int64_t left = left_ms(desk);

	return (int)(left < most ? left : most);
}

static void send(struct desk *desk, struct arena *arena, const struct agent_ask *ask,
                 struct llm_result *result)
{
	const struct llm_message messages[] = { { "system", ask->system }, { "user", ask->user } };
	const bool is_speech = ask->on_text != NULL;
	struct asking asking = { .desk = desk, .ask = ask };
	const struct llm_request request = {
		.messages = messages,
		.message_count = 2,
		.model = ask->model,
		.temperature = ask->temperature,
		.max_tokens = ask->max_tokens,
		.schema_name = ask->schema != NULL ? agent_name(ask->agent) : NULL,
		.schema = ask->schema,
		.on_text = is_speech ? on_text : NULL,
		.on_wait = desk->work.on_wait != NULL ? on_wait : NULL,
		.context = &asking,
		.cancel_fd = is_speech ? desk->work.cancel_fd : -1,
		.total_ms = timeout_ms(desk),
	};

	if (desk->work.store != NULL)
		store_rest(desk->work.store); /* others may need the connection meanwhile */
	llm_chat(desk->model->client, arena, &request, result);
	desk->requests_left -= result->requests;
	if (result->class == LLM_CANCELLED && !asking.is_stopped)
		desk->has_left = true;
}

static const char *messages_json(const struct agent_ask *ask)
{
	cJSON *messages = cJSON_CreateArray(), *message = json_add_object(messages);

	json_set_string(message, "role", "system");
	json_set_string(message, "content", ask->system);
	message = json_add_object(messages);
	json_set_string(message, "role", "user");
	json_set_string(message, "content", ask->user);
	return json_text(messages);
}

static const char *parameters_json(const struct agent_ask *ask)
{
	cJSON *parameters = cJSON_CreateObject();

	json_set_number(parameters, "temperature", ask->temperature);
	json_set_number(parameters, "max_tokens", ask->max_tokens);
	json_set_string(parameters, "schema", ask->schema != NULL ? agent_name(ask->agent) : NULL);
	return json_text(parameters);
}

static void record(const struct desk *desk, const struct agent_ask *ask, struct llm_result *result,
                   int64_t started_at)
{
	struct llm_call call = {
		.interview_id = desk->work.interview_id,
		.user_id = desk->work.user_id,
		.question_id = ask->subject,
		.agent = agent_name(ask->agent),
		.model = ask->model,
		.prompt_hash = ask->prompt_hash,
		.prompt = messages_json(ask),
		.parameters = parameters_json(ask),
		.reply = result->text,
		.reasoning = result->reasoning,
		.prompt_tokens = result->usage.prompt_tokens,
		.completion_tokens = result->usage.completion_tokens,
		.reasoning_tokens = result->usage.reasoning_tokens,
		.is_estimated = !result->usage.is_known,
		.latency_ms = result->latency_ms,
		.first_token_ms = result->first_token_ms,
		.outcome = llm_class_name(result->class),
		.finish = result->finish,
		.error = result->error,
		.note = result->note,
		.requests = result->requests,
		.created_at = started_at,
	};
	const enum err err = llm_call_add(desk->work.store, &call);

	result->record = err == OK ? call.id : 0;
	/* What was asked for an interview that is deleted goes with it. */
	if (err != OK && err != ERR_NOT_FOUND)
		log_error("a call of the agent %s could not be recorded", call.agent);
}

static void ask_model(void *context, struct arena *arena, const struct agent_ask *ask,
                      struct llm_result *ret_result)
{
	const int64_t started_at = clock_now_ms(), started_us = clock_monotonic_us();
	struct desk *desk = context;

	if (ask->on_text != NULL && desk->has_left) {
		*ret_result = llm_unasked(LLM_CANCELLED, "the reader left");
		return;
	}
	if (left_ms(desk) <= 0) {
		*ret_result = llm_unasked(LLM_TIMEOUT,
		                          "the time for this piece of work is used up");
		return;
	}
	send(desk, arena, ask, ret_result);
	desk->spent_ms += (clock_monotonic_us() - started_us) / 1000;
	if (ret_result->class == LLM_CANCELLED && ret_result->requests == 0)
		return;
	if (ret_result->class != LLM_OK && ret_result->class != LLM_CANCELLED)
		log_warning("the agent %s got no answer (%s): %s", agent_name(ask->agent),
		            llm_class_name(ret_result->class), ret_result->error);
	record(desk, ask, ret_result, started_at);
}

/* Nobody can run up a bill by sending the same form again and again. */
static int64_t requests_left(const struct model_work *work)
{
	int64_t spent = 0;

	if (work->interview_id == NULL || work->store == NULL)
		return INT64_MAX;
	if (llm_call_requests(work->store, work->interview_id, &spent) != OK)
		return 0;
	return config()->llm_requests - spent;
}

struct agent_desk *model_desk(struct arena *arena, const struct model *model,
                              const struct model_work *work)
{
	struct desk *desk;

	if (model == NULL)
		return NULL;
	desk = arena_alloc(arena, sizeof(*desk));
	*desk = (struct desk){ .model = model, .work = *work };
	desk->requests_left = requests_left(work);
	desk->desk = (struct agent_desk){
		.kit = model->kit,
		.ask = ask_model,
		.is_ready = is_ready,
		.context = desk,
		.on_text = work->on_text != NULL ? listen : NULL,
		.listener = desk,
	};
	return &desk->desk;
}
