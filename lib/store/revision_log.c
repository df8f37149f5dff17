/* What the audit log knows of the reports that were made. */
#include "base/hash.h"
#include "base/json.h"
#include "store/audit.h"
#include "store/revision.h"
#include "store/statement.h"

#include <string.h>

enum err revision_log_add(struct store *store, struct arena *arena, const struct report_row *report)
{
	return audit_add(
	        store,
	        &(struct audit_entry){
	                .action = "report.made",
	                .subject = { AUDIT_INTERVIEW, report->interview_id },
	                .details = arena_printf(
	                        arena, "{\"revision\":%d,\"sha256\":\"%s\"}", report->revision,
	                        hash_bytes(arena, report->body, strlen(report->body))),
	        });
}

static struct revision_made read_made(struct arena *arena, const char *details)
{
	cJSON *object;

	if (json_parse(details, strlen(details), &object) != OK)
		return (struct revision_made){ .sha256 = "" };
	return (struct revision_made){ (int)json_number(object, "revision", 0),
		                       arena_printf(arena, "%s",
		                                    json_string(object, "sha256", "")) };
}

enum err revision_log_list(struct store *store, struct arena *arena, const char *interview_id,
                           struct revision_made_list *ret_list)
{
	struct revision_made_list list = { 0 };
	struct statement *statement;
	enum err err = statement_open(store,
	                              "SELECT a.details FROM audit_names n JOIN audit a"
	                              " ON a.subject = n.number WHERE n.interview_id = $1"
	                              " AND a.action = 'report.made' ORDER BY a.number",
	                              VALUES(val_text(interview_id)), &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = read_made(arena, column_text(statement, 0, arena));
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}

enum err revision_log_highest(struct store *store, struct arena *arena, const char *interview_id,
                              int *ret_revision)
{
	struct revision_made_list made;
	struct statement *statement;
	int highest;
	enum err err = statement_first(
	        store,
	        "SELECT coalesce(max(revision), 0) FROM (SELECT revision FROM reports"
	        " WHERE interview_id = $1 UNION ALL SELECT max(revision) FROM report_revisions"
	        " WHERE interview_id = $1) AS stored",
	        VALUES(val_text(interview_id)), &statement);

	if (err != OK)
		return err;
	highest = column_int(statement, 0);
	err = statement_close(statement);
	if (err == OK)
		err = revision_log_list(store, arena, interview_id, &made);
	if (err != OK)
		return err;
	for (size_t i = 0; i < made.count; i++)
		if (made.items[i].revision > highest)
			highest = made.items[i].revision;
	*ret_revision = highest;
	return OK;
}

enum err revision_log_next(struct store *store, struct arena *arena, const char *after,
                           const char **ret_interview_id)
{
	struct statement *statement;
	const char *id = NULL;
	enum err err = statement_first(
	        store,
	        "SELECT min(id) FROM (SELECT min(id) AS id FROM interviews WHERE id > $1"
	        " UNION ALL SELECT min(interview_id) FROM reports WHERE interview_id > $1"
	        " UNION ALL SELECT min(interview_id) FROM report_revisions"
	        " WHERE interview_id > $1) AS known",
	        VALUES(val_text(after)), &statement);

	if (err != OK)
		return err;
	if (!column_is_null(statement, 0))
		id = column_text(statement, 0, arena);
	err = statement_close(statement);
	if (err == OK && id == NULL)
		return ERR_NOT_FOUND;
	if (err == OK)
		*ret_interview_id = id;
	return err;
}

enum err revision_log_newest(struct store *store, struct arena *arena,
                             const char **ret_interview_id)
{
	return statement_text(store, arena,
	                      "SELECT interview_id FROM reports ORDER BY created_at DESC LIMIT 1",
	                      NULL, ret_interview_id);
}

enum err revision_log_keyless(struct store *store, int64_t *ret_count)
{
	return statement_int64(store,
	                       "SELECT (SELECT count(*) FROM reports WHERE key_id <> ''"
	                       " AND key_id NOT IN (SELECT id FROM signing_keys))"
	                       " + (SELECT count(*) FROM report_revisions WHERE key_id <> ''"
	                       " AND key_id NOT IN (SELECT id FROM signing_keys))",
	                       NULL, ret_count);
}

enum err revision_log_unsigned(struct store *store, struct arena *arena, const char *after,
                               struct report_row *ret_report)
{
	struct statement *statement;
	struct report_row report;
	enum err err = statement_first(store,
	                               "SELECT interview_id, revision, body FROM reports"
	                               " WHERE interview_id > $1 AND key_id = ''"
	                               " ORDER BY interview_id LIMIT 1",
	                               VALUES(val_text(after)), &statement);

	if (err != OK)
		return err;
	report = (struct report_row){
		.interview_id = column_text(statement, 0, arena),
		.revision = column_int(statement, 1),
		.body = column_text(statement, 2, arena),
	};
	err = statement_close(statement);
	if (err == OK)
		*ret_report = report;
	return err;
}

enum err revision_log_sign(struct store *store, struct arena *arena,
                           const struct report_row *report)
{
	enum err err = statement_change(store,
	                                "UPDATE reports SET body = $1, key_id = $2, signature = $3"
	                                " WHERE interview_id = $4",
	                                VALUES(val_text(report->body), val_text(report->key_id),
	                                       val_text(report->signature),
	                                       val_text(report->interview_id)));

	return err == OK ? revision_log_add(store, arena, report) : err;
}
