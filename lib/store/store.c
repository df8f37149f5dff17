#include "store/store.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/meter.h"
#include "store/migrate.h"
#include "store/statement.h"

enum { CACHE_KIB = 1024 };

enum err store_migrate(const char *path, const char *schema_path)
{
	return migrate_run(path, schema_path, migrate_steps);
}

bool store_is_current(const char *path)
{
	return migrate_is_current(path, migrate_steps);
}

static struct store *store_of(struct connection *connection)
{
	struct arena *arena = arena_create();
	struct store *store = arena_alloc(arena, sizeof(*store));

	*store = (struct store){ .arena = arena, .connection = connection };
	return store;
}

enum err store_open(const char *path, struct store **ret_store)
{
	struct connection *connection;
	enum err err = connection_open(path, CACHE_KIB, &connection);

	if (err == OK)
		*ret_store = store_of(connection);
	return err;
}

enum err store_open_to_read(const char *path, struct store **ret_store)
{
	struct connection *connection;
	enum err err = connection_open_to_read(path, CACHE_KIB, &connection);

	if (err == OK)
		*ret_store = store_of(connection);
	return err;
}

enum err store_open_still(const char *path, struct store **ret_store)
{
	struct connection *connection;
	enum err err = connection_open_still(path, &connection);

	if (err == OK)
		*ret_store = store_of(connection);
	return err;
}

void store_close(void *object)
{
	struct store *store = object;

	if (store == NULL)
		return;
	store_rollback(store);
	store_rest(store);
	connection_close(store->connection);
	arena_destroy(store->arena);
}

/* SQLite gives up at once where waiting could be a deadlock, hence the second clock. */
enum err store_begin(struct store *store)
{
	const int64_t deadline = clock_monotonic_us() + 2 * BUSY_TIMEOUT_MS * INT64_C(1000);
	const struct timespec pause = { .tv_nsec = 2000000 };
	enum err err;

	assert(store->transaction == TRANSACTION_NONE);
	err = store_take_turn(store, BUSY_TIMEOUT_MS);
	if (err != OK) {
		log_warning("database busy for %d ms: other writers of this process",
		            BUSY_TIMEOUT_MS);
		return err;
	}
	store->impatient = true;
	while ((err = statement_run(store, "BEGIN IMMEDIATE", NULL)) == ERR_BUSY &&
	       clock_monotonic_us() < deadline)
		nanosleep(&pause, NULL);
	store->impatient = false;
	if (err == OK) {
		store->transaction = TRANSACTION_WRITE;
		store->began_us = clock_monotonic_us();
		return OK;
	}
	store_rollback(store);
	if (err == ERR_BUSY)
		log_warning("database busy for %d ms: BEGIN IMMEDIATE", 2 * BUSY_TIMEOUT_MS);
	return err;
}

enum err store_begin_soft(struct store *store)
{
	enum err err = store_take_turn(store, BUSY_TIMEOUT_MS);

	if (err == OK)
		err = store_connect(store);
	if (err == OK)
		err = store_set_synchronous(store, SYNCHRONOUS_NORMAL);
	if (err != OK) {
		store_leave_turn(store);
		return err;
	}
	store->is_soft = true;
	err = store_begin(store);
	if (err != OK)
		store_rollback(store);
	return err;
}

enum err store_begin_read(struct store *store)
{
	enum err err;

	assert(store->transaction == TRANSACTION_NONE);
	err = statement_run(store, "BEGIN", NULL);
	if (err == OK)
		store->transaction = TRANSACTION_READ;
	return err;
}

static void end_transaction(struct store *store)
{
	store->transaction = TRANSACTION_NONE;
	if (store->is_soft)
		store_set_synchronous(store, SYNCHRONOUS_FULL);
	store->is_soft = false;
	store_leave_turn(store);
}

enum err store_commit(struct store *store)
{
	enum err err;

	assert(store->transaction == TRANSACTION_WRITE);
	err = statement_run(store, "COMMIT", NULL);
	if (err != OK) {
		store_rollback(store);
		return err;
	}
	end_transaction(store);
	meter_time(METER_TRANSACTION, clock_monotonic_us() - store->began_us);
	return OK;
}

void store_rollback(struct store *store)
{
	if (store->transaction != TRANSACTION_NONE &&
	    !sqlite3_get_autocommit(store->connection->db))
		statement_run(store, "ROLLBACK", NULL);
	end_transaction(store);
}

enum err store_empty_log(struct store *store, int wait_ms)
{
	struct statement *statement;
	bool is_busy;
	enum err err = store_take_turn(store, wait_ms);

	assert(store->transaction == TRANSACTION_NONE);
	if (err == OK)
		err = store_connect(store);
	if (err != OK) {
		store_leave_turn(store);
		return err;
	}
	store->impatient = true;
	store->connection->patience_ms = wait_ms;
	err = statement_first(store, "PRAGMA wal_checkpoint(TRUNCATE)", NULL, &statement);
	if (err == OK) {
		is_busy = column_bool(statement, 0);
		err = statement_close(statement);
		if (err == OK && is_busy)
			err = ERR_BUSY;
	}
	store->connection->patience_ms = BUSY_TIMEOUT_MS;
	store->impatient = false;
	store_leave_turn(store);
	return err;
}

enum err store_join(struct store *store, bool *ret_own)
{
	enum err err;

	if (store->transaction != TRANSACTION_NONE) {
		*ret_own = false;
		return OK;
	}
	err = store_begin(store);
	if (err == OK)
		*ret_own = true;
	return err;
}

enum err store_leave(struct store *store, bool own, enum err err)
{
	if (!own)
		return err;
	if (err == OK)
		return store_commit(store);
	store_rollback(store);
	return err;
}

char *store_new_id(struct arena *arena)
{
	unsigned char b[16];

	if (getrandom(b, sizeof(b), 0) != (ssize_t)sizeof(b)) {
		log_error("getrandom gives no random bytes, errno %d", errno);
		abort();
	}
	b[6] = (unsigned char)((b[6] & 0x0F) | 0x40); /* RFC 9562: version 4 */
	b[8] = (unsigned char)((b[8] & 0x3F) | 0x80); /* and its variant */
	return arena_printf(arena,
	                    "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
	                    b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10],
	                    b[11], b[12], b[13], b[14], b[15]);
}
