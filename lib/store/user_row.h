/* Private to lib/store: a user as a row, for every query that gives one. */
#ifndef VIVA_STORE_USER_ROW_H
#define VIVA_STORE_USER_ROW_H

#include "store/statement.h"
#include "store/user.h"

/* The columns 0 to 16 that user_read expects, of `users u`. */
#define USER_COLUMNS                                                           \
	"u.id, u.username, u.full_name, u.password_hash, u.language, u.role,"  \
	" u.position, u.level, u.stack, u.about, u.disabled_at, u.created_at," \
	" u.time_zone, u.experience_years, u.totp_secret, u.totp_step,"        \
	" u.is_blind"

enum { USER_COLUMN_COUNT = 17 };

/* The user in the current row. */
struct user user_read(const struct statement *statement, struct arena *arena);

/* The user in the first row of a query for USER_COLUMNS; ERR_NOT_FOUND when it has none. */
enum err user_find(struct store *store, struct arena *arena, const char *sql,
                   const struct value *values, struct user *ret_user);

#endif
