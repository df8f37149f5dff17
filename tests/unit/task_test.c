/* Coding tasks: lib/judge/task.c and task_job.c, and the tasks of the bank. */
#include <glob.h>

#include "check.h"
#include "judge/language.h"
#include "judge/task.h"

static const char base[] =
        "{\"id\":\"task-add\",\"kind\":\"function\",\"track\":\"backend\",\"roles\":[\"backend\"],"
        "\"category\":\"algo\",\"level\":\"junior\",\"difficulty\":\"ADVANCED\",\"topic\":\"sums\","
        "\"skill_tags\":[\"sums\"],\"estimated_answer_time_min\":12,"
        "\"title\":{\"en\":\"Add\",\"ru\":\"Сложить\",\"uk\":\"Додати\"},"
        "\"description\":{\"en\":\"Add **two**.\",\"ru\":\"Сложите.\",\"uk\":\"Додайте.\"},"
        "\"function_signature\":\"add_all(left: int, right: int[]) -> int\",\"compare\":\"exact\","
        "\"public_tests\":[{\"args\":[1,[2]]},{\"args\":[0,[]]}],"
        "\"hidden_tests\":[{\"args\":[5,[6,7]]}],"
        "\"languages\":{\"python\":{\"starter\":\"S\",\"reference\":\"R\"},"
        "\"c\":{\"reference\":\"RC\"}},"
        "\"hints\":[{\"en\":\"1\",\"ru\":\"р1\",\"uk\":\"у1\"},{\"en\":\"2\",\"ru\":\"р2\",\"uk\":"
        "\"у2\"},{\"en\":\"3\",\"ru\":\"р3\",\"uk\":\"у3\"}]}";

static cJSON *base_task(void)
{
	cJSON *task = NULL;

	CHECK_INT(json_parse(base, strlen(base), &task), OK);
	return task;
}

/* Replaces a member by JSON text; NULL removes it. */
static void put(cJSON *task, const char *name, const char *text)
{
	cJSON *value;

	cJSON_DeleteItemFromObjectCaseSensitive(task, name);
	if (text == NULL)
		return;
	CHECK_INT(json_parse(text, strlen(text), &value), OK);
	json_set(task, name, value);
}

static struct coding_task parsed(const cJSON *body)
{
	struct coding_task task = { .id = "" };
	const char *fault = "";
	enum err err = task_parse(arena, json_text(body), LANG_EN, &task, &fault);

	CHECK_STR(fault, "");
	CHECK_INT(err, OK);
	return task;
}

static struct judge_job job_of(const struct coding_task *task, const char *language,
                               const char *code, bool with_hidden)
{
	struct judge_job job;

	task_job(arena, task,
	         &(struct task_attempt){ .language = language,
	                                 .code = code,
	                                 .code_len = strlen(code),
	                                 .with_hidden = with_hidden },
	         &job);
	return job;
}

static void check_refused(const char *name, const char *value, const char *fault_start)
{
	struct coding_task task;
	const char *fault = "";
	cJSON *body = base_task();

	put(body, name, value);
	CHECK_INT(task_parse(arena, json_text(body), LANG_UK, &task, &fault), ERR_INVALID);
	if (strncmp(fault, fault_start, strlen(fault_start)) != 0)
		CHECK_STR(fault, fault_start);
}

static void function_task_is_read(void)
{
	struct coding_task task = parsed(base_task());

	CHECK_STR(task.id, "task-add");
	CHECK_STR(task.category, "algo");
	CHECK_INT(task.difficulty, 2);
	CHECK_INT(task.kind, JUDGE_FUNCTION);
	CHECK(task.is_typed);
	CHECK_STR(task.signature.name, "add_all");
	CHECK_INT((long long)task.signature.count, 2);
	CHECK_NEAR(task.expected_min, 12, 0);
	CHECK_INT(task.compare, COMPARE_EXACT);
	CHECK_INT((long long)task.public_tests.count, 2);
	CHECK_INT((long long)task.hidden_tests.count, 1);
	CHECK_INT(cJSON_GetArraySize(task.hidden_tests.items[0].args), 2);
	CHECK_STR(task.hints[2], "3");
	CHECK_STR(task.description, "Add **two**.");
}

static void texts_come_in_the_language(void)
{
	struct coding_task task;
	const char *fault, *body = json_text(base_task());

	CHECK_INT(task_parse(arena, body, LANG_RU, &task, &fault), OK);
	CHECK_STR(task.title, "Сложить");
	CHECK_STR(task.hints[0], "р1");
	CHECK_INT(task_parse(arena, body, LANG_UK, &task, &fault), OK);
	CHECK_STR(task.description, "Додайте.");
}

static void missing_parts_are_named(void)
{
	static const char *const names[] = { "id",
		                             "track",
		                             "level",
		                             "category",
		                             "topic",
		                             "title",
		                             "description",
		                             "kind",
		                             "difficulty",
		                             "public_tests",
		                             "hidden_tests",
		                             "hints",
		                             "function_signature" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		check_refused(names[i], NULL, names[i]);
	check_refused("title", "{\"en\":\"A\",\"ru\":\"Б\"}", "title: no text in uk");
	check_refused("hints", "[]", "hints");
	check_refused("hints",
	              "[{\"en\":\"1\",\"uk\":\"1\"},{\"en\":\"2\",\"uk\":\"2\"},{\"en\":\"3\"}]",
	              "hints");
	check_refused("public_tests", "[]", "public_tests: none");
}

static void wrong_values_are_named(void)
{
	check_refused("kind", "\"guess\"", "kind");
	check_refused("difficulty", "\"HARD\"", "difficulty");
	check_refused("compare", "\"nearly\"", "compare");
	check_refused("function_signature", "\"add(\"", "function_signature");
	check_refused("hidden_tests", "[{\"args\":[1,[2]]},{\"args\":[1]}]",
	              "hidden_tests: test 2 has no input");
	check_refused("hidden_tests", "[{\"args\":[1,2]}]",
	              "hidden_tests: test 1 does not fit the signature");
	check_refused("public_tests", "[{\"stdin\":\"1\"}]", "public_tests: test 1 has no input");
	check_refused("languages", "{\"cobol\":{\"starter\":\"\"}}", "cobol");
	check_refused("languages", "{\"sql\":{\"starter\":\"\"}}", "sql");
	check_refused("limits", "{\"cpu_ms\":0}", "cpu_ms");
	check_refused("limits", "{\"memory_mb\":100000}", "memory_mb");
}

static void broken_json_is_refused(void)
{
	struct coding_task task;
	const char *fault = "";

	CHECK_INT(task_parse(arena, "{", LANG_EN, &task, &fault), ERR_INVALID);
	CHECK_STR(fault, "not valid JSON");
}

static void typed_function_goes_in_every_language(void)
{
	struct coding_task task = parsed(base_task());
	size_t expected = 0;

	for (size_t i = 0; languages[i] != NULL; i++)
		expected += (languages[i]->kinds & 1u << JUDGE_FUNCTION) != 0;
	CHECK_INT((long long)task.code_count, (long long)expected);
	CHECK_STR(task.codes[0].language, "python");
	CHECK_STR(task.codes[0].starter, "S");
	CHECK_STR(task.codes[0].reference, "R");
	CHECK_STR(task.codes[1].language, "c");
	CHECK_STR(task.codes[1].reference, "RC");
	CHECK(strstr(task.codes[1].starter, "add_all") != NULL);
	CHECK(strstr(task_code_of(&task, "javascript")->starter, "addAll") != NULL);
	CHECK(task_code_of(&task, "javascript")->reference == NULL);
	CHECK(strstr(task_code_of(&task, "java")->starter, "addAll") != NULL);
	CHECK(task_code_of(&task, "sql") == NULL);
	CHECK(task_code_of(&task, "cobol") == NULL);
}

static void untyped_function_goes_in_listed_languages(void)
{
	struct coding_task task;
	struct judge_job job;
	cJSON *body = base_task();

	put(body, "function_signature", "\"visible_paths(root, most_levels)\"");
	put(body, "languages", "{\"javascript\":{\"starter\":\"S\",\"reference\":\"R\"}}");
	put(body, "public_tests", "[{\"args\":[{\"a\":1},2]}]");
	task = parsed(body);
	CHECK(!task.is_typed);
	CHECK_STR(task.signature.name, "visible_paths");
	CHECK_INT((long long)task.signature.count, 2);
	CHECK_STR(task.signature.params[1].name, "most_levels");
	CHECK_INT((long long)task.code_count, 1);
	job = job_of(&task, "javascript", "x", true);
	CHECK_STR(job.function, "visiblePaths");
	CHECK(job.signature == NULL && !job.in_place);
}

static void stdin_task_goes_in_all_but_sql(void)
{
	struct coding_task task;
	struct judge_job job;
	cJSON *body = base_task();

	put(body, "kind", "\"stdin\"");
	put(body, "function_signature", NULL);
	put(body, "compare", "\"tokens\"");
	put(body, "public_tests", "[{\"stdin\":\"1\\n\"}]");
	put(body, "hidden_tests", "[{\"stdin\":\"\"}]");
	task = parsed(body);
	CHECK_STR(task.signature_text, "");
	for (size_t i = 0; languages[i] != NULL; i++)
		CHECK((task_code_of(&task, languages[i]->name) != NULL) ==
		      (strcmp(languages[i]->name, "sql") != 0));
	job = job_of(&task, "go", "x", false);
	CHECK(job.function == NULL && job.signature == NULL);
	CHECK_STR(job.cases[0].stdin_text, "1\n");
	CHECK_STR(task_code_of(&task, "c")->starter, language_by_name("c")->program_starter);
	CHECK_INT(job.compare, COMPARE_TOKENS);
}

static void sql_task_goes_in_sql_only(void)
{
	struct coding_task task;
	struct judge_job job;
	cJSON *body = base_task();

	put(body, "kind", "\"sql\"");
	put(body, "public_tests", "[{\"setup\":\"INSERT\"}]");
	put(body, "hidden_tests", "[{\"setup\":\"\"}]");
	put(body, "languages", "{\"sql\":{\"starter\":\"SELECT\",\"reference\":\"SELECT 1\"}}");
	put(body, "schema", "\"CREATE TABLE a (b);\"");
	task = parsed(body);
	CHECK_INT((long long)task.code_count, 1);
	CHECK_STR(task.codes[0].language, "sql");
	job = job_of(&task, "sql", "x", true);
	CHECK_STR(job.schema, "CREATE TABLE a (b);");
	CHECK_STR(job.cases[0].setup, "INSERT");
	put(body, "schema", NULL);
	CHECK_INT(task_parse(arena, json_text(body), LANG_EN, &task, &(const char *){ NULL }),
	          ERR_INVALID);
}

static void limits_are_optional_in_part(void)
{
	const struct judge_limits defaults = JUDGE_DEFAULT_LIMITS;
	struct coding_task task = parsed(base_task());
	cJSON *body = base_task();

	CHECK_INT(task.limits.cpu_ms, defaults.cpu_ms);
	CHECK_INT(task.limits.output_kb, defaults.output_kb);
	put(body, "limits", "{\"cpu_ms\":700,\"memory_mb\":64}");
	put(body, "tolerance", "0.5");
	put(body, "compare", "\"float\"");
	task = parsed(body);
	CHECK_INT(task.limits.cpu_ms, 700);
	CHECK_INT(task.limits.wall_ms, defaults.wall_ms);
	CHECK_INT(task.limits.memory_mb, 64);
	CHECK_INT(task.compare, COMPARE_FLOAT);
	CHECK_NEAR(task.tolerance, 0.5, 0);
}

static void job_has_public_tests_then_hidden_ones(void)
{
	struct coding_task task = parsed(base_task());
	struct judge_job job;

	job = job_of(&task, "python", "code", false);
	CHECK_INT((long long)job.count, 2);
	CHECK_STR(job.function, "add_all");
	CHECK(job.signature == &task.signature && !job.in_place);
	CHECK_INT((long long)job.code_len, 4);
	job = job_of(&task, "java", "code", true);
	CHECK_INT((long long)job.count, 3);
	CHECK_STR(job.function, "addAll");
	CHECK(job.cases[2].args == task.hidden_tests.items[0].args);
}

static void void_function_answers_in_place(void)
{
	struct coding_task task;
	struct judge_job job;
	cJSON *body = base_task();

	put(body, "function_signature", "\"rotate(items: int[], by: int) -> void\"");
	put(body, "public_tests", "[{\"args\":[[1,2],1]}]");
	put(body, "hidden_tests", "[{\"args\":[[1],0]}]");
	task = parsed(body);
	job = job_of(&task, "python", "x", false);
	CHECK(job.in_place);
}

static void judged_when_every_test_has_its_answer(void)
{
	cJSON *body = base_task();
	struct coding_task task = parsed(body);

	CHECK(!task.is_judged);
	put(body, "public_tests", "[{\"args\":[1,[2]],\"expected\":3}]");
	task = parsed(body);
	CHECK(!task.is_judged);
	CHECK_INT(task.public_tests.items[0].expected->valueint, 3);
	put(body, "hidden_tests", "[{\"args\":[1,[2]],\"expected\":null}]");
	CHECK(parsed(body).is_judged);
}

static void no_sandbox_gives_no_answers(void)
{
	const struct judge_setup setup = { .programs = "/nonexistent",
		                           .folder = "/nonexistent/judge",
		                           .tiers = "" };
	const struct judge *judge = judge_create(arena, &setup);
	const char *text = "";
	cJSON *task = base_task();

	CHECK_INT(task_complete(judge, arena, 0, json_text(task), &text), ERR_UPSTREAM);
	put(task, "languages", "{\"python\":{\"starter\":\"S\"}}");
	CHECK_INT(task_complete(judge, arena, 0, json_text(task), &text), ERR_INVALID);
	CHECK_STR(text, "no reference solution");
	put(task, "kind", NULL);
	CHECK_INT(task_complete(judge, arena, 0, json_text(task), &text), ERR_INVALID);
}

static void the_bank_is_read_in_three_languages(void)
{
	glob_t found;
	int count = 0;

	CHECK_INT(glob("bank/tasks/*.json", 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		cJSON *list, *item;

		CHECK_INT(json_parse_file(arena, found.gl_pathv[i], 1 << 20, &list), OK);
		cJSON_ArrayForEach(item, list)
		{
			for (enum language language = 0; language < LANG_COUNT; language++) {
				struct coding_task task;
				const char *fault = "";

				CHECK_INT(
				        task_parse(arena, json_text(item), language, &task, &fault),
				        OK);
				CHECK_STR(fault, "");
			}
			count++;
		}
	}
	globfree(&found);
	CHECK(count >= 24);
}

int main(void)
{
	RUN(function_task_is_read);
	RUN(texts_come_in_the_language);
	RUN(missing_parts_are_named);
	RUN(wrong_values_are_named);
	RUN(broken_json_is_refused);
	RUN(typed_function_goes_in_every_language);
	RUN(untyped_function_goes_in_listed_languages);
	RUN(stdin_task_goes_in_all_but_sql);
	RUN(sql_task_goes_in_sql_only);
	RUN(limits_are_optional_in_part);
	RUN(job_has_public_tests_then_hidden_ones);
	RUN(void_function_answers_in_place);
	RUN(judged_when_every_test_has_its_answer);
	RUN(no_sandbox_gives_no_answers);
	RUN(the_bank_is_read_in_three_languages);
	return check_done();
}
