#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/log.h"
#include "report/growth.h"

/* What is being read, and where its texts are kept: the tree goes at once. */
struct reader {
	struct arena *arena;
	const char *language;
};

static const char *kept(const struct reader *reader, const cJSON *object, const char *name)
{
	return arena_strdup(reader->arena,
	                    json_string(json_get(object, name), reader->language, ""));
}

static void read_tags(const struct reader *reader, const cJSON *body,
                      struct growth_question *question)
{
	const cJSON *tag;

	question->tags = arena_array(reader->arena, json_count(body, "skill_tags"),
	                             sizeof(*question->tags));
	cJSON_ArrayForEach(tag, json_get(body, "skill_tags"))
	{
		if (cJSON_IsString(tag))
			question->tags[question->tag_count++] = arena_strdup(reader->arena,
			                                                     tag->valuestring);
	}
}

static void read_points(const struct reader *reader, const cJSON *body,
                        struct growth_question *question)
{
	struct growth_point *points = arena_array(reader->arena, json_count(body, "key_points"),
	                                          sizeof(*points));
	const cJSON *point;

	cJSON_ArrayForEach(point, json_get(body, "key_points"))
	{
		points[question->point_count++] = (struct growth_point){
			.id = arena_strdup(reader->arena, json_string(point, "id", "")),
			.text = kept(reader, point, "text"),
		};
	}
	question->points = points;
}

static bool read_question(const struct reader *reader, const struct progress_question *row,
                          struct growth_question *ret_question)
{
	struct growth_question question = { .id = row->id, .track = row->track };
	cJSON *body;

	if (json_parse(row->body, strlen(row->body), &body) != OK) {
		log_error("question %s: its body is no JSON", row->id);
		return false;
	}
	question.text = kept(reader, body,
	                     json_get(body, "question") != NULL ? "question" : "title");
	question.max_score = json_number(body, "max_score", 0);
	read_tags(reader, body, &question);
	read_points(reader, body, &question);
	*ret_question = question;
	return true;
}

struct growth_bank growth_read_bank(struct arena *arena, const struct progress_question_list *list,
                                    enum language language)
{
	const struct reader reader = { .arena = arena, .language = language_code(language) };
	struct growth_bank bank = { .items = arena_array(arena, list->count, sizeof(*bank.items)) };
	struct arena *scratch = arena_create();

	for (size_t i = 0; i < list->count; i++) {
		json_bind(scratch);
		if (read_question(&reader, &list->items[i], &bank.items[bank.count]))
			bank.count++;
		arena_reset(scratch);
	}
	json_bind(arena);
	arena_destroy(scratch);
	return bank;
}

static int by_id(const void *id, const void *question)
{
	return strcmp(id, ((const struct growth_question *)question)->id);
}

const struct growth_question *growth_find(const struct growth_bank *bank, const char *id)
{
	if (bank->count == 0)
		return NULL;
	return bsearch(id, bank->items, bank->count, sizeof(*bank->items), by_id);
}
