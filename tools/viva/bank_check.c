/* viva bank check: the rules of bank/README.md. */
#include <stdio.h>
#include <string.h>

#include "bank/rules.h"
#include "bank_files.h"
#include "bank_trial.h"
#include "base/config.h"
#include "base/i18n.h"
#include "base/json.h"
#include "viva.h"

/* Runs one check over a list. */
static void check_each(struct rules_check *check, const cJSON *list,
                       void (*look)(struct rules_check *check, const cJSON *item))
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
	struct rules_check check = { .arena = arena };

	if (argc > verbose + 1) {
		fputs("usage: viva bank check [--verbose] [FOLDER]\n", stderr);
		return 2;
	}
	if (bank_files_read(arena, folder, &files) != OK)
		return 1;
	check.roles = files.roles;
	check.questions = files.questions;
	check.tasks = files.tasks;
	check_each(&check, files.roles, rules_role);
	check_each(&check, files.questions, rules_question);
	check_each(&check, files.tasks, rules_task);
	if (check.faults == 0)
		bank_trials(&check, verbose);
	printf("%d roles, %d questions, %d tasks, %d faults\n", cJSON_GetArraySize(files.roles),
	       cJSON_GetArraySize(files.questions), cJSON_GetArraySize(files.tasks), check.faults);
	return check.faults == 0 ? 0 : 1;
}
