#include "check.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/text.h"

static int closed[3], closed_count;

static void note_close(void *object)
{
	closed[closed_count++] = *(int *)object;
}

static void arena_closes_last_first(void)
{
	static int one = 1, two = 2;
	struct arena *own = arena_create();

	closed_count = 0;
	arena_defer(own, note_close, &one);
	arena_defer(own, note_close, &two);
	arena_reset(own);
	CHECK_INT(closed_count, 2);
	CHECK_INT(closed[0], 2);
	CHECK_INT(closed[1], 1);
	arena_destroy(own);
	CHECK_INT(closed_count, 2);
}

static void arena_holds_large_blocks(void)
{
	char *large = arena_alloc(arena, 3000000);

	large[2999999] = 'x';
	CHECK_INT(large[0], 0);
	CHECK_STR(arena_printf(arena, "%d-%s", 7, "seven"), "7-seven");
	CHECK(arena_used(arena) >= 3000000);
}

static void arena_extends_only_the_newest(void)
{
	char *first = arena_alloc(arena, 20), *second = arena_alloc(arena, 100);
	size_t used = arena_used(arena);

	CHECK(!arena_extend(arena, first, 20, 40));
	CHECK(arena_extend(arena, second, 100, 1000));
	memset(second, 'x', 1000);
	CHECK_INT((long long)(arena_used(arena) - used), 1008 - 112);
	CHECK((char *)arena_alloc(arena, 1) == second + 1008);
	CHECK(!arena_extend(arena, second, 1000, 2000));
	CHECK(!arena_extend(arena, arena_alloc(arena, 16), 16, 1 << 30));
}

static void arena_survives_many_resets(void)
{
	struct arena *own = arena_create();

	for (size_t size = 1; size < 4000000; size *= 3) {
		char *memory = arena_alloc(own, size);

		memory[size - 1] = 'x';
		arena_reset(own);
		CHECK_INT((long long)arena_used(own), 0);
	}
	arena_destroy(own);
}

static void buf_grows_and_escapes(void)
{
	struct buf buf;

	buf_init(&buf, arena);
	for (int i = 0; i < 1000; i++)
		buf_printf(&buf, "%d,", i);
	CHECK_INT((long long)buf.len, (long long)strlen(buf.data));
	buf_truncate(&buf, 4);
	CHECK_STR(buf.data, "0,1,");
	buf_html(&buf, "<a href='x'>&\"", 14);
	CHECK_STR(buf.data, "0,1,&lt;a href=&#39;x&#39;&gt;&amp;&quot;");
}

static void text_refuses_bad_utf8(void)
{
	CHECK(text_valid("Привіт, \xF0\x9F\x98\x80", 18));
	CHECK(!text_valid("\xC0\x80", 2));
	CHECK(!text_valid("\xED\xA0\x80", 3));
	CHECK(!text_valid("\xF4\x90\x80\x80", 4));
	CHECK(!text_valid("\xE2\x82", 2));
	CHECK(!text_valid("\xFF", 1));
}

static const char *plain(const char *text, int indent)
{
	struct buf out;

	buf_init(&out, arena);
	text_add_plain(&out, text, indent);
	return out.data;
}

static void text_for_a_terminal_has_no_controls(void)
{
	CHECK_STR(plain("tab\tend\nЇжак \xF0\x9F\x98\x80", 0), "tab\tend\nЇжак \xF0\x9F\x98\x80");
	CHECK_STR(plain("\x1B[31m\a\x7F", 0), "\uFFFD[31m\uFFFD\uFFFD");
	CHECK_STR(plain("a\xC2\x9B"
	                "b\u202Ec\u2066d\u200Fe\u061Cf\u2028g",
	                0),
	          "a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf\uFFFDg");
	CHECK_STR(plain("\x9B!", 0), "\uFFFD!");
	CHECK_STR(plain("a\r\nb\rc", 0), "a\nb\uFFFDc");
	CHECK_STR(plain("a\n\nb\r\n\r\nc\n", 2), "a\n\n  b\n\n  c\n");
}

static void text_knows_cyrillic_case(void)
{
	CHECK_STR(text_folded(arena, "ЇЖАК Ґанок ЁЛКА Straße ÀÉ"), "їжак ґанок ёлка straße àé");
	CHECK_STR(text_search_key(arena, "Семён ЁЛКА Їжак"), "семен елка їжак");
	CHECK_STR(text_trimmed(arena, " \t\u00A0два слова\n"), "два слова");
	CHECK_STR(text_one_line(arena, "  a \n\n b\t"), "a b");
	CHECK_STR(text_shortened(arena, "собеседование", 5), "собе…");
	CHECK_STR(text_shortened(arena, "кот", 5), "кот");
	CHECK_INT((long long)text_count("кот", 6), 3);
}

static void text_reads_integers(void)
{
	long long n = 0;

	CHECK(text_integer("42", 0, 100, &n) && n == 42);
	CHECK(text_integer("-3", -5, 5, &n) && n == -3);
	CHECK(!text_integer("101", 0, 100, &n));
	CHECK(!text_integer("4x", 0, 100, &n));
	CHECK(!text_integer("", 0, 100, &n));
	CHECK(!text_integer(" 4", 0, 100, &n));
	CHECK(!text_integer("99999999999999999999", 0, 100, &n));
}

static void clock_formats_in_a_zone(void)
{
	CHECK_STR(clock_iso(arena, 1700000000000), "2023-11-14T22:13:20Z");
	CHECK_STR(clock_text(arena, 1700000000000, 180, CLOCK_DATE_TIME), "15.11.2023 01:13");
	CHECK(clock_day_start(1700000000000, 0) == 1699920000000);
	CHECK(clock_day_start(1700000000000, 180) == 1699995600000);
	CHECK(clock_monotonic_us() > 0 && clock_now_ms() > 1700000000000);
}

static void json_is_strict(void)
{
	cJSON *value = NULL;
	char deep[200];

	CHECK(json_parse("{\"a\":1,\"A\":\"x\"}", 15, &value) == OK);
	CHECK_NEAR(json_number(value, "a", 0), 1, 0);
	CHECK_STR(json_string(value, "A", ""), "x");
	CHECK(json_get(value, "b") == NULL);
	CHECK(json_parse("{} x", 4, &value) == ERR_INVALID);
	CHECK(json_parse("\"\\u0000\"", 8, &value) == ERR_INVALID);
	CHECK(json_parse("\"x\\uZZZZy\"", 9, &value) == ERR_INVALID);
	CHECK(json_parse("\"x\\u12\"", 7, &value) == ERR_INVALID);
	CHECK(json_parse("\"\\u00e9\"", 8, &value) == OK);
	CHECK(json_parse("\"\xFF\"", 3, &value) == ERR_INVALID);
	CHECK(json_parse("", 0, &value) == ERR_INVALID);
	memset(deep, '[', sizeof(deep));
	CHECK(json_parse(deep, sizeof(deep), &value) == ERR_INVALID);
}

static void json_forgives_models_only(void)
{
	static const char *const sound[] = { "[0,-1,1.5,-0.25,1e5,2E-3,0e+1]",
		                             "{\"a\":\"007 5. \\\" \\\\\"}", " [\t1,\r\n2 ]",
		                             "true" };
	static const char *const unsound[] = { "007",     "[-01]",    "5.",       "[1.e3]", "[1e]",
		                               "[1,\f2]", "\"a\tb\"", "\"a\nb\"", "-",      "[+1]",
		                               "[1e5.5]", "[.5]",     "[1-2]" };
	cJSON *value;

	for (size_t i = 0; i < sizeof(sound) / sizeof(*sound); i++)
		CHECK(json_parse_strict(sound[i], strlen(sound[i]), &value) == OK);
	for (size_t i = 0; i < sizeof(unsound) / sizeof(*unsound); i++)
		CHECK(json_parse_strict(unsound[i], strlen(unsound[i]), &value) == ERR_INVALID);
	CHECK(json_parse("[5.]", 4, &value) == OK);
}

static void json_builds(void)
{
	cJSON *object = cJSON_CreateObject();

	json_set_string(object, "s", "\"<ї>\"");
	json_set_string(object, "none", NULL);
	json_set_number(object, "n", json_rounded(1.0 / 3));
	json_set_number(object, "nan", 0.0 / 0.0);
	json_add_string(json_set_array(object, "list"), "one");
	CHECK_STR(json_text(object), "{\"s\":\"\\\"<ї>\\\"\",\"none\":null,\"n\":0.333,\"nan\":"
	                             "null,\"list\":[\"one\"]}");
}

int main(void)
{
	RUN(arena_closes_last_first);
	RUN(arena_holds_large_blocks);
	RUN(arena_extends_only_the_newest);
	RUN(arena_survives_many_resets);
	RUN(buf_grows_and_escapes);
	RUN(text_refuses_bad_utf8);
	RUN(text_for_a_terminal_has_no_controls);
	RUN(text_knows_cyrillic_case);
	RUN(text_reads_integers);
	RUN(clock_formats_in_a_zone);
	RUN(json_is_strict);
	RUN(json_forgives_models_only);
	RUN(json_builds);
	return check_done();
}
