#include <string.h>

#include "base/json.h"
#include "judge/language.h"
#include "judge/task.h"
#include "judge/variants.h"

const struct task_code *task_code_of(const struct coding_task *task, const char *language)
{
	for (size_t i = 0; i < task->code_count; i++)
		if (strcmp(task->codes[i].language, language) == 0)
			return &task->codes[i];
	return NULL;
}

static void append_cases(struct judge_case *cases, size_t *count, const struct task_tests *tests)
{
	for (size_t i = 0; i < tests->count; i++)
		cases[(*count)++] = tests->items[i];
}

void task_job(struct arena *arena, const struct coding_task *task,
              const struct task_attempt *attempt, struct judge_job *ret_job)
{
	size_t most = task->public_tests.count + task->hidden_tests.count;
	struct judge_case *cases = arena_array(arena, most, sizeof(*cases));
	const struct judge_language *row = language_by_name(attempt->language);
	struct judge_job job = {
		.language = attempt->language,
		.kind = task->kind,
		.code = attempt->code,
		.code_len = attempt->code_len,
		.schema = task->schema,
		.cases = cases,
		.limits = task->limits,
		.compare = task->compare,
		.tolerance = task->tolerance,
	};

	if (task->kind == JUDGE_FUNCTION) {
		job.function = row == NULL
		                       ? task->signature.name
		                       : language_function_name(arena, row, task->signature.name);
		job.signature = task->is_typed ? &task->signature : NULL;
		job.in_place = task->is_typed && task->signature.returns.base == TYPE_VOID;
	}
	append_cases(cases, &job.count, &task->public_tests);
	if (attempt->with_hidden)
		append_cases(cases, &job.count, &task->hidden_tests);
	*ret_job = job;
}

static bool make_size(const void *context, size_t number, struct judge_case *ret_case)
{
	const struct growth *growth = context;

	*ret_case = (struct judge_case){ .args = growth_arguments(growth, growth->sizes[number]) };
	return ret_case->args != NULL;
}

const struct judge_growth *task_growth(struct arena *arena, const struct coding_task *task)
{
	struct judge_growth *growth;

	if (!task->is_measured)
		return NULL;
	growth = arena_alloc(arena, sizeof(*growth));
	*growth = (struct judge_growth){
		.count = task->growth.count,
		.budget_ms = TASK_GROWTH_MS,
		.make = make_size,
		.context = &task->growth,
	};
	return growth;
}

struct growth_fit task_growth_fit(const struct coding_task *task, const struct judge_result *result)
{
	struct growth_point points[JUDGE_MOST_SIZES];

	for (size_t i = 0; i < result->size_count; i++)
		points[i] = (struct growth_point){ task->growth.sizes[i],
			                           (double)result->sizes_us[i] };
	return growth_fit(points, result->size_count);
}

/* The first reference that can be run here; the first of all when none can. */
static const struct task_code *first_reference(const struct judge *judge,
                                               const struct coding_task *task)
{
	const struct task_code *first = NULL;

	for (size_t i = 0; i < task->code_count; i++) {
		if (task->codes[i].reference == NULL)
			continue;
		if (judge_has_language(judge, task->codes[i].language))
			return &task->codes[i];
		if (first == NULL)
			first = &task->codes[i];
	}
	return first;
}

static const char *outcome_fault(struct arena *arena, const struct coding_task *task,
                                 const struct judge_outcome *outcome, size_t number)
{
	size_t public_count = task->public_tests.count;
	bool is_public = number < public_count;
	const char *class = outcome->exception.class;
	const char *message = outcome->exception.message;

	return arena_printf(arena, "the reference fails %s test %zu: %s%s%s%s%s",
	                    is_public ? "public" : "hidden",
	                    (is_public ? number : number - public_count) + 1,
	                    judge_verdict_name(outcome->verdict), class == NULL ? "" : ": ",
	                    class == NULL ? "" : class, message == NULL ? "" : ": ",
	                    message == NULL ? "" : message);
}

/* NULL when every test has an answer. */
static const char *result_fault(struct arena *arena, const struct coding_task *task,
                                const struct judge_result *result)
{
	if (!result->compiled)
		return arena_printf(arena, "the reference does not compile: %s",
		                    result->compile_message);
	for (size_t i = 0; i < result->count; i++)
		if (result->outcomes[i].verdict != JUDGE_ACCEPTED ||
		    result->outcomes[i].got == NULL)
			return outcome_fault(arena, task, &result->outcomes[i], i);
	return NULL;
}

static bool is_our_fault(const struct judge_result *result)
{
	for (size_t i = 0; i < result->count; i++)
		if (result->outcomes[i].verdict == JUDGE_ERROR)
			return true;
	return false;
}

static void store_answers(const cJSON *tests, const struct judge_outcome *outcomes)
{
	cJSON *test;
	size_t i = 0;

	cJSON_ArrayForEach(test, tests)
	{
		cJSON_DeleteItemFromObjectCaseSensitive(test, "expected");
		json_set(test, "expected", cJSON_Duplicate(outcomes[i++].got, true));
	}
}

/* The expected values of an earlier run must not decide about this one. */
static void forget_expected(struct task_tests *tests)
{
	for (size_t i = 0; i < tests->count; i++)
		tests->items[i].expected = NULL;
}

/* Where a task is completed. */
struct completion {
	const struct judge *judge;
	struct arena *arena;
	int slot;
};

/* Runs the reference on every test; `*ret_text` is a fault. */
static enum err run_reference(const struct completion *completion, struct coding_task *task,
                              struct judge_result *ret_result, const char **ret_text)
{
	struct arena *arena = completion->arena;
	const struct task_code *code = first_reference(completion->judge, task);
	struct judge_job job;
	enum err err;

	if (code == NULL) {
		*ret_text = "no reference solution";
		return ERR_INVALID;
	}
	forget_expected(&task->public_tests);
	forget_expected(&task->hidden_tests);
	task_job(arena, task,
	         &(struct task_attempt){ .language = code->language,
	                                 .code = code->reference,
	                                 .code_len = strlen(code->reference),
	                                 .with_hidden = true },
	         &job);
	job.time_limits = 1;
	err = judge_run(completion->judge, arena, completion->slot, &job, ret_result);
	if (err != OK) {
		*ret_text = arena_printf(arena, "%s cannot be run here %s", code->language,
		                         ret_result->compile_message);
		return err;
	}
	*ret_text = result_fault(arena, task, ret_result);
	if (*ret_text == NULL)
		return OK;
	return is_our_fault(ret_result) ? ERR_UPSTREAM : ERR_CONFLICT;
}

/* Puts the answers into the tests of a task that has no variants, or is one. */
static enum err complete(const struct completion *completion, cJSON *asked, const char **ret_text)
{
	struct coding_task task;
	struct judge_result result = { .compile_message = "" };
	enum err err = task_parse(completion->arena, json_text(asked), LANG_EN, &task, ret_text);

	if (err == OK)
		err = run_reference(completion, &task, &result, ret_text);
	if (err != OK)
		return err;
	store_answers(json_get(asked, "public_tests"), result.outcomes);
	store_answers(json_get(asked, "hidden_tests"), result.outcomes + task.public_tests.count);
	return OK;
}

static void keep_answers(cJSON *answers, const char *name, const cJSON *tests)
{
	cJSON *list = json_set_array(answers, name);
	const cJSON *test;

	cJSON_ArrayForEach(test, tests)
	        json_add(list, cJSON_Duplicate(json_get(test, "expected"), true));
}

static enum err complete_variants(const struct completion *completion, cJSON *task,
                                  const char **ret_text)
{
	cJSON *all = cJSON_CreateArray(), *asked, *answers;
	const size_t count = variants_count(task);

	for (size_t i = 1; i <= count; i++) {
		enum err err;

		asked = variants_expand(completion->arena, task, i);
		err = complete(completion, asked, ret_text);
		if (err != OK) {
			*ret_text = arena_printf(completion->arena, "variant %zu: %s", i,
			                         *ret_text);
			return err;
		}
		answers = json_add_object(all);
		keep_answers(answers, "public", json_get(asked, "public_tests"));
		keep_answers(answers, "hidden", json_get(asked, "hidden_tests"));
	}
	cJSON_DeleteItemFromObjectCaseSensitive(task, "variant_answers");
	json_set(task, "variant_answers", all);
	return OK;
}

enum err task_complete(const struct judge *judge, struct arena *arena, int slot, const char *body,
                       const char **ret_text)
{
	const struct completion completion = { judge, arena, slot };
	cJSON *task;
	enum err err = json_parse(body, strlen(body), &task);

	if (err != OK) {
		*ret_text = "not valid JSON";
		return ERR_INVALID;
	}
	err = variants_count(task) > 0 ? complete_variants(&completion, task, ret_text)
	                               : complete(&completion, task, ret_text);
	if (err == OK)
		*ret_text = json_text(task);
	return err;
}

bool task_is_complete(struct arena *arena, const char *body)
{
	struct coding_task task;
	const char *fault;
	cJSON *parsed;
	size_t count;

	if (json_parse(body, strlen(body), &parsed) != OK)
		return false;
	count = variants_count(parsed);
	for (size_t i = 1; i == 1 || i <= count; i++)
		if (task_parse(arena, variants_asked(arena, body, i), LANG_EN, &task, &fault) !=
		            OK ||
		    !task.is_judged)
			return false;
	return true;
}
