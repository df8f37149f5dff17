/* A .env file: read line by line, and what is no value of a setting is refused, not taken. */
#include <stdio.h>
#include <unistd.h>

#include "target.h"

#include "base/arena.h"
#include "base/config.h"

/* The environment as it was: every input begins with none of its own. */
extern char **environ;

static void check_values(void)
{
	const struct config *now = config();

	must(now->threads >= 1 && now->max_body_kb >= 1);
	must(now->home != NULL && now->var != NULL && now->base_path != NULL);
}

FUZZ_TARGET("settings")
{
	struct arena *arena = arena_create();
	char folder[] = "/dev/shm/viva-fuzz-XXXXXX"; /* in memory */
	char *home = NULL, *only[] = { NULL, NULL }, **kept = environ;
	const char *path;
	FILE *file;

	must(mkdtemp(folder) != NULL);
	path = arena_printf(arena, "%s/.env", folder);
	file = fopen(path, "wbe");
	must(file != NULL && fwrite(data, 1, size, file) == size);
	fclose(file);
	home = arena_printf(arena, "VIVA_HOME=%s", folder);
	only[0] = home;
	environ = only;
	if (config_load() == OK)
		check_values();
	environ = kept;
	unlink(path);
	rmdir(folder);
	arena_destroy(arena);
	return 0;
}
