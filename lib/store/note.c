#include "store/note.h"

#include "base/clock.h"
#include "store/statement.h"

/* Found by its nonce, so that a second click is told from a wrong interview. */
static enum err check_is_new(struct store *store, const char *nonce)
{
	struct statement *statement;
	enum err err = statement_first(store, "SELECT 1 FROM notes WHERE nonce = $1",
	                               VALUES(val_text(nonce)), &statement);

	if (err == ERR_NOT_FOUND)
		return OK;
	if (err == OK)
		err = statement_close(statement);
	return err == OK ? ERR_CONFLICT : err;
}

static enum err insert(struct store *store, const struct note *note)
{
	enum err err = check_is_new(store, note->nonce);

	if (err != OK)
		return err;
	return statement_change(
	        store,
	        "INSERT INTO notes (id, user_id, interview_id, author_id, body, nonce, created_at)"
	        " SELECT $1, u.id, $2, $3, $4, $5, $6 FROM users u WHERE u.id = $7 AND ($2 IS NULL"
	        " OR EXISTS (SELECT 1 FROM interviews i WHERE i.id = $2 AND i.owner_id = u.id))",
	        VALUES(val_text(note->id), val_text(note->interview_id), val_text(note->author_id),
	               val_text(note->body), val_text(note->nonce), val_int(note->created_at),
	               val_text(note->user_id)));
}

enum err note_add(struct store *store, struct arena *arena, struct note *note)
{
	bool own;
	enum err err = store_join(store, &own);

	if (err != OK)
		return err;
	note->id = store_new_id(arena);
	note->created_at = clock_now_ms();
	return store_leave(store, own, insert(store, note));
}

enum err note_list(struct store *store, struct arena *arena, const char *user_id,
                   struct note_list *ret_list)
{
	struct note_list list = { 0 };
	struct statement *statement;
	enum err err = statement_open(
	        store,
	        "SELECT n.id, n.user_id, n.interview_id, n.author_id, u.username, n.body,"
	        " n.created_at FROM notes n LEFT JOIN users u ON u.id = n.author_id"
	        " WHERE n.user_id = $1 ORDER BY n.created_at DESC, n.id LIMIT 200",
	        VALUES(val_text(user_id)), &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] =
		        (struct note){ .id = column_text(statement, 0, arena),
			               .user_id = column_text(statement, 1, arena),
			               .interview_id = column_text(statement, 2, arena),
			               .author_id = column_text(statement, 3, arena),
			               .author_name = column_text(statement, 4, arena),
			               .body = column_text(statement, 5, arena),
			               .created_at = column_int64(statement, 6) };
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}

enum err note_delete(struct store *store, const char *id, const char *user_id,
                     const char *author_id)
{
	return statement_change(
	        store, "DELETE FROM notes WHERE id = $1 AND user_id = $2 AND author_id = $3",
	        VALUES(val_text(id), val_text(user_id), val_text(author_id)));
}
