#include <string.h>

#include "base/buf.h"
#include "judge/language_rows.h"
#include "judge/language_script.h"

static const char *const tools[] = { NULL };

static enum err prepare(struct arena *arena, const struct judge_job *job,
                        struct program *ret_program, const char **ret_fault)
{
	static const char *const run[] = { "/box/judge-sql", NULL };

	(void)arena;
	(void)job;
	(void)ret_fault;
	*ret_program = (struct program){
		.files = { { .name = "judge-sql", .executable = true } },
		.file_count = 1,
		.run = run,
		.style = RUN_EXEC,
		.address_mb = 32,
		.resident_mb = 4,
		.threads = 4,
	};
	return OK;
}

static void add_part(struct buf *input, const char *text, size_t len)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		buf_char(input, (char)(len >> shift & 255));
	buf_add(input, text, len);
}

/* Schema, setup and query, each behind four bytes of length, most significant first. */
static enum err encode(struct arena *arena, const struct judge_job *job,
                       const struct judge_case *test, const char **ret_bytes, size_t *ret_len)
{
	const char *schema = job->schema == NULL ? "" : job->schema;
	const char *setup = test->setup == NULL ? "" : test->setup;
	struct buf input;

	buf_init(&input, arena);
	add_part(&input, schema, strlen(schema));
	add_part(&input, setup, strlen(setup));
	add_part(&input, job->code, job->code_len);
	*ret_bytes = input.data;
	*ret_len = input.len;
	return OK;
}

static bool is_memory(const struct judge_exception *exception, const char *stderr_text)
{
	(void)stderr_text;
	return strcmp(exception->class, "OutOfMemory") == 0;
}

const struct judge_language language_sql = {
	.name = "sql",
	.title = "SQL (SQLite)",
	.file = "solution.sql",
	.editor = "sql",
	.can_fork_none = true,
	.kinds = 1U << JUDGE_SQL,
	.tools = tools,
	.prepare = prepare,
	.encode = encode,
	.compile_line = script_compile_line,
	.is_memory = is_memory,
};
