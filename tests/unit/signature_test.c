/* Signatures of function tasks: read, printed, told from values, checked against values. */
#include "check.h"

#include "judge/signature.h"
#include "judge/value.h"

static const cJSON *value_of(const char *text)
{
	cJSON *value = NULL;

	CHECK_INT(value_parse(arena, text, strlen(text), &value), OK);
	return value;
}

static void check_text(const char *text, const char *expected)
{
	struct signature signature = { 0 };
	const char *fault = NULL;

	CHECK_INT(signature_parse(arena, text, &signature, &fault), OK);
	CHECK_STR(signature_text(arena, &signature), expected);
}

static void reads_both_spellings(void)
{
	check_text("two_sum(nums: int[], target: int) -> int[]",
	           "two_sum(nums: int[], target: int) -> int[]");
	check_text("int[] two_sum(int[] nums, int target)",
	           "two_sum(nums: int[], target: int) -> int[]");
	check_text("  f (a:string[ ][],b : tree_node)->bool ; ",
	           "f(a: string[][], b: tree_node) -> bool");
	check_text("now() -> long", "now() -> long");
	check_text("double now();", "now() -> double");
	check_text("merge(lists: list_node[]) -> list_node",
	           "merge(lists: list_node[]) -> list_node");
	check_text("turn(grid: int[][]) -> void", "turn(grid: int[][]) -> void");
	/* a function may be called what a type is called */
	check_text("int(a: int) -> int", "int(a: int) -> int");
}

static void refuses_what_is_none(void)
{
	static const char *const texts[] = {
		"",
		"f",
		"f(",
		"f(a) -> int",
		"f(a: int)",
		"f(a: int) ->",
		"f(a: int) -> void[]",
		"f() -> void",
		"f(a: void) -> int",
		"f(a: int[][][]) -> int",
		"f(a: int[) -> int",
		"f(a: float) -> int",
		"f(a: int, a: int) -> int",
		"f(a: int,) -> int",
		"f(a: int) -> int int",
		"int f(int)",
		"int f int a",
		"1f(a: int) -> int",
		"f(a: int, b: int, c: int, d: int, e: int, g: int, h: int, i: int, j: int) -> int",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct signature signature = { 0 };
		const char *fault = NULL;

		CHECK_INT(signature_parse(arena, texts[i], &signature, &fault), ERR_INVALID);
		CHECK(fault != NULL && fault[0] != '\0');
	}
}

/* The signature of f with these samples, "args => expected" or "args"; "-" if there is none. */
static const char *inferred(const char *const *lines, size_t count)
{
	struct signature_sample samples[4] = { { NULL, NULL } };
	struct signature signature = { 0 };

	for (size_t i = 0; i < count; i++) {
		const char *arrow = strstr(lines[i], " => ");
		size_t len = arrow == NULL ? strlen(lines[i]) : (size_t)(arrow - lines[i]);

		samples[i].args = value_of(arena_copy(arena, lines[i], len));
		if (arrow != NULL)
			samples[i].expected = value_of(arrow + 4);
	}
	if (signature_infer(arena, "f", samples, count, &signature) != OK)
		return "-";
	return signature_text(arena, &signature);
}

#define INFERRED(...)                                  \
	inferred((const char *const[]){ __VA_ARGS__ }, \
	         sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

static void infers_types(void)
{
	CHECK_STR(INFERRED("[1, \"x\", true] => [1.5]"),
	          "f(a: int, b: string, c: bool) -> double[]");
	CHECK_STR(INFERRED("[1] => 1", "[2.5] => 2147483648"), "f(a: double) -> long");
	CHECK_STR(INFERRED("[2147483648] => 1", "[1]"), "f(a: long) -> int");
	CHECK_STR(INFERRED("[9007199254740993] => {\"$float\":\"nan\"}"), "f(a: long) -> double");
	CHECK_STR(INFERRED("[[]] => []", "[[[1], []]] => [\"\"]"), "f(a: int[][]) -> string[]");
	CHECK_STR(INFERRED("[[]] => [[]]"), "f(a: int[]) -> int[][]");
	CHECK_STR(INFERRED("[[1, null, 2]] => 1", "[[]] => 0", "[[3, 4]] => 7", "[null] => 0"),
	          "f(a: tree_node) -> int");
	CHECK_STR(INFERRED("[] => 1"), "f() -> int");
}

static void infers_nothing_from_a_mix(void)
{
	CHECK_STR(INFERRED("[1] => 1", "[\"x\"] => 1"), "-");
	CHECK_STR(INFERRED("[[1, \"x\"]] => 1"), "-");
	CHECK_STR(INFERRED("[1] => 1", "[1, 2] => 1"), "-");
	CHECK_STR(INFERRED("[1] => true", "[1] => 1"), "-");
	CHECK_STR(INFERRED("[[[[1]]]] => 1"), "-");
	CHECK_STR(INFERRED("[1]"), "-");
	CHECK_STR(INFERRED("[null] => 1"), "-");
	CHECK_STR(INFERRED("[{}] => 1"), "-");
	CHECK_STR(INFERRED("[1] => 1", "[null] => 1"), "-");
	CHECK_STR(INFERRED("[[null, 1]] => 1"), "-");
	CHECK_STR(INFERRED("[99999999999999999999] => 1"), "-");
	CHECK_STR(INFERRED("[1, 2, 3, 4, 5, 6, 7, 8, 9] => 1"), "-");
	CHECK_STR(INFERRED("[[1]] => 1", "[[[1]]] => 1"), "-");
}

static bool fits(const char *type_text, const char *value)
{
	struct signature signature = { 0 };
	const char *fault = NULL;

	CHECK_INT(signature_parse(arena, arena_printf(arena, "f(a: %s) -> int", type_text),
	                          &signature, &fault),
	          OK);
	return signature_fits(&signature.params[0].type, value_of(value));
}

static void says_what_fits(void)
{
	CHECK(fits("int", "-2147483648"));
	CHECK(!fits("int", "2147483648"));
	CHECK(!fits("int", "1.5"));
	CHECK(!fits("int", "true"));
	CHECK(!fits("int", "null"));
	CHECK(fits("long", "-9223372036854775808"));
	CHECK(!fits("long", "9223372036854775808"));
	CHECK(!fits("long", "1e300"));
	CHECK(fits("double", "1"));
	CHECK(fits("double", "{\"$float\":\"-inf\"}"));
	CHECK(!fits("double", "\"1\""));
	CHECK(fits("bool", "false"));
	CHECK(!fits("bool", "0"));
	CHECK(fits("string", "\"\""));
	CHECK(!fits("string", "[]"));
	CHECK(fits("int[][]", "[[], [1]]"));
	CHECK(!fits("int[][]", "[1]"));
	CHECK(!fits("int[]", "[1, \"2\"]"));
	CHECK(!fits("int[]", "1"));
	CHECK(fits("list_node", "[]"));
	CHECK(fits("list_node", "null"));
	CHECK(!fits("list_node", "[1, null]"));
	CHECK(!fits("list_node", "[1.5]"));
	CHECK(fits("tree_node", "[1, null, 2]"));
	CHECK(!fits("tree_node", "[null, 2]"));
	CHECK(fits("list_node[]", "[[1], null, []]"));
}

int main(void)
{
	RUN(reads_both_spellings);
	RUN(refuses_what_is_none);
	RUN(infers_types);
	RUN(infers_nothing_from_a_mix);
	RUN(says_what_fits);
	return check_done();
}
