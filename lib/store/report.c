#include "base/clock.h"
#include "store/interview.h"
#include "store/statement.h"

enum err report_add(struct store *store, struct arena *arena, struct report_row *report)
{
	const char *id = store_new_id(arena);
	const int64_t now = clock_now_ms();
	enum err err = statement_change(
	        store,
	        "INSERT INTO reports (id, interview_id, version, body, total_score, max_score,"
	        " created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"
	        " ON CONFLICT (interview_id) DO NOTHING",
	        VALUES(val_text(id), val_text(report->interview_id), val_text(report->version),
	               val_text(report->body), val_real(report->total_score),
	               val_real(report->max_score), val_int(now)));

	if (err != OK)
		return err == ERR_NOT_FOUND ? ERR_CONFLICT : err;
	report->id = id;
	report->created_at = now;
	return OK;
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
