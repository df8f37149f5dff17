/* Java: what its row makes of jobs and of what its compiler and programs say. Nothing runs. */
#include "check.h"

#include "judge/language.h"
#include "judge/signature.h"

static const struct judge_language *java;

static struct signature signature_of(const char *text)
{
	struct signature signature = { 0 };
	const char *fault = NULL;

	CHECK_INT(signature_parse(arena, text, &signature, &fault), OK);
	return signature;
}

static const char *file_of(const struct program *program, const char *name)
{
	for (size_t i = 0; i < program->file_count; i++) {
		if (strcmp(program->files[i].name, name) == 0)
			return arena_copy(arena, program->files[i].bytes, program->files[i].size);
	}
	return "";
}

/* A function if there is a signature. */
static struct program prepare(const char *text, const char *code)
{
	struct signature signature = { 0 };
	struct judge_job job = {
		.language = "java",
		.kind = text == NULL ? JUDGE_STDIN : JUDGE_FUNCTION,
		.code = code,
		.code_len = strlen(code),
		.limits = JUDGE_DEFAULT_LIMITS,
	};
	struct program program = { 0 };
	const char *fault = NULL;

	if (text != NULL) {
		signature = signature_of(text);
		job.function = signature.name;
		job.signature = &signature;
	}
	CHECK_INT(java->prepare(arena, &job, &program, &fault), OK);
	return program;
}

static const char *last(const char *const *strings)
{
	while (strings[1] != NULL)
		strings++;
	return *strings;
}

static void calls_on_the_line_of_the_function(void)
{
	struct program program = prepare("two(nums: int[], k: long) -> double[][]",
	                                 "// k\nclass Solution {\n"
	                                 "double[][] two(int[] nums, long k) {}\n}\n");
	const char *call = file_of(&program, "GlueCall.java");

	CHECK_STR(call, "\n\nclass GlueCall extends GlueViva { void run() throws Throwable { "
	                "int[] a0 = (int[]) take(int[].class); long a1 = (long) take(long.class); "
	                "double[][] answer = object(Solution.class, \"two\").two(a0, a1); "
	                "put(double[][].class, answer); } }\n");
	CHECK(strstr(file_of(&program, "GlueViva.java"), "final class GlueServer") != NULL);
	CHECK_INT(program.style, RUN_SERVE);
	CHECK_STR(last(program.run), "GlueServer");
	CHECK_STR(last(program.compile), "GlueCall.java");
}

static void calls_in_place(void)
{
	struct program program = prepare("turn(head: list_node) -> void", "");

	CHECK(strstr(file_of(&program, "GlueCall.java"),
	             "; object(Solution.class, \"turn\").turn(a0); put(ListNode.class, a0);") !=
	      NULL);
}

/* The file must have the name of its public class, and Java is told the one with a main. */
static void finds_the_classes(void)
{
	static const struct {
		const char *code, *file, *main;
	} rows[] = {
		{ "public class Abc { public static void main(String[] a) {} }", "Abc.java",
		  "Abc" },
		{ "class A { int x; } class B { static void main(String[] a) {} }", "Main.java",
		  "B" },
		{ "class A { void f() { main(); } } public final class B { void main() {} }",
		  "B.java", "B" },
		{ "// public class X \\\n/* public class Y {\\*/ public class Z { void main() {} }",
		  "Z.java", "Z" },
		{ "class A { String s = \"} public class X {\\\"\"; char c = '}'; "
		  "String t = \"\"\"\n}\\\"\"\" \"\"\"; public static class Y {} } "
		  "public record R(int n) { void main() {} }",
		  "R.java", "R" },
		{ "@A(b = \"c\") public interface I { static void main(String[] a) {} }", "I.java",
		  "I" },
		{ "class", "Main.java", "Main" },
		{ "/* open", "Main.java", "Main" },
		{ "\"open \\", "Main.java", "Main" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct program program = prepare(NULL, rows[i].code);

		CHECK_INT((long long)program.file_count, 1);
		CHECK_STR(program.files[0].name, rows[i].file);
		CHECK_STR(last(program.compile), rows[i].file);
		CHECK_STR(last(program.run), rows[i].main);
		CHECK_INT(program.style, RUN_EXEC);
	}
}

static void calls_another_class_if_there_is_no_solution(void)
{
	struct program program = prepare("f() -> int", "public class Foo { int f() {} }"),
	               both = prepare("f() -> int", "class Solution {} public class Foo {}");

	CHECK(strstr(file_of(&program, "GlueCall.java"), "object(Foo.class, \"f\")") != NULL);
	CHECK(strstr(file_of(&both, "GlueCall.java"), "object(Solution.class, \"f\")") != NULL);
	CHECK_STR(both.files[0].name, "Foo.java");
}

static void blanks_the_package(void)
{
	struct program program = prepare("f() -> int", "package a\n.b; class Solution {}");

	CHECK_STR(file_of(&program, "Solution.java"), "         \n    class Solution {}");
}

static void refuses_what_makes_no_sense(void)
{
	struct signature signature = signature_of("f(s: string) -> void");
	struct judge_job job = { .language = "java", .function = "f", .code = "" };
	struct program program = { 0 };
	const char *fault = NULL;

	CHECK_INT(java->prepare(arena, &job, &program, &fault), ERR_INVALID);
	CHECK(fault != NULL);
	fault = NULL;
	job.signature = &signature;
	CHECK_INT(java->prepare(arena, &job, &program, &fault), ERR_INVALID);
	CHECK(fault != NULL);
}

static void spells_starters(void)
{
	struct signature sum = signature_of("two_sum(nums: int[], class: string) -> int[]"),
	                 list = signature_of("f(a: list_node, b: bool[][]) -> void");

	CHECK_STR(java->starter(arena, java, &sum),
	          "import java.util.*;\n\nclass Solution {\n"
	          "    public static int[] twoSum(int[] nums, String class_) {\n"
	          "        return null;\n    }\n}\n");
	CHECK_STR(java->starter(arena, java, &list),
	          "import java.util.*;\n\n"
	          "/*\n * class ListNode {\n *     int val;\n *     ListNode next;\n"
	          " *     ListNode(int val, ListNode next)\n * }\n */\n"
	          "class Solution {\n    public static void f(ListNode a, boolean[][] b) {\n"
	          "    }\n}\n");
}

static void finds_the_line_of_an_error(void)
{
	CHECK_INT(java->compile_line("Solution.java:3: error: ';' expected\n"), 3);
	CHECK_INT(java->compile_line("Note: x\nAbc.java:12: error: class\n"), 12);
	CHECK_INT(java->compile_line("GlueViva.java:5: error: a\nGlueCall.java:7: error: b\n"), 7);
	CHECK_INT(java->compile_line("error: no source files\n"), 0);
	CHECK_INT(java->compile_line("7: error: x\n"), 0);
	CHECK_INT(java->compile_line(""), 0);
}

static void explains_crashes(void)
{
	static const struct {
		const char *text, *class, *message;
		int line;
		bool is_memory;
	} rows[] = {
		{ "x\nException in thread \"main\" java.lang.ArithmeticException: / by zero\n"
		  "\tat java.base/java.util.A.b(A.java:9)\n\tat Main.main(Main.java:5)\n",
		  "ArithmeticException", "/ by zero", 5, false },
		{ "Exception in thread \"main\" Main$Bad\n\tat Main.main(Main.java:6)\n", "Bad", "",
		  6, false },
		{ "Exception in thread \"main\" java.lang.OutOfMemoryError: Java heap space\n"
		  "\tat Main.main(Main.java:7)\n",
		  "OutOfMemoryError", "Java heap space", 7, true },
		{ "Exception in thread \"main\" java.lang.OutOfMemoryError: unable to create "
		  "native thread: possibly\n",
		  "OutOfMemoryError", "unable to create native thread: possibly", 0, false },
		{ "\nException: java.lang.OutOfMemoryError thrown from the handler in thread\n",
		  "OutOfMemoryError", "", 0, true },
		{ "#\n# There is insufficient memory for the Java Runtime Environment to go on\n",
		  "OutOfMemoryError", "", 0, true },
		{ "Exception in thread \"ma", NULL, NULL, 0, false },
		{ "", NULL, NULL, 0, false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct judge_exception exception = { NULL, NULL, 0 };

		CHECK_INT(java->crash(arena, rows[i].text, 1 << 8, &exception),
		          rows[i].class != NULL);
		if (rows[i].class == NULL)
			continue;
		CHECK_STR(exception.class, rows[i].class);
		CHECK_STR(exception.message, rows[i].message);
		CHECK_INT(exception.line, rows[i].line);
		CHECK_INT(java->is_memory(&exception, ""), rows[i].is_memory);
	}
}

int main(void)
{
	java = language_by_name("java");
	RUN(calls_on_the_line_of_the_function);
	RUN(calls_in_place);
	RUN(finds_the_classes);
	RUN(calls_another_class_if_there_is_no_solution);
	RUN(blanks_the_package);
	RUN(refuses_what_makes_no_sense);
	RUN(spells_starters);
	RUN(finds_the_line_of_an_error);
	RUN(explains_crashes);
	return check_done();
}
