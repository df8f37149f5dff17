/* What is stored of a judged submission, and how candidates' code is compared. */
#include "coding_fixture.h"

#include "interview/coding_internal.h"

static struct interview interview = { .language = LANG_EN };
static struct coding_task task;
static struct judge_outcome outcomes[8];
static struct judge_result result;

static void set_up_case(size_t count)
{
	const char *fault = "";

	CHECK_INT(task_parse(arena, task_body("sum", "BASIC"), LANG_EN, &task, &fault), OK);
	for (size_t i = 0; i < 8; i++)
		outcomes[i] = (struct judge_outcome){ .verdict = JUDGE_ACCEPTED,
			                              .got = cJSON_CreateNumber(3),
			                              .stdout_text = "",
			                              .stderr_text = "",
			                              .cpu_ms = 5,
			                              .wall_ms = 7,
			                              .memory_kb = 9000 };
	result = (struct judge_result){ .tier = "A2",
		                        .compiled = true,
		                        .compile_message = "",
		                        .outcomes = outcomes,
		                        .count = count };
}

static struct submission conclude(const char *kind, const struct judge_case *custom)
{
	struct submission submission = { .kind = kind,
		                         .code_language = "python",
		                         .code = "def sum_up(numbers):\n    return 1 / 0\n" };

	coding_conclude(&(struct coding_verdict){ .arena = arena,
	                                          .submission = &submission,
	                                          .interview = &interview,
	                                          .task = &task,
	                                          .custom = custom,
	                                          .result = &result },
	                &submission);
	return submission;
}

static const cJSON *parsed(const struct submission *submission)
{
	cJSON *json = NULL;

	CHECK(submission->result != NULL);
	CHECK_INT(json_parse(submission->result, strlen(submission->result), &json), OK);
	return json;
}

static void a_full_pass_is_told_in_full(void)
{
	struct submission submission;
	const cJSON *json, *test;

	set_up_case(5);
	submission = conclude("submit", NULL);
	CHECK_STR(submission.state, "done");
	CHECK_STR(submission.explanation, "");
	CHECK(submission.public_passed == 2 && submission.public_total == 2);
	CHECK(submission.hidden_passed == 3 && submission.hidden_total == 3);
	CHECK_INT(submission.errors, 0);
	json = parsed(&submission);
	CHECK_STR(json_string(json, "tier", ""), "A2");
	CHECK(json_bool(json_get(json, "compile"), "ok", false));
	CHECK_INT((long long)json_count(json, "public"), 2);
	test = cJSON_GetArrayItem(json_get(json, "public"), 0);
	CHECK_STR(json_string(test, "verdict", ""), "accepted");
	CHECK_STR(json_text(json_get(test, "input")), "[[1,2]]");
	CHECK_STR(json_text(json_get(test, "expected")), "3");
	CHECK_STR(json_text(json_get(test, "got")), "3");
	CHECK(cJSON_IsNull(json_get(test, "exception")));
	CHECK_INT((long long)json_number(test, "memory_kb", 0), 9000);
	CHECK(cJSON_IsNull(json_get(json, "custom")));
}

/* Not a word about a hidden test but passed or failed, in the mentor's words neither. */
static void hidden_tests_stay_hidden(void)
{
	struct submission submission;
	const cJSON *hidden;

	set_up_case(5);
	outcomes[3].verdict = JUDGE_RUNTIME_ERROR;
	outcomes[3].got = cJSON_CreateString("SECRET");
	outcomes[3].stdout_text = "SECRET";
	outcomes[3].exception = (struct judge_exception){ "SECRETError", "SECRET", 77 };
	submission = conclude("submit", NULL);
	hidden = json_get(parsed(&submission), "hidden");
	CHECK_STR(json_text(hidden),
	          "[{\"verdict\":\"passed\"},{\"verdict\":\"failed\"},{\"verdict\":\"passed\"}]");
	CHECK(strstr(submission.result, "SECRET") == NULL);
	CHECK(strstr(submission.result, "77") == NULL);
	CHECK(strstr(submission.result, "-1") == NULL);
	CHECK(submission.explanation[0] != '\0');
	CHECK(strstr(submission.explanation, "SECRET") == NULL);
	CHECK(strstr(submission.explanation, "77") == NULL);
	CHECK(submission.hidden_passed == 2 && submission.public_passed == 2);
	CHECK_INT(submission.errors, 0);
}

static void an_exception_is_told_and_explained(void)
{
	struct submission submission;
	const cJSON *test;

	set_up_case(2);
	outcomes[0].verdict = JUDGE_RUNTIME_ERROR;
	outcomes[0].got = NULL;
	outcomes[0].exception = (struct judge_exception){ "ZeroDivisionError", "division by zero",
		                                          2 };
	outcomes[1].verdict = JUDGE_TIME_LIMIT;
	outcomes[1].got = NULL;
	submission = conclude("run", NULL);
	test = cJSON_GetArrayItem(json_get(parsed(&submission), "public"), 0);
	CHECK_STR(json_string(json_get(test, "exception"), "class", ""), "ZeroDivisionError");
	CHECK_STR(json_string(json_get(test, "exception"), "message", ""), "division by zero");
	CHECK_INT((long long)json_number(json_get(test, "exception"), "line", 0), 2);
	CHECK(cJSON_IsNull(json_get(test, "got")));
	CHECK(submission.explanation[0] != '\0');
	CHECK_INT(submission.errors, 2);
	CHECK(submission.public_passed == 0 && submission.hidden_total == 0);
}

static void own_input_is_no_test(void)
{
	const char *fault;
	struct submission submission;
	struct judge_case custom;
	const cJSON *json;

	set_up_case(3);
	CHECK_INT(coding_read_input(&task, "[[4, 5]]", &custom, &fault), OK);
	outcomes[2].got = cJSON_CreateNumber(9);
	submission = conclude("run", &custom);
	json = parsed(&submission);
	CHECK_STR(json_text(json_get(json_get(json, "custom"), "input")), "[[4,5]]");
	CHECK_STR(json_text(json_get(json_get(json, "custom"), "got")), "9");
	CHECK(cJSON_IsNull(json_get(json_get(json, "custom"), "expected")));
	CHECK_STR(json_text(json_get(json, "hidden")), "[]");
	CHECK(submission.public_passed == 2 && submission.public_total == 2);
	CHECK(submission.hidden_passed == 0 && submission.hidden_total == 0);
}

static void a_compile_error_is_one_error(void)
{
	struct submission submission;

	set_up_case(5);
	result.compiled = false;
	result.compile_message = "SyntaxError: invalid syntax";
	result.compile_line = 3;
	for (size_t i = 0; i < 5; i++) {
		outcomes[i].verdict = JUDGE_COMPILE_ERROR;
		outcomes[i].got = NULL;
	}
	submission = conclude("submit", NULL);
	CHECK_STR(submission.state, "done");
	CHECK_INT(submission.errors, 1);
	result.compiled = true; /* found out in the tests */
	CHECK_INT(conclude("submit", NULL).errors, 1);
	result.compiled = false;
	CHECK(submission.public_passed == 0 && submission.public_total == 2);
	CHECK(submission.hidden_passed == 0 && submission.hidden_total == 3);
	CHECK_STR(json_text(json_get(parsed(&submission), "compile")),
	          "{\"ok\":false,\"message\":\"SyntaxError: invalid syntax\",\"line\":3}");
	CHECK(submission.explanation[0] != '\0');
}

static void a_broken_judge_says_nothing_about_the_code(void)
{
	struct submission submission;

	set_up_case(5);
	outcomes[4].verdict = JUDGE_ERROR;
	submission = conclude("submit", NULL);
	CHECK_STR(submission.state, "failed");
	CHECK(submission.result == NULL);
	CHECK_INT(submission.public_total, 0);
}

static void huge_values_are_cut(void)
{
	char *huge;
	struct submission submission;
	const cJSON *test;

	set_up_case(2);
	huge = arena_alloc(arena, SUBMISSION_MAX_VALUE + 10);
	memset(huge, 'x', SUBMISSION_MAX_VALUE + 1);
	outcomes[0].got = cJSON_CreateString(huge);
	outcomes[0].verdict = JUDGE_WRONG_ANSWER;
	submission = conclude("run", NULL);
	test = cJSON_GetArrayItem(json_get(parsed(&submission), "public"), 0);
	CHECK(strlen(json_string(test, "got", "")) < 2100);
	CHECK(strlen(json_string(test, "got", "")) > 1000);
}

/* --- comparing ---------------------------------------------------------------- */

#define LONG_PYTHON                                      \
	"def sum_up(numbers):\n"                         \
	"    total = 0\n"                                \
	"    for index, number in enumerate(numbers):\n" \
	"        if number > 0 and index >= 0:\n"        \
	"            total = total + number\n"           \
	"        else:\n"                                \
	"            total = total - abs(number)\n"      \
	"    return helper(total)\n"                     \
	"\n"                                             \
	"def helper(value):\n"                           \
	"    return max(value, -10 ** 9)\n"
#define RENAMED_PYTHON                   \
	"# my own work\n"                \
	"def   sum_up( xs ):\n"          \
	"  s = 0   # the sum\n"          \
	"  for i,x in enumerate(xs):\n"  \
	"    if x>0 and i>=0: s = s+x\n" \
	"    else: s = s - abs(x)\n"     \
	"  return helper(s)\n"           \
	"def helper(v): return max(v, -10**9)\n"

static const char *print_of(const char *language, const char *code)
{
	return coding_fingerprint(arena, language, code);
}

static void names_comments_and_spaces_do_not_count(void)
{
	CHECK(print_of("python", LONG_PYTHON)[0] != '\0');
	CHECK_STR(print_of("python", RENAMED_PYTHON), print_of("python", LONG_PYTHON));
	CHECK(strcmp(print_of("javascript", LONG_PYTHON), print_of("python", LONG_PYTHON)) != 0);
}

static char *replaced(const char *text, const char *old, const char *new)
{
	const char *at = strstr(text, old);

	CHECK(at != NULL);
	return arena_printf(arena, "%.*s%s%s", (int)(at - text), text, new, at + strlen(old));
}

static void what_the_code_does_counts(void)
{
	static const char *const changes[][2] = {
		{ "max(", "min(" },         { "> 0", "< 0" },     { "total = 0", "total = 1" },
		{ " and ", " or " },        { "abs(", "round(" }, { "10 ** 9", "10 ** 8" },
		{ "total - ", "total + " },
	};

	for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++)
		CHECK(strcmp(print_of("python", LONG_PYTHON),
		             print_of("python",
		                      replaced(LONG_PYTHON, changes[i][0], changes[i][1]))) != 0);
}

static void other_languages_are_evened_out_too(void)
{
	static const char one[] =
	        "#include <stdio.h>\n/* mine */\n"
	        "int *two_sum(int *nums, int len, int target) {\n"
	        "  for (int i = 0; i < len; i++) // outer\n"
	        "    for (int j = i + 1; j < len; j++)\n"
	        "      if (nums[i] + nums[j] == target) printf(\"%d // no\", i);\n"
	        "  return nums;\n}\n";
	static const char same[] = "#include <stdio.h>\n"
	                           "int* solve(int* a, int n, int want)\n{\n"
	                           "for(int x=0;x<n;x++)for(int y=x+1;y<n;y++)\n"
	                           "if(a[x]+a[y]==want)printf(\"%d // no\",x);return a;}";
	static const char sql[] =
	        "SELECT a.name, count(*) FROM authors a JOIN books b ON b.author ="
	        " a.id -- joined\nWHERE b.year > 1990 GROUP BY a.name HAVING"
	        " count(*) > 3 ORDER BY a.name";

	CHECK(print_of("c", one)[0] != '\0');
	CHECK_STR(print_of("c", same), print_of("c", one));
	CHECK_STR(print_of("sql", replaced(sql, "-- joined\n", " ")), print_of("sql", sql));
	CHECK(strcmp(print_of("c", replaced(one, "// no", "// yes")), print_of("c", one)) != 0);
}

static void short_code_is_anybodys(void)
{
	CHECK_STR(print_of("python", SUM_REFERENCE), "");
	CHECK_STR(print_of("python", ""), "");
	CHECK_STR(print_of("python", "'unclosed \\"), "");
	CHECK_STR(print_of("c", "/* unclosed"), "");
}

/* A judged attempt of `user` at the first task of a new interview, compared. */
static struct submission attempt_of(const struct user *user, const char *code)
{
	struct flow flow = begin_coding_as(user, 1, 100);
	struct coding coding = open_coding(&flow);
	struct submission submission = { .question_id = flow.active->id,
		                         .owner_id = user->id,
		                         .kind = "submit",
		                         .code_language = "python",
		                         .code = code,
		                         .state = "not_judged",
		                         .nonce = new_nonce() };

	CHECK_INT(submission_add(store, arena, &submission), OK);
	CHECK_INT(store_begin(store), OK);
	CHECK_INT(coding_compare(store, arena, &submission, &coding.question,
	                         coding_own_hash(arena, &submission, &coding.task)),
	          OK);
	CHECK_INT(store_commit(store), OK);
	return submission;
}

static void identical_code_is_an_event_of_the_later_sender(void)
{
	struct submission first, second;
	struct event_list events;
	struct user bob;
	cJSON *evidence = NULL;

	coding_set_up(2, 1);
	bob = fixture_user(store, "bob", "");
	first = attempt_of(&candidate, LONG_PYTHON);
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM events"), "0");
	second = attempt_of(&bob, RENAMED_PYTHON);
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM events"), "1");
	CHECK_INT(event_list(store, arena,
	                     fixture_ask(database, "SELECT id FROM interviews ORDER BY created_at"
	                                           " DESC, rowid DESC LIMIT 1"),
	                     &events),
	          OK);
	CHECK_INT((long long)events.count, 1);
	CHECK_STR(events.items[0].kind, "identical_code");
	CHECK_STR(events.items[0].question_id, second.question_id);
	CHECK_INT(json_parse(events.items[0].evidence, strlen(events.items[0].evidence), &evidence),
	          OK);
	CHECK_STR(json_string(evidence, "submission", ""), second.id);
	CHECK_STR(json_string(evidence, "other_submission", ""), first.id);
	CHECK_STR(json_string(evidence, "other_user", ""), "Ann");
	CHECK(json_string(evidence, "other_sent_at", "")[0] == '2');
	fixture_remove();
}

static void code_that_was_handed_out_is_nobodys(void)
{
	struct submission submission = { .code_language = "python", .code = LONG_PYTHON };

	set_up_case(2);
	CHECK(coding_own_hash(arena, &submission, &task)[0] != '\0');
	for (size_t i = 0; i < task.code_count; i++)
		if (strcmp(task.codes[i].language, "python") == 0)
			task.codes[i].starter = RENAMED_PYTHON;
	CHECK_STR(coding_own_hash(arena, &submission, &task), "");
}

static void own_and_short_code_is_no_event(void)
{
	struct user bob;

	coding_set_up(2, 1);
	bob = fixture_user(store, "bob", "");
	attempt_of(&candidate, LONG_PYTHON);
	attempt_of(&candidate, LONG_PYTHON);
	attempt_of(&candidate, SUM_REFERENCE);
	attempt_of(&bob, SUM_REFERENCE);
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM events"), "0");
	fixture_remove();
}

int main(void)
{
	RUN(a_full_pass_is_told_in_full);
	RUN(hidden_tests_stay_hidden);
	RUN(an_exception_is_told_and_explained);
	RUN(own_input_is_no_test);
	RUN(a_compile_error_is_one_error);
	RUN(a_broken_judge_says_nothing_about_the_code);
	RUN(huge_values_are_cut);
	RUN(names_comments_and_spaces_do_not_count);
	RUN(what_the_code_does_counts);
	RUN(other_languages_are_evened_out_too);
	RUN(short_code_is_anybodys);
	RUN(identical_code_is_an_event_of_the_later_sender);
	RUN(code_that_was_handed_out_is_nobodys);
	RUN(own_and_short_code_is_no_event);
	return check_done();
}
