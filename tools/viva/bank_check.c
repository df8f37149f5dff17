/* viva bank check: the rules of bank/README.md. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "bank_files.h"
#include "base/config.h"
#include "base/json.h"
#include "base/text.h"
#include "examiner/examiner.h"
#include "viva.h"

struct check {
	struct arena *arena;
	const struct bank_files *files;
	const char *id; /* of the question that is looked at */
	int faults;
};

static void fault(struct check *check, const char *format, ...)
        __attribute__((format(printf, 2, 3)));

static void fault(struct check *check, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fprintf(stderr, "%s: ", check->id);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
	check->faults++;
}

static bool is_one_of(const char *value, const char *const *choices)
{
	for (; *choices != NULL; choices++)
		if (value != NULL && strcmp(value, *choices) == 0)
			return true;
	return false;
}

static bool is_slug(const char *id)
{
	return id != NULL && id[0] != '\0' && strlen(id) <= 60 &&
	       id[strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0';
}

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
	static const char *const levels[] = { "junior", "middle", "senior", NULL };
	static const char *const difficulties[] = { "BASIC", "INTERMEDIATE", "ADVANCED", "EXPERT",
		                                    NULL };
	double minutes = json_number(question, "estimated_answer_time_min", 0);

	if (!is_slug(check->id))
		fault(check, "the id is not lower-case letters, digits and hyphens");
	if (!is_one_of(json_string(question, "category", NULL),
	               categories_of(json_string(question, "type", NULL))))
		fault(check, "type and category do not fit");
	if (!is_one_of(json_string(question, "level", NULL), levels))
		fault(check, "unknown level");
	if (!is_one_of(json_string(question, "difficulty", NULL), difficulties))
		fault(check, "unknown difficulty");
	if (json_string(question, "track", NULL) == NULL)
		fault(check, "no track");
	if (minutes < 1 || minutes > 30)
		fault(check, "estimated_answer_time_min is not 1 to 30");
	if (json_number(question, "max_score", 0) != 10)
		fault(check, "max_score is not 10");
	if (json_count(question, "skill_tags") < 1)
		fault(check, "no skill_tags");
}

static void check_roles(struct check *check, const cJSON *question)
{
	const cJSON *name, *role;

	if (json_count(question, "roles") == 0)
		fault(check, "no roles");
	cJSON_ArrayForEach(name, json_get(question, "roles"))
	{
		bool known = cJSON_IsString(name) && strcmp(name->valuestring, "*") == 0;

		cJSON_ArrayForEach(role, check->files->roles) known =
		        known || (cJSON_IsString(name) &&
		                  strcmp(json_string(role, "id", ""), name->valuestring) == 0);
		if (!known)
			fault(check, "a role that is not in roles.json");
	}
}

/* Key point ids: unique slugs, and those that mistakes and follow-ups name exist. */
static void check_key_points(struct check *check, const cJSON *question)
{
	const cJSON *points = json_get(question, "key_points"), *point, *other;
	size_t count = json_count(question, "key_points");

	if (count < 3 || count > 6)
		fault(check, "%zu key points instead of three to six", count);
	cJSON_ArrayForEach(point, points)
	{
		const char *id = json_string(point, "id", "");

		if (!is_slug(id))
			fault(check, "key point id \"%s\"", id);
		for (other = point->next; other != NULL; other = other->next)
			if (strcmp(id, json_string(other, "id", "")) == 0)
				fault(check, "two key points are called %s", id);
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
			fault(check, "%s name the unknown key point \"%s\"", list, id);
	}
}

/* Each reference answer must show every key point and be worth nearly the full mark. */
static void check_scores(struct check *check, const struct exam_question *exam,
                         const char *language)
{
	const struct score_question *question = &exam->score;

	if (question->references.count < 1 || question->references.count > 3)
		fault(check, "%s: %zu reference answers instead of one to three", language,
		      question->references.count);
	for (size_t r = 0; r < question->references.count; r++) {
		const char *reference = question->references.items[r];
		struct score_result result;

		score_answer(check->arena, question, reference, strlen(reference), &result);
		if (result.score < 9)
			fault(check, "%s: reference %zu scores only %.1f", language, r + 1,
			      result.score);
		for (size_t i = 0; i < result.point_count; i++)
			if (result.points[i].status != SCORE_COVERED)
				fault(check, "%s: key point %s is %s in reference %zu", language,
				      question->points[i].id,
				      score_status_name(result.points[i].status), r + 1);
	}
}

static void check_languages(struct check *check, const cJSON *question)
{
	const char *body = json_text(question);

	for (enum language language = 0; language < LANG_COUNT; language++) {
		struct exam_question exam;

		if (exam_question_parse(check->arena, body, language, &exam) != OK)
			fault(check, "%s: a text is missing or of the wrong shape",
			      language_code(language));
		else
			check_scores(check, &exam, language_code(language));
	}
}

static void check_unique(struct check *check, const cJSON *question)
{
	for (const cJSON *other = question->next; other != NULL; other = other->next)
		if (strcmp(check->id, json_string(other, "id", "")) == 0)
			fault(check, "two questions have this id");
}

static void check_role(struct check *check, const cJSON *role)
{
	const cJSON *title = json_get(role, "title");

	if (!is_slug(check->id))
		fault(check, "the role's id is not lower-case letters, digits and hyphens");
	if (json_string(role, "track", NULL) == NULL || json_count(role, "skill_tags") == 0)
		fault(check, "the role has no track or no skill_tags");
	for (enum language language = 0; language < LANG_COUNT; language++)
		if (json_string(title, language_code(language), "")[0] == '\0')
			fault(check, "no title in %s", language_code(language));
}

int bank_check(struct arena *arena, int argc, char **argv)
{
	const char *folder = argc > 0 ? argv[0] : config_home_path("bank");
	struct bank_files files;
	struct check check = { .arena = arena, .files = &files };
	const cJSON *item;

	if (bank_files_read(arena, folder, &files) != OK)
		return 1;
	cJSON_ArrayForEach(item, files.roles)
	{
		check.id = json_string(item, "id", "(role without id)");
		check_role(&check, item);
	}
	cJSON_ArrayForEach(item, files.questions)
	{
		check.id = json_string(item, "id", "(question without id)");
		check_codes(&check, item);
		check_roles(&check, item);
		check_key_points(&check, item);
		check_references(&check, item, "mistakes");
		check_references(&check, item, "follow_ups");
		check_unique(&check, item);
		check_languages(&check, item);
	}
	printf("%d roles, %d questions, %d faults\n", cJSON_GetArraySize(files.roles),
	       cJSON_GetArraySize(files.questions), check.faults);
	return check.faults == 0 ? 0 : 1;
}
