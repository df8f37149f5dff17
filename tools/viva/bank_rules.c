#include "bank_rules.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"

void check_fault(struct check *check, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	if (check->told != NULL)
		buf_printf(check->told, "%s\n", arena_vprintf(check->arena, format, args));
	else
		fprintf(stderr, "%s: %s\n", check->id, arena_vprintf(check->arena, format, args));
	va_end(args);
	check->faults++;
}

bool check_is_one_of(const char *value, const char *const *choices)
{
	for (; *choices != NULL; choices++)
		if (value != NULL && strcmp(value, *choices) == 0)
			return true;
	return false;
}

bool check_is_slug(const char *id)
{
	return id != NULL && id[0] != '\0' && strlen(id) <= 60 &&
	       id[strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0';
}

static bool is_role(const struct check *check, const cJSON *name)
{
	const cJSON *role;

	if (!cJSON_IsString(name))
		return false;
	cJSON_ArrayForEach(role, check->files->roles)
	{
		if (strcmp(json_string(role, "id", ""), name->valuestring) == 0)
			return true;
	}
	return strcmp(name->valuestring, "*") == 0;
}

static void check_roles(struct check *check, const cJSON *item)
{
	const cJSON *name;

	if (json_count(item, "roles") == 0)
		check_fault(check, "no roles");
	cJSON_ArrayForEach(name, json_get(item, "roles"))
	{
		if (!is_role(check, name))
			check_fault(check, "a role that is not in roles.json");
	}
}

/* Ids are unique among questions and tasks together. */
static void check_unique(struct check *check)
{
	const cJSON *lists[] = { check->files->questions, check->files->tasks }, *other;
	int count = 0;

	for (int i = 0; i < 2; i++)
		cJSON_ArrayForEach(other, lists[i])
		        count += strcmp(check->id, json_string(other, "id", "")) == 0;
	if (count > 1)
		check_fault(check, "%d items of the bank have this id", count);
}

void check_common(struct check *check, const cJSON *item, int most_minutes)
{
	static const char *const levels[] = { "junior", "middle", "senior", NULL };
	static const char *const difficulties[] = { "BASIC", "INTERMEDIATE", "ADVANCED", "EXPERT",
		                                    NULL };
	double minutes = json_number(item, "estimated_answer_time_min", 0);

	if (!check_is_slug(check->id))
		check_fault(check, "the id is not lower-case letters, digits and hyphens");
	if (!check_is_one_of(json_string(item, "level", NULL), levels))
		check_fault(check, "unknown level");
	if (!check_is_one_of(json_string(item, "difficulty", NULL), difficulties))
		check_fault(check, "unknown difficulty");
	if (json_string(item, "track", NULL) == NULL)
		check_fault(check, "no track");
	if (minutes < 1 || minutes > most_minutes)
		check_fault(check, "estimated_answer_time_min is not 1 to %d", most_minutes);
	if (json_count(item, "skill_tags") < 1)
		check_fault(check, "no skill_tags");
	check_roles(check, item);
	check_unique(check);
}
