/*
 * Private to lib/store: a connection with its prepared statements, typed parameters
 * and typed columns. A statement is known by the address of its SQL literal and
 * stays prepared until the connection is closed. Parameters are written $1, $2, ...
 * and stand in the SQL in this order.
 */
#ifndef VIVA_STORE_STATEMENT_H
#define VIVA_STORE_STATEMENT_H

#include <stdbool.h>
#include <string.h>

#include <sqlite3.h>

#include "store/store.h"

enum { STATEMENT_SLOTS = 256, BUSY_TIMEOUT_MS = 5000 };

enum transaction { TRANSACTION_NONE, TRANSACTION_READ, TRANSACTION_WRITE };

struct statement {
	const char *sql; /* the literal; NULL: a free slot */
	sqlite3_stmt *handle;
	struct store *store;
	enum err err; /* of the run so far */
	bool open, done;
	bool has_turn; /* to write, for this statement alone */
};

/* A connection with what was prepared on it. */
struct connection {
	struct arena *arena; /* holds this structure */
	sqlite3 *db;
	int patience_ms;         /* how long it waits for other writers */
	int64_t waiting_since;   /* microseconds of the monotonic clock */
	struct connection *next; /* in a pool */
	struct statement statements[STATEMENT_SLOTS];
};

struct store {
	struct arena *arena;           /* holds this structure */
	struct store_pool *pool;       /* connections come from there; NULL: one of its own */
	struct connection *connection; /* NULL: none at the moment */
	enum transaction transaction;
	int64_t began_us; /* TRANSACTION_WRITE: when its lock was got, monotonic */
	bool has_turn;    /* to write, among the threads that share the pool */
	bool is_soft;     /* the transaction need not outlive a power cut */
	bool impatient;   /* a busy database is expected now and not worth a log line */
};

/* Opens a connection that keeps so much of the database; errors as of store_open. */
enum err connection_open(const char *path, int cache_kib, struct connection **ret_connection);

/* The same as of store_open_to_read. */
enum err connection_open_to_read(const char *path, int cache_kib,
                                 struct connection **ret_connection);

/* The same as of store_open_still, and the name by which SQLite opens such a file. */
enum err connection_open_still(const char *path, struct connection **ret_connection);
const char *connection_still_uri(struct arena *arena, const char *path);

/*
 * True if nobody has the file open and SQLite could not make the files beside it that readers
 * agree with writers by: no right to, or no room. It can be read as one that nobody changes.
 */
bool connection_is_still(struct arena *arena, const char *path);

/*
 * What the newest failure of a connection is for a visitor: ERR_FULL, ERR_BUSY or ERR_INTERNAL.
 * To be asked at once, while errno is what SQLite left.
 */
enum err connection_fault(const struct connection *connection);

/* Finalizes what was prepared and closes it; NULL is allowed. */
void connection_close(struct connection *connection);

/* Makes sure that the store has a connection. */
enum err store_connect(struct store *store);

/*
 * Threads of one pool write one after the other: SQLite's own lock is polled, so many that
 * wait for it keep each other waiting, and everybody who only reads as well when each of them
 * holds a connection. Waits `wait_ms` for its turn, without a connection where it can; ERR_BUSY
 * after that. Nothing for a store that has its turn or no pool.
 */
enum err store_take_turn(struct store *store, int wait_ms);
void store_leave_turn(struct store *store);

/*
 * FULL: what is committed is on the disk. NORMAL: it outlives a crash and, once something FULL
 * follows it, a power cut. Not within a transaction.
 */
enum synchronous { SYNCHRONOUS_FULL, SYNCHRONOUS_NORMAL };
enum err store_set_synchronous(struct store *store, enum synchronous synchronous);

enum value_type { VALUE_END, VALUE_TEXT, VALUE_INT, VALUE_REAL };

struct value {
	enum value_type type;
	union {
		const char *text;
		int64_t integer;
		double real;
	};
};

/* A parameter list for $1, $2, ...; the values must live until the statement is closed. */
#define VALUES(...) ((const struct value[]){ __VA_ARGS__, { .type = VALUE_END } })

/* NULL is SQL's NULL. */
static inline struct value val_text(const char *text)
{
	return (struct value){ .type = VALUE_TEXT, .text = text };
}

static inline struct value val_int(int64_t integer)
{
	return (struct value){ .type = VALUE_INT, .integer = integer };
}

static inline struct value val_real(double real)
{
	return (struct value){ .type = VALUE_REAL, .real = real };
}

/* A time that may not have come yet: 0 is SQL's NULL. */
static inline struct value val_time(int64_t ms)
{
	return ms == 0 ? val_text(NULL) : val_int(ms);
}

/* Columns of the current row, from 0. NULL reads as NULL, 0 or false. */
static inline char *column_text(const struct statement *statement, int column, struct arena *arena)
{
	const unsigned char *text = sqlite3_column_text(statement->handle, column);

	if (text == NULL)
		return NULL;
	return arena_copy(arena, text, (size_t)sqlite3_column_bytes(statement->handle, column));
}

/* The same, but `known` itself when that is the text: what is read again need not be kept twice. */
static inline const char *column_text_again(const struct statement *statement, int column,
                                            struct arena *arena, const char *known)
{
	const unsigned char *text = sqlite3_column_text(statement->handle, column);

	if (known != NULL && text != NULL && strcmp((const char *)text, known) == 0)
		return known;
	return column_text(statement, column, arena);
}

static inline int64_t column_int64(const struct statement *statement, int column)
{
	return sqlite3_column_int64(statement->handle, column);
}

static inline int column_int(const struct statement *statement, int column)
{
	return sqlite3_column_int(statement->handle, column);
}

static inline bool column_bool(const struct statement *statement, int column)
{
	return sqlite3_column_int64(statement->handle, column) != 0;
}

static inline double column_real(const struct statement *statement, int column)
{
	return sqlite3_column_double(statement->handle, column);
}

static inline bool column_is_null(const struct statement *statement, int column)
{
	return sqlite3_column_type(statement->handle, column) == SQLITE_NULL;
}

/* The array with room for element number `count`, moved when it had none. */
static inline void *rows_grow(struct arena *arena, void *items, size_t count, size_t size)
{
	enum { FIRST = 8 };
	void *larger;

	if (count != 0 && (count < FIRST || (count & (count - 1)) != 0))
		return items;
	larger = arena_array(arena, count == 0 ? FIRST : count * 2, size);
	if (count > 0)
		memcpy(larger, items, count * size);
	return larger;
}

/*
 * Binds `values` (NULL: none) and makes the statement ready to be stepped. On OK,
 * statement_close must follow.
 */
enum err statement_open(struct store *store, const char *sql, const struct value *values,
                        struct statement **ret_statement);

/* Moves to the next row; false after the last one and after an error. */
bool statement_step(struct statement *statement);

/*
 * Runs a single write that a power cut, not a crash, may take back: it waits for no disk.
 * Within a transaction it is one write of it.
 */
enum err statement_run_soft(struct store *store, const char *sql, const struct value *values);

/* The same; ERR_NOT_FOUND: it changed nothing. */
enum err statement_change_soft(struct store *store, const char *sql, const struct value *values);

/* Finishes and resets the statement; the outcome of the whole run. */
enum err statement_close(struct statement *statement);

/* Opens the statement at its first row. ERR_NOT_FOUND, and nothing is open: no row. */
enum err statement_first(struct store *store, const char *sql, const struct value *values,
                         struct statement **ret_statement);

/* The first column of the first row. ERR_NOT_FOUND: no row. */
enum err statement_text(struct store *store, struct arena *arena, const char *sql,
                        const struct value *values, const char **ret_text);
enum err statement_int64(struct store *store, const char *sql, const struct value *values,
                         int64_t *ret_number);
enum err statement_int(struct store *store, const char *sql, const struct value *values,
                       int *ret_number);
enum err statement_bool(struct store *store, const char *sql, const struct value *values,
                        bool *ret_truth);

/* Runs a statement that gives no rows. ERR_CONFLICT: a row with such a key is there. */
enum err statement_run(struct store *store, const char *sql, const struct value *values);

/* The same; ERR_NOT_FOUND when it changed no row. */
enum err statement_change(struct store *store, const char *sql, const struct value *values);

/*
 * Runs it when nobody else writes at the moment, and never waits: for notes such as the time
 * of a use, which the next request can make as well. Nothing inside a transaction: that would
 * turn a reader into a writer or share the fate of work that is not its own.
 */
void statement_note(struct store *store, const char *sql, const struct value *values);

/* The pattern for LIKE … ESCAPE '\\' of all that contains the text. */
char *statement_containing(struct arena *arena, const char *text);

#endif
