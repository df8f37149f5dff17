#include "bank_files.h"

#include <glob.h>
#include <stdio.h>

#include "base/json.h"

enum { MAX_FILE = 4 * 1024 * 1024 };

static enum err read_array(struct arena *arena, const char *path, cJSON **ret_array)
{
	enum err err = json_parse_file(arena, path, MAX_FILE, ret_array);

	if (err == OK && !cJSON_IsArray(*ret_array)) {
		fprintf(stderr, "viva: %s is not a JSON array\n", path);
		return ERR_INVALID;
	}
	return err;
}

static enum err add_file(struct arena *arena, const char *path, cJSON *items)
{
	cJSON *array, *item;
	enum err err = read_array(arena, path, &array);

	while (err == OK && (item = cJSON_DetachItemFromArray(array, 0)) != NULL)
		cJSON_AddItemToArray(items, item);
	return err;
}

/* ERR_NOT_FOUND when no file matches. */
static enum err add_files(struct arena *arena, const char *pattern, cJSON *items)
{
	glob_t found;
	enum err err = OK;

	if (glob(pattern, 0, NULL, &found) != 0)
		return ERR_NOT_FOUND;
	for (size_t i = 0; err == OK && i < found.gl_pathc; i++)
		err = add_file(arena, found.gl_pathv[i], items);
	globfree(&found);
	return err;
}

enum err bank_files_read(struct arena *arena, const char *folder, struct bank_files *ret_files)
{
	struct bank_files files = {
		.questions = cJSON_CreateArray(),
		.tasks = cJSON_CreateArray(),
	};
	enum err err = read_array(arena, arena_printf(arena, "%s/roles.json", folder),
	                          &files.roles);

	if (err != OK)
		return err;
	err = add_files(arena, arena_printf(arena, "%s/questions/*.json", folder), files.questions);
	if (err == ERR_NOT_FOUND)
		fprintf(stderr, "viva: no questions in %s/questions\n", folder);
	if (err != OK)
		return err;
	err = add_files(arena, arena_printf(arena, "%s/tasks/*.json", folder), files.tasks);
	if (err != OK && err != ERR_NOT_FOUND)
		return err;
	*ret_files = files;
	return OK;
}
