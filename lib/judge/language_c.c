#include <string.h>

#include "judge/glue.h"
#include "judge/glue_native.h"
#include "judge/language_rows.h"

static const struct {
	const char *text;   /* of a single value, ready for a name behind it */
	const char *reader; /* as in harness/glue_c.h: take_int, put_ints, take_int_rows */
} types[] = {
	[TYPE_VOID] = { "void ", "" },
	[TYPE_INT] = { "int ", "int" },
	[TYPE_LONG] = { "long long ", "long" },
	[TYPE_DOUBLE] = { "double ", "double" },
	[TYPE_BOOL] = { "bool ", "bool" },
	[TYPE_STRING] = { "char *", "string" },
	[TYPE_LIST_NODE] = { "struct list_node *", "list" },
	[TYPE_TREE_NODE] = { "struct tree_node *", "tree" },
};

static const char *const stars[] = { "", "*", "**" };
static const char *const plurals[] = { "", "s", "_rows" };

/* Declares a value, parted by `separator` from the sizes that go with it. */
static void declare(struct buf *buf, struct type type, const char *name, const char *separator)
{
	buf_printf(buf, "%s%s%s", types[type.base].text, stars[type.dimensions], name);
	if (type.dimensions > 0)
		buf_printf(buf, "%sint %s_size", separator, name);
	if (type.dimensions > 1)
		buf_printf(buf, "%sint *%s_col_sizes", separator, name);
}

/* The header that the solution's unit and main share. */
static const char *call_header(struct arena *arena, const struct judge_job *job)
{
	const struct signature *signature = job->signature;
	struct buf buf;

	buf_init(&buf, arena);
	buf_str(&buf, "#include \"viva.h\"\n\nstruct viva_call {\n");
	for (size_t i = 0; i < signature->count; i++) {
		buf_char(&buf, '\t');
		declare(&buf, signature->params[i].type, arena_printf(arena, "a%zu", i), "; ");
		buf_str(&buf, ";\n");
	}
	if (!glue_in_place(job)) {
		buf_char(&buf, '\t');
		declare(&buf, signature->returns, "answer", "; ");
		buf_str(&buf, ";\n");
	}
	buf_str(&buf, "};\n\nvoid viva_make_call(struct viva_call *viva);\n");
	return buf.data;
}

static void pass_arguments(struct buf *buf, const struct judge_job *job)
{
	const struct signature *signature = job->signature;
	struct type returns = signature->returns;

	for (size_t i = 0; i < signature->count; i++) {
		int dimensions = signature->params[i].type.dimensions;

		buf_printf(buf, "%sviva->a%zu", i == 0 ? "" : ", ", i);
		if (dimensions > 0)
			buf_printf(buf, ", viva->a%zu_size", i);
		if (dimensions > 1)
			buf_printf(buf, ", viva->a%zu_col_sizes", i);
	}
	if (!glue_in_place(job) && returns.dimensions > 0)
		buf_printf(buf, "%s&viva->answer_size", signature->count == 0 ? "" : ", ");
	if (!glue_in_place(job) && returns.dimensions > 1)
		buf_str(buf, ", &viva->answer_col_sizes");
}

/* The solution and behind it the call, which fails to compile if the signature is wrong. */
static const char *solution_unit(struct arena *arena, const struct judge_job *job)
{
	struct buf buf;

	buf_init(&buf, arena);
	buf_printf(&buf,
	           "#include \"call.h\"\n"
	           "#define main viva_main_of_solution\n"
	           "#include \"solution.c\"\n"
	           "#undef main\n"
	           "#line %d \"solution.c\"\n"
	           "void viva_make_call(struct viva_call *viva) { %s%s(",
	           glue_line(job), glue_in_place(job) ? "" : "viva->answer = ", job->function);
	pass_arguments(&buf, job);
	buf_str(&buf, "); }\n");
	return buf.data;
}

static void take_argument(struct buf *buf, struct type type, size_t number)
{
	buf_printf(buf, "\tcall.a%zu = take_%s%s(", number, types[type.base].reader,
	           plurals[type.dimensions]);
	if (type.dimensions > 0)
		buf_printf(buf, "&call.a%zu_size", number);
	if (type.dimensions > 1)
		buf_printf(buf, ", &call.a%zu_col_sizes", number);
	buf_str(buf, ");\n");
}

static const char *main_unit(struct arena *arena, const struct judge_job *job)
{
	const struct signature *signature = job->signature;
	const char *name = glue_in_place(job) ? "a0" : "answer";
	struct type answer = glue_answer(job);
	struct buf buf;

	buf_init(&buf, arena);
	buf_str(&buf, "#include \"glue_c.h\"\n"
	              "#include \"call.h\"\n\n"
	              "int main(void)\n{\n"
	              "\tstruct viva_call call = { 0 };\n\n"
	              "\tread_input();\n");
	for (size_t i = 0; i < signature->count; i++)
		take_argument(&buf, signature->params[i].type, i);
	buf_printf(&buf,
	           "\tviva_make_call(&call);\n"
	           "\tbegin_answer();\n"
	           "\tput_%s%s(call.%s",
	           types[answer.base].reader, plurals[answer.dimensions], name);
	if (answer.dimensions > 0)
		buf_printf(&buf, ", call.%s_size", name);
	if (answer.dimensions > 1)
		buf_printf(&buf, ", call.%s_col_sizes", name);
	buf_str(&buf, ");\n\tsend_answer();\n}\n");
	return buf.data;
}

static enum err prepare(struct arena *arena, const struct judge_job *job,
                        struct program *ret_program, const char **ret_fault)
{
	struct program program = { 0 };
	enum err err = job->kind == JUDGE_FUNCTION ? glue_check(job, ret_fault) : OK;

	if (err != OK)
		return err;
	glue_add_code(&program, "solution.c", job);
	if (job->kind == JUDGE_FUNCTION) {
		glue_add_harness(&program, "viva.h");
		glue_add_harness(&program, "glue_c.h");
		glue_add_text(&program, "call.h", call_header(arena, job));
		glue_add_text(&program, "unit.c", solution_unit(arena, job));
		glue_add_text(&program, "main.c", main_unit(arena, job));
	}
	/* What newer compilers refuse by themselves, this one shall refuse, too. */
	program.compile = glue_strings(
	        arena, (const char *const[]){
	                       "/usr/bin/gcc", "-std=gnu17", "-O2", "-pipe", "-static",
	                       "-fdiagnostics-color=never", "-fmax-errors=20", "-Wno-unused-result",
	                       "-Werror=implicit-function-declaration",
	                       "-Werror=incompatible-pointer-types", "-Werror=int-conversion", "-o",
	                       "program", job->kind == JUDGE_FUNCTION ? "unit.c" : "solution.c",
	                       job->kind == JUDGE_FUNCTION ? "main.c" : "-lm", "-lm", NULL });
	native_run(arena, &program);
	*ret_program = program;
	return OK;
}

static int compile_line(const char *message)
{
	return native_compile_line(message, "solution.c");
}

static void add_starter_types(struct buf *buf, const struct signature *signature)
{
	buf_str(buf, "#include <stdbool.h>\n#include <stdlib.h>\n#include <string.h>\n\n");
	if (glue_has_type(signature, TYPE_LIST_NODE))
		buf_str(buf, "/*\n * struct list_node {\n *     int val;\n"
		             " *     struct list_node *next;\n * };\n */\n");
	if (glue_has_type(signature, TYPE_TREE_NODE))
		buf_str(buf, "/*\n * struct tree_node {\n *     int val;\n"
		             " *     struct tree_node *left, *right;\n * };\n */\n");
}

static char *starter(struct arena *arena, const struct judge_language *language,
                     const struct signature *signature)
{
	struct type returns = signature->returns;
	struct buf buf;

	buf_init(&buf, arena);
	add_starter_types(&buf, signature);
	buf_printf(&buf, "%s%s%s(", types[returns.base].text, stars[returns.dimensions],
	           language_function_name(arena, language, signature->name));
	for (size_t i = 0; i < signature->count; i++) {
		const struct parameter *param = &signature->params[i];

		buf_str(&buf, i == 0 ? "" : ", ");
		declare(&buf, param->type, glue_parameter_name(arena, param->name, false), ", ");
	}
	if (returns.dimensions > 0)
		buf_printf(&buf, "%sint *return_size", signature->count == 0 ? "" : ", ");
	if (returns.dimensions > 1)
		buf_str(&buf, ", int **return_col_sizes");
	buf_str(&buf, signature->count + (size_t)returns.dimensions == 0 ? "void)\n{\n" : ")\n{\n");
	if (returns.dimensions > 0)
		buf_str(&buf, "    *return_size = 0;\n");
	if (returns.base != TYPE_VOID)
		buf_printf(&buf, "    return %s;\n", native_zero(returns, "NULL"));
	buf_str(&buf, "}\n");
	return buf.data;
}

static const char *const tools[] = { "/usr/bin/gcc", "/usr/include/stdlib.h", NULL };

const struct judge_language language_c = {
	.name = "c",
	.title = "C",
	.file = "solution.c",
	.editor = "c_cpp",
	.is_typed = true,
	.can_fork_none = true,
	.kinds = 1U << JUDGE_FUNCTION | 1U << JUDGE_STDIN,
	.tools = tools,
	.prepare = prepare,
	.encode = glue_encode,
	.compile_line = compile_line,
	.crash = native_crash,
	.starter = starter,
	.program_starter = "#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n\n"
	                   "int main(void)\n{\n    char *line = NULL;\n    size_t size = 0;\n\n"
	                   "    while (getline(&line, &size, stdin) != -1) {\n"
	                   "        // your code\n    }\n    free(line);\n}\n",
};
