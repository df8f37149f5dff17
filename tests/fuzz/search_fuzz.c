/* What somebody types into the search of the bank: no byte of it is syntax to the index. */
#include "database.h"

#include "bank/editions.h"
#include "bank/search.h"
#include "base/json.h"

static struct store *store;

static const char body[] = "{\"id\":\"b\",\"question\":{\"en\":\"What is a hash table?\",\"ru\":"
                           "\"Что такое хеш-таблица?\",\"uk\":\"Що таке хеш-таблиця?\"}}";

static void fill(struct arena *arena)
{
	const struct bank_question row = { .id = "b",
		                           .type = "technical",
		                           .track = "backend",
		                           .category = "core",
		                           .level = "junior",
		                           .body = body,
		                           .enabled = true };

	must(store_open(database_make(), &store) == OK);
	must(bank_save(store, arena, &row) == OK);
	must(search_renew(store, arena) == OK);
}

static size_t count_of(struct arena *arena, const struct bank_query *query)
{
	struct bank_question_list list = { 0 };

	must(bank_find_outlines(store, arena, query, &list) == OK);
	return list.count;
}

FUZZ_TARGET("search")
{
	struct arena *arena = arena_create();
	const char *typed = arena_copy(arena, data, size);
	struct bank_query query = { "", "", "", "", "", "", "" };
	struct bank_likeness_query like = { .q_type = "theory", .role_id = "r", .most = 3 };
	struct bank_likeness_list found = { 0 };

	json_bind(arena);
	if (store == NULL)
		fill(arena);
	if (size <= 200) {
		query.search = typed;
		must(count_of(arena, &query) <= 1);
	}
	query.search = "";
	query.match = search_typed(arena, typed);
	must(count_of(arena, &query) <= 1);
	for (like.language = 0; like.language < LANG_COUNT; like.language++) {
		like.search = bank_search_any(arena, typed);
		must(bank_search_like(store, arena, &like, &found) == OK);
	}
	json_bind(NULL);
	arena_destroy(arena);
	return 0;
}
