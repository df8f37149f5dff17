/* Transactions, migrations, many writers, killed writers, full disks. */
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "store/migrate.h"
#include "store/statement.h" /* before the kit, whose `arena` its parameters would hide */

#include "store_fixture.h"

static int mode_of(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 ? (int)(status.st_mode & 0777) : -1;
}

static void a_transaction_is_all_or_nothing(void)
{
	struct store *store = fixture_store();
	const char *value;

	CHECK_INT(store_begin(store), OK);
	CHECK_INT(setting_init(store, arena, "a", "1", &value), OK);
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM settings"), "0");
	store_rollback(store);
	CHECK_INT(setting_get(store, arena, "a", &value), ERR_NOT_FOUND);
	store_rollback(store);
	CHECK_INT(store_begin(store), OK);
	CHECK_INT(setting_init(store, arena, "a", "2", &value), OK);
	CHECK_INT(store_commit(store), OK);
	CHECK_STR(fixture_ask(database, "SELECT value FROM settings"), "2");
	fixture_remove();
}

static void a_reader_sees_one_state(void)
{
	struct store *store = fixture_store();
	const char *value;

	CHECK_INT(store_begin_read(store), OK);
	CHECK_INT(setting_get(store, arena, "a", &value), ERR_NOT_FOUND);
	CHECK_INT(fixture_sql(database, "INSERT INTO settings VALUES ('a', '1')"), SQLITE_OK);
	CHECK_INT(setting_get(store, arena, "a", &value), ERR_NOT_FOUND);
	store_rollback(store);
	CHECK_INT(setting_get(store, arena, "a", &value), OK);
	fixture_remove();
}

/* The copy of somebody else, in a folder with a name that a URI would read otherwise. */
static void who_may_only_read_reads(void)
{
	struct store *store = fixture_store();
	const char *mine = arena_printf(arena, "%s/a?b#c%%41 d.db", folder);
	const char *value = "";
	int status = -1;

	CHECK_INT(setting_init(store, arena, "a", "1", &value), OK);
	CHECK_INT(store_empty_log(store, 1000), OK);
	CHECK_INT(system(arena_printf(arena, "cp '%s' '%s' && chmod 0444 '%s' && chmod 0555 '%s'",
	                              database, mine, mine, folder)),
	          0);
	if (fork() == 0) {
		bool ok = (getuid() != 0 || setuid(65534) == 0) && store_open(mine, &store) != OK &&
		          store_open_to_read(mine, &store) == OK &&
		          setting_get(store, arena, "a", &value) == OK && strcmp(value, "1") == 0 &&
		          setting_init(store, arena, "b", "2", &value) != OK;

		_exit(ok ? 0 : 1);
	}
	wait(&status);
	CHECK_INT(status, 0);
	CHECK_INT(chmod(folder, 0700), 0);
	fixture_remove();
}

static void a_reader_keeps_up_with_writers(void)
{
	struct store *writer = fixture_store(), *reader = NULL;
	const char *value;

	CHECK_INT(store_open_to_read(database, &reader), OK);
	arena_defer(arena, store_close, reader);
	CHECK_INT(setting_init(writer, arena, "a", "1", &value), OK);
	CHECK_INT(setting_get(reader, arena, "a", &value), OK);
	CHECK_STR(value, "1");
	CHECK(setting_init(reader, arena, "b", "2", &value) != OK);
	fixture_remove();
}

static void a_new_database_is_private(void)
{
	struct store *store = fixture_store();

	CHECK_INT(fixture_try(store, "a", 1), OK);
	CHECK_INT(mode_of(database), 0600);
	CHECK_INT(mode_of(arena_printf(arena, "%s-wal", database)), 0600);
	CHECK_INT(mode_of(arena_printf(arena, "%s.lock", database)), 0600);
	CHECK_STR(fixture_ask(database, "PRAGMA journal_mode"), "wal");
	CHECK_STR(fixture_ask(database, "PRAGMA user_version"), "7");
	CHECK_INT(store_migrate(database, "no such file"), OK); /* nothing is to be done */
	fixture_remove();
}

static void what_cannot_be_opened_is_refused(void)
{
	struct store *store = NULL;

	fixture_folder();
	CHECK_INT(store_open(database, &store), ERR_INTERNAL);
	CHECK_INT(store_migrate(database, "no such file"), ERR_INTERNAL);
	CHECK_INT(store_open(database, &store), ERR_INTERNAL);
	CHECK_INT(store_migrate(database, SCHEMA), OK);
	CHECK_INT(fixture_sql(database, "PRAGMA user_version = 99"), SQLITE_OK);
	CHECK_INT(store_migrate(database, SCHEMA), ERR_INTERNAL);
	CHECK_INT(store_open(database, &store), ERR_INTERNAL);
	CHECK_INT(fixture_sql(database, "PRAGMA user_version = 0"), SQLITE_OK);
	CHECK_INT(store_migrate(database, SCHEMA), ERR_INTERNAL);
	CHECK(store == NULL);
	store_close(NULL);
	fixture_remove();
}

/* A step that a new database has behind it: running it would fail. */
#define DONE "SELECT it_was_run_again"

static const char *const good_steps[] = { DONE,
	                                  DONE,
	                                  DONE,
	                                  DONE,
	                                  DONE,
	                                  DONE,
	                                  "ALTER TABLE settings ADD COLUMN note TEXT;",
	                                  "UPDATE settings SET note = 'third'",
	                                  NULL };
static const char *const bad_steps[] = { DONE,
	                                 DONE,
	                                 DONE,
	                                 DONE,
	                                 DONE,
	                                 DONE,
	                                 "UPDATE settings SET value = 'lost'; DROP TABLE drafts",
	                                 "UPDATE no_such_table SET a = 1",
	                                 NULL };
static const char *const orphan_steps[] = {
	DONE,
	DONE,
	DONE,
	DONE,
	DONE,
	DONE,
	"INSERT INTO web_sessions VALUES ('h', 'i', 'nobody', '', 1, 1, 1)",
	NULL
};

static void an_older_database_is_brought_up_to_date(void)
{
	struct store *store = fixture_store();
	const char *copy = arena_printf(arena, "%s.before-9", database), *value;

	CHECK_INT(setting_init(store, arena, "a", "1", &value), OK);
	CHECK_INT(migrate_run(database, SCHEMA, good_steps), OK);
	CHECK_STR(fixture_ask(database, "PRAGMA user_version"), "9");
	CHECK_STR(fixture_ask(database, "SELECT note FROM settings"), "third");
	CHECK_INT(mode_of(copy), 0600);
	CHECK_STR(fixture_ask(copy, "PRAGMA user_version"), "7");
	CHECK_STR(fixture_ask(copy, "SELECT value FROM settings"), "1");
	CHECK_STR(fixture_ask(copy, "PRAGMA integrity_check"), "ok");
	CHECK_INT(setting_get(store, arena, "a", &value), OK); /* statements survive it */
	CHECK_INT(migrate_run(database, SCHEMA, good_steps + 6), ERR_INTERNAL);
	fixture_remove();
}

static void a_failing_migration_changes_nothing(void)
{
	struct store *store = fixture_store();
	const char *value;

	CHECK_INT(setting_init(store, arena, "a", "1", &value), OK);
	CHECK_INT(migrate_run(database, SCHEMA, bad_steps), ERR_INTERNAL);
	CHECK_INT(migrate_run(database, SCHEMA, orphan_steps), ERR_INTERNAL);
	CHECK_STR(fixture_ask(database, "PRAGMA user_version"), "7");
	CHECK_STR(fixture_ask(database, "SELECT value FROM settings"), "1");
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM drafts"), "0");
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM web_sessions"), "0");
	CHECK_INT(migrate_run(database, SCHEMA, good_steps), OK);
	fixture_remove();
}

static const char *const counting_steps[] = {
	DONE, DONE, DONE, DONE, DONE, DONE, "INSERT INTO settings VALUES ('ran', '1')",
	NULL /* a second run breaks the key */
};

static void *migrate_in_thread(void *steps)
{
	return (void *)(intptr_t)migrate_run(database, SCHEMA, steps);
}

static void migrate_in_threads(const char *const *steps)
{
	pthread_t threads[6];
	void *outcome;

	for (int i = 0; i < 6; i++)
		CHECK_INT(pthread_create(&threads[i], NULL, migrate_in_thread, (void *)steps), 0);
	for (int i = 0; i < 6; i++) {
		CHECK_INT(pthread_join(threads[i], &outcome), 0);
		CHECK_INT((intptr_t)outcome, OK);
	}
}

static void many_starts_migrate_once(void)
{
	fixture_folder();
	migrate_in_threads(migrate_steps);
	CHECK_STR(fixture_ask(database, "PRAGMA user_version"), "7");
	migrate_in_threads(counting_steps);
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM settings"), "1");
	fixture_remove();
}

/* A child must not print again what its parent had not printed yet. */
static pid_t start_child(void)
{
	fflush(stdout);
	return fork();
}

static void many_processes_migrate_once(void)
{
	int status = -1;

	fixture_folder();
	for (int i = 0; i < 4; i++)
		if (start_child() == 0)
			_exit(migrate_run(database, SCHEMA, migrate_steps) == OK ? 0 : 1);
	for (int i = 0; i < 4; i++) {
		CHECK(wait(&status) > 0);
		CHECK_INT(status, 0);
	}
	CHECK_STR(fixture_ask(database, "PRAGMA integrity_check"), "ok");
	fixture_remove();
}

enum { WRITERS = 8, WRITES = 200 };

/* Half of the writes are transactions that read first, half stand alone. */
static enum err write_once(struct store *store, int i)
{
	const char *value;
	enum err err;

	if (i % 2 == 0)
		return fixture_try(store, "shared", 3600000);
	err = store_begin(store);
	if (err == OK)
		err = setting_get(store, NULL, "nothing", &value) == ERR_NOT_FOUND ? OK
		                                                                   : ERR_INTERNAL;
	if (err == OK)
		err = fixture_try(store, "shared", 3600000);
	return err == OK ? store_commit(store) : err;
}

static void *write_many(void *unused)
{
	struct store *store = NULL;
	intptr_t failed = store_open(database, &store) == OK ? 0 : WRITES;

	for (int i = 0; failed == 0 && i < WRITES; i++)
		failed += write_once(store, i) != OK;
	store_close(store);
	return unused == NULL ? (void *)failed : NULL;
}

static void many_writers_do_not_get_in_each_others_way(void)
{
	pthread_t threads[WRITERS];
	void *failed;

	fixture_store();
	for (int i = 0; i < WRITERS; i++)
		CHECK_INT(pthread_create(&threads[i], NULL, write_many, NULL), 0);
	for (int i = 0; i < WRITERS; i++) {
		CHECK_INT(pthread_join(threads[i], &failed), 0);
		CHECK_INT((intptr_t)failed, 0);
	}
	CHECK_STR(fixture_ask(database, "SELECT failures FROM throttles"),
	          arena_printf(arena, "%d", WRITERS * WRITES));
	fixture_remove();
}

/* Writes turns until it is killed, and tells each one that was acknowledged. */
static void write_and_tell(const char *interview_id, int out)
{
	struct turn turn = { .author = "interviewer", .kind = "reply", .body = "words" };
	struct store *store = NULL;

	if (store_open(database, &store) != OK)
		_exit(1);
	while (turn_add(store, interview_id, &turn) == OK)
		if (write(out, &turn.seq, sizeof(turn.seq)) != (ssize_t)sizeof(turn.seq))
			break;
	_exit(1);
}

static int kill_a_writer(const char *interview_id, useconds_t after)
{
	int ends[2], seq = 0, last = 0, status = 0;
	pid_t child;

	CHECK_INT(pipe(ends), 0);
	child = start_child();
	if (child == 0)
		write_and_tell(interview_id, ends[1]);
	close(ends[1]);
	CHECK(read(ends[0], &last, sizeof(last)) == (ssize_t)sizeof(last));
	usleep(after);
	CHECK_INT(kill(child, SIGKILL), 0);
	while (read(ends[0], &seq, sizeof(seq)) == (ssize_t)sizeof(seq))
		last = seq;
	close(ends[0]);
	CHECK(waitpid(child, &status, 0) == child && WIFSIGNALED(status));
	return last;
}

static void acknowledged_words_survive_a_kill(void)
{
	struct store *store = fixture_store();
	const char *id;

	fixture_role(store);
	id = fixture_interview(store, fixture_user(store, "ann", "").id, "n").id;
	srandom((unsigned)getpid());
	for (int i = 0; i < 6; i++) {
		int last = kill_a_writer(id, (useconds_t)(random() % 40000));
		struct turn_list list = { 0 };

		CHECK_INT(turn_list(store, arena, id, &list), OK);
		CHECK(last > 0 && list.count >= (size_t)last);
		for (size_t k = 0; k < list.count; k++)
			CHECK_INT(list.items[k].seq, (int)k + 1);
		CHECK_STR(fixture_ask(database, "PRAGMA integrity_check"), "ok");
	}
	fixture_remove();
}

/* Adds large settings until one is refused; how many were stored. */
static int fill(struct store *store, enum err *ret_err)
{
	char *large = arena_alloc(arena, 20001);
	const char *value;
	int stored = 0;

	memset(large, 'x', 20000);
	while (stored < 1000) {
		*ret_err = setting_init(store, arena, arena_printf(arena, "key-%d", stored), large,
		                        &value);
		if (*ret_err != OK)
			break;
		stored++;
	}
	return stored;
}

static void a_full_database_keeps_what_it_has(void)
{
	struct store *store = fixture_store();
	const char *value;
	enum err err = OK;
	int stored;

	CHECK_INT(sqlite3_exec(store->connection->db, "PRAGMA max_page_count = 320", NULL, NULL,
	                       NULL),
	          0);
	stored = fill(store, &err);
	CHECK_INT(err, ERR_FULL);
	CHECK(stored > 0 && stored < 1000);
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM settings"),
	          arena_printf(arena, "%d", stored));
	CHECK_STR(fixture_ask(database, "PRAGMA integrity_check"), "ok");
	CHECK_INT(setting_get(store, arena, "key-0", &value), OK);
	CHECK_INT(sqlite3_exec(store->connection->db, "PRAGMA max_page_count = 9999", NULL, NULL,
	                       NULL),
	          0);
	CHECK_INT(setting_init(store, arena, "room again", "1", &value), OK);
	fixture_remove();
}

/* SQLite may end a transaction by itself; nothing may be written after that. */
static void a_lost_transaction_is_not_continued(void)
{
	struct store *store = fixture_store();
	enum err err = OK;

	CHECK_INT(sqlite3_exec(store->connection->db, "PRAGMA max_page_count = 320", NULL, NULL,
	                       NULL),
	          0);
	CHECK_INT(store_begin(store), OK);
	CHECK(fill(store, &err) > 0);
	CHECK_INT(err, ERR_FULL);
	sqlite3_exec(store->connection->db, "ROLLBACK", NULL, NULL, NULL); /* if it has not yet */
	CHECK(sqlite3_get_autocommit(store->connection->db));
	CHECK_INT(fixture_try(store, "late", 1000), ERR_INTERNAL);
	CHECK_INT(store_commit(store), ERR_INTERNAL);
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM settings"), "0");
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM throttles"), "0");
	CHECK_INT(fixture_try(store, "next", 1000), OK);
	fixture_remove();
}

static int fill_a_small_disk(void)
{
	const struct rlimit limit = { 400000, 400000 };
	struct store *store = NULL;
	enum err err = OK;
	int stored;

	signal(SIGXFSZ, SIG_IGN);
	if (store_open(database, &store) != OK || setrlimit(RLIMIT_FSIZE, &limit) != 0)
		return 0;
	stored = fill(store, &err);
	return err == ERR_FULL ? stored : 0;
}

static void a_full_disk_keeps_what_it_has(void)
{
	int status = 0;
	pid_t child;

	fixture_folder();
	CHECK_INT(store_migrate(database, SCHEMA), OK);
	child = start_child();
	if (child == 0)
		_exit(fill_a_small_disk());
	CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status));
	CHECK(WEXITSTATUS(status) > 0);
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM settings"),
	          arena_printf(arena, "%d", WEXITSTATUS(status)));
	CHECK_STR(fixture_ask(database, "PRAGMA integrity_check"), "ok");
	fixture_remove();
}

static void a_damaged_file_is_an_error(void)
{
	struct store *store = NULL;
	FILE *file;

	fixture_folder();
	file = fopen(database, "w");
	CHECK(file != NULL && fputs("this is not a database, and long enough to tell", file) >= 0);
	fclose(file);
	CHECK_INT(store_migrate(database, SCHEMA), ERR_INTERNAL);
	CHECK_INT(store_open(database, &store), ERR_INTERNAL);
	fixture_remove();
}

int main(void)
{
	RUN(a_transaction_is_all_or_nothing);
	RUN(a_reader_sees_one_state);
	RUN(who_may_only_read_reads);
	RUN(a_reader_keeps_up_with_writers);
	RUN(a_new_database_is_private);
	RUN(what_cannot_be_opened_is_refused);
	RUN(an_older_database_is_brought_up_to_date);
	RUN(a_failing_migration_changes_nothing);
	RUN(many_starts_migrate_once);
	RUN(many_processes_migrate_once);
	RUN(many_writers_do_not_get_in_each_others_way);
	RUN(acknowledged_words_survive_a_kill);
	RUN(a_full_database_keeps_what_it_has);
	RUN(a_lost_transaction_is_not_continued);
	RUN(a_full_disk_keeps_what_it_has);
	RUN(a_damaged_file_is_an_error);
	return check_done();
}
