#include "store/migrate.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/log.h"

enum { FIRST_EDITION = 1, BUSY_MS = 10000 };

struct migration {
	struct arena *arena;
	const char *path, *schema_path;
	const char *const *steps;
	int newest;
	sqlite3 *db;
};

int migrate_newest(const char *const *steps)
{
	int newest = FIRST_EDITION;

	while (*steps++ != NULL)
		newest++;
	return newest;
}

static enum err failed(sqlite3 *db, const char *what)
{
	log_error("migration: %s: %s", what, db != NULL ? sqlite3_errmsg(db) : strerror(errno));
	return ERR_INTERNAL;
}

static void close_descriptor(void *descriptor)
{
	close(*(int *)descriptor);
}

static void close_database(void *db)
{
	sqlite3_close(db);
}

/* Waits for the lock, which is held until the arena goes. */
static enum err take_lock(struct migration *migration)
{
	int *fd = arena_alloc(migration->arena, sizeof(*fd));

	*fd = open(arena_printf(migration->arena, "%s.lock", migration->path),
	           O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (*fd < 0)
		return failed(NULL, migration->path);
	arena_defer(migration->arena, close_descriptor, fd);
	while (flock(*fd, LOCK_EX) != 0)
		if (errno != EINTR)
			return failed(NULL, "flock");
	return OK;
}

/*
 * An empty file that only its owner may read. One that exists is not even opened:
 * closing it would drop the locks that other connections of this process have on it.
 */
static enum err create_file(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		return errno == EEXIST ? OK : failed(NULL, path);
	return close(fd) == 0 ? OK : failed(NULL, path);
}

/* Opens an existing file; the connection is closed with the arena. */
static enum err open_file(struct migration *migration, const char *path, sqlite3 **ret_db)
{
	const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
	sqlite3 *db = NULL;
	int code = sqlite3_open_v2(path, &db, flags, NULL);

	arena_defer(migration->arena, close_database, db);
	if (code != SQLITE_OK)
		return failed(db, path);
	sqlite3_busy_timeout(db, BUSY_MS);
	*ret_db = db;
	return OK;
}

static enum err run_sql(struct migration *migration, const char *sql)
{
	enum { MOST_SQL = 60 };
	size_t len = strcspn(sql, "\n");

	if (sqlite3_exec(migration->db, sql, NULL, NULL, NULL) == SQLITE_OK)
		return OK;
	return failed(migration->db, arena_printf(migration->arena, "%.*s",
	                                          (int)(len < MOST_SQL ? len : MOST_SQL), sql));
}

/* The first column of the first row; NULL when there is no row. */
static enum err ask(struct migration *migration, const char *sql, const char **ret_text)
{
	sqlite3_stmt *statement = NULL;
	int code = sqlite3_prepare_v2(migration->db, sql, -1, &statement, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_step(statement);
	if (code == SQLITE_ROW)
		*ret_text = arena_strdup(migration->arena,
		                         (const char *)sqlite3_column_text(statement, 0));
	else if (code == SQLITE_DONE)
		*ret_text = NULL;
	sqlite3_finalize(statement);
	return code == SQLITE_ROW || code == SQLITE_DONE ? OK : failed(migration->db, sql);
}

static enum err ask_number(struct migration *migration, const char *sql, int *ret_number)
{
	const char *text = NULL;
	enum err err = ask(migration, sql, &text);

	if (err == OK && (text == NULL || sscanf(text, "%d", ret_number) != 1))
		return failed(migration->db, sql);
	return err;
}

static enum err read_schema(struct migration *migration, const char **ret_sql)
{
	enum { PIECE = 16384 };
	FILE *file = fopen(migration->schema_path, "re");
	struct buf sql;
	size_t len;
	int broken;

	if (file == NULL)
		return failed(NULL, migration->schema_path);
	buf_init(&sql, migration->arena);
	while ((len = fread(buf_reserve(&sql, PIECE), 1, PIECE, file)) > 0)
		sql.len += len;
	buf_char(&sql, '\n');
	broken = ferror(file);
	fclose(file);
	if (broken)
		return failed(NULL, migration->schema_path);
	*ret_sql = sql.data;
	return OK;
}

static enum err create(struct migration *migration)
{
	const char *sql = NULL;
	int objects = 0;
	enum err err = ask_number(migration, "SELECT count(*) FROM sqlite_schema", &objects);

	if (err != OK)
		return err;
	if (objects != 0) {
		log_error("migration: %s is not a database of Viva", migration->path);
		return ERR_INTERNAL;
	}
	err = read_schema(migration, &sql);
	return err == OK ? run_sql(migration, sql) : err;
}

static enum err copy_database(sqlite3 *source, sqlite3 *copy)
{
	sqlite3_backup *backup;

	/* On a full disk a journal beside it would stay. */
	if (sqlite3_exec(copy, "PRAGMA journal_mode = MEMORY", NULL, NULL, NULL) != SQLITE_OK)
		return failed(copy, "backup");
	backup = sqlite3_backup_init(copy, "main", source, "main");
	if (backup == NULL)
		return failed(copy, "backup");
	sqlite3_backup_step(backup, -1);
	return sqlite3_backup_finish(backup) == SQLITE_OK ? OK : failed(copy, "backup");
}

/*
 * Copies the database through a second connection, because SQLite does not copy
 * from one that writes; the write transaction keeps everybody else from changing it.
 */
static enum err back_up(struct migration *migration)
{
	char *final = arena_printf(migration->arena, "%s.before-%d", migration->path,
	                           migration->newest);
	char *partial = arena_printf(migration->arena, "%s.part", final);
	sqlite3 *source = NULL, *copy = NULL;
	enum err err;

	unlink(partial);
	err = create_file(partial);
	if (err == OK)
		err = open_file(migration, migration->path, &source);
	if (err == OK)
		err = open_file(migration, partial, &copy);
	if (err == OK)
		err = copy_database(source, copy);
	if (err == OK && rename(partial, final) != 0)
		err = failed(NULL, final);
	if (err != OK)
		unlink(partial); /* it may be what fills the disk */
	return err;
}

static enum err upgrade(struct migration *migration, int version)
{
	const char *orphan = NULL;
	enum err err = back_up(migration);

	for (int i = version - FIRST_EDITION; err == OK && migration->steps[i] != NULL; i++)
		err = run_sql(migration, migration->steps[i]);
	if (err == OK)
		err = ask(migration, "PRAGMA foreign_key_check", &orphan);
	if (err == OK && orphan != NULL) {
		log_error("migration: a row of %s refers to nothing", orphan);
		return ERR_INTERNAL;
	}
	return err;
}

static enum err change(struct migration *migration)
{
	int version = 0;
	enum err err = ask_number(migration, "PRAGMA user_version", &version);

	if (err != OK || version == migration->newest)
		return err;
	if (version > migration->newest) {
		log_error("migration: %s is of edition %d, this program knows %d", migration->path,
		          version, migration->newest);
		return ERR_INTERNAL;
	}
	err = version == 0 ? create(migration) : upgrade(migration, version);
	if (err == OK)
		err = run_sql(migration, arena_printf(migration->arena, "PRAGMA user_version = %d",
		                                      migration->newest));
	if (err == OK)
		log_info("database %s brought from edition %d to %d", migration->path, version,
		         migration->newest);
	return err;
}

static enum err change_in_transaction(struct migration *migration)
{
	const char *mode = NULL;
	enum err err = ask(migration, "PRAGMA journal_mode = WAL", &mode);

	if (err == OK && (mode == NULL || strcmp(mode, "wal") != 0)) {
		log_error("migration: %s cannot have a write-ahead log", migration->path);
		return ERR_INTERNAL;
	}
	if (err == OK)
		err = run_sql(migration, "BEGIN IMMEDIATE");
	if (err != OK)
		return err;
	err = change(migration);
	if (err == OK)
		err = run_sql(migration, "COMMIT");
	if (err != OK)
		sqlite3_exec(migration->db, "ROLLBACK", NULL, NULL, NULL);
	return err;
}

/*
 * True if nothing is to be done: every start of a program asks, and one that runs as
 * plain CGI should not queue for locks at each request.
 */
static bool is_current(struct migration *migration)
{
	bool current = false;
	int version = 0;
	sqlite3 *db = NULL;

	if (access(migration->path, F_OK) != 0)
		return false;
	if (open_file(migration, migration->path, &db) == OK) {
		migration->db = db;
		current = ask_number(migration, "PRAGMA user_version", &version) == OK &&
		          version == migration->newest;
	}
	return current;
}

bool migrate_is_current(const char *path, const char *const *steps)
{
	struct migration migration = { .arena = arena_create(),
		                       .path = path,
		                       .newest = migrate_newest(steps) };
	const bool current = is_current(&migration);

	arena_destroy(migration.arena);
	return current;
}

enum err migrate_run(const char *path, const char *schema_path, const char *const *steps)
{
	struct migration migration = { .arena = arena_create(),
		                       .path = path,
		                       .schema_path = schema_path,
		                       .steps = steps,
		                       .newest = migrate_newest(steps) };
	enum err err = OK;

	if (!is_current(&migration)) {
		err = take_lock(&migration);
		if (err == OK)
			err = create_file(path);
		if (err == OK)
			err = open_file(&migration, path, &migration.db);
		if (err == OK)
			err = change_in_transaction(&migration);
	}
	arena_destroy(migration.arena);
	return err;
}
