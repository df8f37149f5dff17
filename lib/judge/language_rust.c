#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "judge/glue.h"
#include "judge/glue_native.h"
#include "judge/language_rows.h"

static const char *const types[] = {
	[TYPE_VOID] = "()",
	[TYPE_INT] = "i32",
	[TYPE_LONG] = "i64",
	[TYPE_DOUBLE] = "f64",
	[TYPE_BOOL] = "bool",
	[TYPE_STRING] = "String",
	[TYPE_LIST_NODE] = "Option<Box<ListNode>>",
	[TYPE_TREE_NODE] = "Option<Rc<RefCell<TreeNode>>>",
};

static const char *type_text(struct arena *arena, struct type type)
{
	const char *text = types[type.base];

	for (int i = 0; i < type.dimensions; i++)
		text = arena_printf(arena, "Vec<%s>", text);
	return text;
}

/* The lines in front of the call, so that it stands on the line of the candidate's function. */
static void add_lines(struct buf *buf, int count)
{
	for (int i = 0; i < count; i++)
		buf_char(buf, '\n');
}

/* The module of the solution, with the call in it, which need not be pub. */
static const char *call_file(struct arena *arena, const struct judge_job *job)
{
	const struct signature *signature = job->signature;
	bool in_place = glue_in_place(job);
	struct type answer = glue_answer(job);
	struct buf buf;

	buf_init(&buf, arena);
	add_lines(&buf, glue_line(job) - 1);
	buf_str(&buf, "pub fn viva_call(");
	for (size_t i = 0; i < signature->count; i++) {
		const char *type = type_text(arena, signature->params[i].type);

		buf_printf(&buf, "%sa%zu: %s%s", i == 0 ? "" : ", ", i,
		           i == 0 && in_place ? "&mut " : "", type);
	}
	buf_printf(&buf, ") -> %s { %s(", in_place ? "()" : type_text(arena, answer),
	           job->function);
	for (size_t i = 0; i < signature->count; i++)
		buf_printf(&buf, "%sa%zu", i == 0 ? "" : ", ", i);
	buf_printf(&buf, ")%s }\n", in_place ? ";" : "");
	return buf.data;
}

static const char *main_file(struct arena *arena, const struct judge_job *job)
{
	const struct signature *signature = job->signature;
	bool in_place = glue_in_place(job);
	struct buf buf;

	buf_init(&buf, arena);
	buf_str(&buf, "mod glue;\n"
	              "pub use glue::{ListNode, TreeNode};\n\n"
	              "mod viva {\n"
	              "    pub use std::cell::RefCell;\n"
	              "    pub use std::rc::Rc;\n"
	              "    pub use crate::glue::{ListNode, TreeNode};\n"
	              "}\n\n"
	              "mod solution {\n"
	              "    use crate::viva::*;\n"
	              "    include!(\"solution.rs\");\n"
	              "    include!(\"call.rs\");\n"
	              "}\n"
	              "use solution::*; // for crate:: in the solution\n\n"
	              "fn main() {\n"
	              "    glue::serve(|arguments| {\n");
	for (size_t i = 0; i < signature->count; i++)
		buf_printf(&buf, "        let %sa%zu = arguments.take();\n",
		           i == 0 && in_place ? "mut " : "", i);
	buf_str(&buf, "        self::solution::viva_call(");
	for (size_t i = 0; i < signature->count; i++)
		buf_printf(&buf, "%s%sa%zu", i == 0 ? "" : ", ", i == 0 && in_place ? "&mut " : "",
		           i);
	buf_printf(&buf, ")%s\n    })\n}\n", in_place ? ";\n        a0" : "");
	return buf.data;
}

/* rustc looks for its libraries next to itself, but cannot find itself without /proc. */
static const char *root_option(struct arena *arena)
{
	char rustc[PATH_MAX];
	char *end = realpath("/usr/bin/rustc", rustc) == NULL ? NULL : strstr(rustc, "/bin/rustc");

	if (end == NULL)
		return "--sysroot=/usr";
	*end = '\0';
	return arena_printf(arena, "--sysroot=%s", rustc);
}

/* Behind white space and comments, except those that document what they are in. */
static char *skip_comments(char *at)
{
	for (;;) {
		at += strspn(at, " \t\r\n");
		if (strncmp(at, "//", 2) == 0 && at[2] != '!') {
			at += strcspn(at, "\n");
		} else if (strncmp(at, "/*", 2) == 0 && at[2] != '!') {
			char *end = strstr(at + 2, "*/");

			if (end == NULL)
				return at;
			at = end + 2;
		} else {
			return at;
		}
	}
}

/* Behind the bracket that closes the first one; NULL if none does. */
static char *skip_brackets(char *at)
{
	int depth = 0;

	for (; *at != '\0'; at++) {
		depth += *at == '[';
		depth -= *at == ']';
		if (*at == ']' && depth == 0)
			return at + 1;
	}
	return NULL;
}

/*
 * A file that is included must not begin with attributes or documentation of the whole
 * crate: these become blanks and plain comments, where they are.
 */
static void add_included(struct arena *arena, struct program *program, const struct judge_job *job)
{
	struct judge_job whole = *job;
	char *code = arena_copy(arena, job->code, job->code_len);
	char *end;

	for (char *at = skip_comments(code);; at = skip_comments(at)) {
		if (strncmp(at, "//!", 3) == 0 || strncmp(at, "/*!", 3) == 0) {
			at[2] = ' ';
			continue;
		}
		end = strncmp(at, "#![", 3) == 0 ? skip_brackets(at) : NULL;
		if (end == NULL)
			break;
		for (; at < end; at++) {
			if (*at != '\n')
				*at = ' ';
		}
	}
	whole.code = code;
	glue_add_code(program, "solution.rs", &whole);
}

static enum err prepare(struct arena *arena, const struct judge_job *job,
                        struct program *ret_program, const char **ret_fault)
{
	bool is_function = job->kind == JUDGE_FUNCTION;
	struct program program = { 0 };
	enum err err = is_function ? glue_check(job, ret_fault) : OK;

	if (err != OK)
		return err;
	if (is_function) {
		add_included(arena, &program, job);
		glue_add_harness(&program, "glue.rs");
		glue_add_text(&program, "call.rs", call_file(arena, job));
		glue_add_text(&program, "main.rs", main_file(arena, job));
	} else {
		glue_add_code(&program, "solution.rs", job);
	}
	program.compile = glue_strings(
	        arena,
	        (const char *const[]){ "/usr/bin/rustc", root_option(arena), "--edition=2021",
	                               "-Clinker=/usr/bin/gcc", "--color=never",
	                               "--cap-lints=allow", "-Copt-level=2", "-Cdebuginfo=0",
	                               "-Coverflow-checks=on", "-Cstrip=symbols", "-o", "program",
	                               is_function ? "main.rs" : "solution.rs", NULL });
	native_run(arena, &program);
	program.address_mb += 64; /* the stack in harness/glue.rs */
	*ret_program = program;
	return OK;
}

static int compile_line(const char *message)
{
	int line = glue_find_line(message, "solution.rs", "--> ");

	if (line == 0)
		line = glue_find_line(message, "call.rs", "--> ");
	return line != 0 ? line : glue_find_line(message, "solution.rs", "");
}

/*
 * "thread 'main' panicked at 'text', solution.rs:3:5", since Rust 1.73 "thread 'main'
 * panicked at solution.rs:3:5:\ntext".
 */
static bool find_panic(struct arena *arena, const char *text, struct judge_exception *exception)
{
	static const char marker[] = " panicked at ";
	const char *message = strstr(text, marker), *end;

	if (message == NULL)
		return false;
	message += strlen(marker);
	end = message + strcspn(message, "\n");
	if (*message == '\'') {
		const char *place = strstr(++message, "', ");

		end = place != NULL ? place : end;
	} else if (*end == '\n') {
		message = end + 1;
		end = message + strcspn(message, "\n");
	}
	exception->class = "panic";
	exception->message = arena_copy(arena, message, (size_t)(end - message));
	exception->line = glue_find_line(text, "solution.rs", marker);
	/* a message of several lines parts the place from the marker */
	if (exception->line == 0)
		exception->line = glue_find_line(end, "solution.rs", "', ");
	return true;
}

static bool crash(struct arena *arena, const char *stderr_text, int status,
                  struct judge_exception *ret_exception)
{
	int number = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
	char *text = glue_text_after(arena, stderr_text, "memory allocation of ");

	if (number == SIGABRT && text != NULL && strstr(text, " failed") != NULL) {
		*ret_exception = (struct judge_exception){
			"out of memory", arena_printf(arena, "memory allocation of %s", text), 0
		};
		return true;
	}
	/*
	 * Code that is safe has no other way to get this signal, and the first thread's
	 * overflow goes without a word where there is no /proc.
	 */
	if (number == SIGSEGV ||
	    (number == SIGABRT && strstr(stderr_text, " has overflowed its stack") != NULL)) {
		*ret_exception = (struct judge_exception){ "StackOverflow", "the stack is used up",
			                                   0 };
		return true;
	}
	return find_panic(arena, stderr_text, ret_exception);
}

static bool is_memory(const struct judge_exception *exception, const char *stderr_text)
{
	(void)stderr_text;
	return strcmp(exception->class, "out of memory") == 0;
}

static const char *zero(struct type type)
{
	if (type.dimensions > 0)
		return "Vec::new()";
	switch (type.base) {
	case TYPE_DOUBLE:
		return "0.0";
	case TYPE_STRING:
		return "String::new()";
	default:
		return native_zero(type, "None");
	}
}

static void add_starter_types(struct buf *buf, const struct signature *signature)
{
	if (glue_has_type(signature, TYPE_LIST_NODE))
		buf_str(buf, "// pub struct ListNode {\n//     pub val: i32,\n"
		             "//     pub next: Option<Box<ListNode>>,\n// }\n\n");
	if (glue_has_type(signature, TYPE_TREE_NODE))
		buf_str(buf, "use std::cell::RefCell;\nuse std::rc::Rc;\n\n"
		             "// pub struct TreeNode {\n//     pub val: i32,\n"
		             "//     pub left: Option<Rc<RefCell<TreeNode>>>,\n"
		             "//     pub right: Option<Rc<RefCell<TreeNode>>>,\n// }\n\n");
}

static char *starter(struct arena *arena, const struct judge_language *language,
                     const struct signature *signature)
{
	struct type returns = signature->returns;
	struct buf buf;

	buf_init(&buf, arena);
	add_starter_types(&buf, signature);
	buf_printf(&buf, "pub fn %s(", language_function_name(arena, language, signature->name));
	for (size_t i = 0; i < signature->count; i++) {
		const struct parameter *param = &signature->params[i];

		buf_printf(&buf, "%s%s: %s%s", i == 0 ? "" : ", ",
		           glue_parameter_name(arena, param->name, false),
		           i == 0 && returns.base == TYPE_VOID ? "&mut " : "",
		           type_text(arena, param->type));
	}
	if (returns.base == TYPE_VOID)
		buf_str(&buf, ") {\n}\n");
	else
		buf_printf(&buf, ") -> %s {\n    %s\n}\n", type_text(arena, returns),
		           zero(returns));
	return buf.data;
}

static const char *const tools[] = { "/usr/bin/rustc", "/usr/bin/gcc", NULL };

const struct judge_language language_rust = {
	.name = "rust",
	.title = "Rust",
	.file = "solution.rs",
	.editor = "rust",
	.is_typed = true,
	.can_fork_none = true,
	.kinds = 1U << JUDGE_FUNCTION | 1U << JUDGE_STDIN,
	.tools = tools,
	.prepare = prepare,
	.encode = glue_encode,
	.compile_line = compile_line,
	.crash = crash,
	.starter = starter,
	.program_starter = "use std::io::{self, BufRead};\n\nfn main() {\n"
	                   "    for line in io::stdin().lock().lines() {\n"
	                   "        let _line = line.unwrap();\n        // your code\n    }\n}\n",
	.is_memory = is_memory,
};
