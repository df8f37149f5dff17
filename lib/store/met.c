#include "store/met.h"

#include <stdlib.h>
#include <string.h>

#include "store/statement.h"

static enum err read_all(struct store *store, struct arena *arena, const char *sql,
                         const char *user_id, struct met_list *ret_list)
{
	struct met_list list = { 0 };
	struct statement *statement;
	enum err err = statement_open(store, sql, VALUES(val_text(user_id)), &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = (struct met){
			.bank_id = column_text(statement, 0, arena),
			.at = column_int64(statement, 1),
		};
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}

enum err met_list(struct store *store, struct arena *arena, const char *user_id,
                  struct met_list *ret_list)
{
	return read_all(store, arena,
	                "SELECT q.bank_id, max(q.asked_at) FROM interviews i"
	                " JOIN questions q INDEXED BY questions_met ON q.interview_id = i.id"
	                " WHERE i.owner_id = $1 AND q.asked_at IS NOT NULL"
	                " GROUP BY q.bank_id ORDER BY q.bank_id",
	                user_id, ret_list);
}

enum err met_waiting(struct store *store, struct arena *arena, const char *user_id,
                     struct met_list *ret_list)
{
	return read_all(store, arena,
	                "SELECT bank_id, max(at) FROM"
	                " (SELECT q.bank_id AS bank_id, i.created_at AS at FROM interviews i"
	                " JOIN questions q ON q.interview_id = i.id AND q.state = 'planned'"
	                " WHERE i.owner_id = $1 AND i.status <> 'completed' UNION ALL"
	                " SELECT q.bank_id, u.used_at FROM invitation_uses u"
	                " JOIN invitation_questions q ON q.invitation_id = u.invitation_id"
	                " WHERE u.user_id = $1) GROUP BY bank_id ORDER BY bank_id",
	                user_id, ret_list);
}

static int by_bank_id(const void *id, const void *item)
{
	return strcmp(id, ((const struct met *)item)->bank_id);
}

int64_t met_at(const struct met_list *list, const char *bank_id)
{
	const struct met *found;

	if (list == NULL || list->count == 0)
		return 0;
	found = bsearch(bank_id, list->items, list->count, sizeof(*list->items), by_bank_id);
	return found != NULL ? found->at : 0;
}
