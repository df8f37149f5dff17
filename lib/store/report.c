#include "base/clock.h"
#include "store/interview.h"
#include "store/statement.h"
#include "store/webhook.h"

/* Why nothing was added: there is one, or there is nothing to report on any more. */
static enum err refusal(struct store *store, const char *interview_id)
{
	struct statement *statement;
	enum err err = statement_first(store, "SELECT 1 FROM reports WHERE interview_id = $1",
	                               VALUES(val_text(interview_id)), &statement);

	if (err == OK)
		err = statement_close(statement);
	return err == OK ? ERR_CONFLICT : err;
}

static enum err insert(struct store *store, const struct report_row *report)
{
	enum err err = statement_change(
	        store,
	        "INSERT INTO reports (id, interview_id, version, body, total_score, max_score,"
	        " created_at) SELECT $1, id, $2, $3, $4, $5, $6 FROM interviews WHERE id = $7"
	        " ON CONFLICT (interview_id) DO NOTHING",
	        VALUES(val_text(report->id), val_text(report->version), val_text(report->body),
	               val_real(report->total_score), val_real(report->max_score),
	               val_int(report->created_at), val_text(report->interview_id)));

	return err == ERR_NOT_FOUND ? refusal(store, report->interview_id) : err;
}

enum err report_add(struct store *store, struct arena *arena, struct report_row *report)
{
	struct report_row added = *report;
	bool own = false;
	enum err err = store_join(store, &own);

	if (err != OK)
		return err;
	added.id = store_new_id(arena);
	added.created_at = clock_now_ms();
	err = insert(store, &added);
	if (err == OK)
		err = webhook_add(store, arena, &added);
	err = store_leave(store, own, err);
	if (err == OK)
		*report = added;
	return err;
}

enum err report_of_interview(struct store *store, struct arena *arena, const char *interview_id,
                             struct report_row *ret_report)
{
	struct statement *statement;
	struct report_row report;
	enum err err = statement_first(store,
	                               "SELECT id, interview_id, version, body, total_score,"
	                               " max_score, created_at FROM reports"
	                               " WHERE interview_id = $1",
	                               VALUES(val_text(interview_id)), &statement);

	if (err != OK)
		return err;
	report = (struct report_row){
		.id = column_text(statement, 0, arena),
		.interview_id = column_text(statement, 1, arena),
		.version = column_text(statement, 2, arena),
		.body = column_text(statement, 3, arena),
		.total_score = column_real(statement, 4),
		.max_score = column_real(statement, 5),
		.created_at = column_int64(statement, 6),
	};
	err = statement_close(statement);
	if (err == OK)
		*ret_report = report;
	return err;
}
