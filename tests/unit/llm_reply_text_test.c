#include "llm_reply_fixture.h"

static void bytes_that_are_no_text(void)
{
	static const struct row rows[] = {
		{ "bad bytes",
		  CHUNK("a\xFF\xC3"
		        "b") STOP,
		  LLM_OK, "a" FFFD FFFD "b", "", "stop", NULL, NULL },
		{ "lone high", CHUNK("a\\ud83db") STOP, LLM_OK, "a" FFFD "b", "", "stop", NULL,
		  NULL },
		{ "lone low", CHUNK("a\\uDE00b") STOP, LLM_OK, "a" FFFD "b", "", "stop", NULL,
		  NULL },
		{ "two high", CHUNK("\\ud83d\\ud83d\\ude00") STOP, LLM_OK, FFFD GRIN, "", "stop",
		  NULL, NULL },
		{ "NUL", CHUNK("a\\u0000b") STOP, LLM_OK, "a" FFFD "b", "", "stop", NULL, NULL },
		{ "pair", CHUNK("\\ud83d\\ude00") STOP, LLM_OK, GRIN, "", "stop", NULL, NULL },
		{ "backslashes", CHUNK("\\\\u0000\\\\\\\"\\\\ud83d") STOP, LLM_OK,
		  "\\u0000\\\"\\ud83d", "", "stop", NULL, NULL },
		{ "pair over chunks", CHUNK("a\\ud83d") CHUNK("") CHUNK("\\ude00b") STOP, LLM_OK,
		  "a" GRIN "b", "", "stop", NULL, NULL },
		{ "bytes over chunks",
		  CHUNK("a\xF0") CHUNK("\x9F") CHUNK("\x98") CHUNK("\x80"
		                                                   "b") STOP,
		  LLM_OK, "a" GRIN "b", "", "stop", NULL, NULL },
		{ "half at the end", CHUNK("a\xF0\x9F") STOP DONE, LLM_OK, "a" FFFD FFFD, "",
		  "stop", NULL, NULL },
		{ "half before text", CHUNK("a\xF0\x9F") CHUNK("b") STOP, LLM_OK, "a" FFFD FFFD "b",
		  "", "stop", NULL, NULL },
		{ "high before text", CHUNK("a\\ud83d") CHUNK("b") STOP, LLM_OK, "a" FFFD "b", "",
		  "stop", NULL, NULL },
		{ "high at the end", CHUNK("a\\ud83d") STOP, LLM_OK, "a" FFFD, "", "stop", NULL,
		  NULL },
		{ "pair as bytes", CHUNK("\xED\xA0\xBD\xED\xB8\x80") STOP, LLM_OK, GRIN, "", "stop",
		  NULL, NULL },
		{ "thoughts over chunks",
		  DELTA("\"reasoning\":\"\\ud83d\"") CHUNK("a") DELTA("\"reasoning\":\"\\ude00\"")
		          STOP,
		  LLM_OK, "a", GRIN, "stop", NULL, NULL },
		{ "private use", CHUNK("\xF4\x8F\x83\xBF\\udbfc\\udcff\\udbff\\udfff") STOP, LLM_OK,
		  FFFD FFFD FFFD, "", "stop", NULL, NULL },
		{ "other private use", CHUNK("\xF4\x8E\xBF\xBF\\udbfb\\udfff") STOP, LLM_OK,
		  "\xF4\x8E\xBF\xBF\xF4\x8E\xBF\xBF", "", "stop", NULL, NULL },
		{ "bad escape", CHUNK("\\u12G4") STOP, LLM_RETRYABLE, "", "", NULL, "u12G4", NULL },
		{ "bad bytes of an error", "data: {\"error\":\"a\xFF\\ud83db\\u0000\"}\n\n",
		  LLM_RETRYABLE, "", "", NULL, "a" FFFD FFFD "b" FFFD, NULL },
		{ "bad bytes of a finish", CHUNK("a") FINISH("x\xFF"), LLM_OK, "a", "", "x" FFFD,
		  NULL, NULL },
	};

	CHECK_ROWS(rows);
}

static void nul_bytes_do_no_harm(void)
{
	static const char inside[] = "{\"choices\":[{\"delta\":{\"content\":\"a\0b\"},"
	                             "\"finish_reason\":\"stop\"}]}";
	static const char between[] = "{\"choices\":\0[]}";
	struct llm_reply reply;

	reply_start(&reply);
	CHECK(llm_reply_event(&reply, "message", inside, sizeof(inside) - 1));
	CHECK_INT(llm_reply_end(&reply, false), LLM_OK);
	CHECK_STR(reply.text.data, "a" FFFD "b");
	reply_start(&reply);
	CHECK(!llm_reply_event(&reply, "message", between, sizeof(between) - 1));
	CHECK_INT(llm_reply_end(&reply, false), LLM_RETRYABLE);
}

/* One event with the bytes as content, as a server writes it that cuts characters. */
static void send_piece(struct llm_reply *reply, const char *bytes, size_t len)
{
	struct buf event;

	buf_init(&event, arena);
	buf_str(&event, "{\"choices\":[{\"delta\":{\"content\":\"");
	for (size_t i = 0; i < len; i++) {
		if (bytes[i] == '"' || bytes[i] == '\\')
			buf_char(&event, '\\');
		if (bytes[i] == '\n')
			buf_str(&event, "\\n");
		else
			buf_char(&event, bytes[i]);
	}
	buf_str(&event, "\"}}]}");
	llm_reply_event(reply, "message", event.data, event.len);
}

struct thought {
	const char *content;
	enum llm_class class;
	const char *text, *reasoning;
};

static void check_thought(const struct thought *row, long split)
{
	size_t len = strlen(row->content), first = split >= 0 ? (size_t)split : len;
	struct llm_reply reply;

	reply_start(&reply);
	if (split == EACH_BYTE)
		for (size_t i = 0; i < len; i++)
			send_piece(&reply, row->content + i, 1);
	else
		send_piece(&reply, row->content, first);
	if (split >= 0)
		send_piece(&reply, row->content + first, len - first);
	reply.finish = "stop";
	CHECK_INT(llm_reply_end(&reply, false), row->class);
	CHECK_STR(reply.text.data, row->text);
	CHECK_STR(reply.reasoning.data, row->reasoning);
	/* Told is what stays, but for thoughts that nothing announced. */
	CHECK(told.len >= reply.text.len);
	CHECK_STR(told.data + told.len - reply.text.len, row->text);
	if (strstr(row->content, "<think>") != NULL)
		CHECK_INT((long long)told.len, (long long)reply.text.len);
}

static void thoughts_in_the_content(void)
{
	static const struct thought rows[] = {
		{ "Hello " GRIN "!", LLM_OK, "Hello " GRIN "!", "" },
		{ "<think>hm</think>a", LLM_OK, "a", "hm" },
		{ "<think>\n\n</think>\n\na", LLM_OK, "a", "\n\n" },
		{ "<think></think>a", LLM_OK, "a", "" },
		{ "\n <think>hm {\"a\":1}</think>\n a b\n", LLM_OK, "a b\n", "hm {\"a\":1}" },
		{ "<think>a</think> <think>b</think> c", LLM_OK, "c", "ab" },
		{ "<thinking>hm</thinking>a", LLM_OK, "a", "hm" },
		{ "<thought>hm</thought>a", LLM_OK, "a", "hm" },
		{ "<think>" GRIN "<</thi </think>" GRIN, LLM_OK, GRIN, GRIN "<</thi " },
		{ "<think>a<think>b</think>c", LLM_OK, "c", "a<think>b" },
		{ "hm\n</think>\n\na", LLM_OK, "a", "hm\n" },
		{ "</think>\na", LLM_OK, "a", "" },
		{ "a <think>hm</think> b", LLM_OK, "a  b", "hm" },
		{ "<think>x</think>a </think> b", LLM_OK, "a  b", "x" },
		{ "<think>hm", LLM_INCOMPLETE, "", "hm" },
		{ "<think>hm</think", LLM_INCOMPLETE, "", "hm</think" },
		{ "a <think>hm", LLM_INCOMPLETE, "a ", "hm" },
		{ "<think>hm</think>", LLM_INCOMPLETE, "", "hm" },
		{ "<think>hm</think> \n", LLM_INCOMPLETE, "", "hm" },
		{ "hm</think>", LLM_INCOMPLETE, "", "hm" },
		{ "a <thin> b < think > c", LLM_OK, "a <thin> b < think > c", "" },
		{ " \n a", LLM_OK, " \n a", "" },
		{ " <thi", LLM_OK, " <thi", "" },
		{ "a <thi", LLM_OK, "a <thi", "" },
		{ "<<think>hm</think>a", LLM_OK, "<a", "hm" },
		{ "{\"quote\":\"<think></think>\"}", LLM_OK, "{\"quote\":\"<think></think>\"}",
		  "" },
		{ "<think>{</think>{\"q\":\"</think>\"}", LLM_OK, "{\"q\":\"</think>\"}", "{" },
		{ "```\n<think>\n```", LLM_OK, "```\n<think>\n```", "" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int before = check_failures;
		long len = (long)strlen(rows[i].content);

		for (long split = EACH_BYTE; split <= len; split++)
			check_thought(&rows[i], split);
		if (before != check_failures)
			printf("# of the content \"%s\"\n", rows[i].content);
	}
}

/* Of work that is not linear this would take minutes. */
static void a_mebibyte_byte_by_byte_is_no_more_work(void)
{
	static const char pattern[] = "<think> <</think> </thi";
	struct llm_reply reply;
	char byte;

	llm_reply_init(&reply, arena);
	for (size_t i = 0; i < 1024 * 1024; i++) {
		char event[80];
		int len;

		byte = i < 300000 ? ' ' : i < 600000 ? '<' : pattern[i % (sizeof(pattern) - 1)];
		len = snprintf(event, sizeof(event),
		               "{\"choices\":[{\"delta\":{\"content\":\"%c\"}}]}", byte);
		if (!llm_reply_event(&reply, "message", event, (size_t)len))
			CHECK(false);
	}
	CHECK_INT(llm_reply_end(&reply, false), LLM_INCOMPLETE);
	CHECK(arena_used(arena) < (size_t)32 * 1024 * 1024);
}

int main(void)
{
	RUN(bytes_that_are_no_text);
	RUN(nul_bytes_do_no_harm);
	RUN(thoughts_in_the_content);
	RUN(a_mebibyte_byte_by_byte_is_no_more_work);
	return check_done();
}
