/* Recomputes the audit log's chain, one row in memory at a time. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "store/audit_chain.h"
#include "store/statement.h"
#include "store/user.h"

/* A hash is hexadecimal of 32 bytes; what is longer is none of ours. */
enum { MOST_HASH = 64 };

struct link {
	int64_t number;
	char hash[MOST_HASH + 1];
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
	};
}

static void check_row(struct arena *arena, const struct audit_row *row, struct link *before,
                      struct audit_check *check)
{
	if (row->number != before->number + 1) {
		check->bad_number = before->number + 1;
		check->reason = "the row is missing";
	} else if (strcmp(audit_hash(arena, before->hash, row), row->hash) != 0) {
		check->bad_number = row->number;
		check->reason = "the row is not as it was written";
	} else {
		before->number = row->number;
		memcpy(before->hash, row->hash, MOST_HASH + 1);
	}
}

/* Rows at the end that were cut off leave no gap; what was noted elsewhere shows them. */
static enum err check_end(struct store *store, struct arena *arena, const struct link *end,
                          struct audit_check *check)
{
	const char *head = NULL;
	int64_t number = 0;
	enum err err = setting_get(store, arena, AUDIT_HEAD, &head);

	if (err != OK && err != ERR_NOT_FOUND)
		return err;
	if (head == NULL && end->number == 0)
		return OK;
	if (head == NULL || sscanf(head, "%" SCNd64, &number) != 1) {
		check->bad_number = end->number + 1;
		check->reason = "the note of the log's end is missing";
	} else if (number > end->number) {
		check->bad_number = end->number + 1;
		check->reason = "the row is missing: the log's end was cut off";
	} else if (strcmp(head, arena_printf(arena, "%" PRId64 " %s", end->number, end->hash)) !=
	           0) {
		check->bad_number = end->number;
		check->reason = "the note of the log's end is about another row";
	}
	return OK;
}

static enum err check_rows(struct store *store, struct arena *scratch, struct link *before,
                           struct audit_check *check)
{
	struct statement *statement;
	enum err err = statement_open(store,
	                              "SELECT number, at, actor, action, subject, details, hash"
	                              " FROM audit ORDER BY number",
	                              NULL, &statement);

	if (err != OK)
		return err;
	while (check->bad_number == 0 && statement_step(statement)) {
		const struct audit_row row = read_row(statement, scratch);

		check_row(scratch, &row, before, check);
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
