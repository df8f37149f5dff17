#include "bank/edit.h"

#include <string.h>

#include "bank/rows.h"
#include "bank/rules.h"
#include "base/clock.h"
#include "base/hash.h"
#include "base/json.h"
#include "judge/task.h"

static bool is_task(const cJSON *item)
{
	return json_get(item, "kind") != NULL;
}

/* The roles as the rules want them. */
static enum err read_roles(struct store *store, struct arena *arena, cJSON **ret_roles)
{
	cJSON *roles = cJSON_CreateArray(), *role;
	struct role_list list;
	enum err err = role_list_all(store, arena, &list);

	if (err != OK)
		return err;
	for (size_t i = 0; i < list.count; i++) {
		role = json_add_object(roles);
		json_set_string(role, "id", list.items[i].id);
		json_set_string(role, "track", list.items[i].track);
	}
	*ret_roles = roles;
	return OK;
}

/* A new item must not take another's id, an edited one keeps its own. */
static enum err check_id(struct store *store, struct rules_check *check, const char *id)
{
	struct bank_question known;
	enum err err;

	if (id != NULL) {
		if (strcmp(id, check->id) != 0)
			rules_fault(check, "the id must stay \"%s\"", id);
		return OK;
	}
	if (strcmp(check->id, "new") == 0)
		rules_fault(check, "\"new\" cannot be an id: pages use the word");
	err = bank_by_id(store, check->arena, check->id, &known);
	if (err == OK)
		rules_fault(check, "the bank has an item called \"%s\" already", check->id);
	return err == ERR_NOT_FOUND ? OK : err;
}

/* The body with expected answers, or the reason why there are none. */
static enum err complete(struct rules_check *check, const struct edit_order *order,
                         struct edit *edit)
{
	const char *text = edit->row.body;
	int slot;
	enum err err;

	if (order->judge == NULL || judge_tier(order->judge) == NULL) {
		edit->is_unjudged = true;
		return OK;
	}
	err = judge_enter(order->judge, check->arena, &slot);
	if (err != OK)
		return err;
	err = task_complete(order->judge, check->arena, slot, edit->row.body, &text);
	judge_leave(order->judge, slot);
	if (err == ERR_UPSTREAM) {
		edit->is_unjudged = true;
		return OK;
	}
	if (err == OK)
		edit->row.body = text;
	else if (err != ERR_BUSY)
		rules_fault(check, "%s", text);
	return err == ERR_BUSY ? err : OK;
}

static enum err judge_item(struct store *store, struct rules_check *check,
                           const struct edit_order *order, struct edit *edit)
{
	const cJSON *plain = edit->item;
	enum err err;

	check->id = json_string(edit->item, "id", "");
	err = check_id(store, check, order->id);
	if (err != OK)
		return err;
	if (is_task(edit->item)) {
		plain = edit_plain(edit->item);
		rules_task(check, plain);
	} else {
		rules_question(check, plain);
	}
	if (check->faults > 0)
		return OK;
	edit->row = is_task(plain) ? rows_task(check->arena, plain, json_text(plain))
	                           : rows_question(plain);
	edit->row.edited_at = clock_now_ms();
	return is_task(plain) ? complete(check, order, edit) : OK;
}

static void tell_broken(struct rules_check *check, const struct edit_order *order)
{
	int line, column;
	cJSON *value;

	if (json_parse(order->text, order->len, &value) == OK) {
		rules_fault(check, "this is not a JSON object");
		return;
	}
	json_fault_place(order->text, order->len, &line, &column);
	rules_fault(check, "this is not a JSON object: it breaks near line %d, column %d", line,
	            column);
}

enum err edit_read(struct store *store, struct arena *arena, const struct edit_order *order,
                   struct edit *ret_edit)
{
	struct edit edit = { 0 };
	struct rules_check check = { .arena = arena };
	struct buf told;
	cJSON *roles = NULL;
	enum err err = read_roles(store, arena, &roles);

	if (err != OK)
		return err;
	buf_init(&told, arena);
	check.told = &told;
	check.roles = roles;
	if (json_parse(order->text, order->len, &edit.item) != OK || !cJSON_IsObject(edit.item)) {
		edit.item = NULL;
		tell_broken(&check, order);
	} else {
		err = judge_item(store, &check, order, &edit);
	}
	edit.faults = told.len > 0 ? told.data : "";
	if (err == OK)
		*ret_edit = edit;
	return err;
}

bool edit_is_stored(struct arena *arena, const struct judge *judge, const struct bank_question *row,
                    const cJSON *item)
{
	const cJSON *stored = rows_item(row);

	if (stored == NULL || !cJSON_Compare(edit_plain(stored), edit_plain(item), true))
		return false;
	return !is_task(stored) || judge == NULL || judge_tier(judge) == NULL ||
	       task_is_complete(arena, row->body);
}

const char *edit_hash(struct arena *arena, const struct bank_question *row)
{
	return hash_texts(arena, (const char *const[]){ row->body, row->answers, NULL });
}

/* What the row replaces keeps being asked, or not, as it was. */
static enum err keep_state(struct store *store, struct arena *arena, const char *seen,
                           struct bank_question *row)
{
	struct bank_question stored;
	enum err err = bank_by_id(store, arena, row->id, &stored);

	if (err == ERR_NOT_FOUND)
		return seen == NULL ? OK : ERR_CONFLICT;
	if (err != OK)
		return err;
	if (seen == NULL || strcmp(edit_hash(arena, &stored), seen) != 0)
		return ERR_CONFLICT;
	row->enabled = stored.enabled;
	row->source = stored.source;
	return OK;
}

enum err edit_save(struct store *store, struct arena *arena, const struct bank_question *row,
                   const char *seen)
{
	struct bank_question saved = *row;
	enum err err = keep_state(store, arena, seen, &saved);

	return err == OK ? bank_save(store, arena, &saved) : err;
}

cJSON *edit_plain(const cJSON *body)
{
	static const char *const lists[] = { "public_tests", "hidden_tests" };
	static const char *const computed[] = { "source_hash", "variant", "variant_answers" };
	cJSON *copy = cJSON_Duplicate(body, true), *test;

	for (int i = 0; i < 2; i++)
		cJSON_ArrayForEach(test, json_get(copy, lists[i]))
		        cJSON_DeleteItemFromObjectCaseSensitive(test, "expected");
	for (size_t i = 0; i < sizeof(computed) / sizeof(*computed); i++)
		cJSON_DeleteItemFromObjectCaseSensitive(copy, computed[i]);
	return copy;
}
