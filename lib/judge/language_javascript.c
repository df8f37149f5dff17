#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "base/buf.h"
#include "judge/harness.h"
#include "judge/language_rows.h"
#include "judge/language_script.h"

static const char *const tools[] = { "/usr/bin/node", NULL };

static void add_harness(struct program *program, const char *name)
{
	const struct harness *file = harness_file(name);

	program->files[program->file_count++] = (struct program_file){ file->name, file->bytes,
		                                                       file->size, false };
}

/* node [options] /box/batch.js, or node [options] -r /box/stdin.js /box/solution.js */
static const char *const *command(struct arena *arena, const struct judge_job *job)
{
	enum { MOST = 8 };
	const char **argv = arena_array(arena, MOST, sizeof(*argv));
	size_t count = 0;

	argv[count++] = "/usr/bin/node";
	argv[count++] = arena_printf(arena, "--max-old-space-size=%d", job->limits.memory_mb);
	/* In KiB: recursion four times as deep as usual, in half of the 8 MiB there are. */
	argv[count++] = "--stack-size=3900";
	if (job->kind == JUDGE_FUNCTION) {
		argv[count++] = "/box/batch.js";
	} else {
		argv[count++] = "-r";
		argv[count++] = "/box/stdin.js";
		argv[count++] = "/box/solution.js";
	}
	argv[count] = NULL;
	return argv;
}

static enum err prepare(struct arena *arena, const struct judge_job *job,
                        struct program *ret_program, const char **ret_fault)
{
	/* Without it node reads a configuration that a box does not have. */
	static const char *const env[] = { "OPENSSL_CONF=/dev/null", NULL };
	struct program program = {
		.files = { { "solution.js", job->code, job->code_len, false } },
		.file_count = 1,
		.env = env,
		.style = job->kind == JUDGE_FUNCTION ? RUN_SERVE : RUN_EXEC,
		.address_mb = 2048, /* the engine reserves far more than it uses */
		.resident_mb = 48,
		.start_ms = 60,
		.threads = 32,
	};
	enum err err = script_check(job, ret_fault);

	if (err != OK)
		return err;
	add_harness(&program, "frame.js");
	add_harness(&program, job->kind == JUDGE_FUNCTION ? "batch.js" : "stdin.js");
	program.run = command(arena, job);
	*ret_program = program;
	return OK;
}

static bool crash(struct arena *arena, const char *stderr_text, int status,
                  struct judge_exception *ret_exception)
{
	(void)arena;
	if (!WIFSIGNALED(status) || strstr(stderr_text, "heap out of memory") == NULL)
		return false;
	*ret_exception = (struct judge_exception){ "OutOfMemory", "JavaScript heap out of memory",
		                                   0 };
	return true;
}

static bool is_memory(const struct judge_exception *exception, const char *stderr_text)
{
	(void)stderr_text;
	return strcmp(exception->class, "OutOfMemory") == 0 ||
	       (strcmp(exception->class, "RangeError") == 0 &&
	        strstr(exception->message, "allocation failed") != NULL);
}

static char *starter(struct arena *arena, const struct judge_language *language,
                     const struct signature *signature)
{
	static const char *const names[] = {
		[TYPE_VOID] = "void",           [TYPE_INT] = "number",
		[TYPE_LONG] = "number",         [TYPE_DOUBLE] = "number",
		[TYPE_BOOL] = "boolean",        [TYPE_STRING] = "string",
		[TYPE_LIST_NODE] = "?ListNode", [TYPE_TREE_NODE] = "?TreeNode",
	};
	struct buf text, params;

	buf_init(&text, arena);
	buf_init(&params, arena);
	buf_str(&text, "/**\n");
	for (size_t i = 0; i < signature->count; i++) {
		const struct parameter *param = &signature->params[i];
		const char *name = language_function_name(arena, language, param->name);

		buf_printf(&text, " * @param {%s} %s\n",
		           script_type_name(arena, &param->type, names, "", "[]"), name);
		buf_printf(&params, "%s%s", i == 0 ? "" : ", ", name);
	}
	buf_printf(&text, " * @returns {%s}\n */\nfunction %s(%s) {\n\n}\n",
	           script_type_name(arena, &signature->returns, names, "", "[]"),
	           language_function_name(arena, language, signature->name), params.data);
	return text.data;
}

const struct judge_language language_javascript = {
	.name = "javascript",
	.title = "JavaScript",
	.file = "solution.js",
	.editor = "javascript",
	.can_fork_none = true,
	.kinds = 1U << JUDGE_FUNCTION | 1U << JUDGE_STDIN,
	.tools = tools,
	.prepare = prepare,
	.encode = script_encode,
	.compile_line = script_compile_line,
	.crash = crash,
	.starter = starter,
	.program_starter =
	        "const lines = require(\"fs\").readFileSync(0, \"utf8\").split(\"\\n\");\n"
	        "for (const line of lines) {\n  // your code\n}\n",
	.is_memory = is_memory,
};
