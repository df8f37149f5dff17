/* Backups, restores and migrations on a disk without room, beside leftovers, and by root. */
#include "store_fixture.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/config.h"
#include "base/lock.h"
#include "care/restore.h"
#include "care/shelf.h"

#define FIRST_EDITION "tests/unit/data/schema-1.sql"

static const char *in_folder(const char *name)
{
	return arena_printf(arena, "%s/%s", folder, name);
}

/* Files of the folder whose names begin so. */
static int count_files(const char *start)
{
	DIR *files = opendir(folder);
	const struct dirent *file;
	int count = 0;

	while (files != NULL && (file = readdir(files)) != NULL)
		count += strncmp(file->d_name, start, strlen(start)) == 0;
	if (files != NULL)
		closedir(files);
	return count;
}

static off_t size_of(const char *path)
{
	struct stat status = { 0 };

	CHECK_INT(stat(path, &status), 0);
	return status.st_size;
}

/* No file may become larger than that. */
static void limit_files(rlim_t bytes)
{
	struct rlimit limit;

	CHECK_INT(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = bytes < limit.rlim_max ? bytes : limit.rlim_max;
	CHECK_INT(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void fill(const char *path, const char *size)
{
	CHECK_INT(fixture_sql(path, arena_printf(arena,
	                                         "INSERT INTO settings VALUES"
	                                         " ('bulk', hex(randomblob(%s)))",
	                                         size)),
	          SQLITE_OK);
}

static void a_backup_that_finds_no_more_room_leaves_nothing(void)
{
	enum { LEAST = 1 << 16, STEPS = 12 };
	const char *path, *fault = "";
	struct backup backup;
	off_t whole, pages;

	fixture_store();
	fill(database, "1000000");
	path = in_folder("whole.backup");
	CHECK_INT(backup_make(arena, database, path, &backup, &fault), OK);
	whole = size_of(path);
	pages = (off_t)backup.bytes;
	path = in_folder("one.backup");
	for (int i = 0; i <= STEPS + 2; i++) {
		/* within the pages, at their end, within the manifest */
		const off_t most = i < STEPS    ? LEAST + (pages - LEAST) * i / STEPS
		                   : i == STEPS ? pages
		                                : whole - (i == STEPS + 1 ? 100 : 1);
		enum err err;

		limit_files((rlim_t)most);
		err = backup_make(arena, database, path, &backup, &fault);
		limit_files(RLIM_INFINITY);
		CHECK_INT(err, ERR_INTERNAL);
		CHECK(strstr(fault, "the disk is full") != NULL);
		CHECK_INT(count_files("one.backup"), 0);
	}
	CHECK_INT(backup_make(arena, database, path, &backup, &fault), OK);
	CHECK_INT(backup_check(arena, path, &backup, &fault), OK);
	CHECK_INT(count_files("one.backup"), 1);
	fixture_remove();
}

static void a_migration_that_finds_no_more_room_leaves_nothing(void)
{
	enum { MOST = 1 << 16 };
	char *schema = arena_alloc(arena, MOST);
	FILE *file = fopen(FIRST_EDITION, "re");

	fixture_folder();
	CHECK(file != NULL && fread(schema, 1, MOST - 1, file) > 0);
	if (file != NULL)
		fclose(file);
	CHECK_INT(fixture_sql(database, schema), SQLITE_OK);
	CHECK_INT(fixture_sql(database, "PRAGMA user_version = 1"), SQLITE_OK);
	fill(database, "1000000");
	limit_files(MOST);
	CHECK(store_migrate(database, SCHEMA) != OK);
	limit_files(RLIM_INFINITY);
	CHECK_INT(count_files("viva.db.before"), 0);
	CHECK_STR(fixture_ask(database, "PRAGMA user_version"), "1");
	CHECK_INT(store_migrate(database, SCHEMA), OK);
	CHECK_INT(count_files("viva.db.before"), 1);
	fixture_remove();
}

/* As a program leaves it that was killed: what it wrote last stands in the log only. */
static void leave_log(const char *path)
{
	sqlite3 *db = NULL;

	CHECK_INT(sqlite3_open(path, &db), SQLITE_OK);
	CHECK_INT(sqlite3_exec(db,
	                       "PRAGMA wal_autocheckpoint = 0;"
	                       "INSERT INTO settings VALUES ('stale', 'x')",
	                       NULL, NULL, NULL),
	          SQLITE_OK);
	CHECK_INT(rename(path, in_folder("gone.db")), 0);
	CHECK_INT(rename(arena_printf(arena, "%s-wal", path), in_folder("wal")), 0);
	sqlite3_close(db);
	CHECK_INT(rename(in_folder("wal"), arena_printf(arena, "%s-wal", path)), 0);
}

static void the_log_of_a_lost_database_is_not_replayed(void)
{
	const char *fresh, *aside = NULL, *fault = "";

	fixture_folder();
	fresh = in_folder("fresh.db");
	CHECK_INT(store_migrate(database, SCHEMA), OK);
	leave_log(database);
	CHECK(size_of(in_folder("viva.db-wal")) > 0);
	CHECK_INT(store_migrate(fresh, SCHEMA), OK);
	CHECK_INT(restore_swap(arena, database, fresh, &aside, &fault), OK);
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM settings WHERE name = 'stale'"), "0");
	CHECK(aside == NULL);
	CHECK(count_files("viva.db.replaced-") > 0);
	fixture_remove();
}

static void two_restores_of_one_second_lose_nothing(void)
{
	const char *fresh, *aside = NULL, *first, *fault = "";

	fixture_folder();
	fresh = in_folder("fresh.db");
	CHECK_INT(store_migrate(database, SCHEMA), OK);
	for (int i = 0; i < 3; i++) {
		CHECK_INT(store_migrate(fresh, SCHEMA), OK);
		first = aside;
		CHECK_INT(restore_swap(arena, database, fresh, &aside, &fault), OK);
		CHECK(first == NULL || strcmp(first, aside) != 0);
	}
	CHECK_INT(count_files("viva.db.replaced-"), 3);
	fixture_remove();
}

static void one_backup_is_made_at_a_time(void)
{
	struct arena *other = arena_create();
	const char *fault = "";
	struct backup backup;
	struct lock *lock;

	fixture_store();
	setenv("VIVA_VAR", folder, 1);
	CHECK_INT(config_load(), OK);
	CHECK_INT(lock_take(other, in_folder("locks"), "backup", 0, &lock), OK);
	CHECK_INT(shelf_make(arena, in_folder("a.backup"), &backup, &fault), ERR_BUSY);
	CHECK(strstr(fault, "already") != NULL);
	arena_destroy(other);
	CHECK_INT(shelf_make(arena, in_folder("a.backup"), &backup, &fault), OK);
	fixture_remove();
}

/* In a process that may not write there: root may everywhere. */
static int back_up_as_nobody(const char *path)
{
	const char *fault;
	struct backup backup;
	pid_t child = fork();
	int status = -1;

	if (child == 0) {
		if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
			_exit(2);
		_exit(shelf_make(arena, path, &backup, &fault) == OK ? 0 : 1);
	}
	CHECK(child > 0 && waitpid(child, &status, 0) == child);
	return status;
}

static void a_folder_that_may_only_be_read_is_backed_up(void)
{
	const char *target;

	fixture_folder();
	setenv("VIVA_VAR", folder, 1);
	CHECK_INT(config_load(), OK);
	CHECK_INT(store_migrate(database, SCHEMA), OK);
	target = in_folder("target");
	CHECK_INT(mkdir(target, 0700), 0);
	CHECK_INT(chmod(target, 0777), 0);
	CHECK_INT(chmod(database, 0644), 0);
	CHECK_INT(chmod(folder, 0555), 0);
	CHECK_INT(back_up_as_nobody(arena_printf(arena, "%s/a.backup", target)), 0);
	CHECK_INT(chmod(folder, 0700), 0);
	fixture_remove();
}

static void what_root_makes_belongs_to_the_folder(void)
{
	struct lock *lock;
	struct stat status;

	if (geteuid() != 0)
		return;
	fixture_folder();
	CHECK_INT(chown(folder, 65534, 65534), 0);
	CHECK_INT(lock_take(arena, in_folder("locks"), "x", 0, &lock), OK);
	CHECK_INT(stat(in_folder("locks"), &status), 0);
	CHECK_INT((int)status.st_uid, 65534);
	fixture_remove();
}

int main(void)
{
	signal(SIGXFSZ, SIG_IGN);
	RUN(a_backup_that_finds_no_more_room_leaves_nothing);
	RUN(a_migration_that_finds_no_more_room_leaves_nothing);
	RUN(the_log_of_a_lost_database_is_not_replayed);
	RUN(two_restores_of_one_second_lose_nothing);
	RUN(one_backup_is_made_at_a_time);
	RUN(a_folder_that_may_only_be_read_is_backed_up);
	RUN(what_root_makes_belongs_to_the_folder);
	return check_done();
}
