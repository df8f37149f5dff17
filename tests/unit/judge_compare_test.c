#include "check.h"

#include <math.h>

#include "base/buf.h"
#include "judge/compare.h"
#include "judge/value.h"

static const cJSON *parsed(const char *text)
{
	cJSON *value = NULL;

	CHECK_INT(value_parse(arena, text, strlen(text), &value), OK);
	return value == NULL ? cJSON_CreateNull() : value;
}

static bool same_by(enum judge_compare mode, double tolerance, const char *expected,
                    const char *got)
{
	const struct compare_rule rule = { mode, tolerance };
	const cJSON *a = parsed(expected), *b = parsed(got);
	bool forth = compare_values(arena, &rule, a, b), back = compare_values(arena, &rule, b, a);

	CHECK_INT(forth, back); /* whoever is the expected one */
	return forth;
}

static bool same(const char *expected, const char *got)
{
	return same_by(COMPARE_EXACT, 0, expected, got);
}

static bool prints(const char *expected, const char *got, enum judge_compare mode)
{
	const struct compare_rule rule = { mode, 0 };

	return compare_texts(arena, &rule, expected, got);
}

static void kinds_are_told_apart(void)
{
	CHECK(same("1", "1"));
	CHECK(!same("1", "true"));
	CHECK(!same("0", "false"));
	CHECK(!same("0", "null"));
	CHECK(!same("1", "\"1\""));
	CHECK(!same("[]", "{}"));
	CHECK(!same("null", "false"));
	CHECK(!same("true", "false"));
	CHECK(same("null", "null"));
	CHECK(!same("[1]", "1"));
	CHECK(!same("\"\"", "null"));
}

static void whole_numbers_are_exact(void)
{
	CHECK(same("1", "1.0"));
	CHECK(same("-0", "0"));
	CHECK(same("0.0", "-0.0"));
	CHECK(!same("1000000", "1000001")); /* though within 1e-6 of each other */
	CHECK(!same("1000000", "1000001.0"));
	CHECK(!same("999999999999998", "999999999999999"));
	CHECK(!same("999999999999999", "1000000000000000"));
	CHECK(same("9007199254740993", "9007199254740993"));
	CHECK(!same("9007199254740993", "9007199254740992")); /* the same double */
	CHECK(same("-123456789012345678901234567890", "-123456789012345678901234567890"));
	CHECK(!same("-123456789012345678901234567890", "123456789012345678901234567890"));
	CHECK(!same("12345678901234567890123456789", "123456789012345678901234567890"));
	CHECK(same("1000000000000000000000", "1e21")); /* as JavaScript writes it */
	CHECK(same("[{\"a\": 18446744073709551616}]", "[{\"a\": 18446744073709551616}]"));
	CHECK(!same("18446744073709551616", "\"18446744073709551616\""));
}

static void floats_are_near(void)
{
	CHECK(same("0.1", "0.10000001"));
	CHECK(!same("0.1", "0.1001"));
	CHECK(same("1.5e10", "15000000000.5"));
	CHECK(same("0.3", "0.30000000000000004"));
	CHECK(same("1e300", "1.0000000001e300"));
	CHECK(!same("1e300", "2e300"));
	CHECK(!same("1e-3", "1.1e-3"));
	CHECK(same_by(COMPARE_FLOAT, 0.01, "100", "100.9"));
	CHECK(!same_by(COMPARE_FLOAT, 0.001, "100", "100.9"));
	CHECK(same_by(COMPARE_FLOAT, 0.5, "[1, [2, {\"a\": 3}]]", "[1.4, [2.3, {\"a\": 2.9}]]"));
	CHECK(!same_by(COMPARE_FLOAT, 0.5, "1", "true"));
	CHECK(!same_by(COMPARE_FLOAT, 0.5, "\"a\"", "\"b\""));
	CHECK(same("0.1000000000000000000000000000000000000000000000000000000000000000000001",
	           "0.1"));
}

static void not_finite(void)
{
	CHECK(!same("{\"$float\":\"nan\"}", "{\"$float\":\"nan\"}"));
	CHECK(!same("[{\"$float\":\"nan\"}]", "[{\"$float\":\"nan\"}]"));
	CHECK(!same("{\"$float\":\"nan\"}", "0"));
	CHECK(same("{\"$float\":\"inf\"}", "{\"$float\":\"inf\"}"));
	CHECK(!same("{\"$float\":\"inf\"}", "{\"$float\":\"-inf\"}"));
	CHECK(same("{\"$float\":\"inf\"}", "1e999"));
	CHECK(!same("{\"$float\":\"inf\"}", "1e300"));
	CHECK(!same_by(COMPARE_FLOAT, 1, "{\"$float\":\"inf\"}", "1e300"));
	CHECK(!same_by(COMPARE_FLOAT, 1, "{\"$float\":\"nan\"}", "0"));
	CHECK(!same_by(COMPARE_UNORDERED, 0, "[{\"$float\":\"nan\"}]", "[{\"$float\":\"nan\"}]"));
	CHECK(!same_by(COMPARE_SET, 0, "[{\"$float\":\"nan\"}]", "[{\"$float\":\"nan\"}]"));
	CHECK(same("{\"$float\":\"other\"}", "{\"$float\":\"other\"}"));
	CHECK(!same("{\"$float\":\"inf\", \"b\": 1}", "{\"$float\":\"inf\"}"));
}

static void strings_and_trees(void)
{
	CHECK(same("\"\\u00e9\"", "\"é\""));
	CHECK(!same("\"e\\u0301\"", "\"é\"")); /* other characters, though they look alike */
	CHECK(!same("\"a\"", "\"A\""));
	CHECK(!same("\"a\"", "\"a \""));
	CHECK(same("{\"a\": 1, \"b\": [2]}", "{\"b\": [2], \"a\": 1}"));
	CHECK(!same("{\"a\": 1}", "{\"a\": 1, \"b\": null}"));
	CHECK(!same("{\"a\": 1, \"c\": 2}", "{\"a\": 1, \"b\": 2}"));
	CHECK(!same("{\"a\": 1, \"A\": 2}", "{\"a\": 2, \"A\": 1}"));
	CHECK(same("{\"a\": 1, \"a\": 2}", "{\"a\": 1, \"a\": 2}"));
	CHECK(!same("{\"a\": 1, \"a\": 2}", "{\"a\": 2}"));
	CHECK(!same("[1, 2]", "[2, 1]"));
	CHECK(!same("[1, 2]", "[1, 2, 3]"));
	CHECK(!same("[1, 2, 3]", "[1, 2]"));
	CHECK(same("[[], [[]]]", "[[], [[]]]"));
	CHECK(!same("[[], [[]]]", "[[[]], []]"));
}

static void in_any_order(void)
{
	CHECK(same_by(COMPARE_UNORDERED, 0, "[1, 2, 2, 3]", "[2, 3, 1, 2]"));
	CHECK(!same_by(COMPARE_UNORDERED, 0, "[1, 2, 2, 3]", "[1, 2, 3, 3]"));
	CHECK(!same_by(COMPARE_UNORDERED, 0, "[1, 1]", "[1]"));
	CHECK(same_by(COMPARE_UNORDERED, 0, "[[1, 2], [3]]", "[[3], [1, 2]]"));
	CHECK(!same_by(COMPARE_UNORDERED, 0, "[[1, 2], [3]]", "[[3], [2, 1]]"));
	CHECK(same_by(COMPARE_UNORDERED, 0, "[{\"a\":1,\"b\":2}, null]",
	              "[null, {\"b\":2,\"a\":1}]"));
	CHECK(!same_by(COMPARE_UNORDERED, 0, "[true, 1]", "[1, 1]"));
	CHECK(!same_by(COMPARE_UNORDERED, 0, "[\"1\"]", "[1]"));
	CHECK(same_by(COMPARE_UNORDERED, 0, "[0.1, 0.2]", "[0.2000001, 0.1000001]"));
	CHECK(same_by(COMPARE_UNORDERED, 0, "[[0.1, \"x\"], [0.1, \"y\"]]",
	              "[[0.10000001, \"y\"], [0.1, \"x\"]]"));
	CHECK(same_by(COMPARE_UNORDERED, 0, "[123456789012345678901, 5]",
	              "[5, 123456789012345678901]"));
	CHECK(!same_by(COMPARE_UNORDERED, 0, "[123456789012345678901]", "[123456789012345678902]"));
	CHECK(same_by(COMPARE_UNORDERED, 0, "[]", "[]"));
	CHECK(same_by(COMPARE_UNORDERED, 0, "{\"a\": [1, 2]}", "{\"a\": [1, 2]}"));
	CHECK(!same_by(COMPARE_UNORDERED, 0, "{\"a\": [1, 2]}", "{\"a\": [2, 1]}"));
	/* The first that fits is not always the one to pair with. */
	CHECK(same_by(COMPARE_UNORDERED, 0, "[[0], [0.0000009]]", "[[0.0000005], [-0.0000005]]"));
	/* A text in a list must not look like two. */
	CHECK(!same_by(COMPARE_UNORDERED, 0, "[[\"as1:b\"]]", "[[\"a\", \"b\"]]"));
}

static void as_sets(void)
{
	CHECK(same_by(COMPARE_SET, 0, "[1, 2, 2, 3]", "[3, 2, 1]"));
	CHECK(!same_by(COMPARE_SET, 0, "[1, 2]", "[1, 2, 3]"));
	CHECK(same_by(COMPARE_SET, 0, "[[1, 2], [1, 2]]", "[[1, 2]]"));
	CHECK(same_by(COMPARE_SET, 0, "[0.5, 0.50000001]", "[0.5]"));
	CHECK(!same_by(COMPARE_SET, 0, "[]", "[1]"));
	CHECK(same_by(COMPARE_SET, 0, "[]", "[]"));
	CHECK(!same_by(COMPARE_SET, 0, "[true]", "[1]"));
}

/* A list of count items made of the index by `format`, beginning at `first`. */
static const char *long_list(const char *format, int count, int step)
{
	struct buf text;

	buf_init(&text, arena);
	buf_char(&text, '[');
	for (int i = 0; i < count; i++) {
		char number[16];
		const char *hole = strchr(format, '#');

		snprintf(number, sizeof(number), "%d", (i * step) % count);
		buf_str(&text, i == 0 ? "" : ",");
		buf_add(&text, format, (size_t)(hole - format));
		buf_str(&text, number);
		buf_str(&text, hole + 1);
	}
	buf_char(&text, ']');
	return text.data;
}

static void large_lists_are_quick(void)
{
	CHECK(same_by(COMPARE_UNORDERED, 0, long_list("[#, \"x\"]", 50021, 1),
	              long_list("[#, \"x\"]", 50021, 7)));
	CHECK(same_by(COMPARE_UNORDERED, 0, long_list("#.5", 50021, 1),
	              long_list("#.50000001", 50021, 7)));
	CHECK(!same_by(COMPARE_UNORDERED, 0, long_list("[#.5]", 50021, 1),
	               long_list("[#.25]", 50021, 7)));
	CHECK(same_by(COMPARE_SET, 0, long_list("#", 50021, 1), long_list("#", 50021, 7)));
	CHECK(same_by(COMPARE_UNORDERED, 0, long_list("{\"a\": #.5}", 500, 1),
	              long_list("{\"a\": #.50000001}", 500, 3)));
}

static void digits_are_kept(void)
{
	enum { DIGITS = 100000 };
	char *digits = arena_alloc(arena, DIGITS + 1), *other;
	const cJSON *value;

	memset(digits, '7', DIGITS);
	value = parsed(digits);
	CHECK(value_is_big(value));
	CHECK_STR(value->valuestring, digits);
	CHECK_STR(json_text(value), digits);
	other = arena_strdup(arena, digits);
	other[DIGITS - 1] = '8';
	CHECK(same(digits, digits));
	CHECK(!same(digits, other));
	CHECK(!same_by(COMPARE_FLOAT, 1, digits, other)); /* both beyond any double */
	CHECK_STR(json_text(parsed("[1, 12345678901234567890, {\"a\": -99999999999999999999}]")),
	          "[1,12345678901234567890,{\"a\":-99999999999999999999}]");
	CHECK_STR(json_text(parsed("[\"12345678901234567890\", \"\\\"9\"]")),
	          "[\"12345678901234567890\",\"\\\"9\"]");
	CHECK_STR(parsed("\"a\\u0000b\"")->valuestring, "a\xEF\xBF\xBD"
	                                                "b");
	CHECK_STR(parsed("\"\\\\u0000\"")->valuestring, "\\u0000");
}

static void bad_json_is_refused(void)
{
	static const char *const texts[] = {
		"",
		"[1,]",
		"01",
		"1.",
		".5",
		"1e",
		"-",
		"+1",
		"[00000000000000000000001]",
		"nan",
		"[1 2]",
		"\"\xff\"",
		"{\"a\" 1}",
		"\"\\ud800\"",
		"[1]]",
		"tru",
		"12345678901234567890 1",
		"\"abc",
		"[\"\\u00",
	};
	cJSON *value;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		enum err err = value_parse(arena, texts[i], strlen(texts[i]), &value);

		if (err != ERR_INVALID)
			printf("# accepted: %s\n", texts[i]);
		CHECK_INT(err, ERR_INVALID);
	}
}

static void depth_is_bounded(void)
{
	char text[131];
	cJSON *value;

	memset(text, '[', 65);
	memset(text + 65, ']', 65);
	CHECK_INT(value_parse(arena, text, 130, &value), ERR_INVALID);
	CHECK_INT(value_parse(arena, text + 1, 128, &value), OK);
}

static void printed_lines(void)
{
	CHECK(prints("1 2\n3", "1 2\n3\n", COMPARE_EXACT));
	CHECK(prints("1 2\n3", "1 2  \r\n3\t\n\n \n", COMPARE_EXACT));
	CHECK(!prints("1 2\n3", "1  2\n3", COMPARE_EXACT));
	CHECK(!prints("1\n2", "1\n\n2", COMPARE_EXACT));
	CHECK(!prints("1", " 1", COMPARE_EXACT));
	CHECK(!prints("1", "", COMPARE_EXACT));
	CHECK(!prints("", "1", COMPARE_EXACT));
	CHECK(!prints("1\n2", "1", COMPARE_EXACT));
	CHECK(prints("", " \n\n", COMPARE_EXACT));
	CHECK(!prints("0.1", "0.10000000001", COMPARE_EXACT));
	CHECK(prints("1 2\n3", "1\n2\n3", COMPARE_TOKENS));
	CHECK(!prints("1 2", "12", COMPARE_TOKENS));
	CHECK(!prints("1 2", "1 2 3", COMPARE_TOKENS));
	CHECK(!prints("1.0", "1", COMPARE_TOKENS));
	CHECK(prints("x 0.1", "x 0.10000000001", COMPARE_FLOAT));
	CHECK(!prints("x 0.1", "y 0.1", COMPARE_FLOAT));
	CHECK(!prints("x 0.1", "x 0.2", COMPARE_FLOAT));
	CHECK(!prints("nan", "NaN", COMPARE_FLOAT));
	CHECK(!prints("1-", "1", COMPARE_FLOAT));
	CHECK(prints("a\nb\nb", "b\na\nb\n", COMPARE_UNORDERED));
	CHECK(!prints("a\nb\nb", "b\na\n", COMPARE_UNORDERED));
	CHECK(prints("a\nb\nb", "b\na\n", COMPARE_SET));
	CHECK(prints("", "\n", COMPARE_UNORDERED));
}

/* Blank lines inside must not make it look ahead again and again. */
static void many_blank_lines(void)
{
	enum { LINES = 400000 };
	char *text = arena_alloc(arena, LINES + 2);

	memset(text, '\n', LINES);
	text[LINES] = 'x';
	CHECK(prints(text, text, COMPARE_EXACT));
	text[LINES] = '\0';
	CHECK(prints("", text, COMPARE_EXACT));
}

int main(void)
{
	RUN(kinds_are_told_apart);
	RUN(whole_numbers_are_exact);
	RUN(floats_are_near);
	RUN(not_finite);
	RUN(strings_and_trees);
	RUN(in_any_order);
	RUN(as_sets);
	RUN(large_lists_are_quick);
	RUN(digits_are_kept);
	RUN(bad_json_is_refused);
	RUN(depth_is_bounded);
	RUN(printed_lines);
	RUN(many_blank_lines);
	return check_done();
}
