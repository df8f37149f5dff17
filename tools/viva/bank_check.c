/* viva bank check: the rules of bank/README.md. */
#include <stdio.h>
#include <string.h>

#include "bank_rules.h"
#include "base/config.h"
#include "base/i18n.h"
#include "base/json.h"
#include "viva.h"

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
