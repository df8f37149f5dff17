#include "llm_reply_fixture.h"

#include "llm/reply_mend.h"

static void errors_in_streams(void)
{
	static const struct row rows[] = {
		{ "12: rate",
		  CHUNK("a") "data: {\"error\":{\"message\":\"Slow.\",\"code\":"
		             "\"rate_limit_exceeded\"}}\n\n" STOP DONE,
		  LLM_RETRYABLE, "a", "", NULL, "Slow.", "rate_limit_exceeded" },
		{ "12: int code",
		  CHUNK("a") "data: {\"error\":{\"message\":\"Oh.\",\"type\":"
		             "\"server_error\",\"code\":500}}\n\n" STOP,
		  LLM_RETRYABLE, "a", "", NULL, "Oh.", "500" },
		{ "12: bad request",
		  CHUNK("a") "data: {\"error\":{\"message\":\"No.\",\"code\":null,"
		             "\"type\":\"invalid_request_error\"}}\n\n",
		  LLM_PERMANENT, "a", "", NULL, "No.", "invalid_request_error" },
		{ "12: quota",
		  CHUNK("a") "data: {\"error\":{\"message\":\"No.\",\"code\":"
		             "\"insufficient_quota\"}}\n\n",
		  LLM_PERMANENT, "a", "", NULL, "No.", "insufficient_quota" },
		{ "12: string", CHUNK("a") "data: {\"error\":\"The runner died.\"}\n\n",
		  LLM_RETRYABLE, "a", "", NULL, "The runner died.", NULL },
		{ "13: first",
		  "data: {\"error\":{\"message\":\"Bad key.\",\"code\":"
		  "\"invalid_api_key\"}}\n\n" DONE,
		  LLM_PERMANENT, "", "", NULL, "Bad key.", "invalid_api_key" },
		{ "13: beside choices",
		  "data: {\"choices\":[],\"error\":{\"message\":\"Later.\","
		  "\"code\":503}}\n\n" DONE,
		  LLM_RETRYABLE, "", "", NULL, "Later.", "503" },
		{ "13: in a chunk",
		  "data: {\"choices\":[{\"delta\":{\"content\":\"\"},"
		  "\"finish_reason\":\"error\"}],\"error\":{\"message\":\"Later.\",\"code\":502}}"
		  "\n\n",
		  LLM_RETRYABLE, "", "", NULL, "Later.", "502" },
		{ "13: by name, flat", "event: error\ndata: {\"message\":\"No.\",\"code\":401}\n\n",
		  LLM_PERMANENT, "", "", NULL, "No.", "401" },
		{ "13: by name, typed",
		  "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":"
		  "\"overloaded_error\",\"message\":\"Full.\"}}\n\n",
		  LLM_RETRYABLE, "", "", NULL, "Full.", "overloaded_error" },
		{ "13: by name, words", "event: error\ndata: It broke.\n\n", LLM_RETRYABLE, "", "",
		  NULL, "It broke.", NULL },
		{ "13: by name, a string", "event: error\ndata: \"It broke.\"\n\n", LLM_RETRYABLE,
		  "", "", NULL, "It broke.", NULL },
		{ "13: by name, nothing", "event: error\ndata: []\n\n", LLM_RETRYABLE, "", "", NULL,
		  "without a message", NULL },
		{ "13: no error",
		  "data: {\"error\":null,\"choices\":[{\"delta\":{\"content\":\"a\"}}]"
		  "}\n\ndata: {\"error\":{},\"detail\":\"\",\"message\":\"\"}\n\n" STOP,
		  LLM_OK, "a", "", "stop", NULL, NULL },
		{ "28: broken chunk",
		  CHUNK("a") "data: {\"choices\":[{\"delta\":{\"content\":\"wer\n\n" STOP DONE,
		  LLM_INCOMPLETE, "a", "", NULL, "\"wer", NULL },
		{ "28: broken first chunk", "data: }{\n\n" DONE, LLM_RETRYABLE, "", "", NULL, "}{",
		  NULL },
		{ "28: no object", "data: \"a\"\n\n" DONE, LLM_RETRYABLE, "", "", NULL, "\"a\"",
		  NULL },
	};

	CHECK_ROWS(rows);
}

static void shapes_of_errors(void)
{
	static const struct {
		const char *body, *error, *code;
		int status;
	} rows[] = {
		{ "{\"error\":{\"message\":\"No.\",\"type\":\"t\",\"code\":\"c\"}}", "No.", "c",
		  0 },
		{ "{\"error\":{\"message\":\"No.\",\"type\":\"t\",\"code\":null}}", "No.", "t", 0 },
		{ "{\"error\":{\"message\":\"No.\",\"code\":1234}}", "No.", "1234", 0 },
		{ "{\"error\":{\"message\":\"No.\",\"code\":404,\"status\":\"NOT_FOUND\"}}", "No.",
		  "404", 404 },
		{ "{\"error\":{\"message\":\"No.\",\"code\":\"None\",\"type\":\"None\"}}", "No.",
		  NULL, 0 },
		{ "{\"error\":{\"message\":\"No.\",\"code\":\"400\",\"type\":\"budget_exceeded\"}}",
		  "No.", "budget_exceeded", 400 },
		{ "[{\"error\":{\"message\":\"No.\",\"code\":404}}]", "No.", "404", 404 },
		{ "{\"error\":\"No.\"}", "No.", NULL, 0 },
		{ "{\"error\":\"No.\",\"error_type\":\"overloaded\"}", "No.", "overloaded", 503 },
		{ "{\"error\":\"No.\",\"status_code\":429}", "No.", "429", 429 },
		{ "{\"error\":true,\"message\":\"No.\",\"code\":7}", "No.", "7", 0 },
		{ "{\"error\":[{\"message\":\"No.\",\"code\":\"c\"},{\"message\":\"Nor this.\"}]}",
		  "No.; Nor this.", "c", 0 },
		{ "{\"errors\":[\"No.\",\"Nor this.\"]}", "No.; Nor this.", NULL, 0 },
		{ "{\"detail\":\"No.\"}", "No.", NULL, 0 },
		{ "{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"messages\",0],\"msg\":"
		  "\"Field required\"}]}",
		  "body.messages.0: Field required", "missing", 0 },
		{ "{\"detail\":{\"error\":{\"message\":\"No.\"}}}", "No.", NULL, 0 },
		{ "{\"object\":\"error\",\"message\":\"No.\",\"type\":\"NotFoundError\",\"code\":"
		  "404}",
		  "No.", "404", 404 },
		{ "{\"message\":\"No.\"}", "No.", NULL, 0 },
		{ "{\"error\":{\"message\":{\"detail\":\"No.\"},\"code\":1}}", "No.", "1", 0 },
		{ "{\"error\":{\"message\":\"\",\"code\":\"c\"}}",
		  "{\"message\":\"\",\"code\":\"c\"}", "c", 0 },
		{ "{\"error\":{\"message\":\"a\\n\\tb\"}}", "a b", NULL, 0 },
		{ "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"No."
		  "\"}}",
		  "No.", "overloaded_error", 503 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int before = check_failures;
		struct llm_reply reply;

		reply_start(&reply);
		CHECK(llm_reply_body(&reply, rows[i].body, strlen(rows[i].body)));
		CHECK(reply.error != NULL && strstr(reply.error, rows[i].error) != NULL);
		CHECK_STR(reply.code != NULL ? reply.code : "-",
		          rows[i].code != NULL ? rows[i].code : "-");
		CHECK_INT(reply.error_status, rows[i].status);
		if (before != check_failures)
			printf("# of the body %s: %s\n", rows[i].body, reply.error);
	}
}

static void long_errors_are_shortened(void)
{
	struct llm_reply reply;
	struct buf body;

	buf_init(&body, arena);
	buf_str(&body, "{\"error\":{\"message\":\"");
	for (int i = 0; i < 10000; i++)
		buf_str(&body, "\xD1\x8F ");
	buf_printf(&body, "\",\"code\":\"%s\"}}", arena_copy(arena, body.data + 100, 3000));
	reply_start(&reply);
	CHECK(llm_reply_body(&reply, body.data, body.len));
	CHECK(strlen(reply.error) < 1100);
	CHECK(strlen(reply.code) < 200);
}

static void limits_in_errors(void)
{
	static const struct {
		const char *error;
		long long wait_ms;
		const char *code;
		enum llm_class class;
	} rows[] = {
		{ "\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\",\"details\":[{\"@type\":\"x\"},"
		  "{\"retryDelay\":\"1.4s\"}]",
		  1400, "RESOURCE_EXHAUSTED", LLM_RETRYABLE },
		{ "\"code\":429,\"details\":[{\"retryDelay\":\"37s\"}]", 37000, "429",
		  LLM_RETRYABLE },
		{ "\"code\":429,\"details\":[{\"retryDelay\":\"soon\"}]", -1, "429",
		  LLM_RETRYABLE },
		{ "\"code\":429,\"details\":[{\"retryDelay\":\"-5s\"}]", -1, "429", LLM_RETRYABLE },
		{ "\"code\":429,\"details\":[{\"retryDelay\":\"nan\"}]", -1, "429", LLM_RETRYABLE },
		{ "\"code\":429,\"details\":[{\"retryDelay\":\"1e999s\"}]", -1, "429",
		  LLM_RETRYABLE },
		{ "\"code\":429,\"details\":[{\"retryDelay\":\"1e30s\"}]", 1000000000000, "429",
		  LLM_RETRYABLE },
		{ "\"code\":429,\"details\":[{\"retryDelay\":{}}]", -1, "429", LLM_RETRYABLE },
		{ "\"code\":429,\"details\":\"none\"", -1, "429", LLM_RETRYABLE },
		{ "\"code\":429,\"retry_after\":2.5", 2500, "429", LLM_RETRYABLE },
		{ "\"code\":429,\"details\":[{\"violations\":[{\"quotaId\":\"RequestsPerMinute\"}]}"
		  ","
		  "{\"violations\":[{\"quotaId\":\"RequestsPerDayPerProject\"}]},{\"retryDelay\":"
		  "\"9s\"}]",
		  9000, "day_quota", LLM_PERMANENT },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *body = arena_printf(arena, "{\"error\":{\"message\":\"Slow.\",%s}}",
		                                rows[i].error);
		struct llm_reply reply;

		reply_start(&reply);
		CHECK(llm_reply_body(&reply, body, strlen(body)));
		CHECK_INT(reply.retry_after_ms, rows[i].wait_ms);
		CHECK_STR(reply.code, rows[i].code);
		CHECK_INT(llm_reply_end(&reply, false), rows[i].class);
	}
}

static void conversations_that_are_too_long(void)
{
	static const struct {
		const char *body;
		int limit;
	} rows[] = {
		{ "{\"error\":{\"message\":\"This model's maximum context length is 4097 tokens. "
		  "However, your messages resulted in 5000 tokens.\",\"code\":"
		  "\"context_length_exceeded\"}}",
		  4097 },
		{ "{\"object\":\"error\",\"message\":\"This model's maximum context length is 2048 "
		  "tokens. However, you requested 3000 tokens.\",\"code\":400}",
		  2048 },
		{ "{\"error\":{\"code\":400,\"message\":\"the request exceeds the available "
		  "context "
		  "size\",\"type\":\"exceed_context_size_error\",\"n_ctx\":4096}}",
		  4096 },
		{ "{\"error\":{\"message\":\"prompt is too long: 208310 tokens > 200000 maximum\","
		  "\"type\":\"invalid_request_error\"}}",
		  200000 },
		{ "{\"error\":{\"code\":400,\"message\":\"The input token count (1200000) exceeds "
		  "the "
		  "maximum number of tokens allowed "
		  "(1,048,576).\",\"status\":\"INVALID_ARGUMENT\"}}",
		  1048576 },
		{ "{\"error\":{\"message\":\"input is too long\",\"code\":"
		  "\"context_length_exceeded\"}}",
		  0 },
		{ "{\"error\":{\"message\":\"maximum context length is 99999999999999 tokens\"}}",
		  0 },
		{ "{\"error\":{\"message\":\"input is too long\",\"n_ctx\":-1}}", 0 },
	};
	struct llm_reply reply;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		reply_start(&reply);
		CHECK(llm_reply_body(&reply, rows[i].body, strlen(rows[i].body)));
		CHECK_STR(reply.code, "context_length");
		CHECK_INT(reply.context_limit, rows[i].limit);
		CHECK(llm_is_context_overflow(400, reply.code, reply.error));
	}
	CHECK(!llm_is_context_overflow(429, "", "maximum context length is 5 tokens"));
	CHECK(!llm_is_context_overflow(400, "invalid", "max_tokens is too large"));
	CHECK(!llm_is_context_overflow(413, "", "Request Entity Too Large"));
}

static void classes_of_statuses(void)
{
	static const int passing[] = { 408, 409, 429, 500, 502, 503, 504, 529, 599 };
	static const int final[] = { 0, 200, 400, 401, 402, 403, 404, 413, 422, 501 + 100 };

	for (size_t i = 0; i < sizeof(passing) / sizeof(passing[0]); i++) {
		CHECK_INT(llm_status_class(passing[i], "", "Slow."), LLM_RETRYABLE);
		CHECK_INT(llm_status_class(passing[i], "insufficient_quota", ""), LLM_PERMANENT);
		CHECK_INT(llm_status_class(passing[i], "", "Budget has been exceeded! Max: 1"),
		          LLM_PERMANENT);
	}
	for (size_t i = 0; i < sizeof(final) / sizeof(final[0]); i++)
		CHECK_INT(llm_status_class(final[i], "", "No."), LLM_PERMANENT);
	CHECK_INT(llm_status_class(429, "billing_hard_limit_reached", ""), LLM_PERMANENT);
	CHECK_INT(llm_status_class(429, "", "Rate limit: tokens per day (TPD): Limit 100"),
	          LLM_PERMANENT);
	CHECK_INT(llm_status_class(429, "", "Rate limit: tokens per minute (TPM)"), LLM_RETRYABLE);
	CHECK_INT(llm_status_class(429, "", "You exceeded your current quota."), LLM_PERMANENT);
	CHECK_INT(llm_status_class(429, "RESOURCE_EXHAUSTED", "You exceeded your current quota."),
	          LLM_RETRYABLE);
	CHECK_INT(llm_status_class(500, "", "maximum context length is 5"), LLM_PERMANENT);
}

static void excerpts_are_printable(void)
{
	char bytes[1000];
	const char *text;

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)i;
	text = reply_mend_excerpt(arena, bytes, sizeof(bytes));
	CHECK(text_valid(text, strlen(text)));
	CHECK(strlen(text) < 210);
	CHECK(strpbrk(text, "\n\r\t\x1B\x7F") == NULL);
	CHECK_STR(reply_mend_excerpt(arena, "<html>\n x", 9), "<html> x");
	CHECK_STR(reply_mend_excerpt(arena, "", 0), "");
}

int main(void)
{
	RUN(errors_in_streams);
	RUN(shapes_of_errors);
	RUN(long_errors_are_shortened);
	RUN(limits_in_errors);
	RUN(conversations_that_are_too_long);
	RUN(classes_of_statuses);
	RUN(excerpts_are_printable);
	return check_done();
}
