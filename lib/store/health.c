#include "store/health.h"

#include <stdlib.h>

#include "base/clock.h"
#include "store/migrate.h"
#include "store/statement.h"

/* "<time> <value>" */
enum err health_note(struct store *store, const char *name, const char *value)
{
	return statement_run_soft(
	        store,
	        "INSERT INTO settings (name, value) VALUES ($1, CAST($2 AS TEXT) || ' ' || $3)"
	        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
	        VALUES(val_text(name), val_int(clock_now_ms()), val_text(value)));
}

static int64_t time_of(const char *note)
{
	return note != NULL ? strtoll(note, NULL, 10) : 0;
}

static const char *value_of(const char *note)
{
	const char *space = note != NULL ? strchr(note, ' ') : NULL;

	return space != NULL ? space + 1 : NULL;
}

static enum err read_counts(struct store *store, struct arena *arena, struct health *health)
{
	struct statement *statement;
	const char *judge;
	enum err err = statement_first(
	        store,
	        "SELECT (SELECT value FROM settings WHERE name = '" HEALTH_HOUSEKEEPING "'),"
	        " (SELECT value FROM settings WHERE name = '" HEALTH_ERRANDS "'),"
	        " (SELECT value FROM settings WHERE name = '" HEALTH_JUDGE "'),"
	        " (SELECT count(*) FROM submissions WHERE state IN ('queued','running') AND state "
	        "= 'queued'),"
	        " (SELECT count(*) FROM submissions WHERE state IN ('queued','running') AND state "
	        "= 'running'),"
	        " (SELECT coalesce(min(created_at), 0) FROM submissions WHERE state IN "
	        "('queued','running') AND state = 'queued'),"
	        " (SELECT count(*) FROM webhook_deliveries WHERE state = 'waiting'),"
	        " (SELECT count(*) FROM webhook_deliveries WHERE state = 'failed' AND created_at > "
	        "$1),"
	        " (SELECT count(*) FROM trace_exports WHERE failures > 0),"
	        " (SELECT count(*) FROM interviews i WHERE i.finished_at IS NOT NULL"
	        " AND i.finished_at > $1 AND NOT EXISTS (SELECT 1 FROM reports r"
	        " WHERE r.interview_id BETWEEN i.id AND i.id)),"
	        " (SELECT coalesce(max(number), 0) FROM audit)",
	        VALUES(val_int(clock_now_ms() - INT64_C(7) * 24 * 60 * 60 * 1000)), &statement);

	if (err != OK)
		return err;
	health->housekeeping_at = time_of(column_text(statement, 0, arena));
	health->errands_at = time_of(column_text(statement, 1, arena));
	judge = column_text(statement, 2, arena);
	health->judge = value_of(judge);
	health->queued = column_int(statement, 3);
	health->running = column_int(statement, 4);
	health->oldest_queued_at = column_int64(statement, 5);
	health->deliveries_waiting = column_int(statement, 6);
	health->deliveries_failed = column_int(statement, 7);
	health->traces_failing = column_int(statement, 8);
	health->reports_missing = column_int(statement, 9);
	health->audit_head = column_int64(statement, 10);
	return statement_close(statement);
}

static enum err read_edition(struct store *store, struct health *health)
{
	struct statement *statement;
	enum err err = statement_first(store, "PRAGMA user_version", NULL, &statement);

	if (err != OK)
		return err;
	health->edition = column_int(statement, 0);
	return statement_close(statement);
}

/* Of the last week: older ones say nothing of today. */
static enum err read_error(struct store *store, struct arena *arena, struct health *health)
{
	struct statement *statement;
	enum err err = statement_first(
	        store,
	        "SELECT created_at, agent, outcome FROM llm_calls WHERE created_at > $1"
	        " AND outcome NOT IN ('ok','cancelled') ORDER BY created_at DESC LIMIT 1",
	        VALUES(val_int(clock_now_ms() - INT64_C(7) * 24 * 60 * 60 * 1000)), &statement);

	if (err != OK)
		return err == ERR_NOT_FOUND ? OK : err;
	health->error_at = column_int64(statement, 0);
	health->error_agent = column_text(statement, 1, arena);
	health->error_outcome = column_text(statement, 2, arena);
	return statement_close(statement);
}

static enum err read_refresh(struct store *store, struct health *health)
{
	struct statement *statement;
	enum err err = statement_first(
	        store, "SELECT created_at, edition FROM refreshes ORDER BY id DESC LIMIT 1", NULL,
	        &statement);

	if (err != OK)
		return err == ERR_NOT_FOUND ? OK : err;
	health->refreshed_at = column_int64(statement, 0);
	health->refresh_failed = column_is_null(statement, 1);
	return statement_close(statement);
}

enum err health_read(struct store *store, struct arena *arena, struct health *ret_health)
{
	struct health health = { 0 };
	enum err err = read_counts(store, arena, &health);

	if (err == OK)
		err = read_edition(store, &health);
	if (err == OK)
		err = read_error(store, arena, &health);
	if (err == OK)
		err = read_refresh(store, &health);
	if (err == OK)
		*ret_health = health;
	return err;
}

enum err health_count(struct store *store, struct health_counts *ret_counts)
{
	struct health_counts counts;
	struct statement *statement;
	enum err err =
	        statement_first(store,
	                        "SELECT (SELECT count(*) FROM web_sessions WHERE expires_at > $1),"
	                        " (SELECT count(*) FROM interviews WHERE status = 'in_progress')",
	                        VALUES(val_int(clock_now_ms())), &statement);

	if (err != OK)
		return err;
	counts.sessions = column_int64(statement, 0);
	counts.interviews = column_int64(statement, 1);
	err = statement_close(statement);
	if (err == OK)
		*ret_counts = counts;
	return err;
}

bool health_edition_fits(const struct health *health)
{
	return health->edition == migrate_newest(migrate_steps);
}

/* A row is written and taken back: a file that may only be read refuses that. */
static enum err write_and_undo(struct store *store)
{
	enum err err = statement_run(store, "BEGIN IMMEDIATE", NULL);

	if (err != OK)
		return err;
	store->transaction = TRANSACTION_WRITE;
	err = statement_run(store,
	                    "INSERT INTO settings (name, value) VALUES ('health_trial', '')"
	                    " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
	                    NULL);
	store_rollback(store);
	return err;
}

enum err health_try_writing(struct store *store, int wait_ms)
{
	enum err err = store_connect(store);

	if (err != OK)
		return err;
	store->impatient = true;
	store->connection->patience_ms = wait_ms;
	err = write_and_undo(store);
	store->connection->patience_ms = BUSY_TIMEOUT_MS;
	store->impatient = false;
	return err;
}

enum err health_integrity(struct store *store, struct arena *arena, bool is_whole,
                          const char **ret_found)
{
	return is_whole ? statement_text(store, arena, "PRAGMA integrity_check(1)", NULL, ret_found)
	                : statement_text(store, arena, "PRAGMA quick_check(1)", NULL, ret_found);
}
