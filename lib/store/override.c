#include "base/clock.h"
#include "store/ruling.h"
#include "store/statement.h"

enum err override_add(struct store *store, struct override *override)
{
	const int64_t now = clock_now_ms();
	struct statement *statement;
	int64_t id;
	enum err err = statement_first(
	        store,
	        "INSERT INTO overrides (question_id, score, reason, author_id, created_at)"
	        " SELECT $1, $2, $3, $4, $5 WHERE EXISTS (SELECT 1 FROM questions WHERE id = $1)"
	        " RETURNING id",
	        VALUES(val_text(override->question_id), val_real(override->score),
	               val_text(override->reason), val_text(override->author_id), val_int(now)),
	        &statement);

	if (err != OK)
		return err;
	id = column_int64(statement, 0);
	err = statement_close(statement);
	if (err != OK)
		return err;
	override->id = id;
	override->created_at = now;
	override->withdrawn_at = 0;
	return OK;
}

enum err override_withdraw(struct store *store, const char *question_id)
{
	return statement_change(store,
	                        "UPDATE overrides SET withdrawn_at = $1"
	                        " WHERE question_id = $2 AND withdrawn_at IS NULL",
	                        VALUES(val_int(clock_now_ms()), val_text(question_id)));
}

enum err override_list(struct store *store, struct arena *arena, const char *question_id,
                       struct override_list *ret_list)
{
	struct override_list list = { 0 };
	struct statement *statement;
	enum err err = statement_open(
	        store,
	        "SELECT o.id, o.question_id, o.score, o.reason, o.author_id,"
	        " coalesce(nullif(u.full_name, ''), u.username), o.created_at, o.withdrawn_at"
	        " FROM overrides o LEFT JOIN users u ON u.id = o.author_id"
	        " WHERE o.question_id = $1 ORDER BY o.id",
	        VALUES(val_text(question_id)), &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = (struct override){
			.id = column_int64(statement, 0),
			.question_id = column_text(statement, 1, arena),
			.score = column_real(statement, 2),
			.reason = column_text(statement, 3, arena),
			.author_id = column_text(statement, 4, arena),
			.author_name = column_text(statement, 5, arena),
			.created_at = column_int64(statement, 6),
			.withdrawn_at = column_int64(statement, 7),
		};
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}
