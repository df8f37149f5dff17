#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "judge/glue.h"
#include "judge/glue_native.h"
#include "judge/language_rows.h"

static const struct {
	const char *text, *reader; /* as in harness/glue.go: vivaTakeInt, vivaPutInt */
} types[] = {
	[TYPE_VOID] = { "", "" },
	[TYPE_INT] = { "int", "Int" },
	[TYPE_LONG] = { "int64", "Long" },
	[TYPE_DOUBLE] = { "float64", "Double" },
	[TYPE_BOOL] = { "bool", "Bool" },
	[TYPE_STRING] = { "string", "String" },
	[TYPE_LIST_NODE] = { "*ListNode", "List" },
	[TYPE_TREE_NODE] = { "*TreeNode", "Tree" },
};

static const char *const brackets[] = { "", "[]", "[][]" };

static void add_type(struct buf *buf, struct type type)
{
	buf_printf(buf, "%s%s", brackets[type.dimensions], types[type.base].text);
}

/* "vivaTakeArray(vivaTakeInt)" */
static void add_function(struct buf *buf, const char *verb, struct type type)
{
	for (int i = 0; i < type.dimensions; i++)
		buf_printf(buf, "viva%sArray(", verb);
	buf_printf(buf, "viva%s%s", verb, types[type.base].reader);
	for (int i = 0; i < type.dimensions; i++)
		buf_char(buf, ')');
}

static const char *call_file(struct arena *arena, const struct judge_job *job)
{
	const struct signature *signature = job->signature;
	bool in_place = glue_in_place(job);
	struct buf buf, names, params;

	buf_init(&buf, arena);
	buf_init(&names, arena);
	buf_init(&params, arena);
	buf_str(&buf, "package main\n\nfunc init() {\n\tvivaServe(func() {\n");
	for (size_t i = 0; i < signature->count; i++) {
		buf_printf(&buf, "\t\ta%zu := ", i);
		add_function(&buf, "Take", signature->params[i].type);
		buf_str(&buf, "()\n");
		buf_printf(&names, "%sa%zu", i == 0 ? "" : ", ", i);
		buf_printf(&params, "%sa%zu ", i == 0 ? "" : ", ", i);
		add_type(&params, signature->params[i].type);
	}
	if (in_place)
		buf_printf(&buf, "\t\tvivaCall(%s)\n", names.data);
	else
		buf_printf(&buf, "\t\tanswer := vivaCall(%s)\n", names.data);
	buf_str(&buf, "\t\t");
	add_function(&buf, "Put", glue_answer(job));
	buf_printf(&buf, "(%s)\n\t})\n}\n\n", in_place ? "a0" : "answer");
	if (!glue_has_words(job, "func", "main"))
		buf_str(&buf, "func main() {}\n\n");
	buf_printf(&buf, "//line solution.go:%d\nfunc vivaCall(%s) ", glue_line(job), params.data);
	if (!in_place)
		add_type(&buf, signature->returns);
	buf_printf(&buf, " { %s%s(%s) }\n", in_place ? "" : "return ", job->function, names.data);
	return buf.data;
}

/* The candidate's code with a package clause on its first line if it has none. */
static void add_code(struct arena *arena, struct program *program, const struct judge_job *job)
{
	const char clause[] = "package main; ";
	struct judge_job whole = *job;
	struct buf buf;

	if (!glue_has_words(job, "package", "main")) {
		buf_init(&buf, arena);
		buf_str(&buf, clause);
		buf_add(&buf, job->code, job->code_len);
		whole.code = buf.data;
		whole.code_len = buf.len;
	}
	glue_add_code(program, "solution.go", &whole);
}

#if defined(__aarch64__)
#define PLATFORM "linux_arm64"
#else
#define PLATFORM "linux_amd64"
#endif

/*
 * Compiler and linker by themselves take half the time of `go build`, but need compiled
 * packages, which Go has not brought along since 1.20.
 */
static const char *build_script(struct arena *arena, const char *sources)
{
	char go[PATH_MAX];
	const char *packages, *tools_folder, *root = "/usr/lib/go";

	if (realpath("/usr/bin/go", go) != NULL && strstr(go, "/bin/go") != NULL) {
		*strstr(go, "/bin/go") = '\0';
		root = arena_strdup(arena, go);
	}
	packages = arena_printf(arena, "%s/pkg/" PLATFORM, root);
	tools_folder = arena_printf(arena, "%s/pkg/tool/" PLATFORM, root);
	if (access(arena_printf(arena, "%s/fmt.a", packages), R_OK) != 0)
		return arena_printf(arena, "exec /usr/bin/go build -o program %s", sources);
	return arena_printf(arena,
	                    "%s/compile -p main -I %s -pack -o main.a %s && "
	                    "exec %s/link -s -w -L %s -o program main.a",
	                    tools_folder, packages, sources, tools_folder, packages);
}

static enum err prepare(struct arena *arena, const struct judge_job *job,
                        struct program *ret_program, const char **ret_fault)
{
	bool is_function = job->kind == JUDGE_FUNCTION;
	struct program program = { 0 };
	enum err err = is_function ? glue_check_fixed_strings(job, ret_fault) : OK;

	if (err != OK)
		return err;
	add_code(arena, &program, job);
	if (is_function) {
		glue_add_harness(&program, "glue.go");
		glue_add_text(&program, "viva.go", call_file(arena, job));
	}
	program.compile = glue_strings(
	        arena, (const char *const[]){
	                       "/usr/bin/sh", "-c",
	                       build_script(arena, is_function ? "solution.go glue.go viva.go"
	                                                       : "solution.go"),
	                       NULL });
	native_run(arena, &program);
	program.env = glue_strings(
	        arena,
	        (const char *const[]){
	                "GOCACHE=/tmp/go", "GOTMPDIR=/tmp", "GOPATH=/tmp", "CGO_ENABLED=0",
	                "GO111MODULE=off", "GOPROXY=off", "GOFLAGS=-ldflags=-s",
	                "GOTRACEBACK=single", "GOMAXPROCS=2",
	                /* collect before the limit, not at twice what is in use */
	                arena_printf(arena, "GOMEMLIMIT=%dMiB", job->limits.memory_mb * 9 / 10),
	                NULL });
	program.address_mb = 1024;
	program.resident_mb = 8;
	*ret_program = program;
	return OK;
}

static int compile_line(const char *message)
{
	return glue_find_line(message, "solution.go", "");
}

/* "panic: " of another goroutine and what ends the runtime: "fatal error: all goroutines ..." */
static bool crash(struct arena *arena, const char *stderr_text, int status,
                  struct judge_exception *ret_exception)
{
	static const struct {
		const char *marker, *class;
	} kinds[] = {
		{ "panic: runtime error: ", "runtime error" },
		{ "panic: ", "panic" },
		{ "fatal error: ", "fatal error" },
	};

	(void)status;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		char *message = glue_text_after(arena, stderr_text, kinds[i].marker);

		if (message == NULL)
			continue;
		*ret_exception = (struct judge_exception){
			kinds[i].class,
			message,
			glue_find_line(stderr_text, "solution.go", ""),
		};
		return true;
	}
	return false;
}

static bool is_memory(const struct judge_exception *exception, const char *stderr_text)
{
	(void)stderr_text;
	return strcmp(exception->class, "fatal error") == 0 &&
	       (strstr(exception->message, "out of memory") != NULL ||
	        strstr(exception->message, "cannot allocate memory") != NULL);
}

static char *starter(struct arena *arena, const struct judge_language *language,
                     const struct signature *signature)
{
	struct type returns = signature->returns;
	struct buf buf;

	buf_init(&buf, arena);
	buf_str(&buf, "package main\n\n");
	if (glue_has_type(signature, TYPE_LIST_NODE))
		buf_str(&buf, "// type ListNode struct {\n//     Val  int\n//     Next "
		              "*ListNode\n// }\n\n");
	if (glue_has_type(signature, TYPE_TREE_NODE))
		buf_str(&buf, "// type TreeNode struct {\n//     Val         int\n"
		              "//     Left, Right *TreeNode\n// }\n\n");
	buf_printf(&buf, "func %s(", language_function_name(arena, language, signature->name));
	for (size_t i = 0; i < signature->count; i++) {
		buf_printf(&buf, "%s%s ", i == 0 ? "" : ", ",
		           glue_parameter_name(arena, signature->params[i].name, true));
		add_type(&buf, signature->params[i].type);
	}
	buf_char(&buf, ')');
	if (returns.base != TYPE_VOID) {
		buf_char(&buf, ' ');
		add_type(&buf, returns);
	}
	buf_str(&buf, " {\n");
	if (returns.base == TYPE_STRING && returns.dimensions == 0)
		buf_str(&buf, "\treturn \"\"\n");
	else if (returns.base != TYPE_VOID)
		buf_printf(&buf, "\treturn %s\n", native_zero(returns, "nil"));
	buf_str(&buf, "}\n");
	return buf.data;
}

static const char *const tools[] = { "/usr/bin/go", "/usr/bin/sh", NULL };

const struct judge_language language_go = {
	.name = "go",
	.title = "Go",
	.file = "solution.go",
	.editor = "golang",
	.is_typed = true,
	.can_fork_none = true,
	.kinds = 1U << JUDGE_FUNCTION | 1U << JUDGE_STDIN,
	.tools = tools,
	.prepare = prepare,
	.encode = glue_encode,
	.compile_line = compile_line,
	.crash = crash,
	.starter = starter,
	.program_starter = "package main\n\nimport (\n\t\"bufio\"\n\t\"os\"\n)\n\nfunc main() {\n"
	                   "\tlines := bufio.NewScanner(os.Stdin)\n\tlines.Buffer(nil, 1<<24)\n"
	                   "\tfor lines.Scan() {\n\t\t_ = lines.Text() // your code\n\t}\n}\n",
	.is_memory = is_memory,
};
