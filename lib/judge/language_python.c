#include <string.h>

#include "base/buf.h"
#include "judge/harness.h"
#include "judge/language_rows.h"
#include "judge/language_script.h"

static const char *const tools[] = { "/usr/bin/python3", NULL };

/* -S leaves out what the harness does not need and what would take as long as all else. */
#define PYTHON "/usr/bin/python3", "-I", "-S", "-B", "-X", "utf8", "/box/zygote.py"

static enum err prepare(struct arena *arena, const struct judge_job *job,
                        struct program *ret_program, const char **ret_fault)
{
	static const char *const call[] = { PYTHON, "function", NULL };
	static const char *const run[] = { PYTHON, "stdin", NULL };
	const struct harness *zygote = harness_file("zygote.py");
	enum err err = script_check(job, ret_fault);

	(void)arena;
	if (err != OK)
		return err;
	*ret_program = (struct program){
		.files = { { "solution.py", job->code, job->code_len, false },
		           { zygote->name, zygote->bytes, zygote->size, false } },
		.file_count = 2,
		.run = job->kind == JUDGE_FUNCTION ? call : run,
		.style = RUN_FORK,
		/* Programs like to recurse in a thread with a stack of half a gigabyte. */
		.address_mb = job->kind == JUDGE_FUNCTION ? 128 : 768,
		.resident_mb = 16,
		.threads = 16,
	};
	return OK;
}

static bool is_memory(const struct judge_exception *exception, const char *stderr_text)
{
	(void)stderr_text;
	return strcmp(exception->class, "MemoryError") == 0 ||
	       (strcmp(exception->class, "OSError") == 0 &&
	        strncmp(exception->message, "[Errno 12]", 10) == 0); /* mmap */
}

static bool has_base(const struct signature *signature, enum type_base base)
{
	for (size_t i = 0; i < signature->count; i++)
		if (signature->params[i].type.base == base)
			return true;
	return signature->returns.base == base;
}

static char *starter(struct arena *arena, const struct judge_language *language,
                     const struct signature *signature)
{
	static const char *const names[] = {
		[TYPE_VOID] = "None",
		[TYPE_INT] = "int",
		[TYPE_LONG] = "int",
		[TYPE_DOUBLE] = "float",
		[TYPE_BOOL] = "bool",
		[TYPE_STRING] = "str",
		[TYPE_LIST_NODE] = "ListNode | None",
		[TYPE_TREE_NODE] = "TreeNode | None",
	};
	struct buf text;

	buf_init(&text, arena);
	if (has_base(signature, TYPE_LIST_NODE))
		buf_str(&text, "# ListNode has val and next.\n");
	if (has_base(signature, TYPE_TREE_NODE))
		buf_str(&text, "# TreeNode has val, left and right.\n");
	buf_printf(&text, "def %s(", language_function_name(arena, language, signature->name));
	for (size_t i = 0; i < signature->count; i++)
		buf_printf(
		        &text, "%s%s: %s", i == 0 ? "" : ", ", signature->params[i].name,
		        script_type_name(arena, &signature->params[i].type, names, "list[", "]"));
	buf_printf(&text, ") -> %s:\n    pass\n",
	           script_type_name(arena, &signature->returns, names, "list[", "]"));
	return text.data;
}

const struct judge_language language_python = {
	.name = "python",
	.title = "Python 3",
	.file = "solution.py",
	.editor = "python",
	.can_fork_none = true,
	.kinds = 1U << JUDGE_FUNCTION | 1U << JUDGE_STDIN,
	.tools = tools,
	.prepare = prepare,
	.encode = script_encode,
	.compile_line = script_compile_line,
	.starter = starter,
	.program_starter = "import sys\n\nfor line in sys.stdin:\n    pass  # your code\n",
	.is_memory = is_memory,
};
