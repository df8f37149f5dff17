/* Many threads that write, on few connections: who waits to write keeps nobody from reading. */
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "store/statement.h" /* before the kit, whose `arena` its parameters would hide */

#include "store_fixture.h"

enum { WRITERS = 6, CONNECTIONS = 2, LONGEST_MS = 1500 };

struct writer {
	struct store_pool *pool;
	pthread_t thread;
	const char *subject;
	enum err err;
};

static atomic_int started, finished;

static struct store *open_pooled(struct store_pool *pool)
{
	struct store *store = NULL;

	CHECK_INT(store_open_pooled(pool, &store), OK);
	store_rest(store);
	return store;
}

static void *write_one(void *argument)
{
	struct writer *writer = argument;
	struct store *store = NULL;

	writer->err = store_open_pooled(writer->pool, &store);
	store_rest(store);
	atomic_fetch_add(&started, 1);
	if (writer->err == OK)
		writer->err = statement_run(store,
		                            "INSERT INTO settings (name, value) VALUES ($1, '1')",
		                            VALUES(val_text(writer->subject)));
	atomic_fetch_add(&finished, 1);
	store_close(store);
	return NULL;
}

static void wait_for_writers(void)
{
	const struct timespec pause = { .tv_nsec = 20000000 };

	while (atomic_load(&started) < WRITERS)
		nanosleep(&pause, NULL);
	nanosleep(&pause, NULL); /* until they stand in the queue */
}

static int count_settings(struct store *store)
{
	struct statement *statement;
	int count = -1;

	CHECK_INT(statement_first(store, "SELECT count(*) FROM settings WHERE name LIKE 'turn-%'",
	                          NULL, &statement),
	          OK);
	count = column_int(statement, 0);
	CHECK_INT(statement_close(statement), OK);
	return count;
}

static void test_writers_do_not_hold_up_readers(void)
{
	struct store_pool *pool;
	struct writer writers[WRITERS];
	struct store *owner = fixture_store(), *first, *reader;
	int64_t start;

	CHECK(owner != NULL);
	pool = store_pool_create(arena, database, CONNECTIONS, 256);
	first = open_pooled(pool);
	reader = open_pooled(pool);
	CHECK_INT(store_begin(first), OK);
	for (int i = 0; i < WRITERS; i++) {
		writers[i] = (struct writer){ .pool = pool,
			                      .subject = arena_printf(arena, "turn-%d", i) };
		CHECK_INT(pthread_create(&writers[i].thread, NULL, write_one, &writers[i]), 0);
	}
	wait_for_writers();
	start = clock_monotonic_us();
	CHECK_INT(count_settings(reader), 0);
	CHECK(clock_monotonic_us() - start < LONGEST_MS * INT64_C(1000));
	CHECK_INT(atomic_load(&finished), 0);
	store_rest(reader);
	CHECK_INT(store_commit(first), OK);
	store_rest(first);
	for (int i = 0; i < WRITERS; i++) {
		pthread_join(writers[i].thread, NULL);
		CHECK_INT(writers[i].err, OK);
	}
	CHECK_INT(count_settings(reader), WRITERS);
	store_close(reader);
	store_close(first);
	fixture_remove();
}

/* Asked anew each time: a prepared statement would give what it found first. */
static int synchronous(const struct store *store)
{
	sqlite3_stmt *statement = NULL;
	int level = -1;

	CHECK_INT(sqlite3_prepare_v2(store->connection->db, "PRAGMA synchronous", -1, &statement,
	                             NULL),
	          SQLITE_OK);
	if (sqlite3_step(statement) == SQLITE_ROW)
		level = sqlite3_column_int(statement, 0);
	sqlite3_finalize(statement);
	return level;
}

/* 2 is FULL, 1 NORMAL. */
static void test_only_what_may_be_lost_does_not_wait_for_the_disk(void)
{
	struct store *store = fixture_store();

	CHECK_INT(synchronous(store), 2);
	CHECK_INT(store_begin_soft(store), OK);
	CHECK_INT(synchronous(store), 1);
	CHECK_INT(store_commit(store), OK);
	CHECK_INT(synchronous(store), 2);
	CHECK_INT(store_begin_soft(store), OK);
	store_rollback(store);
	CHECK_INT(synchronous(store), 2);
	CHECK_INT(statement_run_soft(store, "INSERT INTO settings (name, value) VALUES ($1, '1')",
	                             VALUES(val_text("soft"))),
	          OK);
	CHECK_INT(synchronous(store), 2);
	CHECK_INT(statement_change_soft(store, "DELETE FROM settings WHERE name = $1",
	                                VALUES(val_text("nobody"))),
	          ERR_NOT_FOUND);
	CHECK_INT(synchronous(store), 2);
	CHECK_INT(store_begin(store), OK);
	CHECK_INT(synchronous(store), 2);
	store_rollback(store);
	fixture_remove();
}

int main(void)
{
	RUN(test_writers_do_not_hold_up_readers);
	RUN(test_only_what_may_be_lost_does_not_wait_for_the_disk);
	return check_done();
}
