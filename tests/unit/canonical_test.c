/* Canonical JSON as RFC 8785 has it. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "check.h"

#include "seal/canonical.h"

static const char *canonical(const char *text)
{
	cJSON *document;
	struct buf out;

	buf_init(&out, arena);
	if (json_parse(text, strlen(text), &document) != OK)
		return "not JSON";
	return canonical_write(document, &out) == OK ? out.data : "refused";
}

static const char *number(double value)
{
	struct buf out;

	buf_init(&out, arena);
	return canonical_write(cJSON_CreateNumber(value), &out) == OK ? out.data : "refused";
}

/* Appendix B. */
static void numbers_are_those_of_ecmascript(void)
{
	static const struct {
		uint64_t bits;
		const char *text;
	} rows[] = {
		{ 0x0000000000000000, "0" },
		{ 0x8000000000000000, "0" },
		{ 0x0000000000000001, "5e-324" },
		{ 0x8000000000000001, "-5e-324" },
		{ 0x7fefffffffffffff, "1.7976931348623157e+308" },
		{ 0xffefffffffffffff, "-1.7976931348623157e+308" },
		{ 0x4340000000000000, "9007199254740992" },
		{ 0xc340000000000000, "-9007199254740992" },
		{ 0x4430000000000000, "295147905179352830000" },
		{ 0x7fffffffffffffff, "refused" },
		{ 0x7ff0000000000000, "refused" },
		{ 0x44b52d02c7e14af5, "9.999999999999997e+22" },
		{ 0x44b52d02c7e14af6, "1e+23" },
		{ 0x44b52d02c7e14af7, "1.0000000000000001e+23" },
		{ 0x444b1ae4d6e2ef4e, "999999999999999700000" },
		{ 0x444b1ae4d6e2ef4f, "999999999999999900000" },
		{ 0x444b1ae4d6e2ef50, "1e+21" },
		{ 0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7" },
		{ 0x3eb0c6f7a0b5ed8d, "0.000001" },
		{ 0x41b3de4355555553, "333333333.3333332" },
		{ 0x41b3de4355555554, "333333333.33333325" },
		{ 0x41b3de4355555555, "333333333.3333333" },
		{ 0x41b3de4355555556, "333333333.3333334" },
		{ 0x41b3de4355555557, "333333333.33333343" },
		{ 0xbecbf647612f3696, "-0.0000033333333333333333" },
		{ 0x43143ff3c1cb0959, "1424953923781206.2" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		double value;

		memcpy(&value, &rows[i].bits, sizeof(value));
		CHECK_STR(number(value), rows[i].text);
	}
	CHECK_STR(number(-0.5), "-0.5");
	CHECK_STR(number(0.1 + 0.2), "0.30000000000000004");
	CHECK_STR(number(999999999), "999999999");
	CHECK_STR(number(-1000000000), "-1000000000");
}

/* The sample of section 3.2.2. */
static void literals_and_strings_have_one_spelling(void)
{
	CHECK_STR(canonical("{\n  \"numbers\": [333333333.33333329, 1E30, 4.50, 2e-3,"
	                    " 0.000000000000000000000000001],\n"
	                    "  \"string\": \"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c"
	                    "\\\\\\\"\\/\",\n  \"literals\": [null, true, false]\n}"),
	          "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,"
	          "1e-27],\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
	CHECK_STR(canonical("\"\\u0008\\u0009\\u000c\\u000d\\u001f\\u007f\\u2028\""),
	          "\"\\b\\t\\f\\r\\u001f\x7f\xe2\x80\xa8\"");
	CHECK_STR(canonical(" [ ] "), "[]");
	CHECK_STR(canonical("[{}, {\"\": [[]]}]"), "[{},{\"\":[[]]}]");
}

/* The sample of section 3.2.3. */
static void members_stand_in_the_order_of_their_code_units(void)
{
	CHECK_STR(canonical("{\"\\u20ac\": \"Euro Sign\", \"\\r\": \"Carriage Return\","
	                    " \"\\ufb33\": \"Hebrew Letter Dalet With Dagesh\", \"1\": \"One\","
	                    " \"\\ud83d\\ude00\": \"Emoji: Grinning Face\","
	                    " \"\\u0080\": \"Control\","
	                    " \"\\u00f6\": \"Latin Small Letter O With Diaeresis\"}"),
	          "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xc2\x80\":\"Control\","
	          "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
	          "\"😀\":\"Emoji: Grinning Face\","
	          "\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
	CHECK_STR(canonical("{\"ab\":1,\"a\":2,\"\":3,\"B\":4}"),
	          "{\"\":3,\"B\":4,\"a\":2,\"ab\":1}");
}

static void what_two_readers_could_read_apart_is_refused(void)
{
	cJSON *document = cJSON_CreateObject();
	struct buf out;

	CHECK_STR(canonical("{\"a\":1,\"b\":2,\"a\":1}"), "refused");
	CHECK_STR(canonical("{\"x\":[{\"a\":1,\"\\u0061\":2}]}"), "refused");
	CHECK_STR(canonical("[1e999]"), "refused");
	buf_init(&out, arena);
	json_set_string(document, "broken", "\xff");
	CHECK_INT(canonical_write(document, &out), ERR_INVALID);
	document = cJSON_CreateObject();
	json_set_html(document, "ready", "{}");
	CHECK_INT(canonical_write(document, &out), ERR_INVALID);
}

/* Any double reads back as itself, and no spelling of fewer digits does. */
static void every_number_comes_back(void)
{
	uint64_t state = 8785;

	for (int i = 0; i < 20000; i++) {
		double value;

		state = state * 6364136223846793005u + 1442695040888963407u;
		memcpy(&value, &state, sizeof(value));
		if (i % 2 == 0)
			value = ldexp(1, (int)(state >> 40) % 1074);
		if (isfinite(value) && strtod(number(value), NULL) != value)
			CHECK_STR(number(value), arena_printf(arena, "%.17g", value));
	}
}

int main(void)
{
	RUN(numbers_are_those_of_ecmascript);
	RUN(literals_and_strings_have_one_spelling);
	RUN(members_stand_in_the_order_of_their_code_units);
	RUN(what_two_readers_could_read_apart_is_refused);
	RUN(every_number_comes_back);
	return check_done();
}
