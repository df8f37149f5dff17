#include "judge/task.h"

#include <string.h>

#include "base/json.h"
#include "judge/language.h"
#include "judge/variants.h"

struct reader {
	struct arena *arena;
	const cJSON *body;
	enum language language;
	struct coding_task *task;
	const char *fault; /* the first one; NULL while all is well */
};

static void fault(struct reader *reader, const char *what, const char *name)
{
	if (reader->fault == NULL)
		reader->fault = arena_printf(reader->arena, "%s: %s", name, what);
}

static const char *read_string(struct reader *reader, const char *name)
{
	const char *text = json_string(reader->body, name, NULL);

	if (text == NULL || text[0] == '\0')
		fault(reader, "missing", name);
	return text == NULL ? "" : text;
}

/* The member of a text in the reader's language. */
static const char *read_text(struct reader *reader, const cJSON *texts, const char *name)
{
	const char *text = json_string(texts, language_code(reader->language), NULL);

	if (text == NULL || text[0] == '\0')
		fault(reader,
		      arena_printf(reader->arena, "no text in %s", language_code(reader->language)),
		      name);
	return text == NULL ? "" : text;
}

/* Index of the member's value in a NULL-ended list; a fault and 0 when it is not in it. */
static int read_choice(struct reader *reader, const char *name, const char *fallback,
                       const char *const *choices)
{
	const char *value = json_string(reader->body, name, fallback);

	for (int i = 0; value != NULL && choices[i] != NULL; i++)
		if (strcmp(value, choices[i]) == 0)
			return i;
	fault(reader, "missing or unknown", name);
	return 0;
}

static int read_limit(struct reader *reader, const char *name, int fallback, int largest)
{
	double value = json_number(json_get(reader->body, "limits"), name, fallback);

	if (!(value >= 1 && value <= largest)) {
		fault(reader, "out of range", name);
		return fallback;
	}
	return (int)value;
}

static void read_limits(struct reader *reader)
{
	enum { MOST_MS = 30000, MOST_MB = 1024, MOST_KB = 1024 };
	struct judge_limits limits = JUDGE_DEFAULT_LIMITS;

	limits.cpu_ms = read_limit(reader, "cpu_ms", limits.cpu_ms, MOST_MS);
	limits.wall_ms = read_limit(reader, "wall_ms", limits.wall_ms, 2 * MOST_MS);
	limits.memory_mb = read_limit(reader, "memory_mb", limits.memory_mb, MOST_MB);
	limits.output_kb = read_limit(reader, "output_kb", limits.output_kb, MOST_KB);
	reader->task->limits = limits;
}

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/* The word at `*cursor`, spaces around it skipped; NULL when there is none. */
static const char *take_word(struct arena *arena, const char **cursor)
{
	const char *start = *cursor + strspn(*cursor, " "), *end = start;

	while (is_name_char(*end))
		end++;
	*cursor = end + strspn(end, " ");
	return end == start ? NULL : arena_copy(arena, start, (size_t)(end - start));
}

/* Reads "name(a, b)": names only, for values that only untyped languages can take. */
static bool read_names(struct arena *arena, const char *text, struct signature *ret_signature)
{
	struct signature signature = { 0 };
	const char *cursor = text;

	signature.name = take_word(arena, &cursor);
	if (signature.name == NULL || *cursor != '(')
		return false;
	do {
		const char *name;

		cursor++;
		name = take_word(arena, &cursor);
		if (name == NULL || signature.count == SIGNATURE_MAX_PARAMS)
			return false;
		signature.params[signature.count++].name = name;
	} while (*cursor == ',');
	if (strcmp(cursor, ")") != 0)
		return false;
	*ret_signature = signature;
	return true;
}

static void read_signature(struct reader *reader)
{
	struct coding_task *task = reader->task;
	const char *why = "unreadable";

	task->signature_text = "";
	if (task->kind != JUDGE_FUNCTION)
		return;
	task->signature_text = read_string(reader, "function_signature");
	if (reader->fault != NULL ||
	    read_names(reader->arena, task->signature_text, &task->signature))
		return;
	task->is_typed = signature_parse(reader->arena, task->signature_text, &task->signature,
	                                 &why) == OK;
	if (!task->is_typed)
		fault(reader, why, "function_signature");
}

static void read_growth(struct reader *reader)
{
	struct coding_task *task = reader->task;
	const cJSON *growth = json_get(reader->body, "growth");
	const char *why;

	if (growth == NULL)
		return;
	task->is_measured = task->kind == JUDGE_FUNCTION;
	if (!task->is_measured)
		fault(reader, "only function tasks are measured", "growth");
	else if (growth_read(reader->arena, growth, &task->growth, &why) != OK &&
	         reader->fault == NULL)
		reader->fault = why;
}

/* A test's input, if it is one for a task of this kind. */
static bool read_input(const struct coding_task *task, const cJSON *item, struct judge_case *test)
{
	const cJSON *args = json_get(item, "args");

	switch (task->kind) {
	case JUDGE_FUNCTION:
		test->args = args;
		return cJSON_IsArray(args) &&
		       (size_t)cJSON_GetArraySize(args) == task->signature.count;
	case JUDGE_STDIN:
		test->stdin_text = json_string(item, "stdin", NULL);
		return test->stdin_text != NULL;
	case JUDGE_SQL:
		test->setup = json_string(item, "setup", NULL);
		return test->setup != NULL;
	}
	return false;
}

static bool fits_signature(const struct coding_task *task, const struct judge_case *test)
{
	const cJSON *value = task->is_typed ? test->args->child : NULL;

	for (size_t i = 0; value != NULL; i++, value = value->next)
		if (!signature_fits(&task->signature.params[i].type, value))
			return false;
	return true;
}

static struct task_tests read_tests(struct reader *reader, const char *name)
{
	struct task_tests tests = { .count = json_count(reader->body, name) };
	const cJSON *item;
	size_t i = 0;

	tests.items = arena_array(reader->arena, tests.count + 1, sizeof(*tests.items));
	cJSON_ArrayForEach(item, json_get(reader->body, name))
	{
		struct judge_case *test = &tests.items[i++];

		if (!read_input(reader->task, item, test))
			fault(reader, arena_printf(reader->arena, "test %zu has no input", i),
			      name);
		else if (!fits_signature(reader->task, test))
			fault(reader,
			      arena_printf(reader->arena, "test %zu does not fit the signature", i),
			      name);
		test->expected = json_get(item, "expected");
		reader->task->is_judged = reader->task->is_judged && test->expected != NULL;
	}
	if (tests.count == 0)
		fault(reader, "none", name);
	return tests;
}

static bool can_solve(const struct coding_task *task, const struct judge_language *language)
{
	return (language->kinds & 1u << task->kind) != 0 &&
	       (task->kind != JUDGE_FUNCTION || task->is_typed);
}

static void add_code(struct reader *reader, const struct judge_language *language,
                     const cJSON *entry)
{
	struct coding_task *task = reader->task;
	const struct signature *signature = task->is_typed ? &task->signature : NULL;
	struct task_code *code = &task->codes[task->code_count++];

	code->language = language->name;
	code->starter = json_string(entry, "starter", NULL);
	if (code->starter == NULL)
		code->starter = task->kind == JUDGE_STDIN
		                        ? language->program_starter
		                        : language_starter(reader->arena, language, signature);
	if (code->starter == NULL)
		code->starter = "";
	code->reference = json_string(entry, "reference", NULL);
}

/* The languages that the task lists, in its order, then the others that can solve it. */
static void read_codes(struct reader *reader)
{
	struct coding_task *task = reader->task;
	const cJSON *listed = json_get(reader->body, "languages"), *entry;

	cJSON_ArrayForEach(entry, listed)
	{
		const struct judge_language *language = language_by_name(entry->string);

		if (task->code_count == TASK_MAX_LANGUAGES || language == NULL ||
		    (language->kinds & 1u << task->kind) == 0)
			fault(reader, "the task cannot be solved in it", entry->string);
		else
			add_code(reader, language, entry);
	}
	for (size_t i = 0; languages[i] != NULL && task->code_count < TASK_MAX_LANGUAGES; i++)
		if (can_solve(task, languages[i]) && task_code_of(task, languages[i]->name) == NULL)
			add_code(reader, languages[i], NULL);
	if (task->code_count == 0)
		fault(reader, "none", "languages");
}

static void read_codes_of_kind(struct reader *reader)
{
	static const char *const kinds[] = { "function", "stdin", "sql", NULL };
	static const char *const difficulties[] = { "BASIC", "INTERMEDIATE", "ADVANCED", "EXPERT",
		                                    NULL };
	static const char *const compares[] = {
		"exact", "float", "unordered", "set", "tokens", NULL
	};
	struct coding_task *task = reader->task;

	task->kind = (enum judge_kind)read_choice(reader, "kind", NULL, kinds);
	task->difficulty = read_choice(reader, "difficulty", NULL, difficulties);
	task->compare = (enum judge_compare)read_choice(reader, "compare", "exact", compares);
	task->tolerance = json_number(reader->body, "tolerance", 0);
	task->schema = json_string(reader->body, "schema", NULL);
	if (task->kind == JUDGE_SQL && task->schema == NULL)
		fault(reader, "missing", "schema");
}

static void read_texts(struct reader *reader)
{
	const cJSON *hints = json_get(reader->body, "hints");
	struct coding_task *task = reader->task;

	task->id = read_string(reader, "id");
	task->track = read_string(reader, "track");
	task->level = read_string(reader, "level");
	task->category = read_string(reader, "category");
	task->topic = read_string(reader, "topic");
	task->expected_min = json_number(reader->body, "estimated_answer_time_min", 0);
	task->title = read_text(reader, json_get(reader->body, "title"), "title");
	task->description = read_text(reader, json_get(reader->body, "description"), "description");
	if (json_count(reader->body, "hints") != TASK_HINTS)
		fault(reader, "not three", "hints");
	for (int i = 0; i < TASK_HINTS; i++)
		task->hints[i] = read_text(reader, cJSON_GetArrayItem(hints, i), "hints");
}

enum err task_parse(struct arena *arena, const char *body, enum language language,
                    struct coding_task *ret_task, const char **ret_fault)
{
	struct coding_task task = { .is_judged = true };
	struct reader reader = { .arena = arena, .language = language, .task = &task };
	cJSON *parsed;

	if (json_parse(body, strlen(body), &parsed) != OK) {
		*ret_fault = "not valid JSON";
		return ERR_INVALID;
	}
	reader.body = variants_count(parsed) == 0 ? parsed : variants_expand(arena, parsed, 1);
	read_texts(&reader);
	read_codes_of_kind(&reader);
	read_limits(&reader);
	read_signature(&reader);
	read_growth(&reader);
	if (reader.fault == NULL) {
		task.public_tests = read_tests(&reader, "public_tests");
		task.hidden_tests = read_tests(&reader, "hidden_tests");
		read_codes(&reader);
	}
	if (reader.fault != NULL) {
		*ret_fault = reader.fault;
		return ERR_INVALID;
	}
	*ret_task = task;
	return OK;
}
