/* viva bank import: from the JSON files to the database, all or nothing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bank_bodies.h"
#include "bank_files.h"
#include "bank_rows.h"
#include "base/config.h"
#include "base/json.h"
#include "store/bank.h"
#include "viva.h"

struct import {
	struct arena *arena;
	struct store *store;
	const struct bank_files *files;
	const char **task_bodies;         /* of files->tasks, as they are to be stored */
	size_t count;                     /* of questions and tasks in the files */
	struct bank_question_list stored; /* what the database has now, generated ones too */
};

static int by_id(const void *a, const void *b)
{
	return strcmp(((const struct bank_question *)a)->id, ((const struct bank_question *)b)->id);
}

static enum err import_questions(struct import *import)
{
	size_t most = (size_t)cJSON_GetArraySize(import->files->questions) +
	              (size_t)cJSON_GetArraySize(import->files->tasks) + 1;
	struct bank_question *items = arena_array(import->arena, most, sizeof(*items));
	const char **ids = arena_array(import->arena, most, sizeof(*ids));
	const char **body = import->task_bodies;
	const cJSON *item;
	size_t count = 0;
	enum err err = OK;

	cJSON_ArrayForEach(item, import->files->questions) items[count++] = bank_row_of(item);
	cJSON_ArrayForEach(item, import->files->tasks)
	        items[count++] = bank_task_row_of(item, *body++);
	qsort(items, count, sizeof(*items), by_id);
	for (size_t i = 0; err == OK && i < count; i++) {
		ids[i] = items[i].id;
		err = bank_save(import->store, import->arena, &items[i]);
	}
	import->count = count;
	if (err == OK)
		err = bank_disable_others(import->store, ids, count);
	return err == OK ? bank_list(import->store, import->arena, &import->stored) : err;
}

static bool serves(const cJSON *item, const char *role_id)
{
	const cJSON *role;

	cJSON_ArrayForEach(role, json_get(item, "roles"))
	{
		if (cJSON_IsString(role) && (strcmp(role->valuestring, "*") == 0 ||
		                             strcmp(role->valuestring, role_id) == 0))
			return true;
	}
	return false;
}

/* Enabled ones: what the files have, and what was generated since. */
static bool is_in_set(const struct bank_question *question, const char *role_id)
{
	cJSON *item;

	return question->enabled &&
	       json_parse(question->body, strlen(question->body), &item) == OK &&
	       serves(item, role_id);
}

static enum err import_edition(const struct import *import, const char *role_id)
{
	struct bank_question_list set = {
		.items = arena_array(import->arena, import->stored.count + 1,
		                     sizeof(struct bank_question)),
	};
	int number;

	for (size_t i = 0; i < import->stored.count; i++)
		if (is_in_set(&import->stored.items[i], role_id))
			set.items[set.count++] = import->stored.items[i];
	return edition_save(import->store, import->arena, role_id, &set, &number);
}

static enum err import_role(const struct import *import, const cJSON *item, int position)
{
	const cJSON *title = json_get(item, "title");
	struct role role = {
		.id = json_string(item, "id", ""),
		.track = json_string(item, "track", ""),
		.skill_tags = json_text(json_get(item, "skill_tags")),
		.position = position,
		.enabled = true,
	};
	enum err err;

	for (enum language language = 0; language < LANG_COUNT; language++)
		role.title[language] = json_string(title, language_code(language), "");
	err = role_save(import->store, &role);
	return err == OK ? import_edition(import, role.id) : err;
}

static enum err import_all(struct import *import)
{
	const cJSON *item;
	int position = 0;
	enum err err = store_begin(import->store);

	if (err == OK)
		err = import_questions(import);
	cJSON_ArrayForEach(item, import->files->roles)
	{
		if (err == OK)
			err = import_role(import, item, position++);
	}
	if (err == OK)
		err = store_commit(import->store);
	return err;
}

int bank_import(struct arena *arena, int argc, char **argv)
{
	const char *folder = argc > 0 ? argv[0] : config_home_path("bank");
	struct bank_files files;
	struct import import = { .arena = arena, .files = &files };

	if (bank_files_read(arena, folder, &files) != OK)
		return 1;
	import.store = open_store(arena);
	if (import.store == NULL)
		return 1;
	/* Solutions are run before the database is locked. */
	if (bank_bodies(import.store, arena, files.tasks, &import.task_bodies) != OK) {
		fputs("viva: the bank could not be imported; nothing was changed\n", stderr);
		return 1;
	}
	if (import_all(&import) != OK) {
		store_rollback(import.store);
		fputs("viva: the bank could not be imported; nothing was changed\n", stderr);
		return 1;
	}
	printf("%zu questions in the bank, %d of them coding tasks\n", import.count,
	       cJSON_GetArraySize(files.tasks));
	return 0;
}
