/* Recomputes the audit log's chain, one row in memory at a time. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "store/audit_chain.h"
#include "store/user.h"

/* A hash is hexadecimal of 32 bytes; what is longer is none of ours. */
enum { MOST_HASH = 64 };

#define CUT_OFF "the row is missing: the log's end was cut off"

struct link {
	int64_t number;
	char hash[MOST_HASH + 1];
};

enum {
	ACTOR_MARK = 7,
	SUBJECT_MARK,
	ACTOR_NAME,
	SUBJECT_NAME = ACTOR_NAME + 4,
	COLUMNS = SUBJECT_NAME + 4
};

static struct audit_row read_row(const struct statement *statement, struct arena *arena)
{
	return (struct audit_row){
		.number = column_int64(statement, 0),
		.at = column_int64(statement, 1),
		.actor = column_int64(statement, 2),
		.action = column_text(statement, 3, arena),
		.subject = column_int64(statement, 4),
		.details = column_text(statement, 5, arena),
		.hash = column_text(statement, 6, arena),
		.actor_mark = column_text(statement, ACTOR_MARK, arena),
		.subject_mark = column_text(statement, SUBJECT_MARK, arena),
	};
}

/* Text behind a NUL byte is in no hash. */
static bool has_hidden_text(const struct statement *statement)
{
	for (int i = 0; i < COLUMNS; i++) {
		const unsigned char *text = sqlite3_column_text(statement->handle, i);
		const int len = sqlite3_column_bytes(statement->handle, i);

		if (text != NULL && memchr(text, '\0', (size_t)len) != NULL)
			return true;
	}
	return false;
}

/* A name that is gone has no mark to compare. */
static bool has_its_names(const struct statement *statement, struct arena *arena,
                          const struct audit_row *row)
{
	const char *actor = audit_mark(arena, statement, ACTOR_NAME);
	const char *subject = audit_mark(arena, statement, SUBJECT_NAME);

	return (actor == NULL || strcmp(actor, row->actor_mark) == 0) &&
	       (subject == NULL || strcmp(subject, row->subject_mark) == 0);
}

static void point_at(struct audit_check *check, int64_t number, const char *reason)
{
	check->bad_number = number;
	check->reason = reason;
}

static void check_row(const struct statement *statement, struct arena *arena, struct link *before,
                      struct audit_check *check)
{
	const struct audit_row row = read_row(statement, arena);

	if (row.number != before->number + 1) {
		point_at(check, before->number + 1, "the row is missing");
	} else if (has_hidden_text(statement) ||
	           strcmp(audit_hash(arena, before->hash, &row), row.hash) != 0) {
		point_at(check, row.number, "the row is not as it was written");
	} else if (!has_its_names(statement, arena, &row)) {
		point_at(check, row.number, "its actor or subject was given another name");
	} else {
		before->number = row.number;
		memcpy(before->hash, row.hash, MOST_HASH + 1);
	}
}

/* The highest number that a row ever had, as SQLite keeps it; 0: none. */
static enum err read_highest(struct store *store, int64_t *ret_number)
{
	struct statement *statement;
	enum err err = statement_first(
	        store, "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'audit'",
	        NULL, &statement);

	if (err != OK)
		return err;
	*ret_number = column_int64(statement, 0);
	return statement_close(statement);
}

static void compare_end(struct arena *arena, const char *head, const struct link *end,
                        struct audit_check *check)
{
	int64_t number = 0;

	if (head == NULL || sscanf(head, "%" SCNd64, &number) != 1)
		point_at(check, end->number + 1, "the note of the log's end is missing");
	else if (number > end->number)
		point_at(check, end->number + 1, CUT_OFF);
	else if (strcmp(head, arena_printf(arena, "%" PRId64 " %s", end->number, end->hash)) != 0)
		point_at(check, end->number, "the note of the log's end is about another row");
}

/* Rows at the end that were cut off leave no gap; what was noted elsewhere shows them. */
static enum err check_end(struct store *store, struct arena *arena, const struct link *end,
                          struct audit_check *check)
{
	const char *head = NULL;
	int64_t highest = 0;
	enum err err = setting_get(store, arena, AUDIT_HEAD, &head);

	if (err == OK || err == ERR_NOT_FOUND)
		err = read_highest(store, &highest);
	if (err != OK)
		return err;
	if (highest > end->number)
		point_at(check, end->number + 1, CUT_OFF);
	else if (head != NULL || end->number > 0)
		compare_end(arena, head, end, check);
	return OK;
}

static enum err check_rows(struct store *store, struct arena *scratch, struct link *before,
                           struct audit_check *check)
{
	struct statement *statement;
	enum err err = statement_open(
	        store,
	        "SELECT a.number, a.at, a.actor, a.action, a.subject,"
	        " a.details, a.hash, a.actor_mark, a.subject_mark,"
	        " " AUDIT_MARKED("m") ", " AUDIT_MARKED(
	                "n") " FROM audit a LEFT JOIN audit_names m ON m.number = a.actor"
	                     " LEFT JOIN audit_names n ON n.number = a.subject"
	                     " ORDER BY a.number",
	        NULL, &statement);

	if (err != OK)
		return err;
	while (check->bad_number == 0 && statement_step(statement)) {
		check_row(statement, scratch, before, check);
		check->rows++;
		if (check->noted != NULL && strcmp(before->hash, check->noted) == 0)
			check->noted = NULL;
		arena_reset(scratch);
	}
	return statement_close(statement);
}

/* In one state of the database: a row that comes meanwhile is not held against the end. */
static enum err check_all(struct store *store, struct arena *scratch, struct link *before,
                          struct audit_check *check)
{
	enum err err = store_begin_read(store);

	if (err == OK)
		err = check_rows(store, scratch, before, check);
	if (err == OK && check->bad_number == 0)
		err = check_end(store, scratch, before, check);
	store_rollback(store);
	return err;
}

enum err audit_verify(struct store *store, struct arena *arena, const char *noted,
                      struct audit_check *ret_check)
{
	struct audit_check check = { .noted = noted };
	struct arena *scratch = arena_create();
	struct link before = { .hash = "" };
	enum err err = check_all(store, scratch, &before, &check);

	arena_destroy(scratch);
	if (err != OK)
		return err;
	if (check.bad_number == 0 && check.noted != NULL && check.noted[0] != '\0') {
		check.bad_number = before.number + 1;
		check.reason = "no row has the hash that was noted: the log was written anew";
	}
	check.head = arena_strdup(arena, before.hash);
	*ret_check = check;
	return OK;
}
