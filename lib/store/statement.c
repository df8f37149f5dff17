#include "store/statement.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/meter.h"

/* Makes an outcome of an SQLite result code and logs a breakdown, without values. */
static enum err failed(struct store *store, const char *sql, int code)
{
	enum { MOST_SQL = 100 };
	const enum err fault = connection_fault(store->connection);
	size_t len = strcspn(sql, "\n");

	if ((code & 0xFF) == SQLITE_BUSY || (code & 0xFF) == SQLITE_LOCKED) {
		if (!store->impatient)
			meter_add(METER_BUSY_FAILURES, 1);
		if (!store->impatient)
			log_warning("database busy: %.*s", (int)(len < MOST_SQL ? len : MOST_SQL),
			            sql);
		return ERR_BUSY;
	}
	if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY)
		return ERR_CONFLICT;
	meter_add(METER_DATABASE_ERRORS, 1);
	log_error("database: %s (%d): %.*s", sqlite3_errmsg(store->connection->db), code,
	          (int)(len < MOST_SQL ? len : MOST_SQL), sql);
	return fault;
}

/* The slot of this literal, or the free one where it belongs; NULL when all are taken. */
static struct statement *find_slot(struct store *store, const char *sql)
{
	size_t start = ((uintptr_t)sql >> 3) % STATEMENT_SLOTS;

	for (size_t i = 0; i < STATEMENT_SLOTS; i++) {
		struct statement *slot =
		        &store->connection->statements[(start + i) % STATEMENT_SLOTS];

		if (slot->sql == sql || slot->sql == NULL)
			return slot;
	}
	return NULL;
}

/* SQLite numbers $ parameters as it meets them, so $1 must come first. */
static bool parameters_in_order(sqlite3_stmt *handle)
{
	char name[16];

	for (int i = 1; i <= sqlite3_bind_parameter_count(handle); i++) {
		snprintf(name, sizeof(name), "$%d", i);
		if (strcmp(sqlite3_bind_parameter_name(handle, i), name) != 0)
			return false;
	}
	return true;
}

static enum err prepare(struct store *store, const char *sql, struct statement **ret_statement)
{
	struct statement *slot = find_slot(store, sql);
	sqlite3_stmt *handle;
	int code;

	assert(slot != NULL); /* else STATEMENT_SLOTS is less than the literals there are */
	if (slot->sql == NULL) {
		code = sqlite3_prepare_v3(store->connection->db, sql, -1, SQLITE_PREPARE_PERSISTENT,
		                          &handle, NULL);
		if (code != SQLITE_OK)
			return failed(store, sql, code);
		assert(parameters_in_order(handle));
		*slot = (struct statement){ .sql = sql, .handle = handle };
	}
	assert(!slot->open);
	assert(store->transaction != TRANSACTION_READ || sqlite3_stmt_readonly(slot->handle));
	*ret_statement = slot;
	return OK;
}

static int bind_one(sqlite3_stmt *handle, int index, const struct value *value)
{
	switch (value->type) {
	case VALUE_INT:
		return sqlite3_bind_int64(handle, index, value->integer);
	case VALUE_REAL:
		return sqlite3_bind_double(handle, index, value->real);
	case VALUE_TEXT:
		if (value->text != NULL)
			return sqlite3_bind_text64(handle, index, value->text, strlen(value->text),
			                           SQLITE_STATIC, SQLITE_UTF8);
		return sqlite3_bind_null(handle, index);
	case VALUE_END:
		break;
	}
	return SQLITE_MISUSE;
}

static int bind_all(sqlite3_stmt *handle, const struct value *values)
{
	int code = SQLITE_OK, count = 0;

	while (values != NULL && values[count].type != VALUE_END && code == SQLITE_OK) {
		code = bind_one(handle, count + 1, &values[count]);
		count++;
	}
	assert(code != SQLITE_OK || count == sqlite3_bind_parameter_count(handle));
	return code;
}

static void leave_turn(struct store *store, struct statement *statement)
{
	if (statement->has_turn)
		store_leave_turn(store);
	statement->has_turn = false;
}

/* Prepared, with the turn to write if it writes and is no part of a transaction. */
static enum err get_ready(struct store *store, const char *sql, struct statement **ret_statement)
{
	const int wait_ms = store->impatient ? 0 : BUSY_TIMEOUT_MS;
	const bool had_turn = store->has_turn;
	struct statement *statement;
	enum err err = prepare(store, sql, &statement);

	if (err != OK)
		return err;
	if (store->transaction == TRANSACTION_NONE && !sqlite3_stmt_readonly(statement->handle)) {
		err = store_take_turn(store, wait_ms);
		if (err == OK)
			err = store_connect(store); /* the wait may have given it back */
		if (err == OK)
			err = prepare(store, sql, &statement);
		if (err != OK) {
			if (!had_turn)
				store_leave_turn(store);
			return err;
		}
	}
	statement->has_turn = store->has_turn && !had_turn;
	*ret_statement = statement;
	return OK;
}

enum err statement_open(struct store *store, const char *sql, const struct value *values,
                        struct statement **ret_statement)
{
	struct statement *statement = NULL;
	enum err err;
	int code;

	err = store_connect(store);
	if (err != OK)
		return err;
	/* SQLite undid the transaction by itself (a full disk, say): nothing of it may go on. */
	if (store->transaction != TRANSACTION_NONE && sqlite3_get_autocommit(store->connection->db))
		return ERR_INTERNAL;
	err = get_ready(store, sql, &statement);
	if (err != OK)
		return err;
	code = bind_all(statement->handle, values);
	if (code != SQLITE_OK) {
		sqlite3_clear_bindings(statement->handle);
		leave_turn(store, statement);
		return failed(store, sql, code);
	}
	statement->store = store;
	statement->err = OK;
	statement->open = true;
	statement->done = false;
	*ret_statement = statement;
	return OK;
}

bool statement_step(struct statement *statement)
{
	int code;

	if (statement->done)
		return false;
	errno = 0; /* connection_fault looks at it */
	code = sqlite3_step(statement->handle);
	if (code == SQLITE_ROW)
		return true;
	statement->done = true;
	if (code != SQLITE_DONE)
		statement->err = failed(statement->store, statement->sql, code);
	return false;
}

enum err statement_close(struct statement *statement)
{
	/* What is written counts only when the statement came to its end. */
	if (!sqlite3_stmt_readonly(statement->handle))
		while (statement_step(statement))
			;
	sqlite3_reset(statement->handle);
	sqlite3_clear_bindings(statement->handle);
	statement->open = false;
	leave_turn(statement->store, statement);
	return statement->err;
}

enum err statement_first(struct store *store, const char *sql, const struct value *values,
                         struct statement **ret_statement)
{
	struct statement *statement;
	enum err err = statement_open(store, sql, values, &statement);

	if (err != OK)
		return err;
	if (!statement_step(statement)) {
		err = statement_close(statement);
		return err == OK ? ERR_NOT_FOUND : err;
	}
	*ret_statement = statement;
	return OK;
}

enum err statement_run(struct store *store, const char *sql, const struct value *values)
{
	struct statement *statement;
	enum err err = statement_open(store, sql, values, &statement);

	if (err != OK)
		return err;
	statement_step(statement);
	return statement_close(statement);
}

/* As a prepared statement it would count once only. */
enum err store_set_synchronous(struct store *store, enum synchronous synchronous)
{
	const char *sql = synchronous == SYNCHRONOUS_FULL ? "PRAGMA synchronous = FULL"
	                                                  : "PRAGMA synchronous = NORMAL";
	int code = sqlite3_exec(store->connection->db, sql, NULL, NULL, NULL);

	return code == SQLITE_OK ? OK : failed(store, sql, code);
}

enum err statement_run_soft(struct store *store, const char *sql, const struct value *values)
{
	enum err err;

	if (store->transaction != TRANSACTION_NONE)
		return statement_run(store, sql, values);
	err = store_take_turn(store, store->impatient ? 0 : BUSY_TIMEOUT_MS);
	if (err == OK)
		err = store_connect(store);
	if (err == OK)
		err = store_set_synchronous(store, SYNCHRONOUS_NORMAL);
	if (err == OK) {
		err = statement_run(store, sql, values);
		store_set_synchronous(store, SYNCHRONOUS_FULL);
	}
	store_leave_turn(store);
	return err;
}

enum err statement_change_soft(struct store *store, const char *sql, const struct value *values)
{
	enum err err = statement_run_soft(store, sql, values);

	if (err != OK)
		return err;
	return sqlite3_changes(store->connection->db) > 0 ? OK : ERR_NOT_FOUND;
}

void statement_note(struct store *store, const char *sql, const struct value *values)
{
	if (store->transaction != TRANSACTION_NONE || store_connect(store) != OK)
		return;
	store->impatient = true;
	store->connection->patience_ms = 0;
	statement_run_soft(store, sql, values);
	store->connection->patience_ms = BUSY_TIMEOUT_MS;
	store->impatient = false;
}

enum err statement_change(struct store *store, const char *sql, const struct value *values)
{
	enum err err = statement_run(store, sql, values);

	if (err != OK)
		return err;
	return sqlite3_changes(store->connection->db) > 0 ? OK : ERR_NOT_FOUND;
}

char *statement_containing(struct arena *arena, const char *text)
{
	struct buf pattern;

	buf_init(&pattern, arena);
	buf_char(&pattern, '%');
	for (; *text != '\0'; text++) {
		if (strchr("%_\\", *text) != NULL)
			buf_char(&pattern, '\\');
		buf_char(&pattern, *text);
	}
	buf_char(&pattern, '%');
	return pattern.data;
}

enum err statement_text(struct store *store, struct arena *arena, const char *sql,
                        const struct value *values, const char **ret_text)
{
	struct statement *statement;
	const char *found;
	enum err err = statement_first(store, sql, values, &statement);

	if (err != OK)
		return err;
	found = column_text(statement, 0, arena);
	err = statement_close(statement);
	if (err == OK)
		*ret_text = found;
	return err;
}

enum err statement_int64(struct store *store, const char *sql, const struct value *values,
                         int64_t *ret_number)
{
	struct statement *statement;
	int64_t found;
	enum err err = statement_first(store, sql, values, &statement);

	if (err != OK)
		return err;
	found = column_int64(statement, 0);
	err = statement_close(statement);
	if (err == OK)
		*ret_number = found;
	return err;
}

enum err statement_int(struct store *store, const char *sql, const struct value *values,
                       int *ret_number)
{
	int64_t number;
	const enum err err = statement_int64(store, sql, values, &number);

	if (err == OK)
		*ret_number = (int)number;
	return err;
}

enum err statement_bool(struct store *store, const char *sql, const struct value *values,
                        bool *ret_truth)
{
	int64_t number;
	const enum err err = statement_int64(store, sql, values, &number);

	if (err == OK)
		*ret_truth = number != 0;
	return err;
}
