/* viva llm check: says whether the configured model answers, and what to do if not. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/config.h"
#include "base/json.h"
#include "base/text.h"
#include "examiner/agent.h"
#include "llm/address.h"
#include "llm/llm.h"
#include "viva.h"

enum { CHECK_MAX_S = 60, JSON_TOKENS = 512 };

struct check {
	struct arena *arena;
	struct llm_client *client;
	const char *address, *model;
	int64_t until_us; /* when all requests of the check are to be over */
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

/* For the whole check, whatever is asked. */
static int total_s(void)
{
	return config()->llm_timeout_s < CHECK_MAX_S ? config()->llm_timeout_s : CHECK_MAX_S;
}

static struct llm_client *open_client(struct arena *arena)
{
	const struct llm_settings settings = {
		.base_url = config()->llm_url,
		.api_key = config()->llm_key,
		.first_byte_ms = config()->llm_first_byte_s * 1000,
		.idle_ms = config()->llm_idle_s * 1000,
		.total_ms = total_s() * 1000,
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

/* The request was taken, but what came is no whole answer. */
static void explain_answer(struct check *check, const struct llm_result *result)
{
	check->advice = "The message above, and the log of the endpoint, say more; try again.";
	if (strcmp(result->code, "refusal") == 0 || strcmp(result->code, "content_filter") == 0)
		check->problem = "The model, or a filter of the endpoint, refused to answer.";
	else if (result->class == LLM_PERMANENT)
		check->problem = "The endpoint took the request and answered with an error.";
	else if (result->class == LLM_RETRYABLE)
		check->problem = "The endpoint took the request, but failed before any text came.";
	else if (result->finish[0] == '\0')
		check->problem = "The answer broke off before its end.";
	else if (result->text[strspn(result->text, " \t\r\n")] == '\0')
		check->problem = "The answer is empty: the endpoint works, the model said nothing.";
	else
		check->problem = "The answer is not whole.";
}

static void explain_timeout(struct check *check, const struct llm_result *result)
{
	const double seconds = (double)result->latency_ms / 1000;

	if (result->status == 0)
		check->problem = arena_printf(
		        check->arena, "Nothing came from the endpoint within %.1f s.", seconds);
	else if (result->text[0] == '\0')
		check->problem = arena_printf(check->arena,
		                              "The endpoint began to answer (HTTP %d), but no "
		                              "text came within %.1f s.",
		                              result->status, seconds);
	else
		check->problem = arena_printf(
		        check->arena, "Text came, but the answer was not whole after %.1f s.",
		        seconds);
	check->advice = arena_printf(check->arena,
	                             "It may be loading the model or have too much to do; look at "
	                             "its log and try again. The check has %d s in all "
	                             "(LITELLM_TIMEOUT, at most %d).",
	                             total_s(), CHECK_MAX_S);
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
		explain_timeout(check, result);
	} else if (result->status == 0 && strcmp(result->code, "unreachable") != 0) {
		check->problem = "The connection to the endpoint broke off before an answer came.";
		check->advice = "Look at the log of the endpoint, and of any proxy before it.";
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
	} else if (result->status >= 200 && result->status < 300) {
		explain_answer(check, result);
	} else {
		explain_status(check, result);
	}
}

/* One request, with what is left of the time. */
static void ask(struct check *check, struct llm_request *request, struct llm_result *ret_result)
{
	const int64_t left_ms = (check->until_us - clock_monotonic_us()) / 1000;

	request->model = check->model;
	request->message_count = 1;
	request->temperature = -1;
	request->cancel_fd = -1;
	request->total_ms = left_ms > 1 ? (int)left_ms : 1;
	llm_chat(check->client, check->arena, request, ret_result);
}

static void ask_for_a_token(struct check *check)
{
	const struct llm_message message = { "user", "Say ok." };
	struct llm_request request = { .messages = &message, .max_tokens = 1 };

	ask(check, &request, &check->chat);
	check->has_chat = true;
	if (!is_answered(&check->chat))
		explain(check, &check->chat);
}

/* An answer came to its end without being the JSON that was asked for. */
static bool is_no_json(const struct llm_result *result)
{
	return result->class == LLM_INCOMPLETE && result->finish[0] != '\0';
}

static bool is_refused(const struct llm_result *result)
{
	return result->class == LLM_PERMANENT && (result->status == 400 || result->status == 422);
}

/* Nothing in the prompt speaks of JSON, so only the schema can bring it about. */
static void ask_for_json(struct check *check)
{
	const struct llm_message message = { "user", "Describe rain in a few words." };
	struct llm_request request = {
		.messages = &message,
		.max_tokens = JSON_TOKENS,
		.schema_name = "connection",
		.schema = json_schema,
	};

	ask(check, &request, &check->json);
	check->has_json = true;
	if (check->json.class == LLM_OK)
		return;
	if (!is_no_json(&check->json) && !is_refused(&check->json)) {
		explain(check, &check->json);
		check->problem = arena_printf(check->arena,
		                              "The model answered, but not when JSON "
		                              "was asked for. %s",
		                              check->problem);
		return;
	}
	check->problem = is_no_json(&check->json)
	                         ? "The model does not answer in JSON, which the examiner needs."
	                         : "The endpoint refuses to answer in JSON, which the examiner "
	                           "needs.";
	check->advice = "Use another model, or a server that enforces json_schema.";
}

/* True if there is something to ask, and somebody. */
static bool can_ask(struct check *check)
{
	const char *fault = NULL, *base = NULL;

	if (config()->llm_url[0] == '\0') {
		check->problem = "No endpoint is set; Viva works with its built-in examiner.";
		check->advice = "Set OPENAI_BASE_URL, such as http://127.0.0.1:11434/v1.";
	} else if (address_base(check->arena, config()->llm_url, &base, &fault) != OK) {
		check->problem = arena_printf(check->arena, "The model cannot be called: %s.",
		                              fault);
		check->advice = "Set OPENAI_BASE_URL (or LITELLM_BASE_URL) to the address of the "
		                "API, such as http://127.0.0.1:11434/v1.";
	} else if (check->model[0] == '\0') {
		check->problem = "No model is set.";
		check->advice = "Set OPENAI_MODEL to a model of this endpoint.";
	} else if ((fault = agent_settings_fault(check->arena)) != NULL) {
		check->problem = arena_printf(check->arena, "%s.", fault);
		check->advice = "Correct or empty this variable; until then the web programs work "
		                "with the built-in examiner.";
	} else if ((check->client = open_client(check->arena)) == NULL) {
		/* The address was good: what else is wrong was just logged. */
		check->problem = "The key cannot be used.";
		check->advice = "Set OPENAI_API_KEY to one word.";
	}
	if (base != NULL)
		check->address = base;
	return check->problem == NULL;
}

static void run_check(struct check *check)
{
	check->address = address_shown(check->arena, config()->llm_url);
	check->model = config()->llm_model;
	if (!can_ask(check))
		return;
	fprintf(stderr, "asking %s at %s, for %d s at most ...\n",
	        printable(check->arena, check->model), printable(check->arena, check->address),
	        total_s());
	check->until_us = clock_monotonic_us() + (int64_t)total_s() * 1000000;
	ask_for_a_token(check);
	if (check->problem == NULL)
		ask_for_json(check);
}

/* Whether json_schema does what it says. */
static const char *json_verdict(const struct check *check)
{
	if (!check->has_json)
		return "unknown";
	if (check->json.class != LLM_OK)
		return is_no_json(&check->json) || is_refused(&check->json) ? "no" : "unknown";
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
		json_set_string(root, "problem", printable(arena, check->problem));
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
	printf("\n%s\n%s\n", printable(arena, check->problem), check->advice);
}

int llm_check(struct arena *arena, int argc, char **argv)
{
	struct check check = { .arena = arena };

	if (argc == 1 && strcmp(argv[0], "--json") != 0) {
		fputs("usage: viva llm check [--json]\n", stderr);
		return 2;
	}
	run_check(&check);
	if (argc == 1)
		print_json(&check, arena);
	else
		print_text(&check, arena);
	return check.problem == NULL ? 0 : 1;
}
