#include "store/audit.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/hash.h"
#include "store/audit_chain.h"

static const int64_t DAY_MS = 24LL * 60 * 60 * 1000;

struct link {
	int64_t number;
	const char *hash;
};

static const char *decimal(struct arena *arena, int64_t number)
{
	return arena_printf(arena, "%" PRId64, number);
}

const char *audit_hash(struct arena *arena, const char *before, const struct audit_row *row)
{
	const char *const texts[] = {
		before,
		decimal(arena, row->number),
		decimal(arena, row->at),
		decimal(arena, row->actor),
		row->actor_mark,
		row->action,
		decimal(arena, row->subject),
		row->subject_mark,
		row->details,
		NULL,
	};

	return hash_texts(arena, texts);
}

const char *audit_mark(struct arena *arena, const struct statement *statement, int column)
{
	const char *texts[] = { "", "", "", "", NULL };

	if (column_is_null(statement, column))
		return NULL;
	for (int i = 0; i < 4; i++)
		if (!column_is_null(statement, column + i))
			texts[i] = column_text(statement, column + i, arena);
	return hash_texts(arena, texts);
}

/* --- names ------------------------------------------------------------------------------- */

/* Each: finds the number, adds the name unless it is there; what is gone adds nothing. */
static const struct {
	const char *find, *add;
} names[] = {
	[AUDIT_USER] = { "SELECT number FROM audit_names WHERE user_id = $1",
	                 "INSERT INTO audit_names (salt, user_id)"
	                 " SELECT $1, id FROM users WHERE id = $2" },
	[AUDIT_INTERVIEW] = { "SELECT number FROM audit_names WHERE interview_id = $1",
	                      "INSERT INTO audit_names (salt, interview_id)"
	                      " SELECT $1, id FROM interviews WHERE id = $2" },
	[AUDIT_OTHER] = { "SELECT number FROM audit_names WHERE other_id = $1",
	                  "INSERT INTO audit_names (salt, other_id) VALUES ($1, $2)" },
};

static enum err find_number(struct store *store, const struct audit_subject *subject,
                            int64_t *ret_number)
{
	return statement_int64(store, names[subject->kind].find, VALUES(val_text(subject->id)),
	                       ret_number);
}

static enum err number_of(struct store *store, struct arena *arena,
                          const struct audit_subject *subject, int64_t *ret_number)
{
	enum err err;

	*ret_number = 0;
	if (subject->kind == AUDIT_NOTHING || subject->id == NULL)
		return OK;
	err = find_number(store, subject, ret_number);
	if (err != ERR_NOT_FOUND)
		return err;
	err = statement_run(store, names[subject->kind].add,
	                    VALUES(val_text(store_new_id(arena)), val_text(subject->id)));
	if (err == OK)
		err = find_number(store, subject, ret_number);
	return err == ERR_NOT_FOUND ? OK : err;
}

static enum err find_mark(struct store *store, struct arena *arena, int64_t number,
                          const char **ret_mark)
{
	struct statement *statement;
	enum err err;

	*ret_mark = "";
	if (number == 0)
		return OK;
	err = statement_first(store,
	                      "SELECT " AUDIT_MARKED("n") " FROM audit_names n WHERE n.number = $1",
	                      VALUES(val_int(number)), &statement);
	if (err != OK)
		return err;
	*ret_mark = audit_mark(arena, statement, 0);
	return statement_close(statement);
}

/* Actor and subject of the row, with their marks. */
static enum err name_both(struct store *store, struct arena *arena, const struct audit_entry *entry,
                          struct audit_row *row)
{
	const struct audit_subject actor = { entry->actor_id != NULL ? AUDIT_USER : AUDIT_NOTHING,
		                             entry->actor_id };
	enum err err = number_of(store, arena, &actor, &row->actor);

	if (err == OK)
		err = number_of(store, arena, &entry->subject, &row->subject);
	if (err == OK)
		err = find_mark(store, arena, row->actor, &row->actor_mark);
	if (err == OK)
		err = find_mark(store, arena, row->subject, &row->subject_mark);
	return err;
}

/* --- the end of the chain ---------------------------------------------------------------- */

/* The newest row; number 0 and "" of an empty log. */
static enum err read_end(struct store *store, struct arena *arena, struct link *ret_end)
{
	struct statement *statement;
	struct link end = { .hash = "" };
	enum err err = statement_first(
	        store, "SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1", NULL,
	        &statement);

	*ret_end = end;
	if (err == ERR_NOT_FOUND)
		return OK;
	if (err != OK)
		return err;
	end = (struct link){ column_int64(statement, 0), column_text(statement, 1, arena) };
	err = statement_close(statement);
	if (err == OK)
		*ret_end = end;
	return err;
}

static enum err keep_head(struct store *store, struct arena *arena, const struct audit_row *row)
{
	return statement_run(
	        store,
	        "INSERT INTO settings (name, value) VALUES ('" AUDIT_HEAD "', $1)"
	        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
	        VALUES(val_text(arena_printf(arena, "%" PRId64 " %s", row->number, row->hash))));
}

/* --- adding ------------------------------------------------------------------------------ */

static enum err append(struct store *store, struct arena *arena, const struct audit_entry *entry)
{
	struct audit_row row = { .at = clock_now_ms(),
		                 .action = entry->action,
		                 .details = entry->details != NULL ? entry->details : "{}" };
	struct link end;
	enum err err = name_both(store, arena, entry, &row);

	if (err == OK)
		err = read_end(store, arena, &end);
	if (err != OK)
		return err;
	row.number = end.number + 1;
	row.hash = audit_hash(arena, end.hash, &row);
	err = statement_run(store,
	                    "INSERT INTO audit (number, at, actor, actor_mark, action, subject,"
	                    " subject_mark, details, hash)"
	                    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
	                    VALUES(val_int(row.number), val_int(row.at), val_int(row.actor),
	                           val_text(row.actor_mark), val_text(row.action),
	                           val_int(row.subject), val_text(row.subject_mark),
	                           val_text(row.details), val_text(row.hash)));
	return err == OK ? keep_head(store, arena, &row) : err;
}

enum err audit_add(struct store *store, const struct audit_entry *entry)
{
	struct arena *arena = arena_create();
	bool own = false;
	enum err err = store_join(store, &own);

	if (err == OK)
		err = store_leave(store, own, append(store, arena, entry));
	arena_destroy(arena);
	return err;
}

/* --- once a day -------------------------------------------------------------------------- */

/* What has no number yet was never spoken of. */
static enum err find_today(struct store *store, const struct audit_entry *entry, int64_t since,
                           bool *ret_found)
{
	const struct audit_subject who = { AUDIT_USER, entry->actor_id };
	struct statement *statement;
	int64_t actor, subject;
	enum err err = find_number(store, &who, &actor);

	if (err == OK)
		err = find_number(store, &entry->subject, &subject);
	if (err == OK)
		err = statement_first(store,
		                      "SELECT 1 FROM audit WHERE subject = $1 AND actor = $2"
		                      " AND action = $3 AND at >= $4 LIMIT 1",
		                      VALUES(val_int(subject), val_int(actor),
		                             val_text(entry->action), val_int(since)),
		                      &statement);
	*ret_found = err == OK;
	if (err == ERR_NOT_FOUND)
		return OK;
	return err == OK ? statement_close(statement) : err;
}

enum err audit_add_daily(struct store *store, const struct audit_entry *entry)
{
	const int64_t now = clock_now_ms();
	bool is_noted;
	enum err err = find_today(store, entry, now - now % DAY_MS, &is_noted);

	return err == OK && !is_noted ? audit_add(store, entry) : err;
}

/* --- reading ----------------------------------------------------------------------------- */

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

static void read_names(const struct statement *statement, struct arena *arena,
                       struct audit_row *row)
{
	static const enum audit_kind kinds[] = { AUDIT_USER, AUDIT_INTERVIEW, AUDIT_OTHER };

	row->actor_id = column_text(statement, 7, arena);
	row->actor_name = column_text(statement, 8, arena);
	row->owner_id = column_text(statement, 9, arena);
	row->subject_name = column_text(statement, 10, arena);
	row->is_finished = column_bool(statement, 14);
	for (int i = 0; i < 3; i++) {
		if (column_is_null(statement, 11 + i))
			continue;
		row->kind = kinds[i];
		row->subject_id = column_text(statement, 11 + i, arena);
	}
}

enum err audit_list(struct store *store, struct arena *arena, const struct audit_query *query,
                    struct audit_list *ret_list)
{
	struct audit_list list = { 0 };
	struct statement *statement;
	enum err err = statement_open(
	        store,
	        "SELECT a.number, a.at, a.actor, a.action, a.subject, a.details, a.hash,"
	        " u.id, u.username, s.id, s.username, n.user_id, n.interview_id, n.other_id,"
	        " i.finished_at IS NOT NULL"
	        " FROM audit a LEFT JOIN audit_names m ON m.number = a.actor"
	        " LEFT JOIN users u ON u.id = m.user_id"
	        " LEFT JOIN audit_names n ON n.number = a.subject"
	        " LEFT JOIN interviews i ON i.id = n.interview_id"
	        " LEFT JOIN users s ON s.id = coalesce(n.user_id, i.owner_id)"
	        " WHERE a.number < $1"
	        " AND ($2 IS NULL OR a.action = $2"
	        " OR substr(a.action, 1, length($2) + 1) = $2 || '.')"
	        " AND ($3 IS NULL OR u.id = $3 OR s.id = $3)"
	        " ORDER BY a.number DESC LIMIT $4",
	        VALUES(val_int(query->before > 0 ? query->before : INT64_MAX),
	               val_text(query->action), val_text(query->user_id), val_int(query->most)),
	        &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count] = read_row(statement, arena);
		read_names(statement, arena, &list.items[list.count++]);
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}

enum err audit_end(struct store *store, struct arena *arena, struct audit_check *ret_end)
{
	struct link end;
	enum err err = read_end(store, arena, &end);

	if (err == OK)
		*ret_end = (struct audit_check){ .rows = end.number, .head = end.hash };
	return err;
}
