/* viva migrate, and opening the database for the other commands. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "bank/rows.h"
#include "bank/search.h"
#include "base/config.h"
#include "report/issue.h"
#include "report/items.h"
#include "viva.h"

/* SQLite says of all of these that it cannot open the file. */
static const char *reason(const char *path, int wanted)
{
	struct statvfs disk;

	if (access(path, F_OK) != 0)
		return errno == ENOENT ? "it is not there; was `viva migrate` run?"
		                       : strerror(errno);
	if (access(path, wanted) != 0 || access(config()->var, wanted | X_OK) != 0)
		return strerror(errno);
	if (statvfs(path, &disk) == 0 && disk.f_bavail == 0)
		return "the disk is full";
	return "the log says why; `viva migrate` brings an older one up to date";
}

static struct store *opened(struct arena *arena, enum err err, struct store *store, int wanted)
{
	const char *path = config_var_path("viva.db");

	if (err != OK) {
		fprintf(stderr, "viva: cannot open %s: %s\n", path, reason(path, wanted));
		return NULL;
	}
	arena_defer(arena, store_close, store);
	return store;
}

struct store *open_store(struct arena *arena)
{
	struct store *store = NULL;
	const enum err err = store_open(config_var_path("viva.db"), &store);

	return opened(arena, err, store, R_OK | W_OK);
}

struct store *open_store_to_read(struct arena *arena)
{
	struct store *store = NULL;
	const enum err err = store_open_to_read(config_var_path("viva.db"), &store);

	return opened(arena, err, store, R_OK);
}

enum err migrate_at(struct arena *arena, const char *path)
{
	struct store *store;
	enum err err = store_migrate(path, config_home_path("schema.sql"));

	if (err == OK)
		err = store_open(path, &store);
	if (err != OK)
		return err;
	err = issue_first_key(store, arena);
	if (err == OK)
		err = rows_fill_languages(store, arena);
	if (err == OK)
		err = search_renew(store, arena);
	if (err == OK)
		err = items_fill(store, arena);
	store_close(store);
	return err;
}

int migrate(struct arena *arena, int argc, char **argv)
{
	const char *path = config_var_path("viva.db");

	if (argc == 1 && strcmp(argv[0], "--pending") != 0) {
		fputs("usage: viva migrate [--pending]\n", stderr);
		return 2;
	}
	if (argc == 1)
		return store_is_current(path) ? 1 : 0;
	if (migrate_at(arena, path) == OK)
		return 0;
	fprintf(stderr, "viva: the database %s could not be brought up to date\n", path);
	return 1;
}
