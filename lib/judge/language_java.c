#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "judge/glue.h"
#include "judge/glue_native.h"
#include "judge/language_rows.h"

static const char *const types[] = {
	[TYPE_VOID] = "void",          [TYPE_INT] = "int",
	[TYPE_LONG] = "long",          [TYPE_DOUBLE] = "double",
	[TYPE_BOOL] = "boolean",       [TYPE_STRING] = "String",
	[TYPE_LIST_NODE] = "ListNode", [TYPE_TREE_NODE] = "TreeNode",
};

static const char *const brackets[] = { "", "[]", "[][]" };

/* --- what the candidate's file declares --------------------------------------------- */

enum { NAME_MAX_LEN = 200 };

struct outline {
	char public_type[NAME_MAX_LEN];    /* the file must be named for it; "" if there is none */
	char main_type[NAME_MAX_LEN];      /* the first one with a main */
	size_t package_start, package_end; /* of the package clause; both 0 if there is none */
	bool has_solution;
};

struct scanner {
	const char *at, *end;
	int depth; /* of braces */
	bool is_public, names_type;
	char type[NAME_MAX_LEN]; /* the last one outside all braces */
};

static bool is_at(const struct scanner *scanner, const char *text)
{
	size_t len = strlen(text);

	return (size_t)(scanner->end - scanner->at) >= len && memcmp(scanner->at, text, len) == 0;
}

static void skip_to(struct scanner *scanner, const char *text, bool has_escapes)
{
	while (scanner->at < scanner->end && !is_at(scanner, text)) {
		bool is_escape = has_escapes && *scanner->at == '\\';

		scanner->at += is_escape && scanner->at + 1 < scanner->end ? 2 : 1;
	}
	scanner->at += scanner->at < scanner->end ? strlen(text) : 0;
}

/* True if it skipped a comment, string or character. */
static bool skip_text(struct scanner *scanner)
{
	static const struct {
		const char *start, *end;
		bool has_escapes;
	} kinds[] = { { "//", "\n", false },
		      { "/*", "*/", false },
		      { "\"\"\"", "\"\"\"", true },
		      { "\"", "\"", true },
		      { "'", "'", true } };

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (!is_at(scanner, kinds[i].start))
			continue;
		scanner->at += strlen(kinds[i].start);
		skip_to(scanner, kinds[i].end, kinds[i].has_escapes);
		return true;
	}
	return false;
}

static bool is_word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

static bool is_one_of(const char *word, const char *const *words)
{
	while (*words != NULL && strcmp(*words, word) != 0)
		words++;
	return *words != NULL;
}

static void note_word(struct scanner *scanner, struct outline *outline, const char *word)
{
	static const char *const kinds[] = { "class", "interface", "enum", "record", NULL };

	if (scanner->depth > 0) {
		if (scanner->depth == 1 && strcmp(word, "main") == 0 &&
		    outline->main_type[0] == '\0')
			strcpy(outline->main_type, scanner->type);
	} else if (scanner->names_type) {
		strcpy(scanner->type, word);
		if (scanner->is_public && outline->public_type[0] == '\0')
			strcpy(outline->public_type, word);
		outline->has_solution = outline->has_solution || strcmp(word, "Solution") == 0;
		scanner->names_type = false;
	} else if (is_one_of(word, kinds)) {
		scanner->names_type = true;
	} else if (strcmp(word, "public") == 0) {
		scanner->is_public = true;
	}
}

static void scan_word(struct scanner *scanner, struct outline *outline, const char *code)
{
	const char *start = scanner->at;
	char word[NAME_MAX_LEN];
	size_t len;

	while (scanner->at < scanner->end && is_word_char(*scanner->at))
		scanner->at++;
	len = (size_t)(scanner->at - start);
	if (len >= sizeof word)
		return;
	memcpy(word, start, len);
	word[len] = '\0';
	if (scanner->depth > 0 || strcmp(word, "package") != 0) {
		note_word(scanner, outline, word);
		return;
	}
	skip_to(scanner, ";", false);
	outline->package_start = (size_t)(start - code);
	outline->package_end = (size_t)(scanner->at - code);
}

static struct outline outline_of(const struct judge_job *job)
{
	struct scanner scanner = { .at = job->code, .end = job->code + job->code_len };
	struct outline outline = { 0 };

	while (scanner.at < scanner.end) {
		char c = *scanner.at;

		if (skip_text(&scanner))
			continue;
		if (is_word_char(c)) {
			scan_word(&scanner, &outline, job->code);
			continue;
		}
		scanner.depth += c == '{' ? 1 : c == '}' ? -1 : 0;
		if (c == '}' || c == ';')
			scanner.is_public = scanner.names_type = false;
		scanner.at++;
	}
	return outline;
}

/* --- the program -------------------------------------------------------------------- */

/* All in one line, the one of the function, so that a wrong signature is reported there. */
static const char *call_file(struct arena *arena, const struct judge_job *job, const char *class)
{
	const struct signature *signature = job->signature;
	struct type answer = glue_answer(job);
	bool in_place = glue_in_place(job);
	struct buf buf;

	buf_init(&buf, arena);
	for (int line = glue_line(job); line > 1; line--)
		buf_char(&buf, '\n');
	buf_str(&buf, "class GlueCall extends GlueViva { void run() throws Throwable { ");
	for (size_t i = 0; i < signature->count; i++) {
		struct type type = signature->params[i].type;
		const char *name = types[type.base], *dimensions = brackets[type.dimensions];

		buf_printf(&buf, "%s%s a%zu = (%s%s) take(%s%s.class); ", name, dimensions, i, name,
		           dimensions, name, dimensions);
	}
	if (!in_place)
		buf_printf(&buf, "%s%s answer = ", types[answer.base], brackets[answer.dimensions]);
	buf_printf(&buf, "object(%s.class, \"%s\").%s(", class, job->function, job->function);
	for (size_t i = 0; i < signature->count; i++)
		buf_printf(&buf, "%sa%zu", i == 0 ? "" : ", ", i);
	buf_printf(&buf, "); put(%s%s.class, %s); } }\n", types[answer.base],
	           brackets[answer.dimensions], in_place ? "a0" : "answer");
	return buf.data;
}

/* The candidate's code without its package, whose folder does not exist. */
static void add_code(struct arena *arena, struct program *program, const struct judge_job *job,
                     const struct outline *outline, const char *name)
{
	struct judge_job whole = *job;
	char *code = arena_copy(arena, job->code, job->code_len);

	for (size_t i = outline->package_start; i < outline->package_end; i++) {
		if (code[i] != '\n')
			code[i] = ' ';
	}
	whole.code = code;
	glue_add_code(program, name, &whole);
}

/* The folder of the JDK whose compiler it is: a runtime beside it may be older. */
static const char *jdk_folder(struct arena *arena)
{
	static const char program[] = "/bin/javac";
	char path[PATH_MAX];
	size_t len;

	if (realpath("/usr/bin/javac", path) == NULL)
		return "/usr";
	len = strlen(path);
	if (len <= strlen(program) || strcmp(path + len - strlen(program), program) != 0)
		return "/usr";
	return arena_copy(arena, path, len - strlen(program));
}

static void add_commands(struct arena *arena, struct program *program, const struct judge_job *job,
                         const char *file, const char *main_type)
{
	const char *jdk = jdk_folder(arena);
	int memory_mb = job->limits.memory_mb;
	bool is_function = job->kind == JUDGE_FUNCTION;
	const char *compile[] = {
		arena_printf(arena, "%s/bin/javac", jdk),
		"-J-Xmx512m",
		"-J-XX:+UseSerialGC",
		"-J-XX:TieredStopAtLevel=1",
		"-J-Xshare:auto",
		"-J-XX:-UsePerfData",
		"-J-XX:-UseContainerSupport",
		"-proc:none",
		"-nowarn",
		"-Xlint:none",
		"-Xmaxerrs",
		"20",
		"-encoding",
		"UTF-8",
		"-d",
		".",
		/* The first one of two types of a name is right, so the candidate's is behind. */
		is_function ? "GlueViva.java" : file,
		is_function ? file : NULL,
		"GlueCall.java",
		NULL,
	};
	const char *run[] = {
		arena_printf(arena, "%s/bin/java", jdk),
		arena_printf(arena, "-Xmx%dm", memory_mb),
		arena_printf(arena, "-XX:MaxDirectMemorySize=%dm", memory_mb),
		"-Xss32m",
		"-XX:+UseSerialGC",
		"-XX:TieredStopAtLevel=1",
		"-Xshare:auto",
		"-XX:-UsePerfData",
		"-XX:-UseContainerSupport",
		"-XX:-CreateCoredumpOnCrash",
		"-XX:CompressedClassSpaceSize=64m",
		"-XX:ReservedCodeCacheSize=48m",
		"--add-opens",
		"java.base/java.io=ALL-UNNAMED",
		"-cp",
		".",
		main_type,
		NULL,
	};

	program->compile = glue_strings(arena, compile);
	program->run = glue_strings(arena, run);
	/* The folder of libjvm.so first: else java would execute itself once more. */
	program->env = glue_strings(
	        arena,
	        (const char *const[]){
	                arena_printf(arena, "LD_LIBRARY_PATH=%s/lib/server:%s/lib", jdk, jdk),
	                NULL });
}

static enum err prepare(struct arena *arena, const struct judge_job *job,
                        struct program *ret_program, const char **ret_fault)
{
	bool is_function = job->kind == JUDGE_FUNCTION;
	struct outline outline = outline_of(job);
	struct program program = { 0 };
	enum err err = is_function ? glue_check_fixed_strings(job, ret_fault) : OK;
	const char *other = outline.public_type[0] != '\0'
	                            ? arena_strdup(arena, outline.public_type)
	                            : NULL;
	const char *main_type = other != NULL ? other : "Main", *file;

	if (err != OK)
		return err;
	if (other == NULL)
		other = is_function ? "Solution" : "Main";
	file = arena_printf(arena, "%s.java", other);
	add_code(arena, &program, job, &outline, file);
	if (is_function) {
		glue_add_harness(&program, "GlueViva.java");
		glue_add_text(&program, "GlueCall.java",
		              call_file(arena, job, outline.has_solution ? "Solution" : other));
		main_type = "GlueServer";
	} else if (outline.main_type[0] != '\0') {
		main_type = arena_strdup(arena, outline.main_type);
	}
	add_commands(arena, &program, job, file, main_type);
	program.style = is_function ? RUN_SERVE : RUN_EXEC;
	program.address_mb = 6144; /* what is reserved, and the stacks of threads */
	program.resident_mb = 160; /* much of it a stack that overflows */
	program.start_ms = 100;
	program.threads = 64;
	*ret_program = program;
	return OK;
}

/* --- what compiler and runtime say -------------------------------------------------- */

static const char *next_line(const char *line)
{
	line += strcspn(line, "\n");
	return *line == '\0' ? line : line + 1;
}

static int compile_line(const char *message)
{
	static const char error[] = ": error: ", own[] = "GlueViva.java:";

	for (const char *line = message; *line != '\0'; line = next_line(line)) {
		const char *found = strstr(line, error), *digits = found;

		if (found == NULL || found > line + strcspn(line, "\n") ||
		    strncmp(line, own, strlen(own)) == 0)
			continue;
		while (digits > line && isdigit((unsigned char)digits[-1]))
			digits--;
		if (digits < found && digits > line && digits[-1] == ':')
			return atoi(digits);
	}
	return 0;
}

/* Of "\tat Main.main(Main.java:5)"; Java's own have a module: "java.base/java.util..." */
static int stack_line(const char *text)
{
	for (const char *line = text; *line != '\0'; line = next_line(line)) {
		size_t len = strcspn(line, "\n");
		const char *digits = line + len;

		if (strncmp(line, "\tat ", 4) != 0 || memchr(line, '/', len) != NULL)
			continue;
		while (digits > line && *digits != ':')
			digits--;
		if (digits > line)
			return atoi(digits + 1);
	}
	return 0;
}

static const char *simple_name(const char *name)
{
	const char *dot = strrchr(name, '.'), *dollar = strrchr(name, '$');

	if (dollar != NULL && dollar[1] != '\0')
		return dollar + 1;
	return dot == NULL ? name : dot + 1;
}

static bool crash(struct arena *arena, const char *stderr_text, int status,
                  struct judge_exception *ret_exception)
{
	static const char no_memory[] = "OutOfMemoryError";
	char *thrown = glue_text_after(arena, stderr_text, "Exception in thread \""), *class;
	const char *message = "";

	(void)status;
	if (strstr(stderr_text, "There is insufficient memory for the Java Runtime") != NULL ||
	    strstr(stderr_text, "java.lang.OutOfMemoryError thrown from") != NULL) {
		*ret_exception = (struct judge_exception){ no_memory, "", 0 };
		return true;
	}
	class = thrown == NULL ? NULL : strstr(thrown, "\" ");
	if (class == NULL)
		return false;
	class += 2;
	if (strstr(class, ": ") != NULL) {
		message = strstr(class, ": ") + 2;
		*strstr(class, ": ") = '\0';
	}
	*ret_exception = (struct judge_exception){
		simple_name(class),
		message,
		stack_line(strstr(stderr_text, "Exception in thread \"")),
	};
	return true;
}

static bool is_memory(const struct judge_exception *exception, const char *stderr_text)
{
	(void)stderr_text;
	return strcmp(exception->class, "OutOfMemoryError") == 0 &&
	       (exception->message == NULL || strstr(exception->message, "native thread") == NULL);
}

/* --- the row ------------------------------------------------------------------------ */

static char *starter(struct arena *arena, const struct judge_language *language,
                     const struct signature *signature)
{
	struct type returns = signature->returns;
	struct buf buf;

	buf_init(&buf, arena);
	buf_str(&buf, "import java.util.*;\n\n");
	if (glue_has_type(signature, TYPE_LIST_NODE))
		buf_str(&buf, "/*\n * class ListNode {\n *     int val;\n *     ListNode next;\n"
		              " *     ListNode(int val, ListNode next)\n * }\n */\n");
	if (glue_has_type(signature, TYPE_TREE_NODE))
		buf_str(&buf, "/*\n * class TreeNode {\n *     int val;\n"
		              " *     TreeNode left, right;\n"
		              " *     TreeNode(int val, TreeNode left, TreeNode right)\n"
		              " * }\n */\n");
	buf_printf(&buf, "class Solution {\n    public static %s%s %s(", types[returns.base],
	           brackets[returns.dimensions],
	           language_function_name(arena, language, signature->name));
	for (size_t i = 0; i < signature->count; i++) {
		struct type type = signature->params[i].type;

		buf_printf(&buf, "%s%s%s %s", i == 0 ? "" : ", ", types[type.base],
		           brackets[type.dimensions],
		           glue_parameter_name(arena, signature->params[i].name, true));
	}
	buf_str(&buf, ") {\n");
	if (returns.base == TYPE_STRING && returns.dimensions == 0)
		buf_str(&buf, "        return \"\";\n");
	else if (returns.base != TYPE_VOID)
		buf_printf(&buf, "        return %s;\n", native_zero(returns, "null"));
	buf_str(&buf, "    }\n}\n");
	return buf.data;
}

static const char *const tools[] = { "/usr/bin/java", "/usr/bin/javac", NULL };

const struct judge_language language_java = {
	.name = "java",
	.title = "Java",
	.file = "Solution.java",
	.editor = "java",
	.is_typed = true,
	.can_fork_none = true,
	.kinds = 1U << JUDGE_FUNCTION | 1U << JUDGE_STDIN,
	.tools = tools,
	.prepare = prepare,
	.encode = glue_encode,
	.compile_line = compile_line,
	.crash = crash,
	.starter = starter,
	.program_starter =
	        "import java.io.*;\n\nclass Solution {\n"
	        "    public static void main(String[] args) throws IOException {\n"
	        "        BufferedReader input = new BufferedReader(new "
	        "InputStreamReader(System.in));\n"
	        "        String line;\n        while ((line = input.readLine()) != null) {\n"
	        "            // your code\n        }\n    }\n}\n",
	.is_memory = is_memory,
};
