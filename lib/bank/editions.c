#include "bank/editions.h"

#include <string.h>

#include "bank/search.h"
#include "base/json.h"
#include "store/bank.h"

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

/* `roles` of the stored question, parsed once; NULL: it is disabled or cannot be read. */
static const cJSON **parse_all(struct arena *arena, const struct bank_question_list *stored)
{
	const cJSON **items = arena_array(arena, stored->count + 1, sizeof(*items));

	for (size_t i = 0; i < stored->count; i++) {
		const struct bank_question *question = &stored->items[i];
		cJSON *item;

		if (question->enabled &&
		    json_parse(question->body, strlen(question->body), &item) == OK)
			items[i] = item;
	}
	return items;
}

enum err editions_renew(struct store *store, struct arena *arena)
{
	struct bank_question_list stored, set = { 0 };
	struct role_list roles;
	const cJSON **items;
	int number;
	enum err err = bank_list(store, arena, &stored);

	if (err == OK)
		err = role_list_all(store, arena, &roles);
	if (err != OK)
		return err;
	items = parse_all(arena, &stored);
	set.items = arena_array(arena, stored.count + 1, sizeof(*set.items));
	for (size_t i = 0; err == OK && i < roles.count; i++) {
		set.count = 0;
		for (size_t j = 0; j < stored.count; j++)
			if (serves(items[j], roles.items[i].id))
				set.items[set.count++] = stored.items[j];
		err = edition_save(store, arena, roles.items[i].id, &set, &number);
	}
	return err == OK ? search_renew(store, arena) : err;
}
