#include "bank_table.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/json.h"

enum { MAX_FILE = 64 * 1024, LEVELS = 3 };

static const char *const levels[LEVELS] = { "junior", "middle", "senior" };

/* What is counted of items. */
struct count {
	int all, by_level[LEVELS], by_language[LANG_COUNT];
};

typedef bool matcher(const cJSON *item, const char *value);

static bool has_type(const cJSON *item, const char *type)
{
	return strcmp(json_string(item, "type", ""), type) == 0;
}

static bool names_role(const cJSON *item, const char *role)
{
	const cJSON *name;

	cJSON_ArrayForEach(name, json_get(item, "roles"))
	{
		if (cJSON_IsString(name) &&
		    (strcmp(name->valuestring, role) == 0 || strcmp(name->valuestring, "*") == 0))
			return true;
	}
	return false;
}

/* Questions about the trade itself: those of HR and cases serve every role. */
static bool asks_role(const cJSON *item, const char *role)
{
	return has_type(item, "technical") && names_role(item, role);
}

static bool has_kind(const cJSON *item, const char *kind)
{
	return strcmp(json_string(item, "kind", ""), kind) == 0;
}

/* With a reference in a language beside Python and JavaScript that needs types. */
static bool has_code(const cJSON *item, const char *language)
{
	return json_get(json_get(item, "languages"), language) != NULL;
}

static bool has_member(const cJSON *item, const char *name)
{
	return json_get(item, name) != NULL;
}

static struct count count_items(const cJSON *list, matcher *matches, const char *value)
{
	struct count count = { 0 };
	const cJSON *item;

	cJSON_ArrayForEach(item, list)
	{
		const cJSON *text = json_get(item, has_member(item, "kind") ? "title" : "question");

		if (!matches(item, value))
			continue;
		count.all++;
		for (int i = 0; i < LEVELS; i++)
			count.by_level[i] += strcmp(json_string(item, "level", ""), levels[i]) == 0;
		for (enum language i = 0; i < LANG_COUNT; i++)
			count.by_language[i] += json_string(text, language_code(i), "")[0] != '\0';
	}
	return count;
}

/* A line of the table; less than the target asks for is a fault. */
static void print_line(struct rules_check *check, const char *name, const struct count *count,
                       int target)
{
	printf("%-28s %5d", name, count->all);
	for (int i = 0; i < LEVELS; i++)
		printf(" %7d", count->by_level[i]);
	for (int i = 0; i < LANG_COUNT; i++)
		printf(" %5d", count->by_language[i]);
	printf("\n");
	check->id = name;
	for (int i = 0; i < LANG_COUNT; i++)
		if (count->by_language[i] < target) {
			rules_fault(check, "fewer than %d", target);
			return;
		}
}

static void print_roles(struct rules_check *check, const cJSON *targets)
{
	const cJSON *role;

	cJSON_ArrayForEach(role, check->roles)
	{
		const char *id = json_string(role, "id", "");
		const struct count questions = count_items(check->questions, asks_role, id);
		const struct count tasks = count_items(check->tasks, names_role, id);

		print_line(check, id, &questions, (int)json_number(targets, "of_role", 0));
		print_line(check, arena_printf(check->arena, "  its coding tasks"), &tasks, 0);
	}
}

static const struct {
	const char *target;
	bool is_task;
	matcher *matches;
	const char *value;
} kinds[] = {
	{ "technical", false, has_type, "technical" },
	{ "hr", false, has_type, "hr" },
	{ "case", false, has_type, "case" },
	{ "tasks", true, has_member, "kind" },
	{ "sql", true, has_kind, "sql" },
	{ "in_c", true, has_code, "c" },
	{ "in_cpp", true, has_code, "cpp" },
	{ "in_go", true, has_code, "go" },
	{ "in_java", true, has_code, "java" },
	{ "in_rust", true, has_code, "rust" },
	{ "with_variants", true, has_member, "variants" },
};

static void print_kinds(struct rules_check *check, const cJSON *targets)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		const struct count count = count_items(kinds[i].is_task ? check->tasks
		                                                        : check->questions,
		                                       kinds[i].matches, kinds[i].value);

		print_line(check, kinds[i].target, &count,
		           (int)json_number(targets, kinds[i].target, 0));
	}
}

static void check_tests(struct rules_check *check, const cJSON *targets)
{
	const double shown = json_number(targets, "public_tests_of_task", 0);
	const double hidden = json_number(targets, "hidden_tests_of_task", 0);
	const cJSON *task;

	cJSON_ArrayForEach(task, check->tasks)
	{
		check->id = json_string(task, "id", "");
		if ((double)json_count(task, "public_tests") < shown ||
		    (double)json_count(task, "hidden_tests") < hidden)
			rules_fault(check, "fewer than %.0f public or %.0f hidden tests", shown,
			            hidden);
	}
}

static bool is_target(const cJSON *member)
{
	static const char *const others[] = { "of_role", "public_tests_of_task",
		                              "hidden_tests_of_task" };
	bool known = false;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		known = known || strcmp(member->string, kinds[i].target) == 0;
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		known = known || strcmp(member->string, others[i]) == 0;
	return known && cJSON_IsNumber(member);
}

/* NULL: the folder has none. A target that is not understood would let every gap pass. */
static const cJSON *read_targets(struct rules_check *check, const char *folder)
{
	const char *path = arena_printf(check->arena, "%s/targets.json", folder);
	cJSON *targets = NULL;
	const cJSON *member;

	check->id = path;
	if (access(path, F_OK) != 0)
		return NULL;
	if (json_parse_file(check->arena, path, MAX_FILE, &targets) != OK ||
	    !cJSON_IsObject(targets)) {
		rules_fault(check, "it cannot be read");
		return NULL;
	}
	cJSON_ArrayForEach(member, targets)
	{
		if (!is_target(member))
			rules_fault(check, "%s: not a target with a number", member->string);
	}
	return targets;
}

void bank_table(struct rules_check *check, const char *folder)
{
	const cJSON *targets = read_targets(check, folder);

	printf("%-28s %5s", "", "all");
	for (int i = 0; i < LEVELS; i++)
		printf(" %7s", levels[i]);
	for (enum language i = 0; i < LANG_COUNT; i++)
		printf(" %5s", language_code(i));
	printf("\n");
	print_roles(check, targets);
	print_kinds(check, targets);
	check_tests(check, targets);
}
