#include "base/clock.h"
#include "store/interview.h"
#include "store/revision.h"
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
	        " created_at, revision, cause, note, key_id, signature, records, texts_due)"
	        " SELECT $1, id, $2, $3, $4, $5, $6, $7, coalesce($8, 'finished'),"
	        " coalesce($9, ''), coalesce($10, ''), coalesce($11, ''), coalesce($12, '[]'), $13"
	        " FROM interviews WHERE id = $14 ON CONFLICT (interview_id) DO NOTHING",
	        VALUES(val_text(report->id), val_text(report->version), val_text(report->body),
	               val_real(report->total_score), val_real(report->max_score),
	               val_int(report->created_at), val_int(report->revision),
	               val_text(report->cause), val_text(report->note), val_text(report->key_id),
	               val_text(report->signature), val_text(report->records),
	               val_int(report->texts_due), val_text(report->interview_id)));

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
	if (added.revision == 0)
		added.revision = 1;
	if (added.created_at == 0)
		added.created_at = clock_now_ms();
	err = insert(store, &added);
	if (err == OK)
		err = revision_log_add(store, arena, &added);
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
	                               " max_score, created_at, revision, cause, note, key_id,"
	                               " signature, records, texts_due FROM reports"
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
		.revision = column_int(statement, 7),
		.cause = column_text(statement, 8, arena),
		.note = column_text(statement, 9, arena),
		.key_id = column_text(statement, 10, arena),
		.signature = column_text(statement, 11, arena),
		.records = column_text(statement, 12, arena),
		.texts_due = column_bool(statement, 13),
	};
	err = statement_close(statement);
	if (err == OK)
		*ret_report = report;
	return err;
}

enum err report_stage(struct store *store, const char *interview_id, struct report_row *ret_report)
{
	struct statement *statement;
	struct report_row report = { 0 };
	enum err err = statement_first(
	        store, "SELECT revision, texts_due FROM reports WHERE interview_id = $1",
	        VALUES(val_text(interview_id)), &statement);

	if (err != OK)
		return err;
	report.revision = column_int(statement, 0);
	report.texts_due = column_bool(statement, 1);
	err = statement_close(statement);
	if (err == OK)
		*ret_report = report;
	return err;
}
