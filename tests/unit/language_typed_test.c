/* The typed languages: their rows for C, C++ and Go, and programs of all five in the box. */
#include "judge_fixture.h"

#include <signal.h>

#include "judge/language.h"
#include "judge/value.h"

static const char *const typed[] = { "c", "cpp", "go", "java", "rust" };

enum { TYPED = sizeof(typed) / sizeof(typed[0]) };

static struct signature *signature_of(const char *text)
{
	struct signature *signature = arena_alloc(arena, sizeof(*signature));
	const char *fault = NULL;

	CHECK_INT(signature_parse(arena, text, signature, &fault), OK);
	return signature;
}

static const cJSON *value_of(const char *text)
{
	cJSON *value = NULL;

	CHECK_INT(value_parse(arena, text, strlen(text), &value), OK);
	return value;
}

static struct judge_job job_of(const char *language, const char *signature, const char *code)
{
	struct judge_job job = fixture_job(language, code, NULL, 0);

	job.signature = signature_of(signature);
	job.function = language_function_name(arena, language_by_name(language),
	                                      job.signature->name);
	return job;
}

/* --- what is handed over -------------------------------------------------------- */

static void check_words(const char *signature, const char *args, const char *expected)
{
	struct judge_job job = job_of("c", signature, "");
	struct judge_case test = { .args = value_of(args) };
	const char *bytes = NULL;
	size_t len = 0;

	CHECK_INT(language_by_name("c")->encode(arena, &job, &test, &bytes, &len),
	          expected == NULL ? ERR_INVALID : OK);
	if (expected != NULL)
		CHECK_STR(arena_copy(arena, bytes, len), expected);
}

static void hands_over_words(void)
{
	check_words("f(a: int, b: long) -> int", "[-5, 9223372036854775807]",
	            "-5 9223372036854775807 ");
	check_words("f(a: double[]) -> int", "[[0.1, 3, {\"$float\":\"nan\"}]]",
	            "3 0.10000000000000001 3 nan ");
	check_words("f(a: bool, b: string[]) -> int", "[true, [\"\", \"\\u00e9 \\n\"]]",
	            "1 2 0  4 \xC3\xA9 \n ");
	check_words("f(a: int[][]) -> int", "[[[], [7]]]", "2 0 1 7 ");
	check_words("f(a: tree_node, b: list_node) -> int", "[[1, null, 2], null]", "3 1 n 2 0 ");
	check_words("f(a: list_node[]) -> int", "[[null, [4]]]", "2 0 1 4 ");
	check_words("f(a: int) -> int", "[\"x\"]", NULL);
	check_words("f(a: int) -> int", "[1, 2]", NULL);
}

static enum err prepared(const char *language, const struct judge_job *job,
                         struct program *ret_program, const char **ret_fault)
{
	return language_by_name(language)->prepare(arena, job, ret_program, ret_fault);
}

static void refuses_what_no_call_can_say(void)
{
	for (size_t i = 0; i < TYPED; i++) {
		struct judge_job job = job_of(typed[i], "f(a: int) -> int", "");
		struct program program = { 0 };
		const char *fault = NULL;
		bool has_fixed_strings = i == 2 || i == 3;

		job.function = "f(); evil";
		CHECK_INT(prepared(typed[i], &job, &program, &fault), ERR_INVALID);
		CHECK(fault != NULL);
		job.function = "f";
		job.in_place = true;
		CHECK_INT(prepared(typed[i], &job, &program, &fault), ERR_INVALID);
		job.in_place = false;
		job.signature = NULL;
		CHECK_INT(prepared(typed[i], &job, &program, &fault), ERR_INVALID);
		job.signature = signature_of("f(a: string) -> void");
		CHECK_INT(prepared(typed[i], &job, &program, &fault),
		          has_fixed_strings ? ERR_INVALID : OK);
	}
}

/* --- what compilers and crashes say --------------------------------------------- */

static void finds_the_line_of_an_error(void)
{
	static const struct {
		const char *language, *message;
		int line;
	} rows[] = {
		{ "c",
		  "In file included from unit.c:3:\nsolution.c:9:1: warning: x\n"
		  "solution.c:4:7: error: expected ';'\n",
		  4 },
		{ "c", "main.c:4:7: error: x\nsolution.c:6:5: note: declared here\n", 6 },
		{ "c", "main.c:4:7: error: x\n", 0 },
		{ "c", "/usr/bin/ld: undefined reference to `g'\n", 0 },
		{ "c", "my_solution.c:4:7: error: x\n", 0 },
		{ "cpp", "solution.cpp:12:7: fatal error: x.h: No such file\n", 12 },
		{ "go", "solution.go:4:2: x declared but not used\n", 4 },
		{ "go", "./solution.go:5:2: x\nsolution.go:4:2: y\n", 5 },
		{ "go", "viva.go:4:2: undefined: f\n", 0 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		CHECK_INT(language_by_name(rows[i].language)->compile_line(rows[i].message),
		          rows[i].line);
}

static void explains_crashes(void)
{
	static const struct {
		const char *language, *text;
		int status;
		const char *class, *message;
		int line;
		bool is_memory;
	} rows[] = {
		{ "c", "program: solution.c:4: f: Assertion `n > 0' failed.\n", SIGABRT,
		  "Assertion", "n > 0 failed", 4, false },
		{ "c", "said\nfree(): invalid pointer\n", SIGABRT, "SIGABRT",
		  "free(): invalid pointer", 0, false },
		{ "c", "free(): invalid pointer\n", SIGSEGV, NULL, NULL, 0, false },
		{ "c", "", SIGABRT, NULL, NULL, 0, false },
		{ "cpp",
		  "terminate called after throwing an instance of 'std::runtime_error'\n"
		  "  what():  bad\n",
		  SIGABRT, "std::runtime_error", "bad", 0, false },
		{ "cpp", "terminate called after throwing an instance of 'int'\n", SIGABRT, "int",
		  "", 0, false },
		{ "cpp",
		  "terminate called after throwing an instance of 'std::bad_alloc'\n"
		  "  what():  std::bad_alloc\n",
		  SIGABRT, "std::bad_alloc", "std::bad_alloc", 0, true },
		{ "go",
		  "panic: oh\n\ngoroutine 5 [running]:\nmain.f()\n\t/box/solution.go:3 +0x2\n",
		  2 << 8, "panic", "oh", 3, false },
		{ "go", "panic: runtime error: index out of range [3]\n\ngoroutine 1:\n", 2 << 8,
		  "runtime error", "index out of range [3]", 0, false },
		{ "go", "fatal error: runtime: out of memory\n", 2 << 8, "fatal error",
		  "runtime: out of memory", 0, true },
		{ "go", "exit status 3\n", 3 << 8, NULL, NULL, 0, false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct judge_language *language = language_by_name(rows[i].language);
		struct judge_exception exception = { NULL, NULL, 0 };

		CHECK_INT(language->crash(arena, rows[i].text, rows[i].status, &exception),
		          rows[i].class != NULL);
		if (rows[i].class == NULL)
			continue;
		CHECK_STR(exception.class, rows[i].class);
		CHECK_STR(exception.message, rows[i].message);
		CHECK_INT(exception.line, rows[i].line);
		CHECK_INT(language->is_memory != NULL && language->is_memory(&exception, ""),
		          rows[i].is_memory);
	}
}

/* --- in the box ----------------------------------------------------------------- */

static struct judge_result run(const struct judge *judge, const struct judge_job *job)
{
	struct judge_result result = { .compile_message = "" };
	int slot = -1;

	CHECK_INT(judge_enter(judge, arena, &slot), OK);
	CHECK_INT(judge_run(judge, arena, slot, job, &result), OK);
	judge_leave(judge, slot);
	return result;
}

/* `expected` NULL: any. */
static void check_answer(const struct judge *judge, struct judge_job *job, const char *args,
                         const char *expected)
{
	struct judge_case test = { .args = value_of(args),
		                   .expected = expected == NULL ? NULL : value_of(expected) };
	struct judge_result result;

	job->cases = &test;
	job->count = 1;
	result = run(judge, job);
	if (result.passed == 1)
		return;
	CHECK_INT((long long)result.passed, 1);
	printf("# %s: %s: %s\n", job->language, job->code, result.compile_message);
	if (result.compiled && result.outcomes[0].got != NULL)
		printf("# got %s\n", json_text(result.outcomes[0].got));
}

/* Every kind of value goes in and comes out unchanged, each in the language it is hardest for. */
static void carries_values_both_ways(void)
{
	static const struct {
		const char *language, *type, *code, *value;
	} rows[] = {
		{ "c", "long[]",
		  "long long *f(long long *a, int n, int *size) "
		  "{ *size = n; return a; }",
		  "[9007199254740993, -9223372036854775808]" },
		{ "c", "string[][]",
		  "char ***f(char ***a, int n, int *cols, int *size, int **sizes)"
		  " { *size = n; *sizes = cols; return a; }",
		  "[[], [\"\", \"a \\\"\\\\\\n\\u00e9\"]]" },
		{ "c", "tree_node", "struct tree_node *f(struct tree_node *a) { return a; }",
		  "[5, 4, 8, 11, null, 13, 4, 7, 2, null, null, null, 1]" },
		{ "c", "list_node", "struct list_node *f(struct list_node *a) { return a; }",
		  "[1, -2, 3]" },
		{ "cpp", "bool[][]", "auto f(std::vector<std::vector<bool>> a) { return a; }",
		  "[[true, false], []]" },
		{ "cpp", "double[]", "auto f(const std::vector<double> &a) { return a; }",
		  "[0.1, -1e300, 2.5e-310, {\"$float\": \"-inf\"}]" },
		{ "cpp", "tree_node", "TreeNode *f(TreeNode *a) { return a; }",
		  "[1, null, 2, 3, null, null, 4]" },
		{ "go", "string", "func f(a string) string { return a }",
		  "\"\\u0001\\ud83d\\ude00 \\\" \"" },
		{ "go", "int[][]", "func f(a [][]int) [][]int { return a }",
		  "[[], [-2147483648, 2147483647]]" },
		{ "go", "tree_node", "func f(a *TreeNode) *TreeNode { return a }",
		  "[1, null, 2, 3, null, null, 4]" },
		{ "java", "list_node[]",
		  "class Solution { ListNode[] f(ListNode[] a) { return a; } }",
		  "[[1], [], [2, 3]]" },
		{ "java", "double[]",
		  "class Solution { static double[] f(double[] a) { return a; } }",
		  "[0.1, -1e300]" },
		{ "rust", "string[]", "fn f(a: Vec<String>) -> Vec<String> { a }",
		  "[\"\", \"\\t\\u00e9\\\"\"]" },
		{ "rust", "list_node",
		  "fn f(a: Option<Box<ListNode>>) -> Option<Box<ListNode>> { a }", "[1, -2, 3]" },
	};
	struct judge *judge = fixture_judge();

	for (size_t i = 0; judge != NULL && i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct judge_job job =
		        job_of(rows[i].language,
		               arena_printf(arena, "f(a: %s) -> %s", rows[i].type, rows[i].type),
		               rows[i].code);

		if (judge_has_language(judge, rows[i].language))
			check_answer(judge, &job, arena_printf(arena, "[%s]", rows[i].value),
			             rows[i].value);
	}
}

/* What people are given to begin with compiles, and runs to its end. */
static void runs_starters(void)
{
	static const char text[] = "sort_by_type(nums: int[], type: string, root: tree_node, "
	                           "rows: double[][], flag: bool) -> long[]";
	struct judge *judge = fixture_judge();

	for (size_t i = 0; judge != NULL && i < TYPED; i++) {
		const struct judge_language *language = language_by_name(typed[i]);
		struct signature *signature = signature_of(text);
		struct judge_job job = job_of(typed[i], text,
		                              language_starter(arena, language, signature));

		if (judge_has_language(judge, typed[i]))
			check_answer(judge, &job, "[[1], \"x\", [2], [[0.5]], true]", NULL);
	}
}

/* Tasks that are a program name starters for few languages: every other one has its own. */
static void runs_starters_of_programs(void)
{
	const struct judge_case test = { .stdin_text = "one\ntwo\n", .expected = value_of("\"\"") };
	struct judge *judge = fixture_judge();

	for (size_t i = 0; judge != NULL && languages[i] != NULL; i++) {
		const char *code = languages[i]->program_starter;
		struct judge_job job;
		struct judge_result result;

		CHECK((code != NULL) == ((languages[i]->kinds & 1U << JUDGE_STDIN) != 0));
		if (code == NULL || !judge_has_language(judge, languages[i]->name))
			continue;
		job = fixture_job(languages[i]->name, code, &test, 1);
		job.kind = JUDGE_STDIN;
		result = run(judge, &job);
		CHECK_INT((long long)result.passed, 1);
		if (result.passed != 1)
			printf("# %s: %s\n", job.language, result.compile_message);
	}
}

static void runs_empty_calls_in_place(void)
{
	struct judge *judge = fixture_judge();

	for (size_t i = 0; judge != NULL && i < TYPED; i++) {
		const struct judge_language *language = language_by_name(typed[i]);
		struct judge_job job = job_of(typed[i], "f(a: int[][], head: list_node) -> void",
		                              "");

		job.code = language_starter(arena, language, job.signature);
		job.code_len = strlen(job.code);
		if (judge_has_language(judge, typed[i]))
			check_answer(judge, &job, "[[[1], []], [3]]", "[[1], []]");
	}
}

/* A main of the candidate's own, and macros, do not get in the way. */
static void leaves_the_solution_its_names(void)
{
	static const struct {
		const char *language, *code;
	} rows[] = {
		{ "c",
		  "#define int long\nint take_int(int a) { return a; }\n"
		  "int f(signed a) { return take_int(a) + 1; }\nint main(void) { return f(1); }" },
		{ "cpp", "using namespace std;\n#define int long long\n#define vector\n"
		         "signed f(signed a) { return a + 1; }\nsigned main() { return f(1); }" },
		{ "go", "import \"fmt\"\nfunc os() {}\nfunc f(a int) int { return a + 1 }\n"
		        "func main() { fmt.Println(f(1)); os() }" },
	};
	struct judge *judge = fixture_judge();

	for (size_t i = 0; judge != NULL && i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct judge_job job = job_of(rows[i].language, "f(a: int) -> int", rows[i].code);

		if (judge_has_language(judge, rows[i].language))
			check_answer(judge, &job, "[41]", "42");
	}
}

static void points_at_a_wrong_signature(void)
{
	static const struct {
		const char *language, *code;
	} rows[] = {
		{ "c", "/* f */\n\nint f(double *a, int n)\n{\n\treturn 1;\n}\n" },
		{ "c", "\n\nint f(int *a)\n{\n\treturn 1;\n}\n" },
		{ "cpp", "// 2\n\nint f(std::vector<double> a)\n{\n\treturn 1;\n}\n" },
		{ "go", "\n\nfunc f(a []string) int {\n\treturn 1\n}\n" },
		{ "go", "\n\nfunc f(a []int) string {\n\treturn \"\"\n}\n" },
		{ "java", "class Solution {\n\n\tint f(long[] a) { return 1; }\n}\n" },
		{ "rust", "\n\nfn f(a: Vec<i64>) -> i32 { 1 }\n" },
	};
	struct judge *judge = fixture_judge();

	for (size_t i = 0; judge != NULL && i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct judge_case test = { .args = value_of("[[1]]") };
		struct judge_job job = job_of(rows[i].language, "f(a: int[]) -> int", rows[i].code);
		struct judge_result result;

		if (!judge_has_language(judge, rows[i].language))
			continue;
		job.cases = &test;
		job.count = 1;
		result = run(judge, &job);
		CHECK(!result.compiled);
		CHECK_INT(result.compile_line, 3);
	}
}

int main(void)
{
	fixture_open();
	RUN(hands_over_words);
	RUN(refuses_what_no_call_can_say);
	RUN(finds_the_line_of_an_error);
	RUN(explains_crashes);
	RUN(carries_values_both_ways);
	RUN(runs_starters);
	RUN(runs_starters_of_programs);
	RUN(runs_empty_calls_in_place);
	RUN(leaves_the_solution_its_names);
	RUN(points_at_a_wrong_signature);
	fixture_close();
	return check_done();
}
