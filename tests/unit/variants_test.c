/* Variants of coding tasks: lib/judge/variants.c, variants_check.c, the bank's rules for them. */
#include "bank/rules.h"
#include "check.h"
#include "judge/task.h"
#include "judge/variants.h"

/* Nearly a task of the bank: its tests and texts make use of two variants. */
static const char base[] =
        "{\"id\":\"task-pick\",\"kind\":\"function\",\"track\":\"backend\",\"roles\":[\"backend\"],"
        "\"category\":\"algo\",\"level\":\"junior\",\"difficulty\":\"BASIC\",\"topic\":\"sums\","
        "\"skill_tags\":[\"sums\"],\"estimated_answer_time_min\":12,"
        "\"title\":{\"en\":\"{{thing}}\",\"ru\":\"{{thing}}\",\"uk\":\"{{thing}}\"},"
        "\"description\":{\"en\":\"Of {{thing}} take {{most}} of ``` {{data}} ```\","
        "\"ru\":\"Из {{thing}}: {{most}} ```\",\"uk\":\"З {{thing}}: {{most}} ```\"},"
        "\"function_signature\":\"{{name}}(n: int[], k: int) -> int\",\"compare\":\"exact\","
        "\"public_tests\":[{\"args\":[\"{{data}}\",\"{{most}}\"]},{\"args\":[[],1]}],"
        "\"hidden_tests\":[{\"args\":[[1],1]},{\"args\":[[2],2]},{\"args\":[[3],3]},"
        "{\"args\":[[4],\"{{most}}\"]},{\"args\":[[5],5]}],"
        "\"languages\":{\"python\":{\"starter\":\"def {{name}}(n, k): pass\","
        "\"reference\":\"def {{name}}(n, k):\\n    return {{most}} * len({{data}})\"},"
        "\"javascript\":{\"starter\":\"function {{name}}() {}\",\"reference\":\"function "
        "{{name}}() "
        "{}\"}},"
        "\"hints\":[{\"en\":\"1\",\"ru\":\"р1\",\"uk\":\"у1\"},{\"en\":\"2\",\"ru\":\"р2\",\"uk\":"
        "\"у2\"},{\"en\":\"3\",\"ru\":\"р3\",\"uk\":\"у3\"}],"
        "\"variants\":["
        "{\"name\":\"first\",\"most\":3,\"data\":[7,8],\"thing\":{\"en\":\"ports\",\"ru\":"
        "\"портов\","
        "\"uk\":\"портів\"}},"
        "{\"name\":\"other\",\"most\":5,\"data\":[9],\"thing\":{\"en\":\"seats\",\"ru\":\"мест\","
        "\"uk\":\"місць\"}}]}";

static cJSON *base_task(void)
{
	cJSON *task = NULL;

	json_bind(arena);
	CHECK_INT(json_parse(base, strlen(base), &task), OK);
	return task;
}

static struct coding_task parsed(const char *body, enum language language)
{
	struct coding_task task = { .id = "" };
	const char *fault = "";

	CHECK_INT(task_parse(arena, body, language, &task, &fault), OK);
	CHECK_STR(fault, "");
	return task;
}

static void values_stand_where_they_are_wanted(void)
{
	const char *body = variants_asked(arena, json_text(base_task()), 2);
	const struct coding_task task = parsed(body, LANG_UK);

	CHECK_STR(task.id, "task-pick");
	CHECK_STR(task.title, "місць");
	CHECK_STR(task.description, "З місць: 5 ```");
	CHECK_STR(parsed(body, LANG_EN).description, "Of seats take 5 of ``` [9] ```");
	CHECK_STR(task.signature.name, "other");
	CHECK_STR(json_text(task.public_tests.items[0].args), "[[9],5]");
	CHECK_STR(json_text(task.hidden_tests.items[3].args), "[[4],5]");
	CHECK_STR(task.codes[0].reference, "def other(n, k):\n    return 5 * len([9])");
	CHECK_INT(variants_number(body), 2);
	CHECK(strstr(body, "{{") == NULL && strstr(body, "\"variants\"") == NULL);
}

/* Whoever reads a task without choosing reads one that can be asked. */
static void a_task_that_nobody_chose_is_its_first_variant(void)
{
	const struct coding_task task = parsed(json_text(base_task()), LANG_RU);

	CHECK_STR(task.title, "портов");
	CHECK_STR(task.codes[0].reference, "def first(n, k):\n    return 3 * len([7, 8])");
}

static void seeds_choose_every_variant_and_always_the_same(void)
{
	enum { SEEDS = 1000 };
	const char *body = json_text(base_task());
	int second = 0;

	for (uint64_t seed = 0; seed < SEEDS; seed++) {
		const char *asked = variants_draw(arena, body, seed * 0x9e3779b97f4a7c15u);

		CHECK_STR(variants_draw(arena, body, seed * 0x9e3779b97f4a7c15u), asked);
		second += variants_number(asked) == 2;
	}
	CHECK(second > SEEDS * 4 / 10 && second < SEEDS * 6 / 10);
}

static void what_has_no_variants_stays_as_it_is(void)
{
	static const char *const bodies[] = {
		"{\"id\":\"a\",\"description\":{\"en\":\"{{x}}\"}}",
		"not JSON",
		"{\"variants\":[]}",
		"{\"variants\":3}",
		"\"variants\"",
	};

	json_bind(arena);
	for (size_t i = 0; i < sizeof(bodies) / sizeof(*bodies); i++) {
		CHECK(variants_draw(arena, bodies[i], 7) == bodies[i]);
		CHECK(variants_asked(arena, bodies[i], 3) == bodies[i]);
		CHECK_INT(variants_number(bodies[i]), 0);
	}
}

/* The bank may lose a variant before somebody takes their task again. */
static void a_number_beyond_the_last_begins_anew(void)
{
	const char *body = json_text(base_task());

	CHECK_STR(variants_asked(arena, body, 3), variants_asked(arena, body, 1));
	CHECK_INT(variants_number("{\"variant\":1e300}"), 0);
	CHECK_INT(variants_number("{\"variant\":-1}"), 0);
	CHECK_INT(variants_number("{\"variant\":\"2\"}"), 0);
}

static void expected_answers_are_the_variants_own(void)
{
	static const char computed[] = "[{\"public\":[6,0],\"hidden\":[1,2,3,4,5]},"
	                               "{\"public\":[5,0],\"hidden\":[9,2,3,4,5]}]";
	cJSON *task = base_task(), *answers;
	const char *body;

	CHECK_INT(json_parse(computed, strlen(computed), &answers), OK);
	json_set(task, "variant_answers", answers);
	body = json_text(task);
	CHECK_STR(json_text(parsed(variants_asked(arena, body, 2), LANG_EN)
	                            .hidden_tests.items[0]
	                            .expected),
	          "9");
	CHECK(task_is_complete(arena, body));
	cJSON_DeleteItemFromArray(cJSON_GetArrayItem(answers, 1)->child->next, 4);
	CHECK(!task_is_complete(arena, json_text(task)));
	CHECK(!task_is_complete(arena, "{"));
}

/* --- the rules ------------------------------------------------------------------------- */

/* What the bank's rules say of the task with that change made by text; "": nothing. */
static const char *told(const char *from, const char *to)
{
	static const char of_roles[] = "[{\"id\":\"backend\",\"track\":\"backend\"}]";
	const char *at = strstr(base, from);
	struct rules_check check = { .arena = arena, .id = "task-pick" };
	struct buf faults, text;
	cJSON *task, *roles;

	buf_init(&faults, arena);
	buf_init(&text, arena);
	json_bind(arena);
	CHECK(at != NULL);
	if (at == NULL)
		return "";
	buf_add(&text, base, (size_t)(at - base));
	buf_str(&text, to);
	buf_str(&text, at + strlen(from));
	CHECK_INT(json_parse(text.data, text.len, &task), OK);
	CHECK_INT(json_parse(of_roles, strlen(of_roles), &roles), OK);
	check.told = &faults;
	check.roles = roles;
	rules_task(&check, task);
	return faults.len > 0 ? faults.data : "";
}

static void the_rules_name_what_is_wrong(void)
{
	CHECK_STR(told("\"id\"", "\"id\""), "");
	CHECK_STR(told("{{most}} of", "{{more}} of"),
	          "variant 1: more: there is no value for it where it stands\n"
	          "variant 2: more: there is no value for it where it stands\n");
	CHECK_STR(told("{\"name\":\"first\",", "{\"name\":\"first\",\"extra\":1,"),
	          "variant 2: extra: missing\nvariant 1: extra: the task does not use it\n");
	CHECK_STR(told("\"most\":5,", ""),
	          "variant 2: most: missing\n"
	          "variant 2: most: there is no value for it where it stands\n");
	CHECK_STR(told("\"ru\":\"мест\",", ""),
	          "variant 2: thing: neither a value nor texts in en, ru and uk\n"
	          "variant 2: thing: there is no value for it where it stands\n");
	CHECK_STR(told("\"{{data}}\",\"{{most}}\"", "\"{{thing}}\",\"{{most}}\""),
	          "variant 1: thing: there is no value for it where it stands\n"
	          "variant 2: thing: there is no value for it where it stands\n");
	CHECK_STR(told("\"other\",\"most\":5,\"data\":[9],\"thing\":{\"en\":\"seats\",\"ru\":"
	               "\"мест\","
	               "\"uk\":\"місць\"}",
	               "\"other\",\"most\":3,\"data\":[7,8],\"thing\":{\"en\":\"ports\",\"ru\":"
	               "\"портов\",\"uk\":\"портів\"}"),
	          "variant 2: all of it: equal to an earlier variant\n");
}

/* A variant is asked as a task of its own, so it obeys the rules of one. */
static void each_variant_obeys_the_rules_of_a_task(void)
{
	CHECK_STR(told("\"data\":[9]", "\"data\":[\"nine\"]"),
	          "variant 2: public_tests: test 1 does not fit the signature\n");
	CHECK_STR(told("{\"args\":[[4],\"{{most}}\"]}", "{\"args\":[[5],\"{{most}}\"]}"),
	          "variant 2: a hidden test equals another hidden one: {\"args\":[[5],5]}\n"
	          "variant 2: a hidden test equals another hidden one: {\"args\":[[5],5]}\n");
	CHECK_STR(told("\"uk\":\"місць\"", "\"uk\":\"мі\\u202eсць\""),
	          "variant 2: title: a control character or mark of direction (U+202E)\n"
	          "variant 2: description: a control character or mark of direction (U+202E)\n");
}

int main(void)
{
	RUN(values_stand_where_they_are_wanted);
	RUN(a_task_that_nobody_chose_is_its_first_variant);
	RUN(seeds_choose_every_variant_and_always_the_same);
	RUN(what_has_no_variants_stays_as_it_is);
	RUN(a_number_beyond_the_last_begins_anew);
	RUN(expected_answers_are_the_variants_own);
	RUN(the_rules_name_what_is_wrong);
	RUN(each_variant_obeys_the_rules_of_a_task);
	return check_done();
}
