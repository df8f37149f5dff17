#include "store/fact.h"

#include "base/clock.h"
#include "store/statement.h"

enum err fact_save(struct store *store, const char *interview_id, const struct fact *fact,
                   const char *engine)
{
	return statement_run(
	        store,
	        "INSERT INTO interview_facts (interview_id, name, value, engine, created_at)"
	        " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (interview_id, name) DO UPDATE SET"
	        " value = excluded.value, engine = excluded.engine,"
	        " created_at = excluded.created_at",
	        VALUES(val_text(interview_id), val_text(fact->name), val_text(fact->value),
	               val_text(engine), val_int(clock_now_ms())));
}

enum err fact_list(struct store *store, struct arena *arena, const char *interview_id,
                   struct fact_list *ret_list)
{
	struct fact_list list = { 0 };
	struct statement *statement;
	enum err err = statement_open(store,
	                              "SELECT name, value FROM interview_facts"
	                              " WHERE interview_id = $1 ORDER BY name",
	                              VALUES(val_text(interview_id)), &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = (struct fact){
			.name = column_text(statement, 0, arena),
			.value = column_text(statement, 1, arena),
		};
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}

const char *fact_value(const struct fact_list *list, const char *name)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->items[i].name, name) == 0)
			return list->items[i].value;
	return NULL;
}
