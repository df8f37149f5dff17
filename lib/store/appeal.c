#include "base/clock.h"
#include "store/appeal_row.h"

enum err appeal_add(struct store *store, struct arena *arena, struct appeal *appeal)
{
	const char *id = store_new_id(arena);
	const int64_t now = clock_now_ms();
	enum err err = statement_change(
	        store,
	        "INSERT INTO appeals (id, question_id, key_point_id, span_start, span_end, comment,"
	        " state, status_before, created_at)"
	        " SELECT $1, $2, $3, $4, $5, $6, 'waiting', $7, $8"
	        " WHERE EXISTS (SELECT 1 FROM questions WHERE id = $2)",
	        VALUES(val_text(id), val_text(appeal->question_id), val_text(appeal->key_point_id),
	               val_int(appeal->span_start), val_int(appeal->span_end),
	               val_text(appeal->comment), val_text(appeal->status_before), val_int(now)));

	if (err != OK)
		return err;
	appeal->id = id;
	appeal->state = "waiting";
	appeal->created_at = now;
	return OK;
}

struct appeal appeal_row_read(const struct statement *statement, struct arena *arena)
{
	return (struct appeal){
		.id = column_text(statement, 0, arena),
		.question_id = column_text(statement, 1, arena),
		.key_point_id = column_text(statement, 2, arena),
		.span_start = column_int64(statement, 3),
		.span_end = column_int64(statement, 4),
		.comment = column_text(statement, 5, arena),
		.state = column_text(statement, 6, arena),
		.granted = column_text(statement, 7, arena),
		.status_before = column_text(statement, 8, arena),
		.reply = column_text(statement, 9, arena),
		.decided_by = column_text(statement, 10, arena),
		.decided_by_name = column_text(statement, 11, arena),
		.created_at = column_int64(statement, 12),
		.decided_at = column_int64(statement, 13),
	};
}

enum err appeal_by_id(struct store *store, struct arena *arena, const char *id,
                      struct appeal *ret_appeal)
{
	struct appeal appeal;
	struct statement *statement;
	enum err err = statement_first(store, "SELECT " APPEAL_COLUMNS " WHERE a.id = $1",
	                               VALUES(val_text(id)), &statement);

	if (err != OK)
		return err;
	appeal = appeal_row_read(statement, arena);
	err = statement_close(statement);
	if (err == OK)
		*ret_appeal = appeal;
	return err;
}

enum err appeal_row_list(struct statement *statement, struct arena *arena,
                         struct appeal_list *ret_list)
{
	struct appeal_list list = { 0 };
	enum err err;

	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = appeal_row_read(statement, arena);
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}

enum err appeal_list(struct store *store, struct arena *arena, const char *interview_id,
                     struct appeal_list *ret_list)
{
	struct statement *statement;
	enum err err = statement_open(
	        store,
	        "SELECT " APPEAL_COLUMNS " JOIN questions q ON q.id = a.question_id"
	        " WHERE q.interview_id = $1 ORDER BY a.created_at, q.position, a.key_point_id",
	        VALUES(val_text(interview_id)), &statement);

	return err == OK ? appeal_row_list(statement, arena, ret_list) : err;
}

enum err appeal_decided(struct store *store, struct arena *arena, const char *question_id,
                        struct appeal_list *ret_list)
{
	struct statement *statement;
	enum err err = statement_open(store,
	                              "SELECT " APPEAL_COLUMNS
	                              " WHERE a.question_id = $1 AND a.decided_at IS NOT NULL"
	                              " ORDER BY a.decided_at, a.key_point_id",
	                              VALUES(val_text(question_id)), &statement);

	return err == OK ? appeal_row_list(statement, arena, ret_list) : err;
}

enum err appeal_decide(struct store *store, const struct appeal *appeal)
{
	const bool is_granted = appeal->granted[0] != '\0';
	enum err err = statement_change(
	        store,
	        "UPDATE appeals SET state = $1, granted = $2, reply = $3, decided_by = $4,"
	        " decided_at = $5 WHERE id = $6 AND state = 'waiting'",
	        VALUES(val_text(is_granted ? "accepted" : "declined"), val_text(appeal->granted),
	               val_text(appeal->reply), val_text(appeal->decided_by),
	               val_int(clock_now_ms()), val_text(appeal->id)));

	return err == ERR_NOT_FOUND ? ERR_CONFLICT : err;
}

enum err appeal_waiting(struct store *store, const char *owner_id, int *ret_count)
{
	return statement_int(
	        store,
	        "SELECT count(*) FROM appeals a JOIN questions q ON q.id = a.question_id"
	        " JOIN interviews i ON i.id = q.interview_id"
	        " WHERE a.state = 'waiting' AND i.owner_id = $1",
	        VALUES(val_text(owner_id)), ret_count);
}
