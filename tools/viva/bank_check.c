/* viva bank check: the rules of bank/README.md. */
#include <stdio.h>
#include <string.h>

#include "bank_rules.h"
#include "base/config.h"
#include "base/json.h"
#include "base/text.h"
#include "examiner/examiner.h"
#include "viva.h"

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

static void check_codes(struct check *check, const cJSON *question)
{
	if (!check_is_one_of(json_string(question, "category", NULL),
	                     categories_of(json_string(question, "type", NULL))))
		check_fault(check, "type and category do not fit");
	if (json_number(question, "max_score", 0) != 10)
		check_fault(check, "max_score is not 10");
}

/* Key point ids: unique slugs, and those that mistakes and follow-ups name exist. */
static void check_key_points(struct check *check, const cJSON *question)
{
	const cJSON *points = json_get(question, "key_points"), *point, *other;
	size_t count = json_count(question, "key_points");

	if (count < 3 || count > 6)
		check_fault(check, "%zu key points instead of three to six", count);
	cJSON_ArrayForEach(point, points)
	{
		const char *id = json_string(point, "id", "");

		if (!check_is_slug(id))
			check_fault(check, "key point id \"%s\"", id);
		for (other = point->next; other != NULL; other = other->next)
			if (strcmp(id, json_string(other, "id", "")) == 0)
				check_fault(check, "two key points are called %s", id);
	}
}

static void check_references(struct check *check, const cJSON *question, const char *list)
{
	const cJSON *item, *point;

	cJSON_ArrayForEach(item, json_get(question, list))
	{
		const char *id = json_string(item, "key_point", "");
		bool known = false;

		cJSON_ArrayForEach(point, json_get(question, "key_points"))
		        known = known || strcmp(id, json_string(point, "id", "")) == 0;
		if (!known)
			check_fault(check, "%s name the unknown key point \"%s\"", list, id);
	}
}

/* Each reference answer must show every key point and be worth nearly the full mark. */
static void check_scores(struct check *check, const struct exam_question *exam,
                         const char *language)
{
	const struct score_question *question = &exam->score;

	if (question->references.count < 1 || question->references.count > 3)
		check_fault(check, "%s: %zu reference answers instead of one to three", language,
		            question->references.count);
	for (size_t r = 0; r < question->references.count; r++) {
		const char *reference = question->references.items[r];
		struct score_result result;

		score_answer(check->arena, question, reference, strlen(reference), &result);
		if (result.score < 9)
			check_fault(check, "%s: reference %zu scores only %.1f", language, r + 1,
			            result.score);
		for (size_t i = 0; i < result.point_count; i++)
			if (result.points[i].status != SCORE_COVERED)
				check_fault(check, "%s: key point %s is %s in reference %zu",
				            language, question->points[i].id,
				            score_status_name(result.points[i].status), r + 1);
	}
}

static void check_languages(struct check *check, const cJSON *question)
{
	const char *body = json_text(question);

	for (enum language language = 0; language < LANG_COUNT; language++) {
		struct exam_question exam;

		if (exam_question_parse(check->arena, body, language, &exam) != OK)
			check_fault(check, "%s: a text is missing or of the wrong shape",
			            language_code(language));
		else
			check_scores(check, &exam, language_code(language));
	}
}

static void check_role(struct check *check, const cJSON *role)
{
	const cJSON *title = json_get(role, "title");

	if (!check_is_slug(check->id))
		check_fault(check, "the role's id is not lower-case letters, digits and hyphens");
	if (json_string(role, "track", NULL) == NULL || json_count(role, "skill_tags") == 0)
		check_fault(check, "the role has no track or no skill_tags");
	for (enum language language = 0; language < LANG_COUNT; language++)
		if (json_string(title, language_code(language), "")[0] == '\0')
			check_fault(check, "no title in %s", language_code(language));
}

static void check_question(struct check *check, const cJSON *question)
{
	enum { MOST_MINUTES = 30 };

	check_common(check, question, MOST_MINUTES);
	check_codes(check, question);
	check_key_points(check, question);
	check_references(check, question, "mistakes");
	check_references(check, question, "follow_ups");
	check_languages(check, question);
}

/* Runs one check over a list. */
static void check_each(struct check *check, const cJSON *list,
                       void (*look)(struct check *check, const cJSON *item))
{
	const cJSON *item;

	cJSON_ArrayForEach(item, list)
	{
		check->id = json_string(item, "id", "(without id)");
		look(check, item);
	}
}

int bank_check(struct arena *arena, int argc, char **argv)
{
	bool verbose = argc > 0 && strcmp(argv[0], "--verbose") == 0;
	const char *folder = argc > verbose ? argv[verbose] : config_home_path("bank");
	struct bank_files files;
	struct check check = { .arena = arena, .files = &files, .verbose = verbose };

	if (argc > verbose + 1) {
		fputs("usage: viva bank check [--verbose] [FOLDER]\n", stderr);
		return 2;
	}
	if (bank_files_read(arena, folder, &files) != OK)
		return 1;
	check_each(&check, files.roles, check_role);
	check_each(&check, files.questions, check_question);
	check_each(&check, files.tasks, check_task);
	if (check.faults == 0)
		check_trials(&check);
	printf("%d roles, %d questions, %d tasks, %d faults\n", cJSON_GetArraySize(files.roles),
	       cJSON_GetArraySize(files.questions), cJSON_GetArraySize(files.tasks), check.faults);
	return check.faults == 0 ? 0 : 1;
}
