/* A database of its own for a fuzz target that needs one: in memory's file system, made once. */
#ifndef VIVA_TESTS_FUZZ_DATABASE_H
#define VIVA_TESTS_FUZZ_DATABASE_H

#include <stdio.h>
#include <unistd.h>

#include "target.h"

#include "base/arena.h"
#include "base/config.h"
#include "base/log.h"
#include "store/store.h"
#include "web/token.h"

/* The folder of this process, removed when it ends; VIVA_VAR for what the target calls. */
static char database_folder[64];

static inline void database_remove(void)
{
	char command[128];

	snprintf(command, sizeof(command), "rm -rf '%s'", database_folder);
	if (system(command) != 0)
		abort();
}

/* The path of an empty database with the schema; what is logged goes to a file beside it. */
static inline const char *database_make(void)
{
	static char path[96];

	snprintf(database_folder, sizeof(database_folder), "/dev/shm/viva-fuzz-%d-XXXXXX",
	         (int)getpid());
	must(mkdtemp(database_folder) != NULL);
	atexit(database_remove);
	setenv("VIVA_VAR", database_folder, 1);
	must(config_load() == OK && token_init());
	log_open("fuzz", database_folder, 0);
	snprintf(path, sizeof(path), "%s/viva.db", database_folder);
	must(store_migrate(path, "schema.sql") == OK);
	return path;
}

#endif
