#include "store/revision.h"

#include "base/clock.h"
#include "base/json.h"
#include "store/statement.h"

static enum err archive(struct store *store, const char *interview_id, const char *grades)
{
	return statement_change(
	        store,
	        "INSERT INTO report_revisions (interview_id, revision, version, body, total_score,"
	        " max_score, created_at, cause, note, key_id, signature, records, grades)"
	        " SELECT interview_id, revision, version, body, total_score, max_score,"
	        " created_at, cause, note, key_id, signature, records, $1 FROM reports"
	        " WHERE interview_id = $2",
	        VALUES(val_text(grades), val_text(interview_id)));
}

static enum err replace(struct store *store, struct arena *arena, struct report_row *report)
{
	struct statement *statement;
	enum err err = statement_first(
	        store,
	        "UPDATE reports SET revision = $1, version = $2, body = $3,"
	        " total_score = $4, max_score = $5, created_at = $6, cause = $7,"
	        " note = coalesce($8, ''), key_id = coalesce($9, ''),"
	        " signature = coalesce($10, ''), records = coalesce($11, '[]'), texts_due = $12"
	        " WHERE interview_id = $13 RETURNING id",
	        VALUES(val_int(report->revision), val_text(report->version), val_text(report->body),
	               val_real(report->total_score), val_real(report->max_score),
	               val_int(report->created_at), val_text(report->cause), val_text(report->note),
	               val_text(report->key_id), val_text(report->signature),
	               val_text(report->records), val_int(report->texts_due),
	               val_text(report->interview_id)),
	        &statement);

	if (err != OK)
		return err;
	report->id = column_text(statement, 0, arena);
	return statement_close(statement);
}

enum err revision_add(struct store *store, struct arena *arena, struct report_row *report,
                      const struct revision_grades *grades)
{
	struct report_row added = *report;
	bool own = false;
	enum err err = store_join(store, &own);

	if (err != OK)
		return err;
	if (added.created_at == 0)
		added.created_at = clock_now_ms();
	err = archive(store, added.interview_id, revision_grades_text(arena, grades));
	if (err == OK)
		err = replace(store, arena, &added);
	if (err == OK)
		err = revision_log_add(store, arena, &added);
	err = store_leave(store, own, err);
	if (err == OK)
		*report = added;
	return err;
}

static struct report_row read_head(const struct statement *statement, struct arena *arena)
{
	return (struct report_row){
		.interview_id = column_text(statement, 0, arena),
		.revision = column_int(statement, 1),
		.version = column_text(statement, 2, arena),
		.total_score = column_real(statement, 3),
		.max_score = column_real(statement, 4),
		.created_at = column_int64(statement, 5),
		.cause = column_text(statement, 6, arena),
		.note = column_text(statement, 7, arena),
		.key_id = column_text(statement, 8, arena),
		.signature = column_text(statement, 9, arena),
	};
}

#define HEAD                                                                          \
	"SELECT interview_id, revision, version, total_score, max_score, created_at," \
	" cause, note, key_id, signature"

enum err revision_list(struct store *store, struct arena *arena, const char *interview_id,
                       struct revision_list *ret_list)
{
	struct revision_list list = { 0 };
	struct statement *statement;
	enum err err = statement_open(store,
	                              HEAD " FROM report_revisions WHERE interview_id = $1"
	                                   " UNION ALL " HEAD
	                                   " FROM reports WHERE interview_id = $1"
	                                   " ORDER BY revision",
	                              VALUES(val_text(interview_id)), &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = read_head(statement, arena);
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}

enum err revision_next(struct store *store, struct arena *arena, const char *after,
                       const char **ret_interview_id)
{
	return statement_text(store, arena,
	                      "SELECT interview_id FROM reports WHERE interview_id > $1"
	                      " ORDER BY interview_id LIMIT 1",
	                      VALUES(val_text(after)), ret_interview_id);
}

static enum err get_archived(struct store *store, struct arena *arena, const char *interview_id,
                             int revision, struct report_row *ret_report)
{
	struct statement *statement;
	struct report_row report;
	enum err err = statement_first(store,
	                               HEAD ", body, records FROM report_revisions"
	                                    " WHERE interview_id = $1 AND revision = $2",
	                               VALUES(val_text(interview_id), val_int(revision)),
	                               &statement);

	if (err != OK)
		return err;
	report = read_head(statement, arena);
	report.body = column_text(statement, 10, arena);
	report.records = column_text(statement, 11, arena);
	err = statement_close(statement);
	if (err == OK)
		*ret_report = report;
	return err;
}

enum err revision_get(struct store *store, struct arena *arena, const char *interview_id,
                      int revision, struct report_row *ret_report)
{
	struct report_row newest;
	enum err err = report_of_interview(store, arena, interview_id, &newest);

	if (err != OK)
		return err;
	if (newest.revision != revision)
		return get_archived(store, arena, interview_id, revision, ret_report);
	*ret_report = newest;
	return OK;
}

enum err revision_kept(struct store *store, struct arena *arena, const char *interview_id,
                       int revision, struct revision_grades *ret_grades)
{
	struct statement *statement;
	const char *grades;
	enum err err = statement_first(store,
	                               "SELECT grades FROM report_revisions"
	                               " WHERE interview_id = $1 AND revision = $2",
	                               VALUES(val_text(interview_id), val_int(revision)),
	                               &statement);

	if (err != OK)
		return err;
	grades = column_text(statement, 0, arena);
	err = statement_close(statement);
	return err == OK ? revision_grades_parse(arena, grades, ret_grades) : err;
}
