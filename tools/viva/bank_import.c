/* viva bank import: from the JSON files to the database, all or nothing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bank_bodies.h"
#include "bank_files.h"
#include "bank/editions.h"
#include "bank/rows.h"
#include "base/config.h"
#include "base/json.h"
#include "store/audit.h"
#include "store/bank.h"
#include "store/user.h"
#include "viva.h"

struct import {
	struct arena *arena;
	struct store *store;
	struct bank_files files;
	struct task_bodies task_bodies;   /* of files->tasks, as they are to be stored */
	size_t count;                     /* of questions and tasks in the files */
	struct bank_question_list stored; /* what the database has now */
	struct role_list roles;           /* the same */
	bool overwrites;                  /* what admins edited as well */
	int left;                         /* alone, because admins edited it */
	const char *stamp;                /* of the files; NULL: unknown */
};

static int by_id(const void *a, const void *b)
{
	return strcmp(((const struct bank_question *)a)->id, ((const struct bank_question *)b)->id);
}

/* What an admin edited is theirs until somebody says otherwise. */
static bool is_edited(const struct import *import, const char *id)
{
	for (size_t i = 0; i < import->stored.count; i++)
		if (strcmp(import->stored.items[i].id, id) == 0)
			return import->stored.items[i].edited_at != 0;
	return false;
}

static bool is_role_edited(const struct import *import, const char *id)
{
	for (size_t i = 0; i < import->roles.count; i++)
		if (strcmp(import->roles.items[i].id, id) == 0)
			return import->roles.items[i].edited_at != 0;
	return false;
}

static enum err import_question(struct import *import, const struct bank_question *question)
{
	if (!import->overwrites && is_edited(import, question->id)) {
		import->left++;
		return OK;
	}
	return bank_save(import->store, import->arena, question);
}

static enum err import_questions(struct import *import)
{
	size_t most = (size_t)cJSON_GetArraySize(import->files.questions) +
	              (size_t)cJSON_GetArraySize(import->files.tasks) + 1;
	struct bank_question *items = arena_array(import->arena, most, sizeof(*items));
	const char **ids = arena_array(import->arena, most, sizeof(*ids));
	const char **body = import->task_bodies.items;
	const cJSON *item;
	size_t count = 0;
	enum err err = OK;

	cJSON_ArrayForEach(item, import->files.questions) items[count++] = rows_question(item);
	cJSON_ArrayForEach(item, import->files.tasks)
	        items[count++] = rows_task(import->arena, item, *body++);
	qsort(items, count, sizeof(*items), by_id);
	for (size_t i = 0; err == OK && i < count; i++) {
		ids[i] = items[i].id;
		err = import_question(import, &items[i]);
	}
	import->count = count;
	return err == OK ? bank_disable_others(import->store, ids, count) : err;
}

static enum err import_role(struct import *import, const cJSON *item, int position)
{
	const cJSON *title = json_get(item, "title");
	struct role role = {
		.id = json_string(item, "id", ""),
		.track = json_string(item, "track", ""),
		.skill_tags = json_text(json_get(item, "skill_tags")),
		.position = position,
		.enabled = true,
	};

	if (json_get(item, "other_titles") != NULL)
		role.other_titles = json_text(json_get(item, "other_titles"));
	for (enum language language = 0; language < LANG_COUNT; language++)
		role.title[language] = json_string(title, language_code(language), "");
	if (!import->overwrites && is_role_edited(import, role.id)) {
		import->left++;
		return OK;
	}
	return role_save(import->store, &role);
}

static enum err note(const struct import *import)
{
	const int tasks = cJSON_GetArraySize(import->files.tasks);
	const struct audit_entry entry = {
		.action = "bank.import",
		.details = arena_printf(import->arena,
		                        "{\"questions\":%zu,\"tasks\":%d,\"roles\":%d,\"left\":%d}",
		                        import->count - (size_t)tasks, tasks,
		                        cJSON_GetArraySize(import->files.roles), import->left),
	};

	return audit_add(import->store, &entry);
}

/* A bank whose tasks wait for a sandbox is never done. */
static enum err note_stamp(const struct import *import)
{
	return setting_set(import->store, "bank_stamp",
	                   import->task_bodies.unjudged == 0 ? import->stamp : "");
}

static enum err import_all(struct import *import)
{
	const cJSON *item;
	int position = 0;
	enum err err = store_begin(import->store);

	if (err == OK)
		err = bank_list(import->store, import->arena, &import->stored);
	if (err == OK)
		err = role_list_all(import->store, import->arena, &import->roles);
	if (err == OK)
		err = import_questions(import);
	cJSON_ArrayForEach(item, import->files.roles)
	{
		if (err == OK)
			err = import_role(import, item, position++);
	}
	if (err == OK)
		err = editions_renew(import->store, import->arena);
	if (err == OK)
		err = note(import);
	if (err == OK)
		err = note_stamp(import);
	if (err == OK)
		err = store_commit(import->store);
	return err;
}

static bool is_imported(const struct import *import)
{
	const char *stamp;

	return setting_get(import->store, import->arena, "bank_stamp", &stamp) == OK &&
	       strcmp(stamp, import->stamp) == 0;
}

static int tell(const struct import *import)
{
	if (import->left > 0)
		printf("%d roles and questions stay as an admin edited them (--overwrite replaces "
		       "them)\n",
		       import->left);
	printf("%zu questions in the bank, %d of them coding tasks\n", import->count,
	       cJSON_GetArraySize(import->files.tasks));
	return 0;
}

static int import_folder(struct import *import, const char *folder)
{
	if (bank_files_read(import->arena, folder, &import->files) != OK)
		return 1;
	/* Solutions are run before the database is locked. */
	if (bank_bodies(import->store, import->arena, import->files.tasks, &import->task_bodies) ==
	    OK) {
		if (import_all(import) == OK)
			return tell(import);
		store_rollback(import->store);
	}
	fputs("viva: the bank could not be imported; nothing was changed\n", stderr);
	return 1;
}

int bank_import(struct arena *arena, int argc, char **argv)
{
	const bool has_option = argc > 0 && strncmp(argv[0], "--", 2) == 0;
	const bool if_changed = has_option && strcmp(argv[0], "--if-changed") == 0;
	const char *folder = argc > has_option ? argv[has_option] : config_home_path("bank");
	struct import import = {
		.arena = arena,
		.overwrites = has_option && strcmp(argv[0], "--overwrite") == 0,
		.stamp = bank_files_stamp(arena, folder),
	};

	if (argc > has_option + 1 || (has_option && !if_changed && !import.overwrites)) {
		fputs("usage: viva bank import [--overwrite|--if-changed] [FOLDER]\n", stderr);
		return 2;
	}
	import.store = open_store(arena);
	if (import.store == NULL)
		return 1;
	return if_changed && is_imported(&import) ? 0 : import_folder(&import, folder);
}
