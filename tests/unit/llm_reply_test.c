#include "llm_reply_fixture.h"

static void ends_of_streams(void)
{
	static const struct row rows[] = {
		{ "6: no [DONE]", CHUNK("a") STOP, LLM_OK, "a", "", "stop", NULL, NULL },
		{ "7: no finish", CHUNK("a") DONE, LLM_OK, "a", "", "unknown", NULL, NULL },
		{ "both", CHUNK("a") CHUNK(" b") STOP DONE, LLM_OK, "a b", "", "stop", NULL, NULL },
		{ "8: more after [DONE]", CHUNK("a") STOP DONE CHUNK("b"), LLM_OK, "a", "", "stop",
		  NULL, NULL },
		{ "9: neither", CHUNK("a"), LLM_INCOMPLETE, "a", "", NULL, "without saying", NULL },
		{ "9: empty finish", CHUNK("a") FINISH(""), LLM_INCOMPLETE, "a", "", NULL,
		  "without saying", NULL },
		{ "9: finish null as a word", CHUNK("a") FINISH("null"), LLM_INCOMPLETE, "a", "",
		  NULL, "without saying", NULL },
		{ "nothing", "", LLM_RETRYABLE, "", "", NULL, "no answer", NULL },
		{ "only comments", ": ping\n\n: ping\n\n", LLM_RETRYABLE, "", "", NULL, "no answer",
		  NULL },
		{ "only [DONE]", DONE, LLM_INCOMPLETE, "", "", "unknown", "empty", NULL },
		{ "empty", CHUNK("") STOP DONE, LLM_INCOMPLETE, "", "", "stop", "empty", NULL },
		{ "blank", CHUNK(" \\n") STOP DONE, LLM_INCOMPLETE, " \n", "", "stop", "empty",
		  NULL },
		{ "21: length, no text",
		  DELTA("\"reasoning_content\":\"hm\",\"content\":null") FINISH("length") DONE,
		  LLM_INCOMPLETE, "", "hm", "length", "raise max_tokens", NULL },
		{ "22: answer in thoughts", DELTA("\"reasoning_content\":\"{}\"") CHUNK("") STOP,
		  LLM_INCOMPLETE, "", "{}", "stop", "only thoughts", NULL },
		{ "24: length, half JSON", CHUNK("{\\\"a\\\":[1") FINISH("length") DONE,
		  LLM_INCOMPLETE, "{\"a\":[1", "", "length", "cut at max_tokens", NULL },
		{ "45: unknown finish", CHUNK("a") FINISH("eos"), LLM_OK, "a", "", "eos", NULL,
		  NULL },
		{ "given up", CHUNK("a") FINISH("abort"), LLM_INCOMPLETE, "a", "", "abort",
		  "gave up", NULL },
	};

	CHECK_ROWS(rows);
}

static void shapes_of_answers(void)
{
	static const struct row rows[] = {
		{ "16: all kinds of nothing",
		  "data: {\"choices\":[]}\n\ndata: {\"choices\":null}\n\ndata: {}\n\n"
		  "data: {\"choices\":[{\"index\":0}]}\n\ndata: {\"choices\":[null,5]}\n\n"
		  "data: {\"choices\":[{\"delta\":null}]}\n\ndata: null\n\ndata:\n\n"
		  "data: {\"choices\":{\"0\":1}}\n\n" DELTA(
		          "\"role\":\"assistant\",\"content\":null") DELTA("\"content\":\"a\"")
		          CHUNK("b") "data: "
		                     "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
		                     "data: {\"choices\":[]}\n\n" DONE,
		  LLM_OK, "ab", "", "stop", NULL, NULL },
		{ "15: message in an event",
		  "data: "
		  "{\"choices\":[{\"message\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}"
		  "\n\n",
		  LLM_OK, "a", "", "stop", NULL, NULL },
		{ "a message that repeats the deltas",
		  CHUNK("a") CHUNK("b") "data: "
		                        "{\"choices\":[{\"message\":{\"content\":\"ab\"},\"finish_"
		                        "reason\":\"stop\"}]}"
		                        "\n\n",
		  LLM_OK, "ab", "", "stop", NULL, NULL },
		{ "45: several choices",
		  "data: "
		  "{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"x\"},\"finish_reason\":"
		  "\"length\"}]}\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"a\"}},{\"delta\":"
		  "{\"content\":\"y\"}}]}\n\ndata: "
		  "{\"choices\":[{\"index\":1,\"delta\":{\"content\":"
		  "\"z\"}},{\"index\":0,\"delta\":{\"content\":\"b\"}}]}\n\n" STOP,
		  LLM_OK, "ab", "", "stop", NULL, NULL },
		{ "23: parts",
		  DELTA("\"content\":[{\"type\":\"text\",\"text\":\"a\"},\"b\",{\"type\":\"image_"
		        "url\","
		        "\"image_url\":{}},{\"text\":\"c\"},null,7]") STOP,
		  LLM_OK, "abc", "", "stop", NULL, NULL },
		{ "23: parts with thoughts",
		  DELTA("\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\","
		        "\"text\":"
		        "\"hm\"}]},{\"type\":\"text\",\"text\":\"a\"}]") STOP,
		  LLM_OK, "a", "hm", "stop", NULL, NULL },
		{ "23: tool call",
		  DELTA("\"content\":null,\"tool_calls\":[{\"index\":0,\"function\":{\"name\":"
		        "\"f\","
		        "\"arguments\":\"{}\"}}]") FINISH("tool_calls") DONE,
		  LLM_INCOMPLETE, "", "", "tool_calls", "called a tool", NULL },
		{ "23: refusal",
		  DELTA("\"refusal\":\"I can't \"") DELTA("\"refusal\":\"say.\"") STOP,
		  LLM_PERMANENT, "", "", "stop", "I can't say.", "refusal" },
		{ "23: no refusal",
		  DELTA("\"refusal\":null,\"content\":\"a\"") DELTA("\"refusal\":\"\"") STOP,
		  LLM_OK, "a", "", "stop", NULL, NULL },
		{ "23: filter", CHUNK("I can") FINISH("content_filter") DONE, LLM_PERMANENT,
		  "I can", "", "content_filter", "content filter", "content_filter" },
		{ "23: filter of another name", CHUNK("a") FINISH("SAFETY"), LLM_PERMANENT, "a", "",
		  "SAFETY", "content filter", "content_filter" },
		{ "19: reasoning_content",
		  DELTA("\"reasoning_content\":\"h\"")
		          DELTA("\"reasoning_content\":\"m\",\"content\":null") CHUNK("a") STOP,
		  LLM_OK, "a", "hm", "stop", NULL, NULL },
		{ "19: reasoning", DELTA("\"reasoning\":\"hm\"") CHUNK("a") STOP, LLM_OK, "a", "hm",
		  "stop", NULL, NULL },
		{ "19: both",
		  DELTA("\"reasoning\":\"hm\",\"reasoning_content\":\"hm\"") CHUNK("a") STOP,
		  LLM_OK, "a", "hm", "stop", NULL, NULL },
		{ "4: JSON over two lines",
		  "data: {\"choices\":[{\"delta\":\ndata: {\"content\":\"a\"}}]}\n\n" STOP, LLM_OK,
		  "a", "", "stop", NULL, NULL },
	};

	CHECK_ROWS(rows);
}

/* Whatever is missing at the end, the answer is not called whole before its finish came. */
static void no_cut_stream_is_a_success(void)
{
	static const char stream[] = CHUNK("Hello") CHUNK(" " GRIN "\\ud83d\\ude00") STOP
	        "data: "
	        "{\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}\n\n" DONE;
	const size_t whole = (size_t)(strstr(stream, "\"stop\"}]}") + 9 - stream);

	for (size_t len = 0; len < sizeof(stream) - 1; len++) {
		for (int was_cut = 0; was_cut < 2; was_cut++) {
			struct llm_reply reply;
			enum llm_class class = run_cut(&reply, arena_copy(arena, stream, len),
			                               WHOLE, was_cut);

			if (len < whole)
				CHECK(class == LLM_INCOMPLETE || class == LLM_RETRYABLE);
			else if (was_cut)
				CHECK_INT(class, LLM_OK);
			CHECK((class == LLM_OK) == (reply.error == NULL));
			CHECK(strncmp(reply.text.data, "Hello " GRIN GRIN, reply.text.len) == 0);
		}
	}
}

static void cut_connections(void)
{
	struct llm_reply reply;

	CHECK_INT(run_cut(&reply, CHUNK("a"), WHOLE, true), LLM_INCOMPLETE);
	CHECK(strstr(reply.error, "broke off") != NULL);
	CHECK_INT(run_cut(&reply, CHUNK("a") "data: {\"choi", WHOLE, true), LLM_INCOMPLETE);
	CHECK(strstr(reply.error, "broke off") != NULL);
	CHECK_INT(run_cut(&reply, CHUNK(""), WHOLE, true), LLM_RETRYABLE);
	CHECK_INT(run_cut(&reply, "", WHOLE, true), LLM_RETRYABLE);
	CHECK(strstr(reply.error, "broke off") != NULL);
	CHECK_INT(run_cut(&reply, CHUNK("a") STOP, WHOLE, true), LLM_OK);
	CHECK_INT(run_cut(&reply, CHUNK("a") DONE, WHOLE, true), LLM_OK);
	CHECK_INT(run_cut(&reply, CHUNK("<think>a") STOP, WHOLE, true), LLM_INCOMPLETE);
}

static void listeners_can_stop(void)
{
	static const char event[] = "{\"choices\":[{\"delta\":{\"content\":\"a\"}}]}";
	struct llm_reply reply;

	reply_start(&reply);
	CHECK(llm_reply_event(&reply, "message", event, sizeof(event) - 1));
	may_go_on = false;
	CHECK(!llm_reply_event(&reply, "message", event, sizeof(event) - 1));
	CHECK(!llm_reply_event(&reply, "message", event, sizeof(event) - 1));
	CHECK_INT(llm_reply_end(&reply, false), LLM_CANCELLED);
	CHECK_STR(told.data, "aa");
	CHECK_STR(reply.text.data, "aaa");
}

static void check_usage(const char *stream, bool is_known, int prompt, int completion,
                        int reasoning)
{
	struct llm_reply reply;
	int before = check_failures;

	run(&reply, stream);
	CHECK_INT(reply.usage.is_known, is_known);
	CHECK_INT(reply.usage.prompt_tokens, prompt);
	CHECK_INT(reply.usage.completion_tokens, completion);
	CHECK_INT(reply.usage.reasoning_tokens, reasoning);
	if (before != check_failures)
		printf("# of the stream %s\n", stream);
}

#define USAGE(members) "data: {\"choices\":[],\"usage\":" members "}\n\n"
#define COUNTS(prompt, completion) \
	"{\"prompt_tokens\":" #prompt ",\"completion_tokens\":" #completion "}"

static void usage_is_the_last_that_makes_sense(void)
{
	check_usage(CHUNK("a") STOP USAGE(COUNTS(9, 4)) DONE, true, 9, 4, 0);
	check_usage(CHUNK("a") USAGE(COUNTS(9, 1)) USAGE(COUNTS(9, 4)) STOP, true, 9, 4, 0);
	check_usage(USAGE(COUNTS(9, 4)) CHUNK("a") USAGE("null") STOP, true, 9, 4, 0);
	check_usage(USAGE(COUNTS(9, 4)) CHUNK("a") USAGE(COUNTS(0, 0)) STOP, true, 9, 4, 0);
	check_usage(
	        "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\",\"usage\":" COUNTS(
	                9, 4) "}]}\n\n",
	        true, 9, 4, 0);
	check_usage(USAGE("{\"prompt_tokens\":9,\"total_tokens\":13}"), true, 9, 4, 0);
	check_usage(USAGE("{\"input_tokens\":9,\"output_tokens\":4}"), true, 9, 4, 0);
	check_usage(USAGE("{\"prompt_tokens\":9,\"completion_tokens\":50,"
	                  "\"completion_tokens_details\":{\"reasoning_tokens\":46}}"),
	            true, 9, 50, 46);
	check_usage(CHUNK("12345678") STOP, false, 0, 2, 0);
	check_usage(DELTA("\"reasoning\":\"12345\"") CHUNK("123") STOP, false, 0, 2, 2);
	check_usage(DELTA("\"reasoning\":\"12345\"") CHUNK("1") STOP USAGE(COUNTS(9, 7)), true, 9,
	            7, 2);
	check_usage(CHUNK("1234") STOP USAGE(COUNTS(-1, 4)), false, 0, 1, 0);
	check_usage(CHUNK("1234") STOP USAGE(COUNTS(1e300, 4)), false, 0, 1, 0);
	check_usage(CHUNK("1234") STOP USAGE("{\"prompt_tokens\":\"9\"}"), false, 0, 1, 0);
	check_usage(CHUNK("1234") STOP USAGE("[]"), false, 0, 1, 0);
}

static void whole_bodies(void)
{
	static const struct row rows[] = {
		{ "15: answer",
		  " {\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
		  "\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n",
		  LLM_OK, "a", "", "stop", NULL, NULL },
		{ "no finish", "{\"choices\":[{\"message\":{\"content\":\"a\"}}]}", LLM_OK, "a", "",
		  "unknown", NULL, NULL },
		{ "several",
		  "{\"choices\":[{\"index\":1,\"message\":{\"content\":\"x\"}},{\"index\":0,"
		  "\"message\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}",
		  LLM_OK, "a", "", "stop", NULL, NULL },
		{ "parts and thoughts",
		  "{\"choices\":[{\"message\":{\"content\":[{\"type\":\"text\","
		  "\"text\":\"a\"}],\"reasoning_content\":\"hm\"},\"finish_reason\":\"stop\"}]}",
		  LLM_OK, "a", "hm", "stop", NULL, NULL },
		{ "length",
		  "{\"choices\":[{\"message\":{\"content\":\"a\"},\"finish_reason\":"
		  "\"length\"}]}",
		  LLM_INCOMPLETE, "a", "", "length", "max_tokens", NULL },
		{ "refusal",
		  "{\"choices\":[{\"message\":{\"content\":null,\"refusal\":\"No.\"},"
		  "\"finish_reason\":\"stop\"}]}",
		  LLM_PERMANENT, "", "", "stop", "No.", "refusal" },
		{ "no choice", "{\"choices\":[]}", LLM_INCOMPLETE, "", "", "unknown", "empty",
		  NULL },
		{ "neither", "{\"x\":1}", LLM_RETRYABLE, "", "", NULL, "no answer", NULL },
		{ "a list", "[]", LLM_RETRYABLE, "", "", NULL, "no answer", NULL },
		{ "14: error",
		  "{\"error\":{\"message\":\"Bad key.\",\"code\":\"invalid_api_key\"}}",
		  LLM_PERMANENT, "", "", NULL, "Bad key.", "invalid_api_key" },
		{ "14: string", "{\"error\":\"model not loaded\"}", LLM_RETRYABLE, "", "", NULL,
		  "model not loaded", NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct llm_reply reply;

		reply_start(&reply);
		CHECK(llm_reply_body(&reply, rows[i].stream, strlen(rows[i].stream)));
		check_row(&rows[i], &reply, llm_reply_end(&reply, false));
		for (size_t len = 0; len < strlen(rows[i].stream) - 1; len++) {
			reply_start(&reply);
			CHECK(!llm_reply_body(&reply, rows[i].stream, len));
			CHECK(llm_reply_end(&reply, true) != LLM_OK);
		}
	}
}

int main(void)
{
	RUN(ends_of_streams);
	RUN(shapes_of_answers);
	RUN(no_cut_stream_is_a_success);
	RUN(cut_connections);
	RUN(listeners_can_stop);
	RUN(usage_is_the_last_that_makes_sense);
	RUN(whole_bodies);
	return check_done();
}
