/*
 * Calls lib/llm as one JSON object on standard input says, and prints what came of it:
 *
 *   {"settings": {"base_url": ..., "total_ms": ...}, "calls": [call, ...], "together": false}
 *   call: {"after_ms": 0, "request": {...} or "embed": {"model": ..., "texts": [...]} or
 *          "post": {"url": ..., "body": ..., "headers": [...]},
 *          "stream": true, "stop_after_pieces": 3,
 *          "cancel": {"after_ms": 100, "by": "readable", "hangup" or "wait"}, "patience_ms": 0}
 *
 * -> {"results": [{"class": ..., "text": ..., "pieces": [...], ...}, ...]}, in the order of the
 * calls, which run one after the other, or each in a thread of its own when "together".
 */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/text.h"
#include "llm/llm.h"

struct piece {
	struct piece *next;
	const char *text;
	bool is_valid;
	int64_t at_ms;
};

struct call {
	struct llm_client *client;
	const cJSON *given;
	struct arena *arena;
	cJSON *said;                        /* the result */
	struct piece *pieces, **last_piece; /* no cJSON: it is not ours within a callback */
	int64_t start_us;
	int stop_after_pieces, piece_count; /* stop_after_pieces 0: never */
	int waits;
	int64_t wait_until_ms; /* on_wait then says no; below 0: never */
	int cancel_pipe[2];
	const char *cancel_by;
	int cancel_after_ms;
	pthread_t canceller, thread;
};

static int64_t since_ms(const struct call *call)
{
	return (clock_monotonic_us() - call->start_us) / 1000;
}

static int integer(const cJSON *object, const char *name, int fallback)
{
	return (int)json_number(object, name, fallback);
}

static bool take_piece(void *context, const char *text, size_t len)
{
	struct call *call = context;
	struct piece *piece = arena_alloc(call->arena, sizeof(*piece));

	piece->text = arena_copy(call->arena, text, len);
	piece->is_valid = text_valid(text, len) && memchr(text, 0, len) == NULL;
	piece->at_ms = since_ms(call);
	*call->last_piece = piece;
	call->last_piece = &piece->next;
	call->piece_count++;
	return call->stop_after_pieces == 0 || call->piece_count < call->stop_after_pieces;
}

static bool keep_waiting(void *context)
{
	struct call *call = context;

	call->waits++;
	return call->wait_until_ms < 0 || since_ms(call) < call->wait_until_ms;
}

static void *cancel(void *context)
{
	struct call *call = context;

	usleep((useconds_t)call->cancel_after_ms * 1000);
	if (strcmp(call->cancel_by, "readable") == 0 && write(call->cancel_pipe[1], "x", 1) != 1)
		abort();
	if (strcmp(call->cancel_by, "hangup") == 0)
		close(call->cancel_pipe[1]);
	return NULL;
}

static bool has_canceller(const struct call *call)
{
	return call->cancel_by != NULL && strcmp(call->cancel_by, "wait") != 0;
}

static void start_canceller(struct call *call, struct llm_request *request)
{
	const cJSON *wanted = json_get(call->given, "cancel");

	request->cancel_fd = -1;
	call->wait_until_ms = -1;
	call->cancel_by = NULL;
	if (wanted == NULL)
		return;
	call->cancel_by = json_string(wanted, "by", "readable");
	call->cancel_after_ms = integer(wanted, "after_ms", 0);
	if (!has_canceller(call)) {
		call->wait_until_ms = call->cancel_after_ms;
		return;
	}
	if (pipe(call->cancel_pipe) != 0 ||
	    pthread_create(&call->canceller, NULL, cancel, call) != 0)
		abort();
	request->cancel_fd = call->cancel_pipe[0];
}

static void stop_canceller(struct call *call)
{
	if (!has_canceller(call))
		return;
	pthread_join(call->canceller, NULL);
	close(call->cancel_pipe[0]);
	if (strcmp(call->cancel_by, "hangup") != 0)
		close(call->cancel_pipe[1]);
}

static void say_usage(cJSON *said, const struct llm_usage *usage)
{
	cJSON *object = json_set_object(said, "usage");

	json_set_bool(object, "is_known", usage->is_known);
	json_set_number(object, "prompt", usage->prompt_tokens);
	json_set_number(object, "completion", usage->completion_tokens);
	json_set_number(object, "reasoning", usage->reasoning_tokens);
}

static void say_pieces(struct call *call)
{
	cJSON *pieces = json_set_array(call->said, "pieces");

	for (const struct piece *piece = call->pieces; piece != NULL; piece = piece->next) {
		cJSON *object = json_add_object(pieces);

		json_set_string(object, "text", piece->text);
		json_set_bool(object, "is_valid", piece->is_valid);
		json_set_number(object, "at_ms", (double)piece->at_ms);
	}
}

static void say_result(struct call *call, const struct llm_result *result)
{
	cJSON *said = call->said;

	say_pieces(call);
	json_set_string(said, "class", llm_class_name(result->class));
	json_set_string(said, "text", result->text);
	json_set_bool(said, "is_valid",
	              result->text == NULL || text_valid(result->text, strlen(result->text)));
	json_set_string(said, "reasoning", result->reasoning);
	json_set_string(said, "finish", result->finish);
	if (result->json != NULL)
		json_set(said, "json", result->json);
	json_set_string(said, "note", result->note);
	json_set_string(said, "error", result->error);
	json_set_string(said, "code", result->code);
	json_set_number(said, "status", result->status);
	json_set_number(said, "retry_after_ms", (double)result->retry_after_ms);
	json_set_number(said, "context_limit", result->context_limit);
	json_set_number(said, "requests", result->requests);
	json_set_number(said, "latency_ms", (double)result->latency_ms);
	json_set_number(said, "first_token_ms", (double)result->first_token_ms);
	say_usage(said, &result->usage);
}

static struct llm_message *read_messages(struct call *call, const cJSON *given, size_t *ret_count)
{
	size_t count = json_count(given, "messages"), i = 0;
	struct llm_message *messages = arena_array(call->arena, count + 1, sizeof(*messages));
	const cJSON *item;

	cJSON_ArrayForEach(item, json_get(given, "messages"))
	{
		messages[i].role = json_string(item, "role", "user");
		messages[i++].content = json_string(item, "content", "");
	}
	*ret_count = count;
	return messages;
}

static void chat(struct call *call, const cJSON *given)
{
	struct llm_request request = { 0 };
	struct llm_result result = { 0 };

	request.messages = read_messages(call, given, &request.message_count);
	request.model = json_string(given, "model", "fake");
	request.temperature = json_number(given, "temperature", -1);
	request.max_tokens = integer(given, "max_tokens", 0);
	request.schema_name = json_string(given, "schema_name", NULL);
	if (json_get(given, "schema") != NULL)
		request.schema = json_text(json_get(given, "schema"));
	request.total_ms = integer(given, "total_ms", 0);
	request.on_text = json_bool(call->given, "stream", true) ? take_piece : NULL;
	request.on_wait = keep_waiting;
	request.context = call;
	start_canceller(call, &request);
	llm_chat(call->client, call->arena, &request, &result);
	stop_canceller(call);
	say_result(call, &result);
}

static void embed(struct call *call, const cJSON *given)
{
	size_t count = json_count(given, "texts"), i = 0;
	const char **items = arena_array(call->arena, count + 1, sizeof(*items));
	const struct llm_texts texts = {
		.model = json_string(given, "model", "fake"),
		.items = items,
		.count = count,
	};
	struct llm_vectors vectors = { 0 };
	struct llm_result result = { 0 };
	cJSON *said;
	const cJSON *item;

	cJSON_ArrayForEach(item, json_get(given, "texts")) items[i++] = item->valuestring;
	llm_embed(call->client, call->arena, &texts, &vectors, &result);
	say_result(call, &result);
	if (result.class != LLM_OK)
		return;
	json_set_number(call->said, "dimension", (double)vectors.dimension);
	said = json_set_array(call->said, "vectors");
	for (size_t at = 0; at < vectors.count; at++) {
		cJSON *vector = json_add(said, cJSON_CreateArray());
		for (size_t k = 0; k < vectors.dimension; k++)
			json_add(vector,
			         cJSON_CreateNumber(
			                 (double)vectors.values[at * vectors.dimension + k]));
	}
}

static void post(struct call *call, const cJSON *given)
{
	const char *body = json_string(given, "body", "");
	const char **headers = arena_array(call->arena, json_count(given, "headers") + 1,
	                                   sizeof(*headers));
	struct llm_post wanted = {
		.url = json_string(given, "url", ""),
		.content_type = json_string(given, "content_type", "application/json"),
		.body = body,
		.len = strlen(body),
		.headers = headers,
		.total_ms = integer(given, "total_ms", 5000),
	};
	struct llm_result result = { 0 };
	const cJSON *item;
	size_t i = 0;

	cJSON_ArrayForEach(item, json_get(given, "headers")) headers[i++] = item->valuestring;
	llm_post(call->arena, &wanted, &result);
	say_result(call, &result);
}

static void *run(void *context)
{
	struct call *call = context;

	json_bind(call->arena);
	call->said = cJSON_CreateObject();
	call->last_piece = &call->pieces;
	usleep((useconds_t)integer(call->given, "after_ms", 0) * 1000);
	call->start_us = clock_monotonic_us();
	call->stop_after_pieces = integer(call->given, "stop_after_pieces", 0);
	json_set_number(call->said, "started_at", (double)clock_now_ms());
	if (json_get(call->given, "embed") != NULL)
		embed(call, json_get(call->given, "embed"));
	else if (json_get(call->given, "post") != NULL)
		post(call, json_get(call->given, "post"));
	else
		chat(call, json_get(call->given, "request"));
	json_set_number(call->said, "ended_at", (double)clock_now_ms());
	json_set_number(call->said, "took_ms", (double)since_ms(call));
	json_set_number(call->said, "waits", call->waits);
	json_set_bool(call->said, "is_open",
	              llm_is_open_for_calls(call->client, integer(call->given, "patience_ms", 0)));
	return NULL;
}

static void run_all(struct call *calls, size_t count, bool is_together)
{
	for (size_t i = 0; i < count; i++)
		if (!is_together)
			run(&calls[i]);
		else if (pthread_create(&calls[i].thread, NULL, run, &calls[i]) != 0)
			abort();
	for (size_t i = 0; is_together && i < count; i++)
		pthread_join(calls[i].thread, NULL);
}

static struct llm_client *open_client(const cJSON *given)
{
	struct llm_settings settings = {
		.base_url = json_string(given, "base_url", ""),
		.api_key = json_string(given, "api_key", ""),
		.connect_ms = integer(given, "connect_ms", 10000),
		.first_byte_ms = integer(given, "first_byte_ms", 300000),
		.idle_ms = integer(given, "idle_ms", 60000),
		.total_ms = integer(given, "total_ms", 120000),
		.tries = integer(given, "tries", 3),
		.parallel = integer(given, "parallel", 0),
		.max_retry_after_ms = integer(given, "max_retry_after_ms", 120000),
		.state_path = json_string(given, "state_path", NULL),
	};
	return llm_client_create(&settings);
}

static const cJSON *read_input(struct arena *arena)
{
	struct buf buf;
	cJSON *given;
	char bytes[65536];
	size_t len;

	buf_init(&buf, arena);
	while ((len = fread(bytes, 1, sizeof(bytes), stdin)) > 0)
		buf_add(&buf, bytes, len);
	if (json_parse(buf.data, buf.len, &given) != OK) {
		fprintf(stderr, "llm_probe: standard input is no JSON\n");
		exit(2);
	}
	return given;
}

int main(void)
{
	struct arena *arena = arena_create();
	const cJSON *given, *item;
	cJSON *said, *results;
	struct call *calls;
	size_t count, i = 0;

	log_open("llm_probe", NULL, 0);
	json_bind(arena);
	given = read_input(arena);
	count = json_count(given, "calls");
	calls = arena_array(arena, count + 1, sizeof(*calls));
	calls[0].client = open_client(json_get(given, "settings"));
	said = cJSON_CreateObject();
	json_set_bool(said, "has_client", calls[0].client != NULL);
	cJSON_ArrayForEach(item, json_get(given, "calls"))
	{
		calls[i].client = calls[0].client;
		calls[i].given = item;
		calls[i++].arena = arena_create();
	}
	if (calls[0].client != NULL)
		run_all(calls, count, json_bool(given, "together", false));
	json_bind(arena);
	results = json_set_array(said, "results");
	for (i = 0; i < count && calls[i].said != NULL; i++)
		json_add(results, calls[i].said);
	puts(json_text(said));
	llm_client_destroy(calls[0].client);
	for (i = 0; i < count; i++)
		arena_destroy(calls[i].arena);
	arena_destroy(arena);
	return 0;
}
