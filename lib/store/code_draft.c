#include "base/clock.h"
#include "store/statement.h"
#include "store/submission.h"

enum err code_draft_get(struct store *store, struct arena *arena, const char *question_id,
                        const char *code_language, struct code_draft *ret_draft)
{
	struct statement *statement;
	struct code_draft draft;
	enum err err = statement_first(
	        store,
	        "SELECT code_language, code, saved_at FROM code_drafts WHERE question_id = $1"
	        " AND code_language = coalesce($2, code_language)"
	        " ORDER BY saved_at DESC, rowid DESC LIMIT 1",
	        VALUES(val_text(question_id), val_text(code_language)), &statement);

	if (err != OK)
		return err;
	draft = (struct code_draft){ .code_language = column_text(statement, 0, arena),
		                     .code = column_text(statement, 1, arena),
		                     .saved_at = column_int64(statement, 2) };
	err = statement_close(statement);
	if (err == OK)
		*ret_draft = draft;
	return err;
}

enum err code_draft_save(struct store *store, const char *question_id,
                         const struct code_draft *draft)
{
	return statement_run_soft(
	        store,
	        "INSERT INTO code_drafts (question_id, code_language, code, saved_at)"
	        " VALUES ($1, $2, $3, $4) ON CONFLICT (question_id, code_language)"
	        " DO UPDATE SET code = excluded.code, saved_at = excluded.saved_at",
	        VALUES(val_text(question_id), val_text(draft->code_language), val_text(draft->code),
	               val_int(clock_now_ms())));
}
