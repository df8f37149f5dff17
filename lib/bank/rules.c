#include "bank/rules.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"

enum { MOST_TOLD = 50 };

void rules_fault(struct rules_check *check, const char *format, ...)
{
	const char *text;
	va_list args;

	va_start(args, format);
	text = arena_vprintf(check->arena, format, args);
	va_end(args);
	if (check->part != NULL)
		text = arena_printf(check->arena, "%s: %s", check->part, text);
	if (check->told != NULL && check->faults == MOST_TOLD)
		buf_str(check->told, "and more\n");
	else if (check->told != NULL && check->faults < MOST_TOLD)
		buf_printf(check->told, "%s\n", text);
	else if (check->told == NULL)
		fprintf(stderr, "%s: %s\n", check->id, text);
	check->faults++;
}

bool rules_is_one_of(const char *value, const char *const *choices)
{
	for (; *choices != NULL; choices++)
		if (value != NULL && strcmp(value, *choices) == 0)
			return true;
	return false;
}

bool rules_is_slug(const char *id)
{
	return id != NULL && id[0] != '\0' && strlen(id) <= 60 &&
	       id[strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0';
}

static bool is_role(const struct rules_check *check, const cJSON *name)
{
	const cJSON *role;

	if (!cJSON_IsString(name))
		return false;
	cJSON_ArrayForEach(role, check->roles)
	{
		if (strcmp(json_string(role, "id", ""), name->valuestring) == 0)
			return true;
	}
	return strcmp(name->valuestring, "*") == 0;
}

static void check_roles(struct rules_check *check, const cJSON *item)
{
	const cJSON *name;

	if (json_count(item, "roles") == 0)
		rules_fault(check, "no roles");
	cJSON_ArrayForEach(name, json_get(item, "roles"))
	{
		if (!is_role(check, name))
			rules_fault(check, "a role that is not in roles.json");
	}
}

/* Ids are unique among questions and tasks together. */
static void check_unique(struct rules_check *check)
{
	const cJSON *lists[] = { check->questions, check->tasks }, *other;
	int count = 0;

	for (int i = 0; i < 2; i++)
		cJSON_ArrayForEach(other, lists[i])
		        count += strcmp(check->id, json_string(other, "id", "")) == 0;
	if (count > 1)
		rules_fault(check, "%d items of the bank have this id", count);
}

/* Questions for everybody have their type as their track, the others that of a role. */
static void check_track(struct rules_check *check, const cJSON *item)
{
	static const char *const for_all[] = { "hr", "case", NULL };
	const char *track = json_string(item, "track", ""), *type = json_string(item, "type", "");
	const cJSON *role;

	if (rules_is_one_of(type, for_all)) {
		if (strcmp(track, type) != 0)
			rules_fault(check, "the track of this type is \"%s\"", type);
		return;
	}
	cJSON_ArrayForEach(role, check->roles)
	{
		if (rules_is_slug(track) && strcmp(json_string(role, "track", ""), track) == 0)
			return;
	}
	rules_fault(check, "no role has the track \"%s\"", track);
}

void rules_common(struct rules_check *check, const cJSON *item, int most_minutes)
{
	static const char *const levels[] = { "junior", "middle", "senior", NULL };
	static const char *const difficulties[] = { "BASIC", "INTERMEDIATE", "ADVANCED", "EXPERT",
		                                    NULL };
	double minutes = json_number(item, "estimated_answer_time_min", 0);

	if (!rules_is_slug(check->id))
		rules_fault(check, "the id is not lower-case letters, digits and hyphens");
	if (!rules_is_one_of(json_string(item, "level", NULL), levels))
		rules_fault(check, "unknown level");
	if (!rules_is_one_of(json_string(item, "difficulty", NULL), difficulties))
		rules_fault(check, "unknown difficulty");
	check_track(check, item);
	if (minutes < 1 || minutes > most_minutes)
		rules_fault(check, "estimated_answer_time_min is not 1 to %d", most_minutes);
	if (json_count(item, "skill_tags") < 1)
		rules_fault(check, "no skill_tags");
	check_roles(check, item);
	check_unique(check);
}

/* An object of languages, each a list of titles. */
static void check_other_titles(struct rules_check *check, const cJSON *titles)
{
	const cJSON *list, *title;
	enum language language;

	cJSON_ArrayForEach(list, titles)
	{
		if (!language_parse(list->string, &language) || !cJSON_IsArray(list))
			rules_fault(check, "other_titles are lists by language");
		cJSON_ArrayForEach(title, list)
		{
			if (!cJSON_IsString(title) || title->valuestring[0] == '\0')
				rules_fault(check, "one of the other_titles is no text");
		}
	}
}

void rules_role(struct rules_check *check, const cJSON *role)
{
	const cJSON *title = json_get(role, "title");

	if (!rules_is_slug(check->id))
		rules_fault(check, "the role's id is not lower-case letters, digits and hyphens");
	if (!rules_is_slug(json_string(role, "track", NULL)) || json_count(role, "skill_tags") == 0)
		rules_fault(check, "the role has no track or no skill_tags");
	if (json_get(role, "other_titles") != NULL)
		check_other_titles(check, json_get(role, "other_titles"));
	for (enum language language = 0; language < LANG_COUNT; language++)
		if (json_string(title, language_code(language), "")[0] == '\0')
			rules_fault(check, "no title in %s", language_code(language));
}
