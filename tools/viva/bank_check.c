/* viva bank check: the rules of bank/README.md. */
#include <stdio.h>
#include <string.h>

#include "bank/rules.h"
#include "bank_answers.h"
#include "bank_files.h"
#include "bank_table.h"
#include "bank_trial.h"
#include "base/config.h"
#include "base/json.h"
#include "viva.h"

struct order {
	const char *folder;
	bool is_verbose;
	bool is_whole; /* try what was proved as well, and hold the bank against its targets */
	bool proves;   /* write down what is proved */
};

static bool read_order(int argc, char **argv, struct order *ret_order)
{
	struct order order = { 0 };

	for (int i = 0; i < argc; i++) {
		if (strcmp(argv[i], "--verbose") == 0)
			order.is_verbose = true;
		else if (strcmp(argv[i], "--whole") == 0)
			order.is_whole = true;
		else if (strcmp(argv[i], "--prove") == 0)
			order.proves = true;
		else if (argv[i][0] != '-' && order.folder == NULL)
			order.folder = argv[i];
		else
			return false;
	}
	if (order.folder == NULL)
		order.folder = config_home_path("bank");
	*ret_order = order;
	return true;
}

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

static void try_answers(struct rules_check *check, bool is_whole)
{
	struct bank_answers figures;

	bank_answers(check, is_whole, &figures);
	printf("stored answers: %zu of %zu key points are found in all languages alike (%.1f %%)\n",
	       figures.alike, figures.points,
	       figures.points > 0 ? 100.0 * (double)figures.alike / (double)figures.points : 100);
	printf("%zu of %zu answers to other questions earn more than %.0f points\n", figures.strays,
	       figures.crossed, EXAM_MOST_OTHER);
}

static enum err try_tasks(struct rules_check *check, const struct order *order)
{
	struct bank_trial_order trials = {
		.is_verbose = order->is_verbose,
		.is_whole = order->is_whole,
		.proofs = proofs_read(check->arena, order->folder),
	};

	bank_trials(check, &trials);
	return order->proves ? proofs_write(trials.proofs, check->tasks) : OK;
}

int bank_check(struct arena *arena, int argc, char **argv)
{
	struct rules_check check = { .arena = arena };
	struct bank_files files;
	struct order order;
	enum err err = OK;

	if (!read_order(argc, argv, &order)) {
		fputs("usage: viva bank check [--verbose] [--whole] [--prove] [FOLDER]\n", stderr);
		return 2;
	}
	if (bank_files_read(arena, order.folder, &files) != OK)
		return 1;
	check.roles = files.roles;
	check.questions = files.questions;
	check.tasks = files.tasks;
	check_each(&check, files.roles, rules_role);
	check_each(&check, files.questions, rules_question);
	check_each(&check, files.tasks, rules_task);
	try_answers(&check, order.is_whole);
	if (check.faults == 0 || order.is_whole)
		err = try_tasks(&check, &order);
	if (order.is_whole)
		bank_table(&check, order.folder);
	printf("%d roles, %d questions, %d tasks, %d faults\n", cJSON_GetArraySize(files.roles),
	       cJSON_GetArraySize(files.questions), cJSON_GetArraySize(files.tasks), check.faults);
	return check.faults == 0 && err == OK ? 0 : 1;
}
