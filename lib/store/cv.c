#include "store/cv.h"

#include "base/clock.h"
#include "store/statement.h"

enum err cv_save(struct store *store, const char *user_id, struct cv *cv)
{
	cv->uploaded_at = clock_now_ms();
	cv->confirmed_at = 0;
	return statement_change(
	        store,
	        "INSERT INTO cvs (user_id, file_name, body, proposal, engine, uploaded_at)"
	        " SELECT $1, $2, $3, $4, $5, $6 FROM users WHERE id = $1"
	        " ON CONFLICT (user_id) DO UPDATE SET file_name = excluded.file_name,"
	        " body = excluded.body, proposal = excluded.proposal, engine = excluded.engine,"
	        " uploaded_at = excluded.uploaded_at, confirmed_at = NULL",
	        VALUES(val_text(user_id), val_text(cv->file_name), val_text(cv->body),
	               val_text(cv->proposal), val_text(cv->engine), val_int(cv->uploaded_at)));
}

enum err cv_get(struct store *store, struct arena *arena, const char *user_id, struct cv *ret_cv)
{
	struct statement *statement;
	struct cv cv;
	enum err err = statement_first(
	        store,
	        "SELECT file_name, body, proposal, engine, uploaded_at, confirmed_at"
	        " FROM cvs WHERE user_id = $1",
	        VALUES(val_text(user_id)), &statement);

	if (err != OK)
		return err;
	cv = (struct cv){
		.file_name = column_text(statement, 0, arena),
		.body = column_text(statement, 1, arena),
		.proposal = column_text(statement, 2, arena),
		.engine = column_text(statement, 3, arena),
		.uploaded_at = column_int64(statement, 4),
		.confirmed_at = column_int64(statement, 5),
	};
	err = statement_close(statement);
	if (err == OK)
		*ret_cv = cv;
	return err;
}

enum err cv_confirm(struct store *store, const char *user_id, int64_t uploaded_at)
{
	return statement_change(
	        store, "UPDATE cvs SET confirmed_at = $1 WHERE user_id = $2 AND uploaded_at = $3",
	        VALUES(val_int(clock_now_ms()), val_text(user_id), val_int(uploaded_at)));
}

enum err cv_delete(struct store *store, const char *user_id)
{
	return statement_change(store, "DELETE FROM cvs WHERE user_id = $1",
	                        VALUES(val_text(user_id)));
}
