#include "bank/rows.h"

#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/log.h"
#include "judge/task.h"

static int difficulty_of(const char *name)
{
	static const char *const names[] = { "BASIC", "INTERMEDIATE", "ADVANCED", "EXPERT" };

	for (int i = 0; i < 4; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	return 0;
}

/* What is asked, which goes to whoever is asked, without the answers of its test. */
static const char *body_of(const cJSON *item)
{
	cJSON *body;

	if (json_get(item, "answers") == NULL)
		return json_text(item);
	body = cJSON_Duplicate(item, true);
	cJSON_DeleteItemFromObjectCaseSensitive(body, "answers");
	return json_text(body);
}

struct bank_question rows_question(const cJSON *item)
{
	const cJSON *answers = json_get(item, "answers");

	return (struct bank_question){
		.id = json_string(item, "id", ""),
		.type = json_string(item, "type", ""),
		.track = json_string(item, "track", ""),
		.category = json_string(item, "category", ""),
		.level = json_string(item, "level", ""),
		.difficulty = difficulty_of(json_string(item, "difficulty", "")),
		.body = body_of(item),
		.enabled = true,
		.q_type = "theory",
		.answers = answers != NULL ? json_text(answers) : "",
	};
}

/* " c python "; "" of a body that cannot be read. */
static const char *code_languages(struct arena *arena, const char *body)
{
	struct coding_task task;
	const char *fault;
	struct buf names;

	buf_init(&names, arena);
	if (task_parse(arena, body, LANG_EN, &task, &fault) != OK)
		return "";
	for (size_t i = 0; i < task.code_count; i++)
		buf_printf(&names, " %s", task.codes[i].language);
	buf_char(&names, ' ');
	return names.data;
}

struct bank_question rows_task(struct arena *arena, const cJSON *item, const char *body)
{
	struct bank_question task = rows_question(item);

	task.type = "technical";
	task.q_type = "coding";
	task.body = body;
	task.code_languages = code_languages(arena, body);
	return task;
}

cJSON *rows_item(const struct bank_question *row)
{
	cJSON *item, *answers;

	if (json_parse(row->body, strlen(row->body), &item) != OK)
		return NULL;
	if (row->answers != NULL && row->answers[0] != '\0' &&
	    json_parse(row->answers, strlen(row->answers), &answers) == OK)
		cJSON_AddItemToObject(item, "answers", answers);
	return item;
}

enum err rows_fill_languages(struct store *store, struct arena *arena)
{
	struct bank_question_list list = { 0 };
	enum err err = bank_list(store, arena, &list);

	for (size_t i = 0; err == OK && i < list.count; i++) {
		struct bank_question *row = &list.items[i];

		if (strcmp(row->q_type, "coding") != 0 || row->code_languages[0] != '\0')
			continue;
		row->code_languages = code_languages(arena, row->body);
		if (row->code_languages[0] != '\0')
			err = bank_save(store, arena, row);
		else
			log_error("task %s cannot be read", row->id);
	}
	return err;
}
