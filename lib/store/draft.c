#include "base/clock.h"
#include "store/interview.h"
#include "store/statement.h"

enum err draft_get(struct store *store, struct arena *arena, const char *interview_id,
                   const char **ret_body)
{
	struct statement *statement;
	const char *body = "";
	enum err err = statement_open(store, "SELECT body FROM drafts WHERE interview_id = $1",
	                              VALUES(val_text(interview_id)), &statement);

	if (err != OK)
		return err;
	if (statement_step(statement))
		body = column_text(statement, 0, arena);
	err = statement_close(statement);
	if (err == OK)
		*ret_body = body;
	return err;
}

enum err draft_save(struct store *store, const char *interview_id, const char *body)
{
	if (body[0] == '\0')
		return statement_run_soft(store, "DELETE FROM drafts WHERE interview_id = $1",
		                          VALUES(val_text(interview_id)));
	return statement_change_soft(
	        store,
	        "INSERT INTO drafts (interview_id, body, saved_at)"
	        " SELECT id, $1, $2 FROM interviews WHERE id = $3"
	        " ON CONFLICT (interview_id) DO UPDATE SET body = excluded.body,"
	        " saved_at = excluded.saved_at",
	        VALUES(val_text(body), val_int(clock_now_ms()), val_text(interview_id)));
}
