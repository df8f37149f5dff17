#include "base/json.h"
#include "store/audit.h"
#include "store/statement.h"
#include "store/submission.h"
#include "store/user.h"

/* So long a deletion waits for readers; the housekeeping has more time. */
enum { WIPE_WAIT_MS = 500 };

static enum err check_may_go(struct store *store, const struct user *user)
{
	struct statement *statement;
	enum err err;

	if (!user->is_admin)
		return OK;
	err = statement_first(store,
	                      "SELECT 1 FROM users WHERE role = 'admin' AND disabled_at IS NULL"
	                      " AND id <> $1 LIMIT 1",
	                      VALUES(val_text(user->id)), &statement);
	if (err == ERR_NOT_FOUND)
		return ERR_FORBIDDEN;
	return err == OK ? statement_close(statement) : err;
}

/* Events of other people that name this one: their code was equal. */
static enum err find_mentions(struct store *store, struct arena *arena, const char *id,
                              struct event_list *ret_list)
{
	struct event_list list = { 0 };
	struct statement *statement;
	enum err err = statement_open(
	        store,
	        "SELECT e.id, e.evidence FROM events e WHERE e.kind = 'identical_code'"
	        " AND (e.evidence LIKE '%\"' || $1 || '\"%'"
	        " OR EXISTS (SELECT 1 FROM submissions s WHERE s.owner_id = $1"
	        " AND s.code_hash <> '' AND e.evidence LIKE '%\"' || s.id || '\"%'))",
	        VALUES(val_text(id)), &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] =
		        (struct event_row){ .id = column_int64(statement, 0),
			                    .evidence = column_text(statement, 1, arena) };
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}

/* That code was equal stays true; whose it was is nobody's business any more. */
static const char *without_other(const char *evidence)
{
	static const char *const members[] = { "other_user", "other_owner", "other_submission",
		                               "other_sent_at" };
	cJSON *json;

	if (json_parse(evidence, strlen(evidence), &json) != OK)
		return "{}";
	for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++)
		cJSON_DeleteItemFromObjectCaseSensitive(json, members[i]);
	return json_text(json);
}

static enum err forget_mentions(struct store *store, struct arena *arena, const char *id)
{
	struct event_list list = { 0 };
	enum err err = find_mentions(store, arena, id, &list);

	for (size_t i = 0; err == OK && i < list.count; i++)
		err = statement_run(store, "UPDATE events SET evidence = $1 WHERE id = $2",
		                    VALUES(val_text(without_other(list.items[i].evidence)),
		                           val_int(list.items[i].id)));
	return err;
}

/* Subjects are "<kind>:<name or id>", some with more behind it. */
static enum err forget_throttles(struct store *store, const char *id)
{
	enum err err = user_forget_tries(store, id, "");

	if (err != OK)
		return err;
	return statement_run(store, "DELETE FROM throttles WHERE subject LIKE '%:' || $1 || '%'",
	                     VALUES(val_text(id)));
}

static enum err count_deletion(struct store *store)
{
	return statement_run(store,
	                     "INSERT INTO settings (name, value) VALUES ('deleted_accounts', '1')"
	                     " ON CONFLICT (name) DO UPDATE SET"
	                     " value = CAST(CAST(settings.value AS INTEGER) + 1 AS TEXT)",
	                     NULL);
}

/* Of the person nothing stays but that there was one, and how many interviews. */
static enum err note_deletion(struct store *store, struct arena *arena, int interviews)
{
	const struct audit_entry entry = {
		.action = "account.delete",
		.details = arena_printf(arena, "{\"interviews\":%d}", interviews),
	};

	return audit_add(store, &entry);
}

static enum err count_interviews(struct store *store, const char *id, int *ret_count)
{
	struct statement *statement;
	enum err err = statement_first(store, "SELECT count(*) FROM interviews WHERE owner_id = $1",
	                               VALUES(val_text(id)), &statement);

	if (err != OK)
		return err;
	*ret_count = column_int(statement, 0);
	return statement_close(statement);
}

static enum err delete_rows(struct store *store, struct arena *arena, const char *id)
{
	struct user user;
	int interviews;
	enum err err = user_by_id(store, arena, id, &user);

	if (err == OK)
		err = check_may_go(store, &user);
	if (err == OK)
		err = count_interviews(store, id, &interviews);
	if (err == OK)
		err = forget_mentions(store, arena, id);
	if (err == OK)
		err = forget_throttles(store, id);
	if (err == OK)
		err = statement_change(store, "DELETE FROM users WHERE id = $1",
		                       VALUES(val_text(id)));
	if (err == OK)
		err = note_deletion(store, arena, interviews);
	return err == OK ? count_deletion(store) : err;
}

enum err user_delete(struct store *store, struct arena *arena, const char *id)
{
	bool own;
	enum err err = store_join(store, &own);

	if (err != OK)
		return err;
	err = store_leave(store, own, delete_rows(store, arena, id));
	if (err == OK && own)
		store_empty_log(store, WIPE_WAIT_MS); /* the housekeeping comes back to it */
	return err;
}
