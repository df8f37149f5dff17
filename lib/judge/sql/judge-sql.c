/*
 * judge-sql: runs a candidate's SQL for one test in a database in memory. Descriptor 3
 * holds the schema, the test's setup and the candidate's statements, each behind four
 * bytes of length. The answer, a frame on descriptor 4, is the rows of the last statement
 * that gives any: {"ok": [[1, "a"], ...]}, or {"exc": class, "msg": text, "line": n}.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "judge/sql/answer.h"

enum {
	INPUT = 3,
	INPUT_MAX = 16 * 1024 * 1024,
	VALUE_MAX = 8 * 1024 * 1024, /* bytes of a value, and of the answer */
	PARTS = 3
};

struct part {
	const char *text;
	size_t len;
};

struct fault {
	const char *class;
	const char *message;
	int line;
};

/* --- input ------------------------------------------------------------------------ */

static unsigned char input[INPUT_MAX];

static size_t read_input(void)
{
	size_t len = 0;

	while (len < INPUT_MAX) {
		ssize_t count = read(INPUT, input + len, INPUT_MAX - len);

		if (count == 0 || (count < 0 && errno != EINTR))
			break;
		if (count > 0)
			len += (size_t)count;
	}
	return len;
}

static bool split(size_t len, struct part parts[PARTS])
{
	size_t at = 0;

	for (int i = 0; i < PARTS; i++) {
		const unsigned char *head = input + at;
		size_t size;

		if (len - at < 4)
			return false;
		size = (size_t)head[0] << 24 | (size_t)head[1] << 16 | (size_t)head[2] << 8 |
		       head[3];
		at += 4;
		if (len - at < size)
			return false;
		parts[i] = (struct part){ (const char *)input + at, size };
		at += size;
	}
	return at == len;
}

/* --- running ---------------------------------------------------------------------- */

/* No other databases for the candidate, and none of the ways to break this one. */
static void lock(sqlite3 *db)
{
	sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0); /* holds for VACUUM INTO, too */
	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
}

static int open_database(sqlite3 **ret_db)
{
	int code = sqlite3_open_v2(":memory:", ret_db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY,
	                           NULL);

	if (code != SQLITE_OK)
		return code;
	sqlite3_limit(*ret_db, SQLITE_LIMIT_LENGTH, VALUE_MAX);
	/* A box has no place for temporary files. */
	return sqlite3_exec(*ret_db, "PRAGMA temp_store = MEMORY", NULL, NULL, NULL);
}

static int line_at(const struct part *part, const char *position)
{
	int line = 1;

	for (const char *at = part->text; at < position; at++)
		if (*at == '\n')
			line++;
	return line;
}

/* Where the next statement begins, behind white space, comments and semicolons. */
static const char *skip_blanks(const char *at, const char *end)
{
	while (at < end) {
		if (strchr(" \t\r\n\f;", *at) != NULL && *at != '\0') {
			at++;
		} else if (end - at >= 2 && memcmp(at, "--", 2) == 0) {
			while (at < end && *at != '\n')
				at++;
		} else if (end - at >= 2 && memcmp(at, "/*", 2) == 0) {
			for (at += 2; at < end && (at[-1] != '*' || at[0] != '/'); at++)
				;
			at += at < end;
		} else {
			break;
		}
	}
	return at;
}

static struct fault fault_of(sqlite3 *db, int code, const struct part *part, const char *statement)
{
	int offset = sqlite3_error_offset(db);
	bool is_ours = sqlite3_errcode(db) != code; /* of collecting the rows */

	return (struct fault){
		.class = code == SQLITE_NOMEM ? "OutOfMemory" : "SQLError",
		.message = !is_ours                ? sqlite3_errmsg(db)
		           : code == SQLITE_TOOBIG ? "the result is too large"
		                                   : sqlite3_errstr(code),
		.line = line_at(part, offset < 0 ? statement : statement + offset),
	};
}

/* All rows of a statement; those of an earlier one are forgotten if it can give any. */
static int step_through(sqlite3_stmt *statement, sqlite3_str *rows)
{
	bool gives_rows = sqlite3_column_count(statement) > 0;
	int code;

	if (gives_rows) {
		sqlite3_str_reset(rows);
		sqlite3_str_appendall(rows, "{\"ok\":[");
	}
	for (bool is_first = true; (code = sqlite3_step(statement)) == SQLITE_ROW;
	     is_first = false) {
		if (!is_first)
			sqlite3_str_appendchar(rows, 1, ',');
		answer_add_row(rows, statement);
		if (sqlite3_str_errcode(rows) != SQLITE_OK)
			return sqlite3_str_errcode(rows);
	}
	if (gives_rows)
		sqlite3_str_appendall(rows, "]}");
	return code == SQLITE_DONE ? SQLITE_OK : code;
}

/* Runs all statements of the part. False with the fault of the first one that fails. */
static bool run(sqlite3 *db, const struct part *part, sqlite3_str *rows, struct fault *ret_fault)
{
	const char *end = part->text + part->len, *at = skip_blanks(part->text, end);

	while (at < end) {
		sqlite3_stmt *statement;
		const char *rest;
		int code = sqlite3_prepare_v2(db, at, (int)(end - at), &statement, &rest);

		if (code == SQLITE_OK && statement != NULL)
			code = step_through(statement, rows);
		sqlite3_finalize(statement);
		if (code != SQLITE_OK) {
			*ret_fault = fault_of(db, code, part, at);
			return false;
		}
		at = skip_blanks(rest, end);
	}
	return true;
}

static bool run_all(sqlite3 *db, const struct part parts[PARTS], sqlite3_str *rows,
                    struct fault *ret_fault)
{
	for (int i = 0; i < PARTS; i++) {
		bool is_ours = i < PARTS - 1;

		if (!is_ours)
			lock(db);
		if (!run(db, &parts[i], rows, ret_fault)) {
			ret_fault->line = is_ours ? 0 : ret_fault->line;
			ret_fault->class = is_ours ? "SetupError" : ret_fault->class;
			return false;
		}
		if (is_ours)
			sqlite3_str_reset(rows);
	}
	*ret_fault = (struct fault){ "NoRows", "no statement gives rows", 0 };
	return sqlite3_str_length(rows) > 0;
}

static int send_fault(const struct fault *fault)
{
	sqlite3_str *text = sqlite3_str_new(NULL);
	const unsigned char *message = (const unsigned char *)fault->message;
	int sent;

	sqlite3_str_appendf(text, "{\"exc\":\"%s\",\"line\":%d,\"msg\":", fault->class,
	                    fault->line);
	answer_add_string(text, message, strnlen(fault->message, 2000));
	sqlite3_str_appendchar(text, 1, '}');
	sent = answer_send(sqlite3_str_value(text), (size_t)sqlite3_str_length(text));
	return sent == 0 ? 1 : 2;
}

int main(void)
{
	struct part parts[PARTS];
	struct fault fault;
	sqlite3_str *rows;
	sqlite3 *db;

	if (!split(read_input(), parts)) {
		fputs("judge-sql: the input is not three parts\n", stderr);
		return 2;
	}
	if (open_database(&db) != SQLITE_OK) {
		fprintf(stderr, "judge-sql: %s\n", sqlite3_errmsg(db));
		return 2;
	}
	rows = sqlite3_str_new(db);
	if (!run_all(db, parts, rows, &fault)) {
		sqlite3_str_reset(rows); /* the fault may be that there is no memory left */
		return send_fault(&fault);
	}
	return answer_send(sqlite3_str_value(rows), (size_t)sqlite3_str_length(rows)) == 0 ? 0 : 2;
}
