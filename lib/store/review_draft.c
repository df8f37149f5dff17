#include "base/clock.h"
#include "store/review.h"
#include "store/statement.h"

enum err review_draft_get(struct store *store, struct arena *arena, const char *user_id,
                          const char *bank_id, const char **ret_body)
{
	struct statement *statement;
	const char *body = "";
	enum err err = statement_open(store,
	                              "SELECT body FROM review_drafts"
	                              " WHERE user_id = $1 AND bank_id = $2",
	                              VALUES(val_text(user_id), val_text(bank_id)), &statement);

	if (err != OK)
		return err;
	if (statement_step(statement))
		body = column_text(statement, 0, arena);
	err = statement_close(statement);
	if (err == OK)
		*ret_body = body;
	return err;
}

enum err review_draft_save(struct store *store, const char *user_id, const char *bank_id,
                           const char *body)
{
	if (body[0] == '\0')
		return statement_run_soft(
		        store, "DELETE FROM review_drafts WHERE user_id = $1 AND bank_id = $2",
		        VALUES(val_text(user_id), val_text(bank_id)));
	return statement_run_soft(
	        store,
	        "INSERT INTO review_drafts (user_id, bank_id, body, saved_at)"
	        " VALUES ($1, $2, $3, $4) ON CONFLICT (user_id, bank_id) DO UPDATE SET"
	        " body = excluded.body, saved_at = excluded.saved_at",
	        VALUES(val_text(user_id), val_text(bank_id), val_text(body),
	               val_int(clock_now_ms())));
}
