#include "store/export.h"

#include "base/json.h"
#include "store/statement.h"

/* The question `q` of the user is also part of an interview that still runs. */
#define COMES_AGAIN                                                                    \
	"EXISTS (SELECT 1 FROM questions w JOIN interviews r ON r.id = w.interview_id" \
	" WHERE r.owner_id = $1 AND r.status <> 'completed' AND w.bank_id = q.bank_id)"

/* A new table of a user's belongs here; tests/web/data.test.mjs finds the one that is missing. */
static const struct {
	const char *name, *sql;
} tables[] = {
	{ "users", "SELECT id, username, full_name, language, role, position, level, stack, about,"
	           " disabled_at, created_at, time_zone, is_blind, experience_years,"
	           " totp_secret IS NOT NULL AS has_second_factor FROM users WHERE id = $1" },
	{ "web_sessions", "SELECT id, user_agent, created_at, seen_at, expires_at"
	                  " FROM web_sessions WHERE user_id = $1 ORDER BY created_at" },
	{ "login_challenges", "SELECT tries, expires_at FROM login_challenges WHERE user_id = $1" },
	{ "recovery_codes", "SELECT used_at FROM recovery_codes WHERE user_id = $1" },
	{ "password_resets",
	  "SELECT created_at, expires_at, used_at, drops_factor FROM password_resets"
	  " WHERE user_id = $1 ORDER BY created_at" },
	{ "token_families", "SELECT id, user_agent, created_at, seen_at, expires_at, revoked_at"
	                    " FROM token_families WHERE user_id = $1 ORDER BY created_at" },
	{ "refresh_tokens", "SELECT t.family_id, t.created_at, t.used_at FROM refresh_tokens t"
	                    " JOIN token_families f ON f.id = t.family_id WHERE f.user_id = $1"
	                    " ORDER BY t.created_at" },
	{ "personal_tokens", "SELECT id, name, scope, created_at, seen_at, expires_at"
	                     " FROM personal_tokens WHERE user_id = $1 ORDER BY created_at" },
	{ "idempotency_keys", "SELECT name, status, created_at FROM idempotency_keys"
	                      " WHERE user_id = $1 ORDER BY created_at" },
	{ "cvs", "SELECT * FROM cvs WHERE user_id = $1" },
	{ "interviews", "SELECT * FROM interviews WHERE owner_id = $1 ORDER BY created_at" },
	{ "participants", "SELECT is_disabled, interviews, finished, last_at, latest_id,"
	                  " latest_at, total_score, max_score, share FROM participants"
	                  " WHERE user_id = $1" },
	{ "notes", "SELECT id, interview_id, body, created_at FROM notes WHERE user_id = $1"
	           " ORDER BY created_at, id" },
	{ "interview_starts", "SELECT * FROM interview_starts WHERE owner_id = $1 ORDER BY id" },
	{ "questions",
	  "SELECT q.*, (i.status <> 'completed' AND q.state = 'planned')"
	  " OR (i.invitation_id IS NOT NULL AND q.asked_at IS NULL) AS is_withheld, " COMES_AGAIN
	  " AS comes_again"
	  " FROM questions q JOIN interviews i ON i.id = q.interview_id"
	  " WHERE i.owner_id = $1 ORDER BY i.created_at, q.position" },
	{ "turns", "SELECT t.interview_id, t.seq, t.question_id, t.author, t.kind, t.body, t.nonce,"
	           " CASE WHEN i.status = 'completed' THEN t.observation END"
	           " AS observation, t.created_at, t.engine, t.is_cut"
	           " FROM turns t JOIN interviews i ON i.id = t.interview_id"
	           " WHERE i.owner_id = $1 ORDER BY i.created_at, t.seq" },
	{ "invitation_uses", "SELECT u.*, v.title FROM invitation_uses u JOIN invitations v"
	                     " ON v.id = u.invitation_id WHERE u.user_id = $1 ORDER BY u.used_at" },
	{ "drafts", "SELECT d.* FROM drafts d JOIN interviews i ON i.id = d.interview_id"
	            " WHERE i.owner_id = $1" },
#define FINISHED                                            \
	" JOIN questions q ON q.id = e.question_id"         \
	" JOIN interviews i ON i.id = q.interview_id"       \
	" WHERE i.owner_id = $1 AND i.status = 'completed'" \
	" AND NOT " COMES_AGAIN " ORDER BY i.created_at, q.position"
	{ "evaluations", "SELECT e.* FROM evaluations e" FINISHED },
	{ "marks", "SELECT e.* FROM marks e" FINISHED ", e.position" },
	{ "evidence", "SELECT e.* FROM evidence e" FINISHED ", e.position, e.span_start" },
	{ "reports", "SELECT r.* FROM reports r JOIN interviews i ON i.id = r.interview_id"
	             " WHERE i.owner_id = $1 ORDER BY r.created_at" },
	{ "report_revisions",
	  "SELECT r.interview_id, r.revision, r.version, r.body, r.total_score, r.max_score,"
	  " r.created_at, r.cause, r.note, r.key_id, r.signature, r.records,"
	  " CASE WHEN NOT EXISTS (SELECT 1 FROM questions q WHERE q.interview_id = i.id"
	  " AND " COMES_AGAIN ") THEN r.grades END AS grades FROM report_revisions r"
	  " JOIN interviews i ON i.id = r.interview_id WHERE i.owner_id = $1"
	  " ORDER BY r.created_at, r.revision" },
	{ "overrides", "SELECT e.id, e.question_id, e.score, e.reason, e.created_at, e.withdrawn_at"
	               " FROM overrides e" FINISHED ", e.id" },
	{ "appeals", "SELECT e.id, e.question_id, e.key_point_id, e.span_start, e.span_end,"
	             " e.comment, e.state, e.granted, e.status_before, e.reply, e.created_at,"
	             " e.decided_at FROM appeals e" FINISHED ", e.created_at, e.id" },
	{ "shares", "SELECT s.* FROM shares s JOIN interviews i ON i.id = s.interview_id"
	            " WHERE i.owner_id = $1 ORDER BY s.created_at" },
	{ "submissions", "SELECT * FROM submissions WHERE owner_id = $1 ORDER BY created_at" },
#define OF_QUESTION                                                                            \
	" JOIN questions q ON q.id = e.question_id JOIN interviews i ON i.id = q.interview_id" \
	" WHERE i.owner_id = $1 ORDER BY i.created_at, q.position"
	{ "code_drafts", "SELECT e.* FROM code_drafts e" OF_QUESTION },
	{ "hints", "SELECT e.* FROM hints e" OF_QUESTION ", e.level" },
	{ "events", "SELECT e.* FROM events e JOIN interviews i ON i.id = e.interview_id"
	            " WHERE i.owner_id = $1 ORDER BY e.id" },
	{ "llm_calls", "SELECT c.* FROM llm_calls c LEFT JOIN interviews i ON i.id = c.interview_id"
	               " WHERE c.user_id = $1 OR (i.owner_id = $1"
	               " AND i.status = 'completed' AND NOT EXISTS (SELECT 1 FROM questions q"
	               " WHERE q.id = c.question_id AND " COMES_AGAIN ")) ORDER BY c.id" },
	{ "interview_facts", "SELECT f.* FROM interview_facts f"
	                     " JOIN interviews i ON i.id = f.interview_id WHERE i.owner_id = $1"
	                     " ORDER BY f.created_at" },
	{ "trace_exports", "SELECT t.* FROM trace_exports t"
	                   " JOIN interviews i ON i.id = t.interview_id WHERE i.owner_id = $1" },
	{ "review_cards", "SELECT * FROM review_cards WHERE user_id = $1 ORDER BY due_at" },
	{ "review_answers", "SELECT * FROM review_answers WHERE user_id = $1 ORDER BY created_at" },
	{ "review_drafts", "SELECT * FROM review_drafts WHERE user_id = $1 ORDER BY bank_id" },
	{ "decisions", "SELECT d.interview_id, d.verdict, d.reason, d.was_blind, d.created_at"
	               " FROM decisions d JOIN interviews i ON i.id = d.interview_id"
	               " WHERE i.owner_id = $1 ORDER BY d.created_at" },
	{ "audit_names", "SELECT number, user_id, interview_id, other_id FROM audit_names"
	                 " WHERE user_id = $1 OR interview_id IN"
	                 " (SELECT id FROM interviews WHERE owner_id = $1) ORDER BY number" },
	{ "webhook_deliveries", "SELECT w.* FROM webhook_deliveries w"
	                        " JOIN interviews i ON i.id = w.interview_id WHERE i.owner_id = $1"
	                        " ORDER BY w.created_at" },
};

enum { TABLES = sizeof(tables) / sizeof(*tables) };

const char *export_table(size_t table)
{
	return table < TABLES ? tables[table].name : NULL;
}

/* Columns whose texts are JSON, here by name: the same name means the same in all tables. */
static bool is_document(const char *table, const char *column)
{
	static const char *const names[] = { "snapshot",   "observation", "steps",    "unproved",
		                             "result",     "evidence",    "proposal", "prompt",
		                             "parameters", "records",     "grades" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(column, names[i]) == 0)
			return true;
	return strcmp(column, "body") == 0 &&
	       (strcmp(table, "reports") == 0 || strcmp(table, "report_revisions") == 0 ||
	        strcmp(table, "webhook_deliveries") == 0);
}

static void add_text(cJSON *columns, const char *table, const char *name, const char *text)
{
	cJSON *document;

	if (is_document(table, name) && json_parse(text, strlen(text), &document) == OK)
		json_set(columns, name, document);
	else
		json_set_string(columns, name, text);
}

static void add_column(cJSON *columns, const char *table, sqlite3_stmt *row, int i)
{
	const char *name = sqlite3_column_name(row, i);

	switch (sqlite3_column_type(row, i)) {
	case SQLITE_NULL:
		json_set_null(columns, name);
		break;
	case SQLITE_TEXT:
		add_text(columns, table, name, (const char *)sqlite3_column_text(row, i));
		break;
	default:
		json_set_number(columns, name, sqlite3_column_double(row, i));
	}
}

static bool give(const char *table, const struct statement *statement,
                 const struct export_sink *sink)
{
	struct export_row row = { .table = table, .columns = cJSON_CreateObject() };
	const int count = sqlite3_column_count(statement->handle);

	for (int i = 0; i < count; i++) {
		const char *name = sqlite3_column_name(statement->handle, i);

		if (strcmp(name, "is_withheld") == 0)
			row.is_withheld = column_bool(statement, i);
		else if (strcmp(name, "comes_again") == 0)
			row.comes_again = column_bool(statement, i);
		else
			add_column(row.columns, table, statement->handle, i);
	}
	return sink->take(sink->context, &row);
}

enum err export_rows(struct store *store, struct arena *arena, size_t table, const char *user_id,
                     const struct export_sink *sink)
{
	struct arena *scratch;
	struct statement *statement;
	bool goes_on = true;
	enum err err = statement_open(store, tables[table].sql, VALUES(val_text(user_id)),
	                              &statement);

	if (err != OK)
		return err;
	scratch = arena_create();
	json_bind(scratch);
	while (goes_on && statement_step(statement)) {
		goes_on = give(tables[table].name, statement, sink);
		arena_reset(scratch);
	}
	json_bind(arena);
	arena_destroy(scratch);
	err = statement_close(statement);
	return err == OK && !goes_on ? ERR_CONFLICT : err;
}
