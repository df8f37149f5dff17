#include "store/snapshot.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/disk.h"
#include "store/migrate.h"
#include "store/statement.h"

/* A step of a MiB or so, then a rest: interviews have the disk in between. */
enum { PAGES = 256, REST_MS = 4, CACHE_KIB = 2048 };

/* More of them is no database of ours. */
enum { MOST_TABLES = 1000 };

static void close_database(void *db)
{
	sqlite3_close(db);
}

static const char *said(struct arena *arena, const char *path, sqlite3 *db)
{
	return arena_printf(arena, "%s: %s", path,
	                    db != NULL ? sqlite3_errmsg(db) : "out of memory");
}

static enum err open_raw(struct arena *arena, const char *name, int flags, sqlite3 **ret_db)
{
	const int code = sqlite3_open_v2(name, ret_db, flags | SQLITE_OPEN_NOMUTEX, NULL);

	arena_defer(arena, close_database, *ret_db);
	if (code != SQLITE_OK)
		return ERR_INTERNAL;
	sqlite3_busy_timeout(*ret_db, BUSY_TIMEOUT_MS);
	sqlite3_db_config(*ret_db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(*ret_db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	return OK;
}

/* --- copying ------------------------------------------------------------------ */

static enum err open_source(struct arena *arena, const char *database, sqlite3 **ret_db)
{
	if (connection_is_still(arena, database))
		return open_raw(arena, connection_still_uri(arena, database),
		                SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, ret_db);
	return open_raw(arena, database, SQLITE_OPEN_READWRITE, ret_db);
}

/* The state that the source shows from here on is one and the same, whoever writes. */
static int copy_pages(sqlite3 *source, sqlite3 *copy)
{
	const struct timespec rest = { .tv_nsec = REST_MS * 1000000L };
	sqlite3_backup *backup = sqlite3_backup_init(copy, "main", source, "main");
	int code;

	if (backup == NULL)
		return sqlite3_errcode(copy);
	while ((code = sqlite3_backup_step(backup, PAGES)) == SQLITE_OK)
		nanosleep(&rest, NULL);
	sqlite3_backup_finish(backup);
	return code == SQLITE_DONE ? SQLITE_OK : code;
}

enum err snapshot_make(struct arena *arena, const char *database, const char *copy,
                       const char **ret_fault)
{
	struct arena *work = arena_create();
	sqlite3 *source = NULL, *target = NULL;
	int code;

	*ret_fault = NULL;
	if (open_source(work, database, &source) != OK ||
	    sqlite3_exec(source, "BEGIN; SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL) !=
	            SQLITE_OK) {
		*ret_fault = said(arena, database, source);
	} else if (open_raw(work, copy, SQLITE_OPEN_READWRITE, &target) != OK ||
	           sqlite3_exec(target, "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF",
	                        NULL, NULL, NULL) != SQLITE_OK) {
		*ret_fault = said(arena, copy, target);
	} else {
		code = copy_pages(source, target);
		if (code == SQLITE_FULL || disk_is_full(sqlite3_system_errno(target)))
			*ret_fault = "the disk is full";
		else if (code != SQLITE_OK)
			*ret_fault = arena_printf(arena, "%s: %s", copy, sqlite3_errstr(code));
	}
	arena_destroy(work);
	return *ret_fault == NULL ? OK : ERR_INTERNAL;
}

/* --- looking ------------------------------------------------------------------- */

struct look {
	struct arena *arena; /* of what is found */
	sqlite3 *db;
	const char *fault;
};

/* The text of the first column of each row is given to `take` until it says false. */
static bool each(struct look *look, const char *sql,
                 bool (*take)(struct look *look, const char *text, void *context), void *context)
{
	sqlite3_stmt *statement = NULL;
	int code = sqlite3_prepare_v2(look->db, sql, -1, &statement, NULL);

	while (code == SQLITE_OK || code == SQLITE_ROW) {
		code = sqlite3_step(statement);
		if (code == SQLITE_ROW &&
		    !take(look, (const char *)sqlite3_column_text(statement, 0), context))
			break;
	}
	sqlite3_finalize(statement);
	if (code != SQLITE_DONE && code != SQLITE_ROW && look->fault == NULL)
		look->fault = arena_printf(look->arena, "the database cannot be read: %s",
		                           sqlite3_errmsg(look->db));
	return look->fault == NULL;
}

static bool take_number(struct look *look, const char *text, void *number)
{
	(void)look;
	*(int64_t *)number = 0;
	if (text != NULL)
		sscanf(text, "%lld", (long long *)number);
	return false;
}

/* "ok", or what is broken first. */
static bool take_check(struct look *look, const char *text, void *context)
{
	(void)context;
	if (text == NULL || strcmp(text, "ok") != 0)
		look->fault = arena_printf(look->arena, "the database is damaged: %s",
		                           text != NULL ? text : "no answer");
	return false;
}

static bool take_orphan(struct look *look, const char *text, void *context)
{
	(void)context;
	look->fault = arena_printf(look->arena, "a row of %s refers to nothing",
	                           text != NULL ? text : "a table");
	return false;
}

static bool take_table(struct look *look, const char *name, void *context)
{
	struct snapshot *snapshot = context;

	if (name == NULL || name[0] == '\0' || strlen(name) > 64 ||
	    name[strspn(name, "abcdefghijklmnopqrstuvwxyz_0123456789")] != '\0' ||
	    snapshot->count == MOST_TABLES) {
		look->fault = "it is no database of Viva";
		return false;
	}
	snapshot->tables = rows_grow(look->arena, snapshot->tables, snapshot->count,
	                             sizeof(*snapshot->tables));
	snapshot->tables[snapshot->count++].name = arena_strdup(look->arena, name);
	return true;
}

static bool count_rows(struct look *look, struct snapshot *snapshot)
{
	for (size_t i = 0; i < snapshot->count; i++) {
		struct snapshot_table *table = &snapshot->tables[i];

		if (!each(look,
		          arena_printf(look->arena, "SELECT count(*) FROM \"%s\"", table->name),
		          take_number, &table->rows))
			return false;
	}
	return true;
}

/* Tables of a search index keep house for themselves and are no rows of ours. */
static void look_at(struct look *look, bool is_whole, struct snapshot *snapshot)
{
	int64_t edition = 0, known = 0;

	if (!each(look, is_whole ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)",
	          take_check, NULL) ||
	    !each(look, "PRAGMA user_version", take_number, &edition) ||
	    !each(look,
	          "SELECT count(*) FROM sqlite_schema WHERE type = 'table'"
	          " AND name IN ('users','interviews','questions','turns','reports','settings')",
	          take_number, &known))
		return;
	if (edition < 1 || known != 6) {
		look->fault = "it is no database of Viva";
		return;
	}
	snapshot->edition = (int)edition;
	if (each(look, "PRAGMA foreign_key_check", take_orphan, NULL) &&
	    each(look,
	         "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*'"
	         " AND name NOT GLOB 'bank_search*' ORDER BY name",
	         take_table, snapshot))
		count_rows(look, snapshot);
}

enum err snapshot_inspect(struct arena *arena, const char *path, bool is_whole,
                          struct snapshot *ret_snapshot, const char **ret_fault)
{
	struct arena *work = arena_create();
	struct look look = { .arena = arena };
	struct snapshot snapshot = { 0 };

	if (open_raw(work, connection_still_uri(work, path), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI,
	             &look.db) == OK)
		look_at(&look, is_whole, &snapshot);
	else
		look.fault = said(arena, path, look.db);
	arena_destroy(work);
	if (look.fault != NULL) {
		*ret_fault = look.fault;
		return ERR_INVALID;
	}
	*ret_snapshot = snapshot;
	return OK;
}

/* SQLite's lock bytes: whoever has opened a database with a log keeps one of them. */
bool snapshot_is_open(const char *path)
{
	struct flock range = {
		.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0x40000000, .l_len = 512
	};
	const int file = open(path, O_RDWR | O_CLOEXEC);
	bool is_open;

	if (file < 0)
		return false;
	is_open = fcntl(file, F_GETLK, &range) == 0 && range.l_type != F_UNLCK;
	close(file);
	return is_open;
}

void snapshot_settle(const char *path)
{
	struct arena *work = arena_create();
	sqlite3 *db;

	if (open_raw(work, path, SQLITE_OPEN_READWRITE, &db) == OK)
		sqlite3_exec(db, "PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL);
	arena_destroy(work);
}

int snapshot_newest_edition(void)
{
	return migrate_newest(migrate_steps);
}
