#include "base/clock.h"
#include "store/statement.h"
#include "store/submission.h"

static enum err insert(struct store *store, const char *question_id, const struct hint_row *hint)
{
	return statement_run(
	        store,
	        "INSERT INTO hints (question_id, level, body, price, created_at, engine)"
	        " VALUES ($1, $2, $3, $4, $5, coalesce($6, 'builtin'))"
	        " ON CONFLICT (question_id, level) DO NOTHING",
	        VALUES(val_text(question_id), val_int(hint->level), val_text(hint->body),
	               val_real(hint->price), val_int(clock_now_ms()), val_text(hint->engine)));
}

enum err hint_add(struct store *store, const char *question_id, const struct hint_row *hint)
{
	bool own = false;
	enum err err = store_join(store, &own);

	if (err != OK)
		return err;
	err = insert(store, question_id, hint);
	if (err == OK)
		err = statement_run(store,
		                    "UPDATE questions SET hints_used = max(hints_used, $1)"
		                    " WHERE id = $2",
		                    VALUES(val_int(hint->level), val_text(question_id)));
	return store_leave(store, own, err);
}

enum err hint_list(struct store *store, struct arena *arena, const char *question_id,
                   struct hint_list *ret_list)
{
	struct hint_list list = { 0 };
	struct statement *statement;
	enum err err = statement_open(store,
	                              "SELECT level, body, price, created_at, engine FROM hints"
	                              " WHERE question_id = $1 ORDER BY level",
	                              VALUES(val_text(question_id)), &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = (struct hint_row){
			.level = column_int(statement, 0),
			.body = column_text(statement, 1, arena),
			.price = column_real(statement, 2),
			.created_at = column_int64(statement, 3),
			.engine = column_text(statement, 4, arena),
		};
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}
