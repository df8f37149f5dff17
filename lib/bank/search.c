#include "bank/search.h"

#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/log.h"
#include "judge/variants.h"
#include "score/score.h"
#include "score/stems.h"

/* Raise it whenever other words would be made of the same body. */
#define SEARCH_VERSION " search-1 " SCORE_VERSION

static const char *stems_of(struct arena *arena, const char *text)
{
	struct buf stems;

	buf_init(&stems, arena);
	stems_add(&stems, text);
	return stems.len > 0 ? stems.data : "";
}

/* Every text of a value in that language: a string, a list, or texts by language. */
static void add_texts(struct buf *text, const cJSON *value, enum language language)
{
	const cJSON *item;

	if (cJSON_IsString(value))
		buf_printf(text, "%s\n\n", value->valuestring);
	else if (cJSON_IsArray(value))
		cJSON_ArrayForEach(item, value) add_texts(text, item, language);
	else if (cJSON_IsObject(value))
		add_texts(text, json_get(value, language_code(language)), language);
}

/* Ids, answers and false claims are no subject of an item. */
static const char *words_of(struct arena *arena, const cJSON *item, enum language language)
{
	static const char *const members[] = { "question", "title", "description", "skill_tags",
		                               "topic" };
	const cJSON *point;
	struct buf text;

	buf_init(&text, arena);
	for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++)
		add_texts(&text, json_get(item, members[i]), language);
	cJSON_ArrayForEach(point, json_get(item, "key_points"))
	{
		add_texts(&text, json_get(point, "text"), language);
		add_texts(&text, json_get(point, "aliases"), language);
	}
	return text.len > 0 ? stems_of(arena, text.data) : "";
}

/* What cannot be read is entered without words, and not tried again until it changes. */
static enum err enter(struct store *store, struct bank_words *words)
{
	struct arena *scratch = arena_create();
	cJSON *item;
	enum err err;

	json_bind(scratch);
	if (json_parse(words->body, strlen(words->body), &item) != OK) {
		log_error("item %s of the bank cannot be read", words->bank_id);
		item = NULL;
	}
	if (variants_count(item) > 0)
		item = variants_expand(scratch, item, 1);
	for (enum language language = 0; language < LANG_COUNT; language++)
		words->words[language] = words_of(scratch, item, language);
	err = bank_search_enter(store, words, SEARCH_VERSION);
	arena_destroy(scratch);
	return err;
}

static enum err renew(struct store *store, struct arena *scratch)
{
	struct bank_words_list stale = { 0 };
	enum err err = bank_search_stale(store, scratch, SEARCH_VERSION, &stale);

	for (size_t i = 0; err == OK && i < stale.count; i++)
		err = enter(store, &stale.items[i]);
	return err;
}

enum err search_renew(struct store *store, struct arena *arena)
{
	struct arena *scratch;
	bool own = false;
	enum err err = store_join(store, &own);

	if (err != OK)
		return err;
	scratch = arena_create();
	err = renew(store, scratch);
	json_bind(arena);
	arena_destroy(scratch);
	return store_leave(store, own, err);
}

const char *search_typed(struct arena *arena, const char *typed)
{
	return bank_search_all(arena, stems_of(arena, typed));
}
