#include "store/signing_key.h"

#include "base/clock.h"
#include "store/statement.h"

enum err signing_key_add(struct store *store, struct signing_key *key)
{
	const int64_t now = clock_now_ms();
	enum err err =
	        statement_run(store,
	                      "INSERT INTO signing_keys (id, public_key, secret_seed, created_at)"
	                      " VALUES ($1, $2, $3, $4)",
	                      VALUES(val_text(key->id), val_text(key->public_key),
	                             val_text(key->secret_seed), val_int(now)));

	if (err == OK)
		key->created_at = now;
	return err;
}

/* Columns 0 to 3: id, public_key, created_at, retired_at. */
static struct signing_key read_public(const struct statement *statement, struct arena *arena)
{
	return (struct signing_key){
		.id = column_text(statement, 0, arena),
		.public_key = column_text(statement, 1, arena),
		.created_at = column_int64(statement, 2),
		.retired_at = column_int64(statement, 3),
	};
}

enum err signing_key_current(struct store *store, struct arena *arena, struct signing_key *ret_key)
{
	struct statement *statement;
	struct signing_key key;
	enum err err = statement_first(store,
	                               "SELECT id, public_key, created_at, retired_at, secret_seed"
	                               " FROM signing_keys WHERE retired_at IS NULL",
	                               NULL, &statement);

	if (err != OK)
		return err;
	key = read_public(statement, arena);
	key.secret_seed = column_text(statement, 4, arena);
	err = statement_close(statement);
	if (err == OK)
		*ret_key = key;
	return err;
}

enum err signing_key_by_id(struct store *store, struct arena *arena, const char *id,
                           struct signing_key *ret_key)
{
	struct statement *statement;
	struct signing_key key;
	enum err err = statement_first(store,
	                               "SELECT id, public_key, created_at, retired_at"
	                               " FROM signing_keys WHERE id = $1",
	                               VALUES(val_text(id)), &statement);

	if (err != OK)
		return err;
	key = read_public(statement, arena);
	err = statement_close(statement);
	if (err == OK)
		*ret_key = key;
	return err;
}

enum err signing_key_list(struct store *store, struct arena *arena,
                          struct signing_key_list *ret_list)
{
	struct signing_key_list list = { 0 };
	struct statement *statement;
	enum err err = statement_open(store,
	                              "SELECT id, public_key, created_at, retired_at"
	                              " FROM signing_keys ORDER BY created_at DESC, id",
	                              NULL, &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = read_public(statement, arena);
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}

enum err signing_key_retire(struct store *store)
{
	return statement_run(store,
	                     "UPDATE signing_keys SET retired_at = $1, secret_seed = NULL"
	                     " WHERE retired_at IS NULL",
	                     VALUES(val_int(clock_now_ms())));
}
