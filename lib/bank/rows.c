#include "bank/rows.h"

#include <string.h>

#include "base/json.h"

static int difficulty_of(const char *name)
{
	static const char *const names[] = { "BASIC", "INTERMEDIATE", "ADVANCED", "EXPERT" };

	for (int i = 0; i < 4; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	return 0;
}

struct bank_question rows_question(const cJSON *item)
{
	return (struct bank_question){
		.id = json_string(item, "id", ""),
		.type = json_string(item, "type", ""),
		.track = json_string(item, "track", ""),
		.category = json_string(item, "category", ""),
		.level = json_string(item, "level", ""),
		.difficulty = difficulty_of(json_string(item, "difficulty", "")),
		.body = json_text(item),
		.enabled = true,
		.q_type = "theory",
	};
}

struct bank_question rows_task(const cJSON *item, const char *body)
{
	struct bank_question task = rows_question(item);

	task.type = "technical";
	task.q_type = "coding";
	task.body = body;
	return task;
}
