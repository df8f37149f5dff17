#include "base/clock.h"
#include "store/statement.h"
#include "store/submission.h"

enum err event_add(struct store *store, const struct event_row *event)
{
	enum err err = statement_change_soft(
	        store,
	        "INSERT INTO events (interview_id, question_id, kind, evidence, created_at)"
	        " SELECT $1, $2, $3, $4, $5"
	        " WHERE (SELECT count(*) FROM events WHERE interview_id = $1) < 500"
	        " AND EXISTS (SELECT 1 FROM interviews WHERE id = $1)",
	        VALUES(val_text(event->interview_id), val_text(event->question_id),
	               val_text(event->kind), val_text(event->evidence), val_int(clock_now_ms())));

	return err == ERR_NOT_FOUND ? ERR_LIMITED : err;
}

enum err event_list(struct store *store, struct arena *arena, const char *interview_id,
                    struct event_list *ret_list)
{
	struct event_list list = { 0 };
	struct statement *statement;
	enum err err = statement_open(store,
	                              "SELECT id, interview_id, question_id, kind, evidence,"
	                              " created_at FROM events WHERE interview_id = $1"
	                              " ORDER BY id",
	                              VALUES(val_text(interview_id)), &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = (struct event_row){
			.id = column_int64(statement, 0),
			.interview_id = column_text(statement, 1, arena),
			.question_id = column_text(statement, 2, arena),
			.kind = column_text(statement, 3, arena),
			.evidence = column_text(statement, 4, arena),
			.created_at = column_int64(statement, 5),
		};
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}
