/* Rust: what its row makes of jobs and of what its compiler and programs say. Nothing runs. */
#include "check.h"

#include <signal.h>

#include "judge/language.h"
#include "judge/signature.h"

static const struct judge_language *rust;

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

static struct program prepare(const char *text, const char *code)
{
	struct signature signature = signature_of(text);
	struct judge_job job = {
		.language = "rust",
		.function = signature.name,
		.signature = &signature,
		.code = code,
		.code_len = strlen(code),
	};
	struct program program = { 0 };
	const char *fault = NULL;

	CHECK_INT(rust->prepare(arena, &job, &program, &fault), OK);
	return program;
}

static void calls_on_the_line_of_the_function(void)
{
	struct program program = prepare("two(nums: int[], k: long) -> double[][]",
	                                 "// k\n\nfn two(nums: Vec<i32>, k: i64) {}\n");

	/* on the line of the function */
	CHECK_STR(file_of(&program, "call.rs"),
	          "\n\npub fn viva_call(a0: Vec<i32>, a1: i64) -> Vec<Vec<f64>> "
	          "{ two(a0, a1) }\n");
	CHECK(strstr(file_of(&program, "main.rs"), "solution::viva_call(a0, a1)\n") != NULL);
	CHECK(strstr(file_of(&program, "glue.rs"), "pub fn serve<") != NULL);
	CHECK_INT(program.style, RUN_EXEC);
	CHECK_STR(program.run[0], "/box/program");
}

static void calls_in_place(void)
{
	struct program program = prepare("turn(head: list_node, k: int) -> void", "");

	CHECK_STR(file_of(&program, "call.rs"), "pub fn viva_call(a0: &mut Option<Box<ListNode>>, "
	                                        "a1: i32) -> () { turn(a0, a1); }\n");
	CHECK(strstr(file_of(&program, "main.rs"), "viva_call(&mut a0, a1);\n        a0\n") !=
	      NULL);
}

/* What only a crate may begin with does not reach the included file, and nothing moves. */
static void keeps_the_head_of_code_in_place(void)
{
	static const struct {
		const char *code, *kept;
	} rows[] = {
		{ "fn f() {}", "fn f() {}" },
		{ "#![allow(x)]\nfn f() {}", "            \nfn f() {}" },
		{ "//! a\n/*! b */ #![c(\n[d])] fn f() {}",
		  "//  a\n/*  b */      \n      fn f() {}" },
		{ "// a\n/* #![b] */ #[c] fn f() {}", "// a\n/* #![b] */ #[c] fn f() {}" },
		{ "fn f() { #![allow(x)] }", "fn f() { #![allow(x)] }" },
		{ "#![open", "#![open" },
		{ "/* open", "/* open" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct program program = prepare("f() -> int", rows[i].code);

		CHECK_STR(file_of(&program, "solution.rs"), rows[i].kept);
	}
}

static void leaves_programs_as_they_are(void)
{
	const char code[] = "#![allow(x)]\nfn main() {}\n";
	struct judge_job job = {
		.language = "rust", .kind = JUDGE_STDIN, .code = code, .code_len = strlen(code)
	};
	struct program program = { 0 };
	const char *fault = NULL;

	CHECK_INT(rust->prepare(arena, &job, &program, &fault), OK);
	CHECK_INT((long long)program.file_count, 1);
	CHECK_STR(file_of(&program, "solution.rs"), code);
}

static void refuses_what_makes_no_sense(void)
{
	struct signature signature = signature_of("f(n: int) -> void");
	struct judge_job job = { .language = "rust", .function = "f", .code = "" };
	struct program program = { 0 };
	const char *fault = NULL;

	CHECK_INT(rust->prepare(arena, &job, &program, &fault), ERR_INVALID);
	CHECK(fault != NULL);
	fault = NULL;
	job.signature = &signature;
	CHECK_INT(rust->prepare(arena, &job, &program, &fault), ERR_INVALID);
	CHECK(fault != NULL);
}

static void check_starter(const char *text, const char *expected)
{
	struct signature signature = signature_of(text);

	CHECK_STR(rust->starter(arena, rust, &signature), expected);
}

static void spells_starters(void)
{
	check_starter("two_sum(nums: int[], type: int) -> int[]",
	              "pub fn two_sum(nums: Vec<i32>, type_: i32) -> Vec<i32> {\n"
	              "    Vec::new()\n}\n");
	check_starter("f(a: bool[][]) -> void", "pub fn f(a: &mut Vec<Vec<bool>>) {\n}\n");
	check_starter("f(a: string) -> double", "pub fn f(a: String) -> f64 {\n    0.0\n}\n");
	check_starter("f(a: long) -> string", "pub fn f(a: i64) -> String {\n"
	                                      "    String::new()\n}\n");
	check_starter("f(a: list_node) -> bool",
	              "// pub struct ListNode {\n//     pub val: i32,\n"
	              "//     pub next: Option<Box<ListNode>>,\n// }\n\n"
	              "pub fn f(a: Option<Box<ListNode>>) -> bool {\n    false\n}\n");
}

static void finds_the_line_of_an_error(void)
{
	CHECK_INT(rust->compile_line("error: expected expression\n --> solution.rs:3:13\n"), 3);
	CHECK_INT(rust->compile_line("error[E0425]: f\n --> call.rs:7:2\n --> solution.rs:4:1\n"),
	          4);
	CHECK_INT(rust->compile_line("error[E0308]: mismatched types\n --> call.rs:7:2\n"), 7);
	CHECK_INT(rust->compile_line("error: linking failed\n"), 0);
}

static void explains_crashes(void)
{
	static const struct {
		const char *text;
		int status;
		const char *class, *message;
		int line;
	} rows[] = {
		{ "thread 'main' panicked at 'no entry', solution.rs:3:5\nnote: run with", 101 << 8,
		  "panic", "no entry", 3 },
		{ "thread 'main' panicked at 'a\nb', solution.rs:9:5\nnote", 101 << 8, "panic",
		  "a\nb", 9 },
		{ "thread 'main' panicked at 'x', library/core/src/a.rs:3:5\n", 101 << 8, "panic",
		  "x", 0 },
		{ "\nthread 'main' (7) panicked at solution.rs:6:5:\nno entry\nnote", 101 << 8,
		  "panic", "no entry", 6 },
		{ "thread 'main' panicked at solution.rs:6:5:\nno entry\nnote", 101 << 8, "panic",
		  "no entry", 6 },
		{ "\nthread 'main' has overflowed its stack\nfatal runtime error", SIGABRT,
		  "StackOverflow", "the stack is used up", 0 },
		{ "", SIGSEGV, "StackOverflow", "the stack is used up", 0 },
		{ "memory allocation of 64 bytes failed\n", SIGABRT, "out of memory",
		  "memory allocation of 64 bytes failed", 0 },
		{ "panicked", 1 << 8, NULL, NULL, 0 },
		{ "", SIGABRT, NULL, NULL, 0 },
		{ "memory allocation of 64 bytes failed\n", 1 << 8, NULL, NULL, 0 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct judge_exception exception = { NULL, NULL, 0 };

		CHECK_INT(rust->crash(arena, rows[i].text, rows[i].status, &exception),
		          rows[i].class != NULL);
		if (rows[i].class == NULL)
			continue;
		CHECK_STR(exception.class, rows[i].class);
		CHECK_STR(exception.message, rows[i].message);
		CHECK_INT(exception.line, rows[i].line);
		CHECK_INT(rust->is_memory(&exception, ""),
		          strcmp(rows[i].class, "out of memory") == 0);
	}
}

int main(void)
{
	rust = language_by_name("rust");
	RUN(calls_on_the_line_of_the_function);
	RUN(calls_in_place);
	RUN(keeps_the_head_of_code_in_place);
	RUN(leaves_programs_as_they_are);
	RUN(refuses_what_makes_no_sense);
	RUN(spells_starters);
	RUN(finds_the_line_of_an_error);
	RUN(explains_crashes);
	return check_done();
}
