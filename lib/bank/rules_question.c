/* The rules of bank/README.md for questions. */
#include <string.h>

#include "bank/rules.h"
#include "base/json.h"
#include "examiner/exam_check.h"

static const char *const *categories_of(const char *type)
{
	static const char *const none[] = { NULL };
	static const char *const technical[] = { "core", "advanced", "practical", NULL };
	static const char *const hr[] = { "behavioural", "situational", "role_specific", NULL };
	static const char *const cases[] = { "problem_solving", "system_design", NULL };

	if (type == NULL)
		return none;
	if (strcmp(type, "technical") == 0)
		return technical;
	if (strcmp(type, "hr") == 0)
		return hr;
	return strcmp(type, "case") == 0 ? cases : none;
}

static void check_codes(struct rules_check *check, const cJSON *question)
{
	if (!rules_is_one_of(json_string(question, "category", NULL),
	                     categories_of(json_string(question, "type", NULL))))
		rules_fault(check, "type and category do not fit");
	if (json_number(question, "max_score", 0) != 10)
		rules_fault(check, "max_score is not 10");
}

/* Key point ids: unique slugs, and those that mistakes and follow-ups name exist. */
static void check_key_points(struct rules_check *check, const cJSON *question)
{
	const cJSON *points = json_get(question, "key_points"), *point, *other;
	size_t count = json_count(question, "key_points");

	if (count < 3 || count > 6)
		rules_fault(check, "%zu key points instead of three to six", count);
	cJSON_ArrayForEach(point, points)
	{
		const char *id = json_string(point, "id", "");

		if (!rules_is_slug(id))
			rules_fault(check, "key point id \"%s\"", id);
		for (other = point->next; other != NULL; other = other->next)
			if (strcmp(id, json_string(other, "id", "")) == 0)
				rules_fault(check, "two key points are called %s", id);
	}
}

/* An empty list is a decision, a missing one may be a slip. */
static void check_list(struct rules_check *check, const cJSON *question, const char *list)
{
	if (!cJSON_IsArray(json_get(question, list)))
		rules_fault(check, "no %s: a list without any is written []", list);
}

static void check_references(struct rules_check *check, const cJSON *question, const char *list)
{
	const cJSON *item, *point;

	cJSON_ArrayForEach(item, json_get(question, list))
	{
		const char *id = json_string(item, "key_point", "");
		bool known = false;

		cJSON_ArrayForEach(point, json_get(question, "key_points"))
		        known = known || strcmp(id, json_string(point, "id", "")) == 0;
		if (!known)
			rules_fault(check, "%s name the unknown key point \"%s\"", list, id);
	}
}

/* What is told of, in which language. */
struct told {
	struct rules_check *check;
	const char *language;
};

static void tell(void *context, const char *fault)
{
	const struct told *told = context;

	rules_fault(told->check, "%s: %s", told->language, fault);
}

static void check_languages(struct rules_check *check, const cJSON *question)
{
	const char *body = json_text(question);

	for (enum language language = 0; language < LANG_COUNT; language++) {
		struct told told = { check, language_code(language) };
		struct exam_question exam;

		if (exam_question_parse(check->arena, body, language, &exam) != OK)
			tell(&told, "a text is missing or of the wrong shape");
		else
			exam_check(check->arena, &exam, tell, &told);
	}
}

void rules_question(struct rules_check *check, const cJSON *question)
{
	enum { MOST_MINUTES = 30 };

	rules_members(check, members_question, question);
	rules_common(check, question, MOST_MINUTES);
	check_codes(check, question);
	check_key_points(check, question);
	check_list(check, question, "mistakes");
	check_list(check, question, "follow_ups");
	check_references(check, question, "mistakes");
	check_references(check, question, "follow_ups");
	check_languages(check, question);
}
