#include <limits.h>
#include <stdlib.h>
#include <string.h>

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
	              "}\n\n"
	              "mod solution {\n"
	              "    use crate::viva::*;\n"
	              "    use crate::{ListNode, TreeNode};\n"
	              "    include!(\"solution.rs\");\n"
	              "    include!(\"call.rs\");\n"
	              "}\n\n"
	              "fn main() {\n"
	              "    glue::serve(|arguments| {\n");
	for (size_t i = 0; i < signature->count; i++)
		buf_printf(&buf, "        let %sa%zu = arguments.take();\n",
		           i == 0 && in_place ? "mut " : "", i);
	buf_str(&buf, "        solution::viva_call(");
	for (size_t i = 0; i < signature->count; i++)
		buf_printf(&buf, "%s%sa%zu", i == 0 ? "" : ", ", i == 0 && in_place ? "&mut " : "",
		           i);
	buf_printf(&buf, ")%s\n    })\n}\n", in_place ? ";\n        a0" : "");
	return buf.data;
}

/*
 * rustc looks for its libraries next to the program, which it cannot find without /proc.
 * Called by a symbolic link it believes the link, if the working folder has lib/rustlib.
 */
static const char *build_script(struct arena *arena)
{
	char rustc[PATH_MAX];
	const char *root = "/usr";

	if (realpath("/usr/bin/rustc", rustc) != NULL && strstr(rustc, "/bin/rustc") != NULL) {
		*strstr(rustc, "/bin/rustc") = '\0';
		root = arena_strdup(arena, rustc);
	}
	return arena_printf(arena,
	                    "/usr/bin/mkdir bin && /usr/bin/ln -s %s/bin/rustc bin/rustc && "
	                    "/usr/bin/ln -s %s/lib lib && exec /box/bin/rustc \"$@\"",
	                    root, root);
}

static enum err prepare(struct arena *arena, const struct judge_job *job,
                        struct program *ret_program, const char **ret_fault)
{
	bool is_function = job->kind == JUDGE_FUNCTION;
	struct program program = { 0 };
	enum err err = is_function ? glue_check(job, ret_fault) : OK;

	if (err != OK)
		return err;
	glue_add_code(&program, "solution.rs", job);
	if (is_function) {
		glue_add_harness(&program, "glue.rs");
		glue_add_text(&program, "call.rs", call_file(arena, job));
		glue_add_text(&program, "main.rs", main_file(arena, job));
	}
	program.compile = glue_strings(
	        arena, (const char *const[]){
	                       "/usr/bin/sh", "-c", build_script(arena), "rustc", "--edition=2021",
	                       "--color=never", "--cap-lints=allow", "-Copt-level=2",
	                       "-Cdebuginfo=0", "-Coverflow-checks=on", "-Cstrip=symbols", "-o",
	                       "program", is_function ? "main.rs" : "solution.rs", NULL });
	native_run(arena, &program);
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

/* "thread 'main' panicked at 'text', solution.rs:3:5"; in newer versions the text follows. */
static bool crash(struct arena *arena, const char *stderr_text, int status,
                  struct judge_exception *ret_exception)
{
	char *message = glue_text_after(arena, stderr_text, "panicked at ");
	char *text = glue_text_after(arena, stderr_text, "memory allocation of ");

	(void)status;
	if (strstr(stderr_text, " has overflowed its stack") != NULL) {
		*ret_exception = (struct judge_exception){ "stack overflow", "the stack is used up",
			                                   0 };
	} else if (text != NULL) {
		*ret_exception = (struct judge_exception){
			"out of memory", arena_printf(arena, "memory allocation of %s", text), 0
		};
	} else if (message != NULL) {
		text = *message == '\'' ? NULL : strstr(stderr_text, message);
		text = text == NULL ? NULL : glue_text_after(arena, text, "\n");
		*ret_exception = (struct judge_exception){
			"panic",
			text != NULL ? text : message,
			glue_find_line(stderr_text, "solution.rs", ""),
		};
	} else {
		return false;
	}
	return true;
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

static const char *const tools[] = { "/usr/bin/rustc", "/usr/bin/gcc", "/usr/bin/sh", NULL };

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
	.is_memory = is_memory,
};
