#include "check.h"

#include "examiner/proof.h"

/* The bytes of the answer that the quotation was found in, or NULL. */
static const char *found(const char *answer, const char *quote)
{
	struct score_span span;

	if (!proof_find_quote(arena, answer, quote, &span))
		return NULL;
	CHECK(span.start < span.end && span.end <= strlen(answer));
	return arena_copy(arena, answer + span.start, span.end - span.start);
}

static const char *stray(const char *text, const char *data)
{
	cJSON *json;

	CHECK_INT(json_parse(data, strlen(data), &json), OK);
	return proof_stray_number(arena, text, json);
}

#define CHECK_FOUND(answer, quote, bytes) CHECK_STR(found(answer, quote), bytes)
#define CHECK_LOST(answer, quote)         CHECK(found(answer, quote) == NULL)
#define CHECK_STRAY(text, data, number)   CHECK_STR(stray(text, data), number)
#define CHECK_BORNE(text, data)           CHECK(stray(text, data) == NULL)

static void finds_words_of_the_answer(void)
{
	CHECK_FOUND("A safe method only reads data.", "only reads data", "only reads data");
	CHECK_FOUND("PUT is Idempotent, really", "put is idempotent", "PUT is Idempotent");
	CHECK_FOUND("one\n two \t three", "two three", "two \t three");
	CHECK_FOUND("one two\u00a0three", "\u00abTwo three\u00bb.", "two\u00a0three");
	CHECK_FOUND("Ещё один ответ", "еще ОДИН ответ", "Ещё один ответ");
	CHECK_FOUND("запам\u2019ятований результат", "запам'ятований результат",
	            "запам\u2019ятований результат");
	CHECK_FOUND("ключ \u2014 уникальный", "ключ - уникальный", "ключ \u2014 уникальный");
	CHECK_FOUND("they \u201cread data\u201d once", "they \"read data\" once",
	            "they \u201cread data\u201d once");
	CHECK_FOUND("wait\u2026 then retry", "wait... then retry", "wait\u2026 then retry");
	CHECK_FOUND("ignore d\u00e9j\u00e0 vu", "deja vu", "d\u00e9j\u00e0 vu");
	CHECK_FOUND("и\u0306од та \u0456\u0308жак", "йод та їжак", "и\u0306од та \u0456\u0308жак");
	CHECK_FOUND("ze\u200bro wid\u00adth", "zero width", "ze\u200bro wid\u00adth");
	CHECK_FOUND("O(log n) time", "O(log n)", "O(log n)");
}

static void refuses_invented_words(void)
{
	CHECK_LOST("A safe method only reads data.", "safe methods only read");
	CHECK_LOST("A safe method only reads data.", "safe ... data");
	CHECK_LOST("this is safety first", "is safe");
	CHECK_LOST("unsafe method here", "safe method");
	CHECK_LOST("short", "short and much longer than the answer");
	CHECK_LOST("one two three", "");
	CHECK_LOST("one two three", " .\u00ab\u00bb ");
	CHECK_LOST("", "one two");
	CHECK_FOUND("unsafe method, safe method", "safe method", "safe method");
}

static void wants_two_words_of_content(void)
{
	CHECK_LOST("the method reads data", "the method");
	CHECK_LOST("it is what it is about indexes and locks", "it is what it is");
	CHECK_LOST("метод не меняет данные", "не меняет");
	CHECK_FOUND("Idempotent.", "idempotent", "Idempotent");
	CHECK_FOUND("It is the mutex", "mutex", "mutex");
	CHECK_LOST("It is the", "it is the");
	CHECK_FOUND("метод не меняет данные", "не меняет данные", "не меняет данные");
}

/* A prefix table that restarts would need a quarter of a billion steps here. */
static void stays_fast_with_hostile_texts(void)
{
	size_t len = 400000;
	char *answer = arena_alloc(arena, len + 1), *quote = arena_alloc(arena, len + 1);

	memset(answer, 'a', len);
	memset(quote, 'a', len / 2);
	memcpy(quote + len / 2, " b", 2);
	CHECK_LOST(answer, quote);
	for (size_t i = 1; i < len; i += 2)
		answer[i] = ' ';
	quote[0] = 'a';
	for (size_t i = 1; i < len / 2; i += 2)
		quote[i] = ' ';
	CHECK_LOST(answer, quote);
	CHECK_FOUND("\xff\xfe one \xd0", "one \xd0", "one \xd0");
}

static void numbers_must_stand_in_the_data(void)
{
	const char *data = "{\"score\":7.5,\"max_score\":10,\"attempts\":[1,2,3],\"ratio\":0.667}";

	CHECK_BORNE("7.5 out of 10", data);
	CHECK_BORNE("7,5 из 10 баллов", data);
	CHECK_BORNE("about 8 of 10", data);
	CHECK_BORNE("66.7% covered, that is 67 %", data);
	CHECK_BORNE("67 процентов", data);
	CHECK_BORNE("67 відсотків, 3 спроби", data);
	CHECK_BORNE("no numbers, just first and second", data);
	CHECK_BORNE("from 7-8 to 10", "{\"a\":7,\"b\":8,\"c\":10}");
	CHECK_STRAY("7.5 out of 11", data, "11");
	CHECK_STRAY("7.4 out of 10", data, "7.4");
	CHECK_STRAY("only 6 of 10", data, "6");
	CHECK_STRAY("67 of 10", data, "67");
	CHECK_STRAY("68%", data, "68");
	CHECK_STRAY("range 7-9", "{\"a\":7,\"b\":8}", "9");
	CHECK_STRAY("0 or 1", "[0.4]", "0");
	CHECK_STRAY("7.5 out of 10", "{\"score\":7.5}", "10");
	CHECK_STRAY("7.5", "[7,5]", "7.5");
	CHECK_BORNE("x", "[]");
	CHECK_STRAY("1", "null", "1");
	CHECK_BORNE("-3 points", "[3]");
}

static void reads_thousands(void)
{
	const char *data = "{\"tokens\":1234567,\"cost\":1234.5,\"small\":12,\"code\":345}";

	CHECK_BORNE("1 234 567 tokens", data);
	CHECK_BORNE("1\u00a0234\u00a0567 токенов", data);
	CHECK_BORNE("1\u202f234\u202f567", data);
	CHECK_BORNE("1,234,567 and 1,234.5", data);
	CHECK_BORNE("1.234.567 und 1.234,5", data);
	CHECK_BORNE("1'234'567", data);
	CHECK_BORNE("1234567", data);
	CHECK_BORNE("first 12 345 last", data);
	CHECK_STRAY("1,234,568", data, "1,234,568");
	CHECK_STRAY("12 346", data, "346");
	CHECK_STRAY("13 345", data, "13");
}

static void reads_dates_times_and_names(void)
{
	const char *data = "{\"at\":\"2026-11-21T07:55:47Z\",\"title\":\"PUT in HTTP 1.1\"}";

	CHECK_BORNE("on 21.11.2026 at 07:55", data);
	CHECK_BORNE("21 ноября 2026, 7:55", data);
	CHECK_BORNE("21.11, HTTP 1.1", data);
	CHECK_BORNE("learn HTTP2, OAuth2, k8s, v2.5 and p95", data);
	CHECK_STRAY("on 22.11.2026", data, "22");
	CHECK_STRAY("on 21.12.2026", data, "12");
	CHECK_STRAY("at 07:56", data, "56");
	CHECK_STRAY("Python 3", data, "3");
	CHECK_STRAY("балл8", data, "8");
}

static void ignores_list_numbers(void)
{
	CHECK_BORNE("1. Read\n2. Write\n  3) Test\n", "{}");
	CHECK_BORNE("## 1. One\n**2.** Two\n- 3. Three", "{}");
	CHECK_STRAY("9. Read", "{}", "9");
	CHECK_STRAY("Mark 1. Read", "{}", "1");
	CHECK_STRAY("1.5 times", "{}", "1.5");
	CHECK_STRAY("1. Read 4 books", "{}", "4");
}

int main(void)
{
	RUN(finds_words_of_the_answer);
	RUN(refuses_invented_words);
	RUN(wants_two_words_of_content);
	RUN(stays_fast_with_hostile_texts);
	RUN(numbers_must_stand_in_the_data);
	RUN(reads_thousands);
	RUN(reads_dates_times_and_names);
	RUN(ignores_list_numbers);
	return check_done();
}
