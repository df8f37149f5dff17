/* The rules of bank/README.md for coding tasks that can be checked without running code. */
#include <string.h>

#include "bank/rules.h"
#include "base/json.h"
#include "base/text.h"
#include "judge/task.h"
#include "judge/variants.h"

/* A test without the answer that somebody may have written to it. */
static const char *test_text(const cJSON *test)
{
	cJSON *copy = cJSON_Duplicate(test, true);

	cJSON_DeleteItemFromObjectCaseSensitive(copy, "expected");
	return json_text(copy);
}

static void check_repeats(struct rules_check *check, const cJSON *test, const cJSON *others,
                          const char *name)
{
	const char *text = test_text(test);
	const cJSON *other;

	cJSON_ArrayForEach(other, others)
	{
		if (other != test && strcmp(text, test_text(other)) == 0)
			rules_fault(check, "a hidden test equals %s one: %s", name, text);
	}
}

static void check_tests(struct rules_check *check, const cJSON *task)
{
	const cJSON *hidden = json_get(task, "hidden_tests"), *test;
	size_t public_count = json_count(task, "public_tests");
	size_t hidden_count = json_count(task, "hidden_tests");

	if (public_count < 2 || public_count > 8)
		rules_fault(check, "%zu public tests instead of two to eight", public_count);
	if (hidden_count < 5 || hidden_count > 20)
		rules_fault(check, "%zu hidden tests instead of five to twenty", hidden_count);
	cJSON_ArrayForEach(test, hidden)
	{
		check_repeats(check, test, json_get(task, "public_tests"), "a public");
		check_repeats(check, test, hidden, "another hidden");
	}
}

static void check_code(struct rules_check *check, const cJSON *task, const char *language)
{
	const cJSON *entry = json_get(json_get(task, "languages"), language);

	if (json_string(entry, "starter", "")[0] == '\0')
		rules_fault(check, "no starter in %s", language);
	if (json_string(entry, "reference", "")[0] == '\0')
		rules_fault(check, "no reference in %s", language);
}

static void check_codes(struct rules_check *check, const cJSON *task,
                        const struct coding_task *parsed)
{
	if (parsed->kind == JUDGE_SQL) {
		check_code(check, task, "sql");
	} else {
		check_code(check, task, "python");
		check_code(check, task, "javascript");
	}
}

static void check_texts(struct rules_check *check, const struct coding_task *task,
                        const char *language)
{
	enum { MOST_TITLE = 60 };

	if (text_count(task->title, strlen(task->title)) > MOST_TITLE)
		rules_fault(check, "%s: the title is longer than %d characters", language,
		            MOST_TITLE);
	if (strstr(task->description, "```") == NULL && strchr(task->description, '|') == NULL)
		rules_fault(check, "%s: the description has no example", language);
}

/* A task as it is asked: one without variants, or one of them. */
static void check_asked(struct rules_check *check, const cJSON *task)
{
	const char *body = json_text(task), *fault;
	struct coding_task parsed;

	check_tests(check, task);
	for (enum language language = 0; language < LANG_COUNT; language++) {
		if (task_parse(check->arena, body, language, &parsed, &fault) != OK) {
			rules_fault(check, "%s", fault);
			return;
		}
		check_texts(check, &parsed, language_code(language));
	}
	check_codes(check, task, &parsed);
	fault = parsed.is_measured ? growth_check(check->arena, &parsed.growth, &parsed.signature,
	                                          parsed.is_typed)
	                           : NULL;
	if (fault != NULL)
		rules_fault(check, "%s", fault);
}

static void tell(void *context, const char *fault)
{
	rules_fault(context, "%s", fault);
}

static void check_variants(struct rules_check *check, const cJSON *task)
{
	const size_t count = variants_count(task);

	for (size_t i = 1; i <= count; i++) {
		const cJSON *asked = variants_expand(check->arena, task, i);

		check->part = arena_printf(check->arena, "variant %zu", i);
		rules_members(check, members_task, asked);
		check_asked(check, asked);
		check->part = NULL;
	}
}

void rules_task(struct rules_check *check, const cJSON *task)
{
	enum { MOST_MINUTES = 60 };
	static const char *const categories[] = { "algo", "domain", NULL };
	const int faults = check->faults;

	rules_members(check, members_task, task);
	rules_common(check, task, MOST_MINUTES);
	if (!rules_is_one_of(json_string(task, "category", NULL), categories))
		rules_fault(check, "the category is neither algo nor domain");
	if (!rules_is_slug(json_string(task, "topic", NULL)))
		rules_fault(check, "the topic is not a tag");
	variants_check(check->arena, task, tell, check);
	if (json_get(task, "variants") == NULL)
		check_asked(check, task);
	else if (check->faults == faults)
		check_variants(check, task);
}
