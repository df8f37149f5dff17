#include <ctype.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/disk.h"
#include "base/log.h"
#include "base/meter.h"
#include "store/migrate.h"
#include "store/statement.h"

/* synchronous=FULL: an acknowledged answer survives a power cut, not only a crash. */
static const char pragmas[] = "PRAGMA foreign_keys = ON;"
                              "PRAGMA synchronous = FULL;"
                              "PRAGMA cache_size = -%d;"
                              "PRAGMA mmap_size = 0;"
                              "PRAGMA temp_store = MEMORY;"
                              "PRAGMA trusted_schema = OFF;"
                              "PRAGMA cell_size_check = ON;"
                              "PRAGMA journal_size_limit = 8388608;"
                              /* what people delete is not left in free pages */
                              "PRAGMA secure_delete = ON;";

/* So long somebody waits for a connection of others before the pool opens one more. */
enum { PATIENCE_S = 2, STILL_CACHE_KIB = 1024 };

/*
 * Connections that nobody uses, the one used last on top, for its pages are still there. Many
 * threads that come at once take turns: a connection each would cost more than the wait.
 */
struct store_pool {
	pthread_mutex_t mutex;
	pthread_cond_t freed;
	pthread_mutex_t writing; /* held by the thread whose turn it is to write */
	struct connection *idle;
	int idle_count, open_count, kept, cache_kib;
	const char *path;
};

/* Nobody asks SQLite how much memory it uses; the count costs a lock at each allocation. */
static void stop_counting_memory(void)
{
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/*
 * SQLite has a code for a disk that is full, but not wherever it needs room and for no quota; what
 * a commit failed of it does not keep, and errno has it still.
 */
enum err connection_fault(const struct connection *connection)
{
	const int newest = errno, kept = sqlite3_system_errno(connection->db);
	const int code = sqlite3_errcode(connection->db) & 0xFF;
	const int cause = kept != 0 ? kept : newest;

	if (code == SQLITE_FULL)
		return ERR_FULL;
	if ((code == SQLITE_IOERR || code == SQLITE_CANTOPEN) && disk_is_full(cause))
		return ERR_FULL;
	return code == SQLITE_BUSY ? ERR_BUSY : ERR_INTERNAL;
}

static enum err failed(const struct connection *connection, const char *path)
{
	const enum err fault = connection_fault(connection);

	log_error("%s: %s", path, sqlite3_errmsg(connection->db));
	return fault;
}

static enum err check_edition(const struct connection *connection, const char *path)
{
	const int newest = migrate_newest(migrate_steps);
	sqlite3_stmt *statement;
	int edition;

	if (sqlite3_prepare_v2(connection->db, "PRAGMA user_version", -1, &statement, NULL) !=
	    SQLITE_OK)
		return failed(connection, path);
	edition = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int(statement, 0) : -1;
	if (sqlite3_finalize(statement) != SQLITE_OK)
		return failed(connection, path);
	if (edition == newest)
		return OK;
	log_error("database of edition %d, this program knows %d", edition, newest);
	return ERR_INTERNAL;
}

/*
 * SQLite's own handler sleeps longer each time, up to 100 ms: who came first would be served
 * last. A commit takes some milliseconds.
 */
static int wait_for_writer(void *context, int tries)
{
	enum { FIRST_TRIES = 20, MS = 1000000 };
	const struct timespec pause = { .tv_nsec = tries < FIRST_TRIES ? MS : 3 * MS };
	const int64_t now = clock_monotonic_us();
	struct connection *connection = context;

	if (tries == 0) {
		connection->waiting_since = now;
		if (connection->patience_ms > 0)
			meter_add(METER_BUSY_WAITS, 1);
	}
	if (now - connection->waiting_since >= connection->patience_ms * INT64_C(1000))
		return 0;
	nanosleep(&pause, NULL);
	return 1;
}

static enum err set_up(struct connection *connection, const char *path, int cache_kib)
{
	char sql[sizeof(pragmas) + 16];

	sqlite3_extended_result_codes(connection->db, 1);
	connection->patience_ms = BUSY_TIMEOUT_MS;
	sqlite3_busy_handler(connection->db, wait_for_writer, connection);
	sqlite3_db_config(connection->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(connection->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	snprintf(sql, sizeof(sql), pragmas, cache_kib);
	if (sqlite3_exec(connection->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return failed(connection, path);
	return check_edition(connection, path);
}

/* `name` is the path, or its URI. */
static enum err open_named(const char *path, const char *name, int flags, int cache_kib,
                           struct connection **ret_connection)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct arena *arena = arena_create();
	struct connection *connection = arena_alloc(arena, sizeof(*connection));
	enum err err;

	pthread_once(&once, stop_counting_memory);
	connection->arena = arena;
	err = sqlite3_open_v2(name, &connection->db, flags | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK
	              ? set_up(connection, path, cache_kib)
	              : failed(connection, path);
	if (err != OK) {
		connection_close(connection);
		return err;
	}
	*ret_connection = connection;
	return OK;
}

enum err connection_open(const char *path, int cache_kib, struct connection **ret_connection)
{
	return open_named(path, path, SQLITE_OPEN_READWRITE, cache_kib, ret_connection);
}

bool connection_is_still(struct arena *arena, const char *path)
{
	enum { SHARED_BYTES = 64 * 1024 };
	const char *end = strrchr(path, '/');
	const char *folder = end != NULL ? arena_copy(arena, path, (size_t)(end - path) + 1) : ".";
	struct statvfs disk;
	struct stat log;

	if (access(arena_printf(arena, "%s-shm", path), F_OK) == 0 ||
	    (stat(arena_printf(arena, "%s-wal", path), &log) == 0 && log.st_size > 0))
		return false;
	return access(folder, W_OK) != 0 ||
	       (statvfs(folder, &disk) == 0 && disk.f_bavail * disk.f_frsize < SHARED_BYTES);
}

const char *connection_still_uri(struct arena *arena, const char *path)
{
	struct buf uri;

	buf_init(&uri, arena);
	buf_str(&uri, "file:");
	for (; *path != '\0'; path++) {
		const unsigned char byte = (unsigned char)*path;

		buf_printf(&uri, isalnum(byte) || byte == '/' ? "%c" : "%%%02X", byte);
	}
	buf_str(&uri, "?immutable=1");
	return uri.data;
}

enum err connection_open_to_read(const char *path, int cache_kib,
                                 struct connection **ret_connection)
{
	struct arena *scratch = arena_create();
	struct connection *connection;
	enum err err;

	if (connection_is_still(scratch, path))
		err = open_named(path, connection_still_uri(scratch, path),
		                 SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, cache_kib, &connection);
	else /* who leaves last tidies up, which takes the right to write */
		err = connection_open(path, cache_kib, &connection);
	arena_destroy(scratch);
	if (err != OK)
		return err;
	if (sqlite3_exec(connection->db, "PRAGMA query_only = ON", NULL, NULL, NULL) != SQLITE_OK) {
		err = failed(connection, path);
		connection_close(connection);
		return err;
	}
	*ret_connection = connection;
	return OK;
}

enum err connection_open_still(const char *path, struct connection **ret_connection)
{
	struct arena *scratch = arena_create();
	enum err err = open_named(path, connection_still_uri(scratch, path),
	                          SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, STILL_CACHE_KIB,
	                          ret_connection);

	arena_destroy(scratch);
	return err;
}

void connection_close(struct connection *connection)
{
	if (connection == NULL)
		return;
	for (size_t i = 0; i < STATEMENT_SLOTS; i++)
		sqlite3_finalize(connection->statements[i].handle);
	sqlite3_close(connection->db);
	arena_destroy(connection->arena);
}

/* --- the pool ---------------------------------------------------------------- */

static void close_pool(void *object)
{
	struct store_pool *pool = object;

	while (pool->idle != NULL) {
		struct connection *connection = pool->idle;

		pool->idle = connection->next;
		connection_close(connection);
	}
	pthread_mutex_destroy(&pool->writing);
	pthread_cond_destroy(&pool->freed);
	pthread_mutex_destroy(&pool->mutex);
}

struct store_pool *store_pool_create(struct arena *arena, const char *path, int kept, int cache_kib)
{
	struct store_pool *pool = arena_alloc(arena, sizeof(*pool));
	pthread_condattr_t attributes;

	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&pool->freed, &attributes);
	pthread_condattr_destroy(&attributes);
	pthread_mutex_init(&pool->mutex, NULL);
	pthread_mutex_init(&pool->writing, NULL);
	pool->path = arena_strdup(arena, path);
	pool->kept = kept;
	pool->cache_kib = cache_kib;
	arena_defer(arena, close_pool, pool);
	return pool;
}

/* An idle connection; NULL: the caller is to open one, which is counted already. */
static struct connection *take(struct store_pool *pool)
{
	struct connection *connection;
	struct timespec deadline;
	int status = 0;

	clock_gettime(CLOCK_MONOTONIC, &deadline);
	deadline.tv_sec += PATIENCE_S;
	pthread_mutex_lock(&pool->mutex);
	while (pool->idle == NULL && pool->open_count >= pool->kept && status == 0)
		status = pthread_cond_timedwait(&pool->freed, &pool->mutex, &deadline);
	connection = pool->idle;
	if (connection != NULL) {
		pool->idle = connection->next;
		pool->idle_count--;
	} else {
		pool->open_count++;
	}
	pthread_mutex_unlock(&pool->mutex);
	return connection;
}

/* One that was opened, or was to be, is no more. */
static void forget(struct store_pool *pool)
{
	pthread_mutex_lock(&pool->mutex);
	pool->open_count--;
	pthread_cond_signal(&pool->freed);
	pthread_mutex_unlock(&pool->mutex);
}

/* False: enough of them are idle. */
static bool give_back(struct store_pool *pool, struct connection *connection)
{
	bool is_wanted;

	pthread_mutex_lock(&pool->mutex);
	is_wanted = pool->idle_count < pool->kept;
	if (is_wanted) {
		connection->next = pool->idle;
		pool->idle = connection;
		pool->idle_count++;
		pthread_cond_signal(&pool->freed);
	}
	pthread_mutex_unlock(&pool->mutex);
	return is_wanted;
}

enum err store_connect(struct store *store)
{
	struct store_pool *pool = store->pool;
	enum err err;

	if (store->connection != NULL)
		return OK;
	store->connection = take(pool);
	if (store->connection != NULL)
		return OK;
	err = connection_open(pool->path, pool->cache_kib, &store->connection);
	if (err != OK)
		forget(pool);
	return err;
}

static bool is_in_use(const struct store *store)
{
	if (store->transaction != TRANSACTION_NONE)
		return true;
	for (size_t i = 0; i < STATEMENT_SLOTS; i++)
		if (store->connection->statements[i].open)
			return true;
	return false;
}

void store_rest(struct store *store)
{
	struct connection *connection = store->connection;

	if (store->pool == NULL || connection == NULL || is_in_use(store))
		return;
	store->connection = NULL;
	if (give_back(store->pool, connection))
		return;
	connection_close(connection);
	forget(store->pool);
}

static bool wait_for_turn(struct store *store, int wait_ms)
{
	struct timespec deadline;

	if (pthread_mutex_trylock(&store->pool->writing) == 0)
		return true;
	if (wait_ms == 0)
		return false;
	store_rest(store);
	clock_gettime(CLOCK_MONOTONIC, &deadline);
	deadline.tv_sec += wait_ms / 1000;
	deadline.tv_nsec += wait_ms % 1000 * 1000000L;
	deadline.tv_sec += deadline.tv_nsec / 1000000000L;
	deadline.tv_nsec %= 1000000000L;
	return pthread_mutex_clocklock(&store->pool->writing, CLOCK_MONOTONIC, &deadline) == 0;
}

enum err store_take_turn(struct store *store, int wait_ms)
{
	if (store->pool == NULL || store->has_turn)
		return OK;
	if (!wait_for_turn(store, wait_ms))
		return ERR_BUSY;
	store->has_turn = true;
	return OK;
}

void store_leave_turn(struct store *store)
{
	if (!store->has_turn)
		return;
	store->has_turn = false;
	pthread_mutex_unlock(&store->pool->writing);
}

enum err store_open_pooled(struct store_pool *pool, struct store **ret_store)
{
	struct arena *arena = arena_create();
	struct store *store = arena_alloc(arena, sizeof(*store));
	enum err err;

	*store = (struct store){ .arena = arena, .pool = pool };
	err = store_connect(store);
	if (err != OK) {
		arena_destroy(arena);
		return err;
	}
	*ret_store = store;
	return OK;
}
