#include "llm/body.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"

enum { SHOWN_ANSWER = 4000 };

static void add_message(cJSON *messages, const char *role, const char *content)
{
	cJSON *message = json_add_object(messages);

	json_set_string(message, "role", role);
	json_set_string(message, "content", content);
}

/* Some endpoints want to see the very word "json" before they switch to it. */
static const char *instruction(struct arena *arena, const struct llm_request *request)
{
	return arena_printf(arena,
	                    "Answer in json: one JSON value that fits this JSON Schema, and "
	                    "nothing before or after it.\n%s",
	                    request->schema);
}

/* The instruction goes into the first system message: many templates allow only one. */
static void add_messages(struct arena *arena, cJSON *messages, const struct llm_request *request,
                         bool is_told)
{
	const struct llm_message *first = request->messages;
	size_t skipped = 0;

	if (is_told && request->message_count > 0 && strcmp(first->role, "system") == 0) {
		add_message(messages, first->role,
		            arena_printf(arena, "%s\n\n%s", first->content,
		                         instruction(arena, request)));
		skipped = 1;
	} else if (is_told) {
		add_message(messages, "system", instruction(arena, request));
	}
	for (size_t i = skipped; i < request->message_count; i++)
		add_message(messages, request->messages[i].role, request->messages[i].content);
}

static void add_repair(struct arena *arena, cJSON *messages, const struct llm_request *request,
                       const struct body_repair *repair)
{
	if (repair->answer[0] != '\0')
		add_message(messages, "assistant",
		            text_shortened(arena, repair->answer, SHOWN_ANSWER));
	add_message(messages, "user",
	            arena_printf(arena, "This answer cannot be used: %s\n%s", repair->fault,
	                         instruction(arena, request)));
}

static void add_format(cJSON *body, const struct llm_request *request, enum quirk_format format)
{
	cJSON *wrapper, *schema;

	if (format == FORMAT_PROMPT)
		return;
	wrapper = json_set_object(body, "response_format");
	if (format == FORMAT_OBJECT) {
		json_set_string(wrapper, "type", "json_object");
		return;
	}
	json_set_string(wrapper, "type", "json_schema");
	schema = json_set_object(wrapper, "json_schema");
	json_set_string(schema, "name",
	                request->schema_name != NULL ? request->schema_name : "answer");
	json_set_bool(schema, "strict", true);
	json_set(schema, "schema", cJSON_CreateRaw(request->schema));
}

const char *body_chat(struct arena *arena, const struct llm_request *request,
                      const struct quirks *quirks, int max_tokens, const struct body_repair *repair)
{
	cJSON *body = cJSON_CreateObject();
	cJSON *messages;

	json_set_string(body, "model", request->model);
	messages = json_set_array(body, "messages");
	add_messages(arena, messages, request,
	             request->schema != NULL && quirks->format != FORMAT_SCHEMA);
	if (repair != NULL && repair->fault != NULL)
		add_repair(arena, messages, request, repair);
	json_set_bool(body, "stream", true);
	if (!quirks->no_stream_options)
		json_set_bool(json_set_object(body, "stream_options"), "include_usage", true);
	if (request->temperature >= 0 && !quirks->no_temperature)
		json_set_number(body, "temperature", request->temperature);
	if (max_tokens > 0 && quirks->tokens != TOKENS_UNSENT)
		json_set_number(body,
		                quirks->tokens == TOKENS_OLD_NAME ? "max_tokens"
		                                                  : "max_completion_tokens",
		                max_tokens);
	if (request->schema != NULL)
		add_format(body, request, quirks->format);
	return json_text(body);
}
