#include "store/refresh.h"

#include <stdlib.h>

#include "base/clock.h"
#include "store/statement.h"

static enum err add(struct store *store, struct refresh *refresh)
{
	refresh->created_at = clock_now_ms();
	return statement_run(store,
	                     "INSERT INTO refreshes (role_id, edition, model, kept, dropped,"
	                     " created_at) VALUES ($1, nullif($2, 0), $3, $4, $5, $6)",
	                     VALUES(val_text(refresh->role_id), val_int(refresh->edition),
	                            val_text(refresh->model), val_int(refresh->kept),
	                            val_text(refresh->dropped), val_int(refresh->created_at)));
}

enum err refresh_fail(struct store *store, struct refresh *refresh)
{
	refresh->edition = 0;
	return add(store, refresh);
}

/* Those that any edition of the role has: a generated question belongs to one role. */
static enum err disable_earlier(struct store *store, const char *role_id, const char *q_type)
{
	return statement_run(store,
	                     "UPDATE bank_questions SET enabled = 0 WHERE source = 'llm'"
	                     " AND enabled = 1 AND q_type = $1 AND id IN (SELECT question_id"
	                     " FROM edition_questions WHERE role_id = $2)",
	                     VALUES(val_text(q_type), val_text(role_id)));
}

static enum err disable_kinds(struct store *store, const char *role_id,
                              const struct bank_question_list *fresh)
{
	enum err err = OK;

	for (size_t i = 0; err == OK && i < fresh->count; i++)
		err = disable_earlier(store, role_id, fresh->items[i].q_type);
	return err;
}

static int by_id(const void *a, const void *b)
{
	return strcmp(((const struct bank_question *)a)->id, ((const struct bank_question *)b)->id);
}

/* What the role keeps, and the fresh ones, in ascending order of their ids. */
static enum err gather(struct store *store, struct arena *arena, const char *role_id,
                       const struct bank_question_list *fresh, struct bank_question_list *ret_set)
{
	struct bank_question_list kept = { 0 }, set = { 0 };
	int number = 0;
	enum err err = edition_current(store, role_id, &number);

	if (err == OK)
		err = edition_questions(store, arena, role_id, number, &kept);
	if (err != OK)
		return err;
	set.items = arena_array(arena, kept.count + fresh->count + 1, sizeof(*set.items));
	for (size_t i = 0; i < kept.count; i++)
		set.items[set.count++] = kept.items[i];
	for (size_t i = 0; i < fresh->count; i++)
		set.items[set.count++] = fresh->items[i];
	qsort(set.items, set.count, sizeof(*set.items), by_id);
	*ret_set = set;
	return OK;
}

static enum err apply(struct store *store, struct arena *arena, struct refresh *refresh,
                      const struct bank_question_list *fresh)
{
	struct bank_question_list set = { 0 };
	enum err err = disable_kinds(store, refresh->role_id, fresh);

	if (err == OK)
		err = gather(store, arena, refresh->role_id, fresh, &set);
	for (size_t i = 0; err == OK && i < fresh->count; i++)
		err = bank_save(store, arena, &fresh->items[i]);
	if (err == OK)
		err = edition_save(store, arena, refresh->role_id, &set, &refresh->edition);
	return err == OK ? add(store, refresh) : err;
}

enum err refresh_apply(struct store *store, struct arena *arena, struct refresh *refresh,
                       const struct bank_question_list *fresh)
{
	bool own = false;
	enum err err = store_join(store, &own);

	if (err != OK)
		return err;
	err = apply(store, arena, refresh, fresh);
	return store_leave(store, own, err);
}
