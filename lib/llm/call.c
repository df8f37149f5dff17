/* llm_chat: one call with its tries. */
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/text.h"
#include "llm/body.h"
#include "llm/json_find.h"
#include "llm/tries.h"

enum { REPAIRS = 2, MORE_TOKENS = 2, MORE_TOKENS_FOR_THOUGHT = 4, LOGGED = 300 };

struct call {
	struct llm_client *client;
	struct arena *arena;
	const struct llm_request *request;
	struct llm_result *result;
	struct tries tries;
	struct trial *trial; /* the newest; NULL before the first */
	struct quirks quirks;
	struct schema schema;
	struct body_repair repair;
	int max_tokens, repairs;
	bool has_grown, was_heard; /* more tokens were given; text went to on_text */
	bool was_counted;          /* there is some usage */
};

/* Passes text on, and remembers that it cannot be taken back. */
static bool hear(void *context, const char *text, size_t len)
{
	struct call *call = context;

	call->was_heard = true;
	call->tries.wait.quiet_us = clock_monotonic_us();
	return call->request->on_text(call->request->context, text, len);
}

/* Four code points a token, as good as any guess. */
static int guess_prompt(const struct llm_request *request)
{
	size_t points = 0;

	for (size_t i = 0; i < request->message_count; i++)
		points += text_count(request->messages[i].content,
		                     strlen(request->messages[i].content));
	return (int)((points + 3) / 4);
}

/* All requests that were answered cost something, also those whose answer was no good. */
static void count_usage(struct call *call)
{
	const struct llm_reply *reply = &call->trial->reply;
	struct llm_usage *usage = &call->result->usage;

	if (!reply->saw_event)
		return;
	usage->is_known = reply->usage.is_known && (usage->is_known || !call->was_counted);
	usage->prompt_tokens += reply->usage.is_known ? reply->usage.prompt_tokens
	                                              : guess_prompt(call->request);
	usage->completion_tokens += reply->usage.completion_tokens;
	usage->reasoning_tokens += reply->usage.reasoning_tokens;
	call->was_counted = true;
}

static bool is_streamed(const struct call *call)
{
	return call->request->schema == NULL && call->request->on_text != NULL;
}

static void send_request(struct call *call)
{
	struct trial *trial = arena_alloc(call->arena, sizeof(*trial));
	const char *body = body_chat(call->arena, call->request, &call->quirks, call->max_tokens,
	                             &call->repair);

	trial->client = call->client;
	trial->arena = call->arena;
	trial->wait = &call->tries.wait;
	trial->url = call->client->chat_url;
	trial->body = body;
	trial->len = strlen(body);
	call->trial = trial;
	trial_run(trial, is_streamed(call) ? hear : NULL, call);
	client_leave(call->client);
	call->result->requests += trial->requests;
	count_usage(call);
}

static const char *finish_of(const struct call *call)
{
	const struct llm_reply *reply = &call->trial->reply;

	if (reply->finish != NULL)
		return reply->finish;
	return reply->is_done ? "unknown" : "";
}

static bool ran_out_of_tokens(const struct call *call)
{
	static const char *const names[] = { "length", "max_tokens", "max_output_tokens",
		                             "model_length" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcasecmp(finish_of(call), names[i]) == 0)
			return true;
	return false;
}

/* Once, and only where the limit is ours: again with more room. */
static bool grow(struct call *call, int factor)
{
	if (call->has_grown || call->max_tokens == 0)
		return false;
	call->has_grown = true;
	call->max_tokens *= factor;
	return true;
}

/* Asks again, saying what was wrong. */
static bool ask_better(struct call *call, const char *fault)
{
	if (call->repairs == REPAIRS)
		return false;
	call->repairs++;
	call->repair.answer = call->trial->reply.text.data;
	call->repair.fault = fault;
	return true;
}

static void fail_json(struct call *call, const char *fault)
{
	struct trial *trial = call->trial;

	trial->class = LLM_INCOMPLETE;
	if (ran_out_of_tokens(call)) {
		trial->error = "the answer was cut off at max_tokens; raise it";
		return;
	}
	trial->code = "invalid_json";
	trial->error = arena_printf(call->arena, "not the JSON that was asked for: %s", fault);
}

/* A whole answer that is to be JSON. True: ask again. */
static bool check_json(struct call *call)
{
	const struct llm_reply *reply = &call->trial->reply;
	const char *fault = "", *other;

	if (llm_json_find(call->arena, reply->text.data, &call->schema, &call->result->json,
	                  &fault) == OK)
		return false;
	call->result->json = NULL;
	/* Some models put everything in their thoughts. */
	if (reply->text.len == 0 && !ran_out_of_tokens(call) && reply->reasoning.len > 0 &&
	    llm_json_find(call->arena, reply->reasoning.data, &call->schema, &call->result->json,
	                  &other) == OK) {
		call->trial->class = LLM_OK;
		call->trial->error = call->trial->code = "";
		call->result->note = "json found in reasoning";
		return false;
	}
	if (ran_out_of_tokens(call)) {
		if (grow(call, MORE_TOKENS))
			return true;
	} else if (ask_better(call, fault)) {
		return true;
	}
	fail_json(call, fault);
	return false;
}

/* Nothing but thoughts came, or nothing at all, and it did come to its end. */
static bool is_empty_answer(const struct call *call)
{
	const struct llm_reply *reply = &call->trial->reply;

	return reply->text.len == 0 && reply->broken == NULL &&
	       (reply->finish != NULL || reply->is_done);
}

/* An answer that is not whole. True: ask again. */
static bool retry_incomplete(struct call *call)
{
	struct trial *trial = call->trial;

	if (call->was_heard || trial->is_final)
		return false;
	if (ran_out_of_tokens(call)) {
		if (is_empty_answer(call)) {
			trial->error = "thinking used up all tokens; raise max_tokens";
			return grow(call, MORE_TOKENS_FOR_THOUGHT);
		}
		return call->request->schema != NULL && grow(call, MORE_TOKENS);
	}
	if (is_streamed(call))
		return false;
	if (is_empty_answer(call)) {
		if (call->request->schema != NULL && trial->reply.think.state != THINK_INSIDE)
			return check_json(call);
		trial->is_junk = true;
	}
	return tries_again(&call->tries, trial);
}

static bool learn(struct call *call)
{
	const struct trial *trial = call->trial;

	if (trial->class != LLM_PERMANENT || strcmp(trial->code, "context_length") == 0 ||
	    !quirks_learn(&call->quirks, call->request, trial->status,
	                  arena_printf(call->arena, "%s %s", trial->error, trial->code)))
		return false;
	client_learn(call->client, call->request->model, &call->quirks);
	return true;
}

/* Looks at what came. True: another request is to follow. */
static bool goes_on(struct call *call)
{
	switch (call->trial->class) {
	case LLM_OK:
		return call->request->schema != NULL && check_json(call);
	case LLM_INCOMPLETE:
		return retry_incomplete(call);
	case LLM_RETRYABLE:
		return !call->was_heard && tries_again(&call->tries, call->trial);
	case LLM_PERMANENT:
		return learn(call) || (!call->was_heard && tries_again(&call->tries, call->trial));
	case LLM_CANCELLED:
	case LLM_TIMEOUT:
		break;
	}
	return false;
}

/* What the last trial left, whatever it was. */
static void report_trial(struct call *call)
{
	struct llm_result *result = call->result;
	const struct trial *trial = call->trial;

	result->text = trial->reply.text.data;
	result->reasoning = trial->reply.reasoning.data;
	result->finish = finish_of(call);
	result->status = trial->status;
	result->context_limit = trial->reply.context_limit;
	result->code = trial->code;
	if (trial->first_token_us != 0)
		result->first_token_ms = (trial->first_token_us - call->tries.start_us) / 1000;
}

static void report(struct call *call, bool was_stopped)
{
	struct llm_result *result = call->result;
	const bool has_trial = call->trial != NULL;

	if (has_trial)
		report_trial(call);
	/* Between two tries the last one's message tells more than that time was up. */
	result->class = was_stopped ? call->tries.class : call->trial->class;
	result->error = was_stopped && (!has_trial || result->class != LLM_RETRYABLE)
	                        ? call->tries.error
	                        : call->trial->error;
	if (result->class == LLM_OK)
		result->error = result->code = "";
	else
		result->json = NULL;
	result->error = client_redacted(call->client, call->arena, result->error);
	result->code = client_redacted(call->client, call->arena, result->code);
	result->retry_after_ms = call->tries.retry_after_ms;
	result->latency_ms = (clock_monotonic_us() - call->tries.start_us) / 1000;
	tries_end(&call->tries, call->trial, result->class);
}

static void log_failure(const struct call *call)
{
	const struct llm_result *result = call->result;

	if (result->class != LLM_OK && result->class != LLM_CANCELLED && result->requests > 0)
		log_warning("model %s: %s, status %d, %d requests: %s", call->request->model,
		            llm_class_name(result->class), result->status, result->requests,
		            text_shortened(call->arena, result->error, LOGGED));
}

static bool begin(struct call *call, struct llm_client *client, struct arena *arena,
                  const struct llm_request *request)
{
	const char *fault = NULL;

	call->client = client;
	call->arena = arena;
	call->request = request;
	call->max_tokens = request->max_tokens;
	call->quirks = client_quirks(client, request->model);
	json_bind(arena);
	tries_begin(&call->tries, client, arena, request);
	if (request->schema == NULL ||
	    schema_parse(arena, request->schema, &call->schema, &fault) == OK)
		return true;
	call->tries.class = LLM_PERMANENT;
	call->tries.error = arena_printf(arena, "the schema cannot be used: %s", fault);
	return false;
}

void llm_chat(struct llm_client *client, struct arena *arena, const struct llm_request *request,
              struct llm_result *ret_result)
{
	struct call call = { .result = ret_result };
	bool was_stopped;

	*ret_result = (struct llm_result){
		.text = "",
		.reasoning = "",
		.finish = "",
		.note = "",
		.error = "",
		.code = "",
		.first_token_ms = -1,
	};
	was_stopped = !begin(&call, client, arena, request);
	while (!was_stopped) {
		was_stopped = !tries_enter(&call.tries);
		if (was_stopped)
			break;
		send_request(&call);
		if (!goes_on(&call))
			break;
	}
	report(&call, was_stopped);
	log_failure(&call);
}
