#include "check.h"

#include "base/text.h"
#include "llm/address.h"
#include "llm/body.h"
#include "llm/quirks.h"
#include "llm/retry.h"

/* 2026-11-21T08:00:00Z */
#define NOW_MS INT64_C(1795248000000)

static void seconds_and_milliseconds_are_read(void)
{
	CHECK_INT(retry_after_ms("7", NULL, NOW_MS), 7000);
	CHECK_INT(retry_after_ms(" 1.5 ", NULL, NOW_MS), 1500);
	CHECK_INT(retry_after_ms("0", NULL, NOW_MS), 0);
	CHECK_INT(retry_after_ms(NULL, "250", NOW_MS), 250);
	CHECK_INT(retry_after_ms("9", "250", NOW_MS), 250);
	CHECK_INT(retry_after_ms("9", "soon", NOW_MS), 9000);
	CHECK_INT(retry_after_ms(NULL, NULL, NOW_MS), -1);
}

static void dates_are_read(void)
{
	CHECK_INT(retry_after_ms("Sat, 21 Nov 2026 08:00:30 GMT", NULL, NOW_MS), 30000);
	CHECK_INT(retry_after_ms("Saturday, 21-Nov-26 08:01:00 GMT", NULL, NOW_MS), 60000);
	CHECK_INT(retry_after_ms("Sat Nov 21 08:00:05 2026", NULL, NOW_MS), 5000);
	CHECK_INT(retry_after_ms("Sat, 21 Nov 2026 07:59:00 GMT", NULL, NOW_MS), -1);
}

static void garbage_is_no_wish(void)
{
	static const char *const garbage[] = { "",    "-5",   "nan", "inf",    "0x10", "1e3",
		                               "7 s", "soon", "1,5", "12 Nov", "Sat",  "::::" };

	for (size_t i = 0; i < sizeof(garbage) / sizeof(garbage[0]); i++)
		CHECK_INT(retry_after_ms(garbage[i], garbage[i], NOW_MS), -1);
	CHECK(retry_after_ms("99999999999999999999999999", NULL, NOW_MS) > INT64_C(1000000000));
}

static void backoff_doubles_to_a_limit(void)
{
	static const int64_t full[] = { 500, 1000, 2000, 4000, 8000, 8000 };
	bool differs = false;

	for (int failures = 1; failures <= 6; failures++)
		for (int i = 0; i < 50; i++) {
			const int64_t ms = retry_backoff_ms(failures);

			CHECK(ms <= full[failures - 1] && ms >= full[failures - 1] * 3 / 4);
			differs |= ms != retry_backoff_ms(failures);
		}
	CHECK(differs);
	CHECK(retry_backoff_ms(1000000) <= 8000);
}

static void callers_spread_after_a_pause(void)
{
	for (int i = 0; i < 50; i++) {
		CHECK(retry_spread_ms(100) <= 250);
		CHECK(retry_spread_ms(4000) <= 1000);
		CHECK(retry_spread_ms(120000) <= 2000 && retry_spread_ms(120000) >= 0);
	}
}

static struct llm_request asking(void)
{
	static const struct llm_message messages[] = { { "system", "You examine." },
		                                       { "user", "Ask." } };

	return (struct llm_request){
		.messages = messages,
		.message_count = 2,
		.model = "m",
		.temperature = 0.3,
		.max_tokens = 50,
		.schema_name = "grade",
		.schema = "{\"type\":\"object\"}",
		.cancel_fd = -1,
	};
}

static void a_refusal_teaches_one_thing(void)
{
	const struct llm_request request = asking();
	struct quirks quirks = { 0 };

	CHECK(quirks_learn(&quirks, &request, 400,
	                   "Unsupported parameter: 'max_tokens' is not supported with this model. "
	                   "Use 'max_completion_tokens' instead."));
	CHECK(quirks.tokens == TOKENS_NEW_NAME && !quirks.no_temperature &&
	      quirks.format == FORMAT_SCHEMA);
	CHECK(quirks_learn(&quirks, &request, 400, "'temperature' must be 1"));
	CHECK(quirks.no_temperature);
	CHECK(!quirks_learn(&quirks, &request, 400, "'temperature' must be 1"));
	CHECK(quirks_learn(&quirks, &request, 422, "stream_options: extra inputs are forbidden"));
	CHECK(quirks_learn(&quirks, &request, 400, "Unknown response_format json_schema"));
	CHECK(quirks.format == FORMAT_OBJECT);
	CHECK(quirks_learn(&quirks, &request, 400, "json_object is not supported"));
	CHECK(quirks.format == FORMAT_PROMPT);
	CHECK(!quirks_learn(&quirks, &request, 400, "response_format"));
}

static void other_refusals_teach_nothing(void)
{
	struct llm_request request = asking();
	struct quirks quirks = { 0 };

	CHECK(!quirks_learn(&quirks, &request, 500, "max_tokens"));
	CHECK(!quirks_learn(&quirks, &request, 401, "temperature"));
	CHECK(!quirks_learn(&quirks, &request, 400, "The prompt is bad."));
	request.schema = NULL;
	request.max_tokens = 0;
	request.temperature = -1;
	CHECK(!quirks_learn(&quirks, &request, 400, "response_format max_tokens temperature"));
}

static void what_two_calls_learned_is_joined(void)
{
	struct quirks known = { .tokens = TOKENS_NEW_NAME }, other = { .format = FORMAT_OBJECT };

	quirks_join(&known, &other);
	CHECK(known.tokens == TOKENS_NEW_NAME && known.format == FORMAT_OBJECT);
}

static cJSON *body(const struct quirks *quirks, const struct body_repair *repair)
{
	const struct llm_request request = asking();
	const char *text = body_chat(arena, &request, quirks, request.max_tokens, repair);
	cJSON *parsed = NULL;

	CHECK(json_parse(text, strlen(text), &parsed) == OK);
	return parsed;
}

static void the_body_is_as_the_endpoint_takes_it(void)
{
	const struct quirks odd = { .tokens = TOKENS_NEW_NAME,
		                    .format = FORMAT_OBJECT,
		                    .no_temperature = true,
		                    .no_stream_options = true };
	const struct quirks plain = { 0 };
	const cJSON *json = body(&plain, NULL);
	const char *prompt;

	CHECK(json_bool(json, "stream", false));
	CHECK(json_bool(json_get(json, "stream_options"), "include_usage", false));
	CHECK_NEAR(json_number(json, "temperature", -1), 0.3, 1e-9);
	CHECK_INT((int)json_number(json, "max_tokens", -1), 50);
	CHECK_STR(json_string(json_get(json, "response_format"), "type", ""), "json_schema");
	CHECK_INT((int)json_count(json, "messages"), 2);

	json = body(&odd, NULL);
	CHECK(json_get(json, "stream_options") == NULL && json_get(json, "temperature") == NULL &&
	      json_get(json, "max_tokens") == NULL);
	CHECK_INT((int)json_number(json, "max_completion_tokens", -1), 50);
	CHECK_STR(json_string(json_get(json, "response_format"), "type", ""), "json_object");
	prompt = json_string(json_get(json, "messages")->child, "content", "");
	CHECK(text_starts(prompt, "You examine.") && strstr(prompt, "json") != NULL &&
	      strstr(prompt, "{\"type\":\"object\"}") != NULL);
	CHECK_INT((int)json_count(json, "messages"), 2);
}

static void a_repair_shows_answer_and_fault(void)
{
	const struct body_repair repair = { .answer = "oops", .fault = "there was no JSON" };
	const struct quirks plain = { 0 };
	const cJSON *messages = json_get(body(&plain, &repair), "messages");

	CHECK_INT(cJSON_GetArraySize(messages), 4);
	CHECK_STR(json_string(cJSON_GetArrayItem(messages, 2), "role", ""), "assistant");
	CHECK_STR(json_string(cJSON_GetArrayItem(messages, 2), "content", ""), "oops");
	CHECK(strstr(json_string(cJSON_GetArrayItem(messages, 3), "content", ""),
	             "there was no JSON") != NULL);
}

static const char *base_of(const char *text)
{
	const char *base = "refused", *fault = NULL;

	if (address_base(arena, text, &base, &fault) != OK)
		CHECK(fault != NULL);
	return base;
}

static void addresses_are_put_in_order(void)
{
	CHECK_STR(base_of("http://127.0.0.1:11434"), "http://127.0.0.1:11434/v1");
	CHECK_STR(base_of("http://h:4000/"), "http://h:4000/v1");
	CHECK_STR(base_of(" https://h/v1/ "), "https://h/v1");
	CHECK_STR(base_of("https://h/api/openai"), "https://h/api/openai");
	CHECK_STR(base_of("https://h/v1/chat/completions"), "https://h/v1");
	CHECK_STR(base_of("https://h/v1?api-version=2"), "https://h/v1?api-version=2");
	CHECK_STR(address_below(arena, "https://h/v1?api-version=2", "/embeddings"),
	          "https://h/v1/embeddings?api-version=2");
}

static void wrong_addresses_are_refused(void)
{
	static const char *const wrong[] = { "",
		                             "host:4000",
		                             "localhost:4000/v1",
		                             "ftp://h/v1",
		                             "file:///etc/passwd",
		                             "http://",
		                             "https://u:p@h/v1",
		                             "https://u@h/v1",
		                             "http://h:99999/v1" };

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		CHECK_STR(base_of(wrong[i]), "refused");
}

/* A fault names what was read, but no password. */
static void faults_show_the_address(void)
{
	const char *base, *fault = "";

	CHECK_INT(address_base(arena, "127.0.0.1:22001/v1", &base, &fault), ERR_INVALID);
	CHECK_STR(fault, "its address \"127.0.0.1:22001/v1\" must begin with http:// or https://");
	CHECK_INT(address_base(arena, " ftp://h/v1", &base, &fault), ERR_INVALID);
	CHECK_STR(fault, "its address \"ftp://h/v1\" must begin with http:// or https://");
	CHECK_INT(address_base(arena, "https://me:se@c/ret@h/v1", &base, &fault), ERR_INVALID);
	CHECK(strstr(fault, "\"https://***@h/v1\"") != NULL);
	CHECK_STR(address_shown(arena, "user:p://w@h"), "***@h");
	CHECK_STR(address_shown(arena, " http://h/v1 "), "http://h/v1");
}

static void origins_are_compared(void)
{
	CHECK(address_same_origin("http://h/a", "http://H:80/b?c"));
	CHECK(!address_same_origin("http://h/a", "https://h/a"));
	CHECK(!address_same_origin("http://h/a", "http://h:81/a"));
	CHECK(!address_same_origin("http://h/a", "http://h.evil/a"));
	CHECK(!address_same_origin("http://h/a", "nonsense"));
}

static void this_machine_is_known(void)
{
	CHECK(address_is_loopback("http://localhost:1/v1"));
	CHECK(address_is_loopback("http://127.9.0.1/v1"));
	CHECK(address_is_loopback("http://[::1]:8/v1"));
	CHECK(!address_is_loopback("http://127.0.0.1.evil.org/v1"));
	CHECK(!address_is_loopback("http://localhost.evil.org/v1"));
	CHECK(!address_is_loopback("http://10.0.0.1/v1"));
}

int main(void)
{
	RUN(seconds_and_milliseconds_are_read);
	RUN(dates_are_read);
	RUN(garbage_is_no_wish);
	RUN(backoff_doubles_to_a_limit);
	RUN(callers_spread_after_a_pause);
	RUN(a_refusal_teaches_one_thing);
	RUN(other_refusals_teach_nothing);
	RUN(what_two_calls_learned_is_joined);
	RUN(the_body_is_as_the_endpoint_takes_it);
	RUN(a_repair_shows_answer_and_fault);
	RUN(addresses_are_put_in_order);
	RUN(wrong_addresses_are_refused);
	RUN(faults_show_the_address);
	RUN(origins_are_compared);
	RUN(this_machine_is_known);
	return check_done();
}
