#include <string.h>

#include "judge/glue.h"
#include "judge/glue_native.h"
#include "judge/language_rows.h"

static const char *const types[] = {
	[TYPE_VOID] = "void",
	[TYPE_INT] = "int",
	[TYPE_LONG] = "long long",
	[TYPE_DOUBLE] = "double",
	[TYPE_BOOL] = "bool",
	[TYPE_STRING] = "std::string",
	[TYPE_LIST_NODE] = "ListNode *",
	[TYPE_TREE_NODE] = "TreeNode *",
};

static const char *type_text(struct arena *arena, struct type type)
{
	const char *text = types[type.base];

	for (int i = 0; i < type.dimensions; i++)
		text = arena_printf(arena, "std::vector<%s>", text);
	return text;
}

static bool is_pointer(struct type type)
{
	return type.dimensions == 0 && type.base >= TYPE_LIST_NODE;
}

/* True if the value is copied for nothing unless it is passed by reference. */
static bool is_heavy(struct type type)
{
	return type.dimensions > 0 || type.base == TYPE_STRING;
}

/*
 * Arguments are passed as lvalues and the answer is converted, so that parameters by
 * value and by any reference are all right.
 */
static const char *main_unit(struct arena *arena, const struct judge_job *job)
{
	const struct signature *signature = job->signature;
	bool in_place = glue_in_place(job);
	struct buf buf;

	buf_init(&buf, arena);
	/* Behind the solution no word stands that is likely to be one of its macros, such as int.
	 */
	buf_printf(&buf,
	           "#include \"glue_cpp.hpp\"\n\n"
	           "using viva_answer = %s;\n\n"
	           "struct viva_call {\n",
	           in_place ? "void" : type_text(arena, signature->returns));
	for (size_t i = 0; i < signature->count; i++)
		buf_printf(&buf, "\t%s a%zu;\n", type_text(arena, signature->params[i].type), i);
	buf_str(&buf, "\tviva_answer make();\n};\n\n"
	              "int main()\n{\n"
	              "\tviva::serve([](viva::Arguments &arguments, viva::Answer &answer) {\n"
	              "\t\tviva_call call{};\n\n");
	for (size_t i = 0; i < signature->count; i++)
		buf_printf(&buf, "\t\targuments.take(call.a%zu);\n", i);
	if (in_place)
		buf_str(&buf, "\t\tcall.make();\n\t\tanswer.put(call.a0);\n");
	else
		buf_str(&buf, "\t\tanswer.put(call.make());\n");
	buf_printf(&buf,
	           "\t});\n}\n\n"
	           "#define main viva_main_of_solution\n"
	           "#include \"solution.cpp\"\n"
	           "#undef main\n"
	           "#line %d \"solution.cpp\"\n"
	           "viva_answer viva_call::make() { %s::%s(",
	           glue_line(job), in_place ? "" : "return ", job->function);
	for (size_t i = 0; i < signature->count; i++)
		buf_printf(&buf, "%sa%zu", i == 0 ? "" : ", ", i);
	buf_str(&buf, "); }\n");
	return buf.data;
}

static enum err prepare(struct arena *arena, const struct judge_job *job,
                        struct program *ret_program, const char **ret_fault)
{
	struct program program = { 0 };
	enum err err = job->kind == JUDGE_FUNCTION ? glue_check(job, ret_fault) : OK;

	if (err != OK)
		return err;
	glue_add_code(&program, "solution.cpp", job);
	if (job->kind == JUDGE_FUNCTION) {
		glue_add_harness(&program, "glue_cpp.hpp");
		glue_add_text(&program, "main.cpp", main_unit(arena, job));
	}
	program.compile = glue_strings(
	        arena,
	        (const char *const[]){
	                "/usr/bin/g++", "-std=gnu++20", "-O2", "-pipe", "-static",
	                "-fdiagnostics-color=never", "-fmax-errors=20", "-w", "-o", "program",
	                job->kind == JUDGE_FUNCTION ? "main.cpp" : "solution.cpp", NULL });
	native_run(arena, &program);
	*ret_program = program;
	return OK;
}

static int compile_line(const char *message)
{
	return native_compile_line(message, "solution.cpp");
}

static bool is_memory(const struct judge_exception *exception, const char *stderr_text)
{
	(void)stderr_text;
	return strcmp(exception->class, "std::bad_alloc") == 0;
}

static void add_starter_types(struct buf *buf, const struct signature *signature)
{
	buf_str(buf, "#include <algorithm>\n#include <string>\n#include <unordered_map>\n"
	             "#include <vector>\n\n");
	if (glue_has_type(signature, TYPE_LIST_NODE))
		buf_str(buf, "/*\n * struct ListNode {\n *     int val;\n *     ListNode *next;\n"
		             " *     ListNode(int val = 0, ListNode *next = nullptr);\n"
		             " * };\n */\n");
	if (glue_has_type(signature, TYPE_TREE_NODE))
		buf_str(buf, "/*\n * struct TreeNode {\n *     int val;\n"
		             " *     TreeNode *left, *right;\n"
		             " *     TreeNode(int val = 0, TreeNode *left = nullptr, "
		             "TreeNode *right = nullptr);\n * };\n */\n");
}

static char *starter(struct arena *arena, const struct judge_language *language,
                     const struct signature *signature)
{
	struct type returns = signature->returns;
	struct buf buf;

	buf_init(&buf, arena);
	add_starter_types(&buf, signature);
	buf_printf(&buf, "%s%s%s(", type_text(arena, returns), is_pointer(returns) ? "" : " ",
	           language_function_name(arena, language, signature->name));
	for (size_t i = 0; i < signature->count; i++) {
		const struct parameter *param = &signature->params[i];
		bool is_changed = i == 0 && returns.base == TYPE_VOID;

		buf_printf(&buf, "%s%s%s%s%s", i == 0 ? "" : ", ",
		           is_heavy(param->type) && !is_changed ? "const " : "",
		           type_text(arena, param->type), is_pointer(param->type) ? "" : " ",
		           is_heavy(param->type) || is_changed ? "&" : "");
		buf_str(&buf, glue_parameter_name(arena, param->name, false));
	}
	buf_str(&buf, ")\n{\n");
	if (is_heavy(returns))
		buf_str(&buf, "    return {};\n");
	else if (returns.base != TYPE_VOID)
		buf_printf(&buf, "    return %s;\n", native_zero(returns, "nullptr"));
	buf_str(&buf, "}\n");
	return buf.data;
}

static const char *const tools[] = { "/usr/bin/g++", NULL };

const struct judge_language language_cpp = {
	.name = "cpp",
	.title = "C++",
	.file = "solution.cpp",
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
	.program_starter =
	        "#include <iostream>\n#include <string>\n\nint main()\n{\n    std::string line;\n\n"
	        "    while (std::getline(std::cin, line)) {\n"
	        "        // your code\n    }\n}\n",
	.is_memory = is_memory,
};
