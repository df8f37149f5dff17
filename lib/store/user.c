#include "store/user.h"

#include "base/clock.h"
#include "base/text.h"
#include "store/statement.h"
#include "store/token.h"
#include "store/user_row.h"

struct user user_read(const struct statement *statement, struct arena *arena)
{
	struct user user = {
		.id = column_text(statement, 0, arena),
		.username = column_text(statement, 1, arena),
		.full_name = column_text(statement, 2, arena),
		.password_hash = column_text(statement, 3, arena),
		.is_admin = strcmp(column_text(statement, 5, arena), "admin") == 0,
		.position = column_text(statement, 6, arena),
		.level = column_text(statement, 7, arena),
		.stack = column_text(statement, 8, arena),
		.about = column_text(statement, 9, arena),
		.is_disabled = !column_is_null(statement, 10),
		.created_at = column_int64(statement, 11),
		.time_zone = column_text(statement, 12, arena),
		.experience_years = column_is_null(statement, 13) ? -1 : column_real(statement, 13),
		.totp_secret = column_text(statement, 14, arena),
		.totp_step = column_int64(statement, 15),
		.is_blind = column_bool(statement, 16),
	};

	language_parse(column_text(statement, 4, arena), &user.language);
	return user;
}

static const char *name_key(struct arena *arena, const char *username, const char *full_name)
{
	return text_search_key(arena, arena_printf(arena, "%s %s", username, full_name));
}

enum err user_add(struct store *store, struct arena *arena, struct user *user)
{
	const char *id = store_new_id(arena);
	const int64_t now = clock_now_ms();
	enum err err;

	user->full_name = text_name(arena, user->full_name);
	err = statement_change(
	        store,
	        "INSERT INTO users (id, username, username_key, full_name, name_key,"
	        " password_hash, language, role, position, level, stack, about, disabled_at,"
	        " created_at)"
	        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
	        " ON CONFLICT (username_key) DO NOTHING",
	        VALUES(val_text(id), val_text(user->username),
	               val_text(text_folded(arena, user->username)), val_text(user->full_name),
	               val_text(name_key(arena, user->username, user->full_name)),
	               val_text(user->password_hash), val_text(language_code(user->language)),
	               val_text(user->is_admin ? "admin" : "candidate"), val_text(user->position),
	               val_text(user->level), val_text(user->stack), val_text(user->about),
	               val_time(user->is_disabled ? now : 0), val_int(now)));
	if (err != OK)
		return err == ERR_NOT_FOUND ? ERR_CONFLICT : err;
	user->id = id;
	user->created_at = now;
	return OK;
}

enum err user_find(struct store *store, struct arena *arena, const char *sql,
                   const struct value *values, struct user *ret_user)
{
	struct statement *statement;
	struct user user;
	enum err err = statement_first(store, sql, values, &statement);

	if (err != OK)
		return err;
	user = user_read(statement, arena);
	err = statement_close(statement);
	if (err == OK)
		*ret_user = user;
	return err;
}

enum err user_by_id(struct store *store, struct arena *arena, const char *id, struct user *ret_user)
{
	return user_find(store, arena, "SELECT " USER_COLUMNS " FROM users u WHERE u.id = $1",
	                 VALUES(val_text(id)), ret_user);
}

enum err user_by_name(struct store *store, struct arena *arena, const char *username,
                      struct user *ret_user)
{
	return user_find(store, arena,
	                 "SELECT " USER_COLUMNS " FROM users u WHERE u.username_key = $1",
	                 VALUES(val_text(text_folded(arena, username))), ret_user);
}

enum err user_save_profile(struct store *store, const struct user *user)
{
	struct arena *scratch = arena_create();
	const char *full_name = text_name(scratch, user->full_name);
	enum err err;

	err = statement_change(
	        store,
	        "UPDATE users SET full_name = $1, name_key = replace(username_key, "
	        "'ё', 'е') || ' ' || $2,"
	        " language = $3, position = $4, level = $5, stack = $6, about = $7,"
	        " experience_years = $8 WHERE id = $9",
	        VALUES(val_text(full_name), val_text(text_search_key(scratch, full_name)),
	               val_text(language_code(user->language)), val_text(user->position),
	               val_text(user->level), val_text(user->stack), val_text(user->about),
	               user->experience_years < 0 ? val_text(NULL)
	                                          : val_real(user->experience_years),
	               val_text(user->id)));
	arena_destroy(scratch);
	return err;
}

enum err user_save_language(struct store *store, const char *id, enum language language)
{
	return statement_change(store, "UPDATE users SET language = $1 WHERE id = $2",
	                        VALUES(val_text(language_code(language)), val_text(id)));
}

enum err user_save_password(struct store *store, const char *id, const char *password_hash)
{
	return statement_change(store, "UPDATE users SET password_hash = $1 WHERE id = $2",
	                        VALUES(val_text(password_hash), val_text(id)));
}

enum err user_forget_tries(struct store *store, const char *id, const char *but_key)
{
	return statement_run(store,
	                     "DELETE FROM throttles WHERE EXISTS (SELECT 1 FROM users u"
	                     " WHERE u.id = $1 AND u.username_key <> $2"
	                     " AND (subject = 'account:' || u.username_key"
	                     " OR substr(subject, 1, length(u.username_key) + 9)"
	                     " = 'account:' || u.username_key || ':'"
	                     " OR substr(subject, 1, length(u.username_key) + 5)"
	                     " = 'all:' || u.username_key || ':'))",
	                     VALUES(val_text(id), val_text(but_key)));
}

enum err user_rename(struct store *store, const char *id, const char *username)
{
	struct arena *scratch = arena_create();
	const char *key = text_folded(scratch, username);
	bool own;
	enum err err = store_join(store, &own);

	if (err == OK) {
		err = user_forget_tries(store, id, key);
		if (err == OK)
			err = statement_change(
			        store,
			        "UPDATE users SET username = $1, username_key = $2, name_key = "
			        "replace($2, 'ё', 'е')"
			        " || substr(name_key, length(username_key) + 1) WHERE id = $3",
			        VALUES(val_text(username), val_text(key), val_text(id)));
		err = store_leave(store, own, err);
	}
	arena_destroy(scratch);
	return err;
}

enum err user_save_time_zone(struct store *store, const char *id, const char *time_zone)
{
	return statement_change(store, "UPDATE users SET time_zone = $1 WHERE id = $2",
	                        VALUES(val_text(time_zone), val_text(id)));
}

enum err user_set_admin(struct store *store, const char *id, bool is_admin)
{
	return statement_change(store, "UPDATE users SET role = $1 WHERE id = $2",
	                        VALUES(val_text(is_admin ? "admin" : "candidate"), val_text(id)));
}

enum err user_set_blind(struct store *store, const char *id, bool is_blind)
{
	return statement_change(store,
	                        "UPDATE users SET is_blind = $1 WHERE id = $2 AND is_blind <> $1",
	                        VALUES(val_int(is_blind), val_text(id)));
}

enum err user_end_log_ins(struct store *store, const char *id, const char *but_hash)
{
	bool own;
	enum err err = store_join(store, &own);

	if (err != OK)
		return err;
	err = session_delete_all(store, id, but_hash);
	if (err == OK)
		err = statement_run(store, "DELETE FROM login_challenges WHERE user_id = $1",
		                    VALUES(val_text(id)));
	if (err == OK)
		err = statement_run(store,
		                    "DELETE FROM password_resets"
		                    " WHERE user_id = $1 AND used_at IS NULL",
		                    VALUES(val_text(id)));
	if (err == OK)
		err = token_family_revoke_all(store, id);
	return store_leave(store, own, err);
}

enum err user_set_disabled(struct store *store, const char *id, bool is_disabled)
{
	bool own;
	enum err err = store_join(store, &own);

	if (err != OK)
		return err;
	err = statement_change(store, "UPDATE users SET disabled_at = $1 WHERE id = $2",
	                       VALUES(val_time(is_disabled ? clock_now_ms() : 0), val_text(id)));
	if (err == OK && is_disabled)
		err = user_end_log_ins(store, id, NULL);
	if (err == OK && is_disabled)
		err = personal_token_delete_all(store, id);
	return store_leave(store, own, err);
}

enum err user_any_admin(struct store *store, bool *ret_exists)
{
	struct statement *statement;
	enum err err = statement_first(store, "SELECT 1 FROM users WHERE role = 'admin' LIMIT 1",
	                               NULL, &statement);

	if (err == ERR_NOT_FOUND) {
		*ret_exists = false;
		return OK;
	}
	if (err != OK)
		return err;
	err = statement_close(statement);
	if (err == OK)
		*ret_exists = true;
	return err;
}
