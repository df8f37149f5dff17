#include "check.h"

#include "base/buf.h"
#include "llm/json_find.h"

#define SCHEMA                                                                   \
	"{\"type\":\"object\",\"required\":[\"mark\"],\"properties\":{\"mark\":" \
	"{\"type\":\"integer\",\"minimum\":1,\"maximum\":5},\"word\":{\"type\":\"string\"}}}"

/* Compact text of what is found; the fault, with a "!" before it, if nothing is. */
static const char *find(const char *text, const char *schema_text)
{
	struct schema schema;
	const char *fault = "";
	cJSON *value = NULL;

	if (schema_text != NULL)
		CHECK_INT(schema_parse(arena, schema_text, &schema, &fault), OK);
	if (llm_json_find(arena, text, schema_text != NULL ? &schema : NULL, &value, &fault) == OK)
		return json_text(value);
	return arena_printf(arena, "!%s", fault);
}

static const char NONE[] = "!the answer holds no JSON object that can be read";
static const char OPEN[] = "!the JSON in the answer is not closed or its brackets do not match";

static void json_is_found_in_text(void)
{
	static const struct {
		const char *text, *found;
	} rows[] = {
		{ "{\"mark\":3}", "{\"mark\":3}" },
		{ " \n{ \"mark\" : 3 }\n", "{\"mark\":3}" },
		{ "```json\n{\"mark\":3}\n```", "{\"mark\":3}" },
		{ "```\n{\"mark\":3}\n```", "{\"mark\":3}" },
		{ "Sure! Here {it} is [sic]: {\"mark\":3} Anything else?", "{\"mark\":3}" },
		{ "see [my {note: {\"mark\":3}}]", "{\"mark\":3}" },
		{ "He said \"yes { now\" but: {\"mark\":3}", "{\"mark\":3}" },
		{ "[1] says {\"mark\":3}", "{\"mark\":3}" },
		{ "{\"mark\":9} or rather {\"mark\":4}", "{\"mark\":4}" },
		{ "{\"mark\":2} or rather {\"mark\":4}", "{\"mark\":2}" },
		{ "{\"answer\":{\"mark\":3}}", "{\"mark\":3}" },
		{ "[{\"mark\":3}]", "{\"mark\":3}" },
		{ "{\"mark\":3,}", "{\"mark\":3}" },
		{ "{\"mark\":3,\"list\":[1,2, ] ,\n}", "{\"mark\":3,\"list\":[1,2]}" },
		{ "{\"mark\":3,\"word\":\",}\"}", "{\"mark\":3,\"word\":\",}\"}" },
		{ "{\"mark\":3,\"word\":\"}]{[\\\"\"}", "{\"mark\":3,\"word\":\"}]{[\\\"\"}" },
		{ "{\"mark\":3,\"word\":\"a\\ud800b\\u0000\"}",
		  "{\"mark\":3,\"word\":\"a\xEF\xBF\xBD"
		  "b\xEF\xBF\xBD\"}" },
		{ "{\"mark\":3,\"word\":\"\\ud83d\\ude00\"}",
		  "{\"mark\":3,\"word\":\"\xF0\x9F\x98\x80\"}" },
		{ "{mark: 3} is not it, {\"mark\":3} is", "{\"mark\":3}" },
		{ "{\"mark\": three} is not it, {\"mark\":3} is", "{\"mark\":3}" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		CHECK_STR(find(rows[i].text, SCHEMA), rows[i].found);
}

static void nothing_is_repaired(void)
{
	static const struct {
		const char *text, *fault;
	} rows[] = {
		{ "", NONE },
		{ "three", NONE },
		{ "{", NONE },
		{ "[[[[[[", OPEN },
		{ "{mark: 3}", NONE },
		{ "{\"mark\":3", OPEN },
		{ "{\"mark\":3,\"word\":\"na", OPEN },
		{ "[{\"mark\":3}", OPEN },
		{ "[{\"mark\":3},", OPEN },
		{ "{\"mark\":3]", OPEN },
		{ "{\"mark\":,}", NONE },
		{ "[,]", NONE },
		{ "{,}", NONE },
		{ "{\"mark\":3,\"word\":\"a\\u12G4b\"}", NONE },
		{ "{\"mark\":3,,}", NONE },
		{ "{\"mark\":9} {\"mark\":\"x\"}", "!/mark must be at most 5" },
		{ "[3]", "!the value must be of the type object" },
		/* Words of a candidate that the model failed to quote are no answer. */
		{ "{\"quote\":\"he said {\"mark\":5} to me\",\"mark\":1}", NONE },
		{ "{\"quote\":\"he said {\"mark\":5} to me", OPEN },
		{ "{\"quote\":\"{\\\"mark\\\":5}\"}", "!the value must have the member \"mark\"" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		CHECK_STR(find(rows[i].text, SCHEMA), rows[i].fault);
}

static void every_cut_of_an_answer_is_none(void)
{
	static const char text[] =
	        "{\"mark\":3,\"word\":\"a \\\"b\\\" {c}\",\"list\":[{\"mark\":4}]}";

	for (size_t len = 0; len < sizeof(text) - 1; len++)
		CHECK(find(arena_copy(arena, text, len), SCHEMA)[0] == '!');
	CHECK_STR(find(text, SCHEMA), text);
}

static void without_a_schema_any_will_do(void)
{
	CHECK_STR(find("a [1, 2] b {}", NULL), "[1,2]");
	CHECK_STR(find("a {} b", NULL), "{}");
	CHECK_STR(find("true", NULL), NONE);
}

static const char *repeated(const char *start, const char *piece, size_t size)
{
	struct buf text;

	buf_init(&text, arena);
	buf_str(&text, start);
	while (text.len < size)
		buf_str(&text, piece);
	return text.data;
}

/* Each of these would take hours if every bracket cost a walk to the end. */
static void brackets_without_end_cost_little(void)
{
	static const char *const rows[][2] = {
		{ "", "[" },
		{ "", "{" },
		{ "", "[a" },
		{ "", "{\"a\":" },
		{ "", "{\"" },
		{ "x{ y\"", "{" },
		{ "", "[1," },
		{ "", "[x\"" },
		{ "", "{a}" },
		{ "", "[1{}" },
		{ "", "[t[]]" },
		{ "", "{}" },
		{ "[", "{\"a\":{}}," },
		{ "[x \"", "[x " },
		{ "", "[1,\\\"" },
		{ "", "\"[\\\"[" },
		{ "", "[1[1[1]x]x]" },
	};
	size_t size = 1024 * 1024, used = arena_used(arena);

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		CHECK(find(repeated(rows[i][0], rows[i][1], size), SCHEMA)[0] == '!');
	CHECK(arena_used(arena) - used < 16 * 24 * size);
}

static void nesting_costs_little(void)
{
	struct buf text;

	/* Sixty brackets around a long body that is no JSON, each of them a beginning. */
	buf_init(&text, arena);
	for (int i = 0; i < 60; i++)
		buf_str(&text, "[1");
	buf_str(&text, repeated("", "xxxxxxxxxx", 1024 * 1024));
	for (int i = 0; i < 60; i++)
		buf_str(&text, "]");
	CHECK(find(text.data, SCHEMA)[0] == '!');
	CHECK(arena_used(arena) < (size_t)64 * 1024 * 1024);
}

/* A long list of what does not fit, each of it looked at. */
static void long_lists_cost_little(void)
{
	const char *list = repeated("[{}", ",{}", 1024 * 1024);

	CHECK_STR(find(arena_printf(arena, "%s]", list), SCHEMA),
	          "!the value must be of the type object");
	CHECK(arena_used(arena) < (size_t)256 * 1024 * 1024);
}

int main(void)
{
	RUN(json_is_found_in_text);
	RUN(nothing_is_repaired);
	RUN(every_cut_of_an_answer_is_none);
	RUN(without_a_schema_any_will_do);
	RUN(brackets_without_end_cost_little);
	RUN(nesting_costs_little);
	RUN(long_lists_cost_little);
	return check_done();
}
