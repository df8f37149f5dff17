#include "llm/reply.h"

#include <limits.h>
#include <string.h>
#include <strings.h>

#include "base/json.h"
#include "base/text.h"
#include "llm/reply_error.h"
#include "llm/reply_mend.h"

enum { MAX_FINISH = 60 };

void llm_reply_init(struct llm_reply *reply, struct arena *arena)
{
	*reply = (struct llm_reply){ .arena = arena, .retry_after_ms = -1 };
	buf_init(&reply->text, arena);
	buf_init(&reply->reasoning, arena);
	buf_init(&reply->refusal, arena);
	buf_init(&reply->partial, arena);
	buf_init(&reply->partial_reasoning, arena);
	think_init(&reply->think, arena);
}

/* --- text ------------------------------------------------------------------- */

/* Content that is valid UTF-8 goes through the filter for thoughts. */
static void filter(struct llm_reply *reply, const struct buf *clean)
{
	if (!think_add(&reply->think, clean->data, clean->len, &reply->text, &reply->reasoning))
		reply->told = 0;
}

static void add_content(struct llm_reply *reply, struct arena *scratch, const char *text)
{
	struct buf clean;

	buf_init(&clean, scratch);
	reply_mend_text(&reply->partial, text, &clean);
	filter(reply, &clean);
}

static void add_reasoning(struct llm_reply *reply, const char *text)
{
	reply_mend_text(&reply->partial_reasoning, text, &reply->reasoning);
}

static void add_refusal(struct llm_reply *reply, struct arena *scratch, const char *text)
{
	struct buf partial;

	buf_init(&partial, scratch);
	reply_mend_text(&partial, text, &reply->refusal);
	reply_mend_end(&partial, &reply->refusal);
}

/* Tells the listener what is new. He may make JSON: nothing of an event is bound any more. */
static void tell(struct llm_reply *reply)
{
	size_t from = reply->told;

	reply->told = reply->text.len;
	if (reply->on_text == NULL || reply->is_cancelled || from == reply->told)
		return;
	if (!reply->on_text(reply->context, reply->text.data + from, reply->told - from))
		reply->is_cancelled = true;
}

/* --- the parts of an answer ------------------------------------------------- */

/* One of the content's parts; thoughts may be parts with parts of their own. */
static void take_part(struct llm_reply *reply, struct arena *scratch, const cJSON *part)
{
	const char *type = json_string(part, "type", "text"), *text = NULL;
	bool is_thought = strcmp(type, "thinking") == 0 || strcmp(type, "reasoning") == 0;
	const cJSON *inner;

	if (cJSON_IsString(part)) {
		add_content(reply, scratch, part->valuestring);
		return;
	}
	if (strcmp(type, "refusal") == 0)
		add_refusal(reply, scratch, json_string(part, "refusal", ""));
	text = json_string(part, "text", NULL);
	if (text != NULL && is_thought)
		add_reasoning(reply, text);
	else if (text != NULL)
		add_content(reply, scratch, text);
	if (!is_thought)
		return;
	add_reasoning(reply, json_string(part, type, ""));
	cJSON_ArrayForEach(inner, json_get(part, type))
	        add_reasoning(reply, json_string(inner, "text", ""));
}

static void take_content(struct llm_reply *reply, struct arena *scratch, const cJSON *content)
{
	const cJSON *part;

	if (cJSON_IsArray(content)) {
		cJSON_ArrayForEach(part, content) take_part(reply, scratch, part);
	} else {
		take_part(reply, scratch, content);
	}
}

/* A delta or a message. */
static void take_message(struct llm_reply *reply, struct arena *scratch, const cJSON *message)
{
	static const char *const names[] = { "reasoning_content", "reasoning", "thinking" };

	/* Servers that know two names for it may send both. */
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *text = json_string(message, names[i], "");

		if (text[0] == '\0')
			continue;
		add_reasoning(reply, text);
		break;
	}
	take_content(reply, scratch, json_get(message, "content"));
	add_refusal(reply, scratch, json_string(message, "refusal", ""));
	if (json_count(message, "tool_calls") > 0 ||
	    cJSON_IsObject(json_get(message, "function_call")))
		reply->saw_tool_call = true;
}

static void take_finish(struct llm_reply *reply, const cJSON *choice)
{
	const char *finish = json_string(choice, "finish_reason", "");

	if (finish[0] != '\0' && strcmp(finish, "null") != 0)
		reply->finish = reply_mend_line(reply->arena, finish, MAX_FINISH);
}

/* A count of tokens, or -1. */
static int count_of(const cJSON *usage, const char *name, const char *other)
{
	double count = json_number(usage, name, json_number(usage, other, -1));

	return count >= 0 && count < INT_MAX ? (int)count : -1;
}

/* Counts that make no sense, or are all 0 before the end, are as good as none. */
static void take_usage(struct llm_reply *reply, const cJSON *usage)
{
	int prompt = count_of(usage, "prompt_tokens", "input_tokens");
	int completion = count_of(usage, "completion_tokens", "output_tokens");
	int total = count_of(usage, "total_tokens", "total_tokens");
	int reasoning = count_of(json_get(usage, "completion_tokens_details"), "reasoning_tokens",
	                         "thinking_tokens");

	if (reasoning < 0)
		reasoning = count_of(usage, "reasoning_tokens", "thinking_tokens");
	if (prompt >= 0 && completion < 0 && total >= prompt)
		completion = total - prompt;
	if (prompt < 0 || completion < 0 || (prompt == 0 && completion == 0))
		return;
	reply->usage = (struct llm_usage){ .is_known = true,
		                           .prompt_tokens = prompt,
		                           .completion_tokens = completion,
		                           .reasoning_tokens = reasoning > 0 ? reasoning : 0 };
}

static void take_choice(struct llm_reply *reply, struct arena *scratch, const cJSON *choice)
{
	const cJSON *delta = json_get(choice, "delta"), *message = json_get(choice, "message");

	if (cJSON_IsObject(delta)) {
		take_message(reply, scratch, delta);
		reply->saw_delta = true;
	} else if (cJSON_IsObject(message) && !reply->saw_delta) {
		take_message(reply, scratch, message);
	}
	take_finish(reply, choice);
	take_usage(reply, json_get(choice, "usage"));
}

static void take_answer(struct llm_reply *reply, struct arena *scratch, const cJSON *root)
{
	const cJSON *choices = json_get(root, "choices"), *choice;
	int place = 0;

	if (cJSON_IsArray(choices)) {
		cJSON_ArrayForEach(choice, choices)
		{
			/* Of several answers the first; who gives no index counts. */
			if (json_number(choice, "index", place) == 0)
				take_choice(reply, scratch, choice);
			place++;
		}
	}
	take_usage(reply, json_get(root, "usage"));
}

/* --- events and bodies ------------------------------------------------------ */

static enum err parse(struct arena *scratch, const char *text, size_t len, cJSON **ret_root)
{
	struct buf mended;

	json_bind(scratch);
	reply_mend_json(scratch, text, len, REPLY_MEND_KEEP, &mended);
	return json_parse(mended.data, mended.len, ret_root);
}

static void set_broken(struct llm_reply *reply, const char *data, size_t len)
{
	reply->broken = reply_mend_excerpt(reply->arena, data, len);
	reply->error = arena_printf(reply->arena, "a piece of the answer is no JSON: %s",
	                            reply->broken);
}

static void take_event(struct llm_reply *reply, struct arena *scratch, const char *name,
                       const char *data, size_t len)
{
	bool is_error = strcmp(name, "error") == 0;
	enum err err;
	cJSON *root;

	err = parse(scratch, data, len, &root);
	if (err != OK && is_error) {
		reply->saw_event = true;
		reply->error = reply_mend_excerpt(reply->arena, data, len);
	} else if (err != OK || (!is_error && !cJSON_IsObject(root) && !cJSON_IsArray(root) &&
	                         !cJSON_IsNull(root))) {
		set_broken(reply, data, len);
	} else if (!cJSON_IsNull(root) || is_error) {
		reply->saw_event = true;
		if (!reply_error_read(reply, root, is_error))
			take_answer(reply, scratch, root);
	}
}

static void trim(const char **data, size_t *len)
{
	while (*len > 0 && strchr(" \t\r\n", (*data)[*len - 1]) != NULL && (*data)[*len - 1] != 0)
		--*len;
	while (*len > 0 && strchr(" \t\r\n", **data) != NULL && **data != '\0') {
		++*data;
		--*len;
	}
}

bool llm_reply_event(struct llm_reply *reply, const char *name, const char *data, size_t len)
{
	struct arena *scratch;

	trim(&data, &len);
	if (len == 0)
		return !reply->is_done && reply->error == NULL && !reply->is_cancelled;
	if (len == 6 && memcmp(data, "[DONE]", 6) == 0) {
		reply->is_done = reply->saw_event = true;
		return false;
	}
	scratch = arena_create();
	take_event(reply, scratch, name, data, len);
	json_bind(reply->arena);
	arena_destroy(scratch);
	tell(reply);
	return reply->error == NULL && !reply->is_cancelled;
}

bool llm_reply_body(struct llm_reply *reply, const char *body, size_t len)
{
	struct arena *scratch = arena_create();
	cJSON *root;
	bool is_json;

	trim(&body, &len);
	is_json = parse(scratch, body, len, &root) == OK;
	if (is_json && (cJSON_IsObject(root) || cJSON_IsArray(root)) &&
	    !reply_error_read(reply, root, false) && json_get(root, "choices") != NULL) {
		reply->saw_event = reply->is_done = true;
		take_answer(reply, scratch, root);
	}
	json_bind(reply->arena);
	arena_destroy(scratch);
	tell(reply);
	return is_json;
}

/* --- the end ---------------------------------------------------------------- */

static bool is_one_of(const char *text, const char *const *names)
{
	for (; *names != NULL; names++)
		if (strcasecmp(text, *names) == 0)
			return true;
	return false;
}

/* The answer ended for want of tokens. */
static bool is_too_short(const char *finish)
{
	static const char *const names[] = { "length", "max_tokens", "model_length",
		                             "max_output_tokens", NULL };

	return finish != NULL && is_one_of(finish, names);
}

/* The server gave up. */
static bool is_given_up(const char *finish)
{
	static const char *const names[] = { "error", "abort", "aborted", "cancelled", NULL };

	return finish != NULL && is_one_of(finish, names);
}

static bool is_filtered(const char *finish)
{
	static const char *const names[] = { "safety",    "recitation",         "refusal",
		                             "blocklist", "prohibited_content", "spii",
		                             NULL };

	return finish != NULL &&
	       (strncasecmp(finish, "content_filter", 14) == 0 || is_one_of(finish, names));
}

static bool is_blank(const struct buf *text)
{
	return text->data[strspn(text->data, " \t\r\n")] == '\0';
}

static void flush(struct llm_reply *reply, bool *ret_is_open)
{
	struct buf clean;

	buf_init(&clean, reply->arena);
	reply_mend_end(&reply->partial, &clean);
	filter(reply, &clean);
	reply_mend_end(&reply->partial_reasoning, &reply->reasoning);
	*ret_is_open = !think_end(&reply->think, &reply->text, &reply->reasoning);
	tell(reply);
}

/* What the endpoint did not count, by the rule of thumb of four code points a token. */
static void estimate_usage(struct llm_reply *reply)
{
	struct llm_usage *usage = &reply->usage;
	size_t text = text_count(reply->text.data, reply->text.len);
	size_t thoughts = text_count(reply->reasoning.data, reply->reasoning.len);

	if (!usage->is_known)
		usage->completion_tokens = (int)((text + thoughts + 3) / 4);
	if (usage->reasoning_tokens == 0)
		usage->reasoning_tokens = (int)((thoughts + 3) / 4);
	if (usage->reasoning_tokens > usage->completion_tokens)
		usage->reasoning_tokens = usage->completion_tokens;
}

static enum llm_class fail(struct llm_reply *reply, enum llm_class class, const char *error)
{
	reply->error = error;
	return class;
}

static enum llm_class refuse(struct llm_reply *reply)
{
	bool has_words = !is_blank(&reply->refusal);

	reply->code = has_words ? "refusal" : "content_filter";
	return fail(reply, LLM_PERMANENT,
	            has_words ? arena_printf(reply->arena, "the model refused: %s",
	                                     text_one_line(reply->arena, reply->refusal.data))
	                      : "the content filter of the endpoint stopped the answer");
}

/* An error that the endpoint told: as if it were the HTTP status it stands for. */
static enum llm_class class_of_error(const struct llm_reply *reply)
{
	int status = reply->error_status != 0 ? reply->error_status : 500;

	return llm_status_class(status, reply->code != NULL ? reply->code : "", reply->error);
}

/* The stream did not say that it ended. */
static enum llm_class end_of_rest(struct llm_reply *reply, bool was_cut)
{
	bool is_empty = is_blank(&reply->text) && is_blank(&reply->reasoning);

	if (was_cut)
		return fail(reply, is_empty ? LLM_RETRYABLE : LLM_INCOMPLETE,
		            "the connection broke off before the answer was whole");
	return fail(reply, LLM_INCOMPLETE, "the answer ended without saying that it is whole");
}

static const char *why_empty(const struct llm_reply *reply)
{
	if (reply->saw_tool_call)
		return "the model called a tool instead of answering";
	return is_blank(&reply->reasoning) ? "the answer is empty"
	                                   : "the answer is empty, there are only thoughts";
}

/* Of a stream without errors. */
static enum llm_class class_of_answer(struct llm_reply *reply, bool is_open, bool was_cut)
{
	bool is_empty = is_blank(&reply->text);

	if (!is_blank(&reply->refusal) || is_filtered(reply->finish))
		return refuse(reply);
	if (!reply->saw_event)
		return fail(reply, LLM_RETRYABLE,
		            was_cut ? "the connection broke off before an answer came"
		                    : "no answer came");
	if (is_too_short(reply->finish))
		return fail(reply, LLM_INCOMPLETE,
		            is_empty ? "max_tokens were used up before the answer began: raise "
		                       "max_tokens"
		                     : "the answer was cut at max_tokens");
	if (is_given_up(reply->finish))
		return fail(reply, is_empty ? LLM_RETRYABLE : LLM_INCOMPLETE,
		            "the endpoint gave up in the middle of the answer");
	if (reply->finish == NULL && !reply->is_done)
		return end_of_rest(reply, was_cut);
	if (is_open)
		return fail(reply, LLM_INCOMPLETE, "the model did not end its thoughts");
	if (is_empty)
		return fail(reply, LLM_INCOMPLETE, why_empty(reply));
	return LLM_OK;
}

enum llm_class llm_reply_end(struct llm_reply *reply, bool was_cut)
{
	bool is_open;

	flush(reply, &is_open);
	estimate_usage(reply);
	if (reply->is_done && reply->finish == NULL)
		reply->finish = "unknown";
	if (reply->is_cancelled)
		return fail(reply, LLM_CANCELLED, "cancelled");
	/* Of a connection that breaks off the last event is half. */
	if (was_cut && reply->broken != NULL)
		reply->broken = reply->error = NULL;
	if (reply->broken != NULL)
		return is_blank(&reply->text) ? LLM_RETRYABLE : LLM_INCOMPLETE;
	if (reply->error != NULL)
		return class_of_error(reply);
	return class_of_answer(reply, is_open, was_cut);
}
