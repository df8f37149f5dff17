/*
 * A document of the bank as an admin sends it or a file has it: as a question, a coding task and a
 * role. Faults are sentences; what has none can be stored, read back, asked and searched.
 */
#include "target.h"

#include "bank/edit.h"
#include "bank/rows.h"
#include "bank/rules.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "judge/task.h"
#include "judge/variants.h"

typedef void check_function(struct rules_check *check, const cJSON *item);

/* True if it has no fault. */
static bool judge(struct arena *arena, const cJSON *roles, const cJSON *item, check_function *rules)
{
	struct rules_check check = { .arena = arena, .roles = roles };
	struct buf told;

	buf_init(&told, arena);
	check.told = &told;
	rules(&check, item);
	must((check.faults == 0) == (told.len == 0));
	must(text_valid(told.data != NULL ? told.data : "", told.len));
	return check.faults == 0;
}

static void read_task(struct arena *arena, const char *body)
{
	struct coding_task task;
	const char *fault = NULL;

	for (enum language language = 0; language < LANG_COUNT; language++)
		if (task_parse(arena, body, language, &task, &fault) != OK)
			must(fault != NULL);
	(void)task_is_complete(arena, body);
}

static void ask_task(struct arena *arena, const cJSON *item)
{
	const char *body = json_text(item);
	const size_t count = variants_count(item);

	read_task(arena, body);
	must(count <= VARIANTS_MOST || count > 0);
	for (size_t i = 1; i <= count && i <= VARIANTS_MOST; i++)
		read_task(arena, variants_asked(arena, body, i));
	read_task(arena, variants_draw(arena, body, 7));
}

static void store_question(const cJSON *item)
{
	const struct bank_question row = rows_question(item);
	const cJSON *back = rows_item(&row);

	must(row.id != NULL && row.type != NULL && row.level != NULL && row.body != NULL);
	must(back != NULL);
	must(strcmp(json_string(back, "id", ""), row.id) == 0);
}

static void read_item(struct arena *arena, const cJSON *roles, const cJSON *item)
{
	if (judge(arena, roles, item, rules_question))
		store_question(item);
	if (judge(arena, roles, item, rules_task)) {
		const struct bank_question row = rows_task(arena, item, json_text(item));

		must(row.id != NULL && row.level != NULL);
	}
	(void)judge(arena, roles, item, rules_role);
	ask_task(arena, item);
	(void)json_text(edit_plain(item));
}

FUZZ_TARGET("bank")
{
	static const char roles_text[] = "[{\"id\":\"r\",\"track\":\"backend\",\"title\":"
	                                 "{\"en\":\"R\",\"ru\":\"R\",\"uk\":\"R\"}}]";
	struct arena *arena = arena_create();
	cJSON *item = NULL, *roles = NULL;

	json_bind(arena);
	must(json_parse(roles_text, strlen(roles_text), &roles) == OK);
	if (json_parse((const char *)data, size, &item) == OK && cJSON_IsObject(item))
		read_item(arena, roles, item);
	json_bind(NULL);
	arena_destroy(arena);
	return 0;
}
