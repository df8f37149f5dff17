#include "bank_files.h"

#include <glob.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/hash.h"
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

static void add_stamp(struct buf *stamps, const char *path)
{
	struct stat status;

	if (stat(path, &status) == 0)
		buf_printf(stamps, "%s %lld %lld.%09ld\n", path, (long long)status.st_size,
		           (long long)status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
}

const char *bank_files_stamp(struct arena *arena, const char *folder)
{
	static const char *const patterns[] = { "roles.json", "questions/*.json", "tasks/*.json" };
	struct buf stamps;
	glob_t found;

	buf_init(&stamps, arena);
	add_stamp(&stamps, "/proc/self/exe");
	for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++) {
		if (glob(arena_printf(arena, "%s/%s", folder, patterns[i]), 0, NULL, &found) != 0)
			continue;
		for (size_t f = 0; f < found.gl_pathc; f++)
			add_stamp(&stamps, found.gl_pathv[f]);
		globfree(&found);
	}
	return hash_bytes(arena, stamps.data, stamps.len);
}
