#include "store/statement.h"
#include "store/user.h"

enum err setting_get(struct store *store, struct arena *arena, const char *name,
                     const char **ret_value)
{
	return statement_text(store, arena, "SELECT value FROM settings WHERE name = $1",
	                      VALUES(val_text(name)), ret_value);
}

/* Reads first: every program asks at its start, and only one of them has to write. */
enum err setting_init(struct store *store, struct arena *arena, const char *name, const char *value,
                      const char **ret_value)
{
	enum err err = setting_get(store, arena, name, ret_value);

	if (err != ERR_NOT_FOUND)
		return err;
	err = statement_run(store,
	                    "INSERT INTO settings (name, value) VALUES ($1, $2)"
	                    " ON CONFLICT (name) DO NOTHING",
	                    VALUES(val_text(name), val_text(value)));
	return err == OK ? setting_get(store, arena, name, ret_value) : err;
}

enum err setting_set(struct store *store, const char *name, const char *value)
{
	return statement_run(store,
	                     "INSERT INTO settings (name, value) VALUES ($1, $2)"
	                     " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
	                     VALUES(val_text(name), val_text(value)));
}
