/* viva migrate, and opening the database for the other commands. */
#include <stdio.h>

#include "base/config.h"
#include "report/issue.h"
#include "viva.h"

struct store *open_store(struct arena *arena)
{
	struct store *store;

	if (store_open(config_var_path("viva.db"), &store) != OK) {
		fprintf(stderr, "viva: cannot open %s; was `viva migrate` run?\n",
		        config_var_path("viva.db"));
		return NULL;
	}
	arena_defer(arena, store_close, store);
	return store;
}

int migrate(struct arena *arena, int argc, char **argv)
{
	const char *path = config_var_path("viva.db");
	struct store *store;

	(void)argc;
	(void)argv;
	if (store_migrate(path, config_home_path("schema.sql")) != OK) {
		fprintf(stderr, "viva: the database %s could not be brought up to date\n", path);
		return 1;
	}
	store = open_store(arena);
	return store != NULL && issue_first_key(store, arena) == OK ? 0 : 1;
}
