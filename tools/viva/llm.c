/* viva llm check: says whether the configured model answers, and what to do if not. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/config.h"
#include "base/json.h"
#include "base/text.h"
#include "llm/llm.h"
#include "viva.h"

enum { CHAT_MS = 60000, JSON_TOKENS = 512 };

struct check {
	const char *address, *model;
	struct llm_result chat, json;
	bool has_chat, has_json;
	const char *problem, *advice; /* NULL: none */
};

static const char json_schema[] =
        "{\"type\":\"object\",\"properties\":{\"ok\":{\"type\":\"boolean\"}},"
        "\"required\":[\"ok\"],\"additionalProperties\":false}";

/* A server's words go to a terminal: nothing in them may steer it. */
static const char *printable(struct arena *arena, const char *text)
{
	const char *end = text + strlen(text);
	struct buf clean;
	char bytes[4];

	buf_init(&clean, arena);
	while (text < end) {
		uint32_t code_point = text_next(&text, end);

		if (code_point < 0x20 || (code_point >= 0x7f && code_point < 0xa0))
			code_point = ' ';
		buf_add(&clean, bytes, text_encode(code_point, bytes));
	}
	return clean.data;
}

static struct llm_client *open_client(struct arena *arena)
{
	const struct llm_settings settings = {
		.base_url = config()->llm_url,
		.api_key = config()->llm_key,
		.first_byte_ms = config()->llm_first_byte_s * 1000,
		.idle_ms = config()->llm_idle_s * 1000,
		.total_ms = CHAT_MS,
		.tries = 1,
	};
	struct llm_client *client = llm_client_create(&settings);

	arena_defer(arena, llm_client_destroy, client);
	return client;
}

/* A token at the limit is an answer: the model is there. */
static bool is_answered(const struct llm_result *result)
{
	return result->class == LLM_OK ||
	       (result->class == LLM_INCOMPLETE && strcmp(result->finish, "length") == 0);
}

static void explain_status(struct check *check, const struct llm_result *result)
{
	switch (result->status) {
	case 401:
	case 403:
		check->problem = "The endpoint does not accept the key.";
		check->advice = "Set OPENAI_API_KEY to a key that may use this model.";
		break;
	case 402:
		check->problem = "The account has no money left.";
		check->advice = "Add credit at the provider, or use another endpoint.";
		break;
	case 404:
		check->problem = "The endpoint does not know this model, or has nothing at this "
		                 "address.";
		check->advice = "Check OPENAI_MODEL, and that OPENAI_BASE_URL ends with the "
		                "path of the API, mostly /v1.";
		break;
	case 429:
		check->problem = result->class == LLM_PERMANENT
		                         ? "The quota of the account is used up."
		                         : "The endpoint gets too many requests right now.";
		check->advice =
		        result->class == LLM_PERMANENT
		                ? "Raise the quota at the provider, or wait until it is renewed."
		                : "Wait a little; if it stays so, set VIVA_LLM_PARALLEL to a "
		                  "small number.";
		break;
	default:
		check->problem = result->status >= 500 ? "The endpoint is broken or overloaded."
		                                       : "The endpoint refused the request.";
		check->advice = "Its message above, and its log, say why.";
	}
}

static bool is_about_tls(const struct llm_result *result)
{
	return strcmp(result->code, "tls") == 0 || strcasestr(result->error, "ssl") != NULL ||
	       strcasestr(result->error, "certificate") != NULL;
}

static void explain(struct check *check, const struct llm_result *result)
{
	if (result->status == 0 && result->class != LLM_TIMEOUT && is_about_tls(result)) {
		check->problem = "There is no secure connection to the endpoint.";
		check->advice = "Check that the address begins with http:// or https:// as the "
		                "server wants it, and that its certificate is valid for this "
		                "name and trusted by this machine.";
	} else if (result->class == LLM_TIMEOUT) {
		check->problem = "The endpoint did not answer in time.";
		check->advice = "It may be loading the model or have too much to do; look at its "
		                "log and try again.";
	} else if (result->status == 0) {
		check->problem = "The endpoint cannot be reached.";
		check->advice = "Check OPENAI_BASE_URL, and that the server runs and is reachable "
		                "from this machine.";
	} else if (strcmp(result->code, "not_a_model") == 0) {
		check->problem = "What is at this address is no OpenAI-compatible endpoint.";
		check->advice = "Check OPENAI_BASE_URL; it often needs a path such as /v1.";
	} else if (strcmp(result->code, "redirect") == 0) {
		check->problem = "The endpoint sends its callers to another address.";
		check->advice = "Set OPENAI_BASE_URL to that address.";
	} else {
		explain_status(check, result);
	}
}

static void ask_for_a_token(struct check *check, struct llm_client *client, struct arena *arena)
{
	const struct llm_message message = { "user", "Say ok." };
	const struct llm_request request = {
		.messages = &message,
		.message_count = 1,
		.model = check->model,
		.temperature = -1,
		.max_tokens = 1,
		.cancel_fd = -1,
	};

	llm_chat(client, arena, &request, &check->chat);
	check->has_chat = true;
	if (!is_answered(&check->chat))
		explain(check, &check->chat);
}

/* Nothing in the prompt speaks of JSON, so only the schema can bring it about. */
static void ask_for_json(struct check *check, struct llm_client *client, struct arena *arena)
{
	const struct llm_message message = { "user", "Describe rain in a few words." };
	const struct llm_request request = {
		.messages = &message,
		.message_count = 1,
		.model = check->model,
		.temperature = -1,
		.max_tokens = JSON_TOKENS,
		.schema_name = "connection",
		.schema = json_schema,
		.cancel_fd = -1,
	};

	llm_chat(client, arena, &request, &check->json);
	check->has_json = true;
	if (check->json.class == LLM_OK)
		return;
	check->problem = "The model does not answer in JSON, which the examiner needs.";
	check->advice = "Use another model, or a server that enforces json_schema.";
}

static void run_check(struct check *check, struct arena *arena)
{
	struct llm_client *client;

	check->address = config()->llm_url;
	check->model = config()->llm_model;
	if (check->address[0] == '\0') {
		check->problem = "No endpoint is set; Viva works with its built-in examiner.";
		check->advice = "Set OPENAI_BASE_URL, such as http://127.0.0.1:11434/v1.";
	} else if ((client = open_client(arena)) == NULL) {
		/* What is wrong was just logged; the address may hold a password. */
		check->address = "";
		check->problem = "The address or the key cannot be used.";
		check->advice = "Set OPENAI_BASE_URL to an http or https address without user "
		                "name, and OPENAI_API_KEY to one word.";
	} else if (check->model[0] == '\0') {
		check->problem = "No model is set.";
		check->advice = "Set OPENAI_MODEL to a model of this endpoint.";
	} else {
		ask_for_a_token(check, client, arena);
		if (check->problem == NULL)
			ask_for_json(check, client, arena);
	}
}

/* Whether json_schema does what it says. */
static const char *json_verdict(const struct check *check)
{
	if (!check->has_json)
		return "unknown";
	if (check->json.class != LLM_OK)
		return "no";
	return check->json.requests == 1 ? "yes" : "when told again";
}

static const struct llm_result *telling(const struct check *check)
{
	return check->has_json && check->json.class != LLM_OK ? &check->json : &check->chat;
}

static void print_json(const struct check *check, struct arena *arena)
{
	const struct llm_result *chat = &check->chat;
	cJSON *root = cJSON_CreateObject();

	json_set_bool(root, "ok", check->problem == NULL);
	json_set_string(root, "address", check->address);
	json_set_string(root, "model", check->model);
	if (check->has_chat) {
		json_set_string(root, "outcome",
		                is_answered(chat) ? "ok" : llm_class_name(chat->class));
		json_set_number(root, "status", chat->status);
		if (chat->first_token_ms >= 0)
			json_set_number(root, "first_token_ms", (double)chat->first_token_ms);
		json_set_number(root, "latency_ms", (double)chat->latency_ms);
		json_set_number(root, "prompt_tokens", chat->usage.prompt_tokens);
		json_set_number(root, "completion_tokens", chat->usage.completion_tokens);
		json_set_bool(root, "tokens_are_counted", chat->usage.is_known);
		json_set_string(root, "json_schema", json_verdict(check));
	}
	if (check->problem != NULL) {
		json_set_string(root, "error",
		                check->has_chat ? printable(arena, telling(check)->error) : "");
		json_set_string(root, "problem", check->problem);
		json_set_string(root, "advice", check->advice);
	}
	puts(json_text(root));
}

static void print_chat(const struct check *check)
{
	const struct llm_result *chat = &check->chat;

	printf("outcome      %s", is_answered(chat) ? "ok" : llm_class_name(chat->class));
	if (chat->status != 0)
		printf(", HTTP %d", chat->status);
	printf("\n");
	if (chat->first_token_ms >= 0)
		printf("first token  after %lld ms\n", (long long)chat->first_token_ms);
	if (is_answered(chat)) {
		printf("tokens       %d in, %d out%s\n", chat->usage.prompt_tokens,
		       chat->usage.completion_tokens,
		       chat->usage.is_known ? "" : " (estimated: the endpoint does not say)");
		printf("json_schema  obeyed: %s\n", json_verdict(check));
	}
}

static void print_text(const struct check *check, struct arena *arena)
{
	printf("address      %s\n", printable(arena, check->address));
	printf("model        %s\n", printable(arena, check->model));
	if (check->has_chat)
		print_chat(check);
	if (check->problem == NULL)
		return;
	if (check->has_chat)
		printf("message      %s\n", printable(arena, telling(check)->error));
	printf("\n%s\n%s\n", check->problem, check->advice);
}

int llm_check(struct arena *arena, int argc, char **argv)
{
	struct check check = { 0 };

	if (argc == 1 && strcmp(argv[0], "--json") != 0) {
		fputs("usage: viva llm check [--json]\n", stderr);
		return 2;
	}
	run_check(&check, arena);
	if (argc == 1)
		print_json(&check, arena);
	else
		print_text(&check, arena);
	return check.problem == NULL ? 0 : 1;
}
