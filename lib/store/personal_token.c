#include "base/clock.h"
#include "store/statement.h"
#include "store/token.h"
#include "store/user_row.h"

enum { NOTE_USE_MS = 5 * 60 * 1000, HALF_DAY_MS = 12 * 60 * 60 * 1000 };

/* The limit is part of the statement: two tabs at once do not get around it. */
enum err personal_token_add(struct store *store, struct arena *arena, struct personal_token *token)
{
	const int64_t now = clock_now_ms();
	const char *id = store_new_id(arena);
	enum err err = statement_change(
	        store,
	        "INSERT INTO personal_tokens (id, user_id, name, token_hash, scope, created_at,"
	        " expires_at) SELECT $1, $2, $3, $4, $5, $6, $7"
	        " WHERE (SELECT count(*) FROM personal_tokens"
	        " WHERE user_id = $2 AND expires_at > $6) < $8",
	        VALUES(val_text(id), val_text(token->user_id), val_text(token->name),
	               val_text(token->token_hash), val_text(token->scope), val_int(now),
	               val_int(token->expires_at), val_int(PERSONAL_TOKENS_MAX)));

	if (err != OK)
		return err == ERR_NOT_FOUND ? ERR_LIMITED : err;
	token->id = id;
	token->created_at = now;
	return OK;
}

enum err personal_token_list(struct store *store, struct arena *arena, const char *user_id,
                             struct personal_token_list *ret_list)
{
	struct personal_token_list list = { 0 };
	struct statement *statement;
	enum err err = statement_open(
	        store,
	        "SELECT id, name, scope, created_at, seen_at, expires_at FROM personal_tokens"
	        " WHERE user_id = $1 AND expires_at > $2 ORDER BY created_at DESC, id",
	        VALUES(val_text(user_id), val_int(clock_now_ms())), &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = (struct personal_token){
			.id = column_text(statement, 0, arena),
			.user_id = user_id,
			.name = column_text(statement, 1, arena),
			.scope = column_text(statement, 2, arena),
			.created_at = column_int64(statement, 3),
			.seen_at = column_int64(statement, 4),
			.expires_at = column_int64(statement, 5),
		};
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}

enum err personal_token_delete(struct store *store, const char *user_id, const char *id)
{
	return statement_change(store, "DELETE FROM personal_tokens WHERE id = $1 AND user_id = $2",
	                        VALUES(val_text(id), val_text(user_id)));
}

enum err personal_token_delete_all(struct store *store, const char *user_id)
{
	return statement_run(store, "DELETE FROM personal_tokens WHERE user_id = $1",
	                     VALUES(val_text(user_id)));
}

/* Two forms of an hour differ by days or not at all. */
enum err personal_token_same(struct store *store, const struct personal_token *token)
{
	struct statement *statement;
	const enum err err = statement_first(
	        store,
	        "SELECT 1 FROM personal_tokens WHERE token_hash = $1 AND name = $2"
	        " AND scope = $3 AND abs(expires_at - $4) < $5",
	        VALUES(val_text(token->token_hash), val_text(token->name), val_text(token->scope),
	               val_int(token->expires_at), val_int(HALF_DAY_MS)),
	        &statement);

	return err == OK ? statement_close(statement) : err;
}

enum err personal_token_user(struct store *store, struct arena *arena, const char *token_hash,
                             struct user *ret_user, const char **ret_scope)
{
	const int64_t now = clock_now_ms();
	struct statement *statement;
	struct user user;
	const char *scope;
	int64_t seen_at;
	enum err err = statement_first(
	        store,
	        "SELECT " USER_COLUMNS ", t.scope, t.seen_at"
	        " FROM personal_tokens t JOIN users u ON u.id = t.user_id"
	        " WHERE t.token_hash = $1 AND t.expires_at > $2 AND u.disabled_at IS NULL",
	        VALUES(val_text(token_hash), val_int(now)), &statement);

	if (err != OK)
		return err;
	user = user_read(statement, arena);
	scope = column_text(statement, USER_COLUMN_COUNT, arena);
	seen_at = column_int64(statement, USER_COLUMN_COUNT + 1);
	err = statement_close(statement);
	if (err != OK)
		return err;
	if (now - seen_at >= NOTE_USE_MS)
		statement_note(store,
		               "UPDATE personal_tokens SET seen_at = $1 WHERE token_hash = $2",
		               VALUES(val_int(now), val_text(token_hash)));
	*ret_user = user;
	*ret_scope = scope;
	return OK;
}
