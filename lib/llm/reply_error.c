#include "llm/reply_error.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/json.h"
#include "base/text.h"
#include "llm/reply_mend.h"

enum {
	MAX_MESSAGE = 500, /* code points */
	MAX_CODE = 60,
	MAX_PARTS = 5,   /* of an error that is a list */
	MAX_NESTING = 4, /* of objects that stand for a message */
	MAX_LIMIT = 1000000000
};

/* The HTTP status that a code or type by name stands for; 0: unknown. */
static int status_of_name(const char *name)
{
	static const struct {
		const char *name;
		int status;
	} names[] = {
		{ "rate_limit_exceeded", 429 },
		{ "rate_limit_error", 429 },
		{ "resource_exhausted", 429 },
		{ "throttling_error", 429 },
		{ "too_many_requests", 429 },
		{ "insufficient_quota", 429 },
		{ "budget_exceeded", 429 },
		{ "billing_hard_limit_reached", 429 },
		{ "day_quota", 429 },
		{ "overloaded_error", 503 },
		{ "overloaded", 503 },
		{ "unavailable", 503 },
		{ "unavailable_error", 503 },
		{ "service_unavailable", 503 },
		{ "deadline_exceeded", 504 },
		{ "timeout", 504 },
		{ "timeout_error", 504 },
		{ "server_error", 500 },
		{ "api_error", 500 },
		{ "internal", 500 },
		{ "internal_error", 500 },
		{ "internal_server_error", 500 },
		{ "internalservererror", 500 },
		{ "invalid_api_key", 401 },
		{ "authentication_error", 401 },
		{ "unauthenticated", 401 },
		{ "permission_error", 403 },
		{ "permission_denied", 403 },
		{ "not_found", 404 },
		{ "not_found_error", 404 },
		{ "notfounderror", 404 },
		{ "model_not_found", 404 },
		{ "invalid_request_error", 400 },
		{ "invalid_argument", 400 },
		{ "failed_precondition", 400 },
		{ "badrequesterror", 400 },
		{ "context_length", 400 },
		{ "context_length_exceeded", 400 },
		{ "exceed_context_size_error", 400 },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcasecmp(names[i].name, name) == 0)
			return names[i].status;
	return 0;
}

/* True if the value is there and not empty. */
static bool says_something(const cJSON *value)
{
	if (cJSON_IsString(value))
		return value->valuestring[0] != '\0';
	if (cJSON_IsObject(value) || cJSON_IsArray(value))
		return value->child != NULL;
	return cJSON_IsNumber(value) || cJSON_IsTrue(value);
}

/* --- the message ------------------------------------------------------------ */

static bool add_message(struct buf *out, const cJSON *value, int nesting);

static bool add_list(struct buf *out, const cJSON *list, int nesting)
{
	int count = 0;
	const cJSON *item;

	cJSON_ArrayForEach(item, list)
	{
		size_t before = out->len;

		if (count == MAX_PARTS)
			break;
		if (count > 0)
			buf_str(out, "; ");
		if (add_message(out, item, nesting + 1))
			count++;
		else
			buf_truncate(out, before);
	}
	return count > 0;
}

/* Where in the request a fault is: "body.messages.0: ". */
static void add_place(struct buf *out, const cJSON *place)
{
	size_t before = out->len;
	const cJSON *step;
	int count = 0;

	cJSON_ArrayForEach(step, place)
	{
		if (count++ == 2 * MAX_PARTS)
			break;
		if (out->len > before)
			buf_char(out, '.');
		if (cJSON_IsString(step))
			buf_str(out, step->valuestring);
		else if (cJSON_IsNumber(step))
			buf_printf(out, "%.15g", step->valuedouble);
	}
	if (out->len > before)
		buf_str(out, ": ");
}

/* Appends what the value has to say to people; false, and nothing, if it is mute. */
static bool add_message(struct buf *out, const cJSON *value, int nesting)
{
	static const char *const names[] = { "message", "msg",    "detail",
		                             "error",   "errors", "error_description",
		                             "title" };
	size_t before = out->len;

	if (!says_something(value) || nesting > MAX_NESTING)
		return false;
	if (cJSON_IsString(value)) {
		buf_str(out, value->valuestring);
		return true;
	}
	if (cJSON_IsArray(value))
		return add_list(out, value, nesting);
	if (cJSON_IsObject(value))
		add_place(out, json_get(value, "loc"));
	for (size_t i = 0; cJSON_IsObject(value) && i < sizeof(names) / sizeof(names[0]); i++)
		if (add_message(out, json_get(value, names[i]), nesting + 1))
			return true;
	buf_truncate(out, before);
	return false;
}

static const char *message_of(struct llm_reply *reply, const cJSON *error)
{
	struct buf out;

	buf_init(&out, reply->arena);
	if (!add_message(&out, error, 0)) {
		buf_truncate(&out, 0);
		buf_printf(&out, "an error without a message: %s", json_text(error));
	}
	return reply_mend_line(reply->arena, out.data, MAX_MESSAGE);
}

/* --- code and status -------------------------------------------------------- */

/* Names that say more than the number beside them. */
static bool is_telling(const char *name)
{
	static const char *const names[] = { "insufficient_quota", "budget_exceeded",
		                             "billing_hard_limit_reached", "resource_exhausted" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcasecmp(names[i], name) == 0)
			return true;
	return false;
}

/* Notes what one member says: `code` by its first, the status by whichever knows it. */
static void note_code(struct llm_reply *reply, const cJSON *value)
{
	const char *name = NULL;
	long long number = 0;

	if (cJSON_IsNumber(value) && fabs(value->valuedouble) < 1e15) {
		number = (long long)value->valuedouble;
		name = number != 0 ? arena_printf(reply->arena, "%lld", number) : NULL;
	} else if (cJSON_IsString(value)) {
		name = reply_mend_line(reply->arena, value->valuestring, MAX_CODE);
		text_integer(name, 0, 1000000, &number);
	}
	/* "error" is what some objects call themselves; Python's None is no code. */
	if (name == NULL || name[0] == '\0' || strcmp(name, "error") == 0 ||
	    strcmp(name, "None") == 0)
		return;
	if (reply->code == NULL || is_telling(name))
		reply->code = name;
	if (reply->error_status == 0)
		reply->error_status = number >= 400 && number < 600 ? (int)number
		                                                    : status_of_name(name);
}

static void read_codes(struct llm_reply *reply, const cJSON *error, const cJSON *root)
{
	static const char *const names[] = { "code",       "type",       "status",    "status_code",
		                             "statusCode", "error_code", "error_type" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		note_code(reply, json_get(error, names[i]));
	for (size_t i = 0; error != root && i < sizeof(names) / sizeof(names[0]); i++)
		note_code(reply, json_get(root, names[i]));
}

/* --- limits ----------------------------------------------------------------- */

/* Milliseconds of a wait in seconds: 37, "37s", "1.4s"; -1 if it is none. */
static int64_t wait_ms(const cJSON *value)
{
	double seconds = cJSON_IsNumber(value) ? value->valuedouble : -1;

	if (cJSON_IsString(value)) {
		char *end;

		seconds = strtod(value->valuestring, &end);
		if (end == value->valuestring || (*end != '\0' && strcmp(end, "s") != 0))
			return -1;
	}
	if (!isfinite(seconds) || seconds < 0)
		return -1;
	return (int64_t)(fmin(seconds, 1e9) * 1000);
}

static void read_waits(struct llm_reply *reply, const cJSON *error)
{
	const cJSON *detail, *violation;

	reply->retry_after_ms = wait_ms(json_get(error, "retry_after"));
	cJSON_ArrayForEach(detail, json_get(error, "details"))
	{
		if (json_get(detail, "retryDelay") != NULL)
			reply->retry_after_ms = wait_ms(json_get(detail, "retryDelay"));
		cJSON_ArrayForEach(
		        violation,
		        json_get(detail,
		                 "violations")) if (strstr(json_string(violation, "quotaId", ""),
		                                           "PerDay") != NULL)
		        reply->code = "day_quota";
	}
}

/* The first number after `text`, thousands perhaps parted by commas; 0: none near. */
static int number_after(const char *text)
{
	size_t gap = strcspn(text, "0123456789");
	long long number = 0;

	if (gap > 30)
		return 0;
	for (text += gap; number < MAX_LIMIT; text++) {
		if (*text >= '0' && *text <= '9')
			number = number * 10 + (*text - '0');
		else if (*text != ',' || text[1] < '0' || text[1] > '9')
			break;
	}
	return number < MAX_LIMIT ? (int)number : 0;
}

static void read_overflow(struct llm_reply *reply, const cJSON *error)
{
	static const char *const phrases[] = {
		"maximum context length", "context length", "maximum number of tokens allowed",
		"context size",           "context window", "tokens > ",
		"context limit"
	};
	double limit = json_number(error, "n_ctx", 0);

	if (!llm_is_context_overflow(reply->error_status, reply->code != NULL ? reply->code : "",
	                             reply->error))
		return;
	reply->code = "context_length";
	if (limit >= 1 && limit < MAX_LIMIT)
		reply->context_limit = (int)limit;
	for (size_t i = 0; reply->context_limit == 0 && i < sizeof(phrases) / sizeof(phrases[0]);
	     i++) {
		const char *found = strcasestr(reply->error, phrases[i]);

		if (found != NULL)
			reply->context_limit = number_after(found + strlen(phrases[i]));
	}
}

/* --- the shapes ------------------------------------------------------------- */

/* The part of an answer that is an error: a member, the whole object, or NULL. */
static const cJSON *find_error(const cJSON *root, bool is_error)
{
	static const char *const names[] = { "error", "errors", "detail" };
	bool has_choices = json_count(root, "choices") > 0;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const cJSON *member = json_get(root, names[i]);

		if (says_something(member) && (i == 0 || !has_choices))
			return cJSON_IsTrue(member) || cJSON_IsNumber(member) ? root : member;
	}
	if (has_choices && !is_error)
		return NULL;
	if (is_error || json_string(root, "message", "")[0] != '\0' ||
	    strcmp(json_string(root, "object", ""), "error") == 0)
		return root;
	return NULL;
}

bool reply_error_read(struct llm_reply *reply, const cJSON *root, bool is_error)
{
	const cJSON *error;

	/* Some put the object into a list. */
	if (cJSON_IsArray(root) && root->child != NULL)
		root = root->child;
	error = find_error(root, is_error);
	if (error == NULL)
		return false;
	reply->error = message_of(reply, error);
	/* The first of a list speaks for all. */
	if (cJSON_IsArray(error))
		error = error->child;
	read_codes(reply, error, root);
	read_waits(reply, error);
	read_overflow(reply, error);
	return true;
}
