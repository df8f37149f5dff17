#include "store/bank.h"

#include "store/statement.h"

#define ROLE_COLUMNS                                                                          \
	"id, track, title_en, title_ru, title_uk, skill_tags, position, enabled, edited_at, " \
	"other_titles"

static struct role read_role(const struct statement *statement, struct arena *arena)
{
	return (struct role){
		.id = column_text(statement, 0, arena),
		.track = column_text(statement, 1, arena),
		.title = { [LANG_EN] = column_text(statement, 2, arena),
		           [LANG_RU] = column_text(statement, 3, arena),
		           [LANG_UK] = column_text(statement, 4, arena) },
		.skill_tags = column_text(statement, 5, arena),
		.position = column_int(statement, 6),
		.enabled = column_bool(statement, 7),
		.edited_at = column_int64(statement, 8),
		.other_titles = column_text(statement, 9, arena),
	};
}

static enum err list_roles(struct store *store, struct arena *arena, bool with_disabled,
                           struct role_list *ret_list)
{
	struct role_list list = { 0 };
	struct statement *statement;
	enum err err = statement_open(store,
	                              "SELECT " ROLE_COLUMNS " FROM roles"
	                              " WHERE enabled = 1 OR $1 ORDER BY position, id",
	                              VALUES(val_int(with_disabled)), &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = read_role(statement, arena);
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}

enum err role_list(struct store *store, struct arena *arena, struct role_list *ret_list)
{
	return list_roles(store, arena, false, ret_list);
}

enum err role_list_all(struct store *store, struct arena *arena, struct role_list *ret_list)
{
	return list_roles(store, arena, true, ret_list);
}

enum err role_by_id(struct store *store, struct arena *arena, const char *id, struct role *ret_role)
{
	struct statement *statement;
	struct role role;
	enum err err = statement_first(store, "SELECT " ROLE_COLUMNS " FROM roles WHERE id = $1",
	                               VALUES(val_text(id)), &statement);

	if (err != OK)
		return err;
	role = read_role(statement, arena);
	err = statement_close(statement);
	if (err == OK)
		*ret_role = role;
	return err;
}

enum err role_save(struct store *store, const struct role *role)
{
	return statement_run(
	        store,
	        "INSERT INTO roles (" ROLE_COLUMNS
	        ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
	        " ON CONFLICT (id) DO UPDATE SET track = excluded.track,"
	        " title_en = excluded.title_en, title_ru = excluded.title_ru,"
	        " title_uk = excluded.title_uk, skill_tags = excluded.skill_tags,"
	        " position = excluded.position, enabled = excluded.enabled,"
	        " edited_at = excluded.edited_at, other_titles = excluded.other_titles",
	        VALUES(val_text(role->id), val_text(role->track), val_text(role->title[LANG_EN]),
	               val_text(role->title[LANG_RU]), val_text(role->title[LANG_UK]),
	               val_text(role->skill_tags), val_int(role->position), val_int(role->enabled),
	               val_time(role->edited_at),
	               val_text(role->other_titles != NULL ? role->other_titles : "{}")));
}
