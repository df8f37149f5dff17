#include "bank_files.h"

#include <glob.h>
#include <stdio.h>

#include "base/json.h"

enum { MAX_FILE = 32 * 1024 * 1024 };

static enum err read_array(struct arena *arena, const char *path, cJSON **ret_array)
{
	enum err err = json_parse_file(arena, path, MAX_FILE, ret_array);

	if (err == OK && !cJSON_IsArray(*ret_array)) {
		fprintf(stderr, "viva: %s is not a JSON array\n", path);
		return ERR_INVALID;
	}
	return err;
}

static enum err add_file(struct arena *arena, const char *path, cJSON *questions)
{
	cJSON *array, *question;
	enum err err = read_array(arena, path, &array);

	while (err == OK && (question = cJSON_DetachItemFromArray(array, 0)) != NULL)
		cJSON_AddItemToArray(questions, question);
	return err;
}

enum err bank_files_read(struct arena *arena, const char *folder, struct bank_files *ret_files)
{
	struct bank_files files = { .questions = cJSON_CreateArray() };
	glob_t found;
	enum err err = read_array(arena, arena_printf(arena, "%s/roles.json", folder),
	                          &files.roles);

	if (err != OK)
		return err;
	if (glob(arena_printf(arena, "%s/questions/*.json", folder), 0, NULL, &found) != 0) {
		fprintf(stderr, "viva: no questions in %s/questions\n", folder);
		return ERR_NOT_FOUND;
	}
	for (size_t i = 0; err == OK && i < found.gl_pathc; i++)
		err = add_file(arena, found.gl_pathv[i], files.questions);
	globfree(&found);
	if (err == OK)
		*ret_files = files;
	return err;
}
