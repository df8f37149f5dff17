#include "judge/document.h"

#include <string.h>

#include "base/json.h"
#include "judge/language.h"
#include "judge/value.h"

enum { MAX_TESTS = 10000, MAX_CPU_MS = 30000, MAX_WALL_MS = 60000, MAX_MEMORY_MB = 2048 };
enum { MIN_MS = 10, MIN_MEMORY_MB = 16, MIN_OUTPUT_KB = 1, MAX_OUTPUT_KB = 4096 };

struct name {
	const char *text;
	int value;
};

static const struct name kinds[] = {
	{ "function", JUDGE_FUNCTION },
	{ "stdin", JUDGE_STDIN },
	{ "sql", JUDGE_SQL },
	{ NULL, 0 },
};

static const struct name compares[] = {
	{ "exact", COMPARE_EXACT },         { "float", COMPARE_FLOAT },
	{ "unordered", COMPARE_UNORDERED }, { "set", COMPARE_SET },
	{ "tokens", COMPARE_TOKENS },       { NULL, 0 },
};

static bool find(const struct name *names, const char *text, int *ret_value)
{
	for (; names->text != NULL; names++)
		if (strcmp(names->text, text) == 0) {
			*ret_value = names->value;
			return true;
		}
	return false;
}

static int bounded(const cJSON *limits, const char *name, int fallback, const int range[2])
{
	double value = value_member(limits, name, fallback);

	if (!(value >= range[0]))
		return range[0];
	return value > range[1] ? range[1] : (int)value;
}

static struct judge_limits read_limits(const cJSON *limits)
{
	const struct judge_limits defaults = JUDGE_DEFAULT_LIMITS;

	return (struct judge_limits){
		.cpu_ms = bounded(limits, "cpu_ms", defaults.cpu_ms,
		                  (const int[]){ MIN_MS, MAX_CPU_MS }),
		.wall_ms = bounded(limits, "wall_ms", defaults.wall_ms,
		                   (const int[]){ MIN_MS, MAX_WALL_MS }),
		.memory_mb = bounded(limits, "memory_mb", defaults.memory_mb,
		                     (const int[]){ MIN_MEMORY_MB, MAX_MEMORY_MB }),
		.output_kb = bounded(limits, "output_kb", defaults.output_kb,
		                     (const int[]){ MIN_OUTPUT_KB, MAX_OUTPUT_KB }),
	};
}

/* What is wrong with a test, or NULL. */
static const char *read_test(const struct judge_job *job, const cJSON *test,
                             struct judge_case *ret_case)
{
	*ret_case = (struct judge_case){
		.args = json_get(test, "args"),
		.stdin_text = json_string(test, "stdin", ""),
		.setup = json_string(test, "setup", NULL),
		.expected = json_get(test, "expected"),
	};
	if (!cJSON_IsObject(test))
		return "a test is not an object";
	if (job->kind == JUDGE_FUNCTION && !cJSON_IsArray(ret_case->args))
		return "a test has no list \"args\"";
	if (job->kind == JUDGE_STDIN && ret_case->expected != NULL &&
	    !cJSON_IsString(ret_case->expected))
		return "\"expected\" of a stdin test is not a text";
	return NULL;
}

static const char *read_tests(struct arena *arena, struct judge_job *job, const cJSON *document)
{
	const cJSON *tests = json_get(document, "tests"), *test;
	size_t count = json_count(document, "tests");
	struct judge_case *cases = arena_array(arena, count, sizeof(*cases));
	const char *fault = NULL;

	if (!cJSON_IsArray(tests))
		return "no list \"tests\"";
	if (count > MAX_TESTS)
		return "too many tests";
	job->cases = cases;
	cJSON_ArrayForEach(test, tests)
	{
		if (fault == NULL)
			fault = read_test(job, test, &cases[job->count++]);
	}
	return fault;
}

static const char *infer(struct arena *arena, struct judge_job *job, struct signature *signature)
{
	struct signature_sample *samples = arena_array(arena, job->count, sizeof(*samples));

	for (size_t i = 0; i < job->count; i++) {
		samples[i].args = job->cases[i].args;
		samples[i].expected = job->cases[i].expected;
	}
	if (signature_infer(arena, job->function, samples, job->count, signature) != OK)
		return "the types cannot be told from the tests: give a \"signature\"";
	return NULL;
}

/* Scripts need no signature, so theirs is only read when it is given. */
static const char *read_signature(struct arena *arena, struct judge_job *job, const cJSON *document)
{
	const struct judge_language *language = language_by_name(job->language);
	const char *text = json_string(document, "signature", NULL), *fault = NULL;
	struct signature *signature = arena_alloc(arena, sizeof(*signature));

	if (text != NULL) {
		if (signature_parse(arena, text, signature, &fault) != OK)
			return arena_printf(arena, "signature: %s", fault);
	} else if (language != NULL && language->is_typed) {
		fault = infer(arena, job, signature);
	} else {
		return NULL;
	}
	if (job->function[0] == '\0')
		job->function = signature->name;
	job->signature = signature;
	job->in_place = json_bool(document, "in_place", signature->returns.base == TYPE_VOID);
	return fault;
}

/* The noncharacter that stands for NUL in a document, as JSON and as UTF-8. */
static const char NUL_ESCAPE[] = "\\ufffe", NUL_BYTES[] = "\xEF\xBF\xBE";

/* The judge itself says what is wrong with code that holds NUL. */
static const char *read_code(struct arena *arena, struct judge_job *job, const cJSON *document)
{
	const cJSON *code = json_get(document, "code");
	char *copy, *nul;

	if (!cJSON_IsString(code))
		return "no text \"code\"";
	job->code_len = strlen(code->valuestring);
	copy = arena_copy(arena, code->valuestring, job->code_len);
	for (nul = copy; (nul = strstr(nul, NUL_BYTES)) != NULL; nul += strlen(NUL_BYTES))
		memset(nul, '\0', strlen(NUL_BYTES));
	job->code = copy;
	return NULL;
}

static const char *read_job(struct arena *arena, struct judge_job *job, const cJSON *document)
{
	int kind = JUDGE_FUNCTION, compare = COMPARE_EXACT;
	const char *fault;

	if (!cJSON_IsObject(document))
		return "the document is not an object";
	if (!find(kinds, json_string(document, "kind", "function"), &kind))
		return "\"kind\" is not function, stdin or sql";
	if (!find(compares, json_string(document, "compare", "exact"), &compare))
		return "\"compare\" is not exact, float, unordered, set or tokens";
	*job = (struct judge_job){
		.language = json_string(document, "language", ""),
		.kind = (enum judge_kind)kind,
		.function = json_string(document, "function", ""),
		.in_place = json_bool(document, "in_place", false),
		.schema = json_string(document, "schema", NULL),
		.limits = read_limits(json_get(document, "limits")),
		.compare = (enum judge_compare)compare,
		.tolerance = value_member(document, "tolerance", 0),
	};
	fault = read_code(arena, job, document);
	if (fault == NULL)
		fault = read_tests(arena, job, document);
	if (fault == NULL && job->kind == JUDGE_FUNCTION)
		fault = read_signature(arena, job, document);
	return fault;
}

enum err document_read(struct arena *arena, const char *text, size_t len, struct judge_job *ret_job,
                       const char **ret_fault)
{
	cJSON *document;

	if (len > DOCUMENT_MAX)
		*ret_fault = "the document is larger than 4 MiB";
	else if (value_parse_nul(arena, text, len, NUL_ESCAPE, &document) != OK)
		*ret_fault = "not valid JSON";
	else
		*ret_fault = read_job(arena, ret_job, document);
	return *ret_fault == NULL ? OK : ERR_INVALID;
}

static void add_exception(cJSON *test, const struct judge_exception *exception)
{
	cJSON *object;

	if (exception->class == NULL) {
		json_set_null(test, "exception");
		return;
	}
	object = json_set_object(test, "exception");
	json_set_string(object, "class", exception->class);
	json_set_string(object, "message", exception->message);
	json_set_number(object, "line", exception->line);
}

static void add_outcome(cJSON *tests, const struct judge_outcome *outcome)
{
	cJSON *test = json_add_object(tests);

	json_set_string(test, "verdict", judge_verdict_name(outcome->verdict));
	json_set(test, "got",
	         outcome->got == NULL ? cJSON_CreateNull() : cJSON_Duplicate(outcome->got, true));
	add_exception(test, &outcome->exception);
	json_set_string(test, "stdout", outcome->stdout_text);
	json_set_string(test, "stderr", outcome->stderr_text);
	json_set_number(test, "cpu_ms", outcome->cpu_ms);
	json_set_number(test, "wall_ms", outcome->wall_ms);
	json_set_number(test, "memory_kb", (double)outcome->memory_kb);
}

char *document_result(const struct judge_result *result)
{
	cJSON *document = cJSON_CreateObject(), *compile, *tests;

	json_set_string(document, "tier", result->tier);
	compile = json_set_object(document, "compile");
	json_set_bool(compile, "ok", result->compiled);
	json_set_string(compile, "message", result->compile_message);
	json_set_number(compile, "line", result->compile_line);
	tests = json_set_array(document, "tests");
	for (size_t i = 0; i < result->count; i++)
		add_outcome(tests, &result->outcomes[i]);
	json_set_number(document, "passed", (double)result->passed);
	json_set_number(document, "total", (double)result->count);
	return json_text(document);
}

char *document_error(const char *message)
{
	cJSON *document = cJSON_CreateObject();

	json_set_string(document, "error", message);
	return json_text(document);
}
