/* viva user: codes for people who have lost their password. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "store/audit.h"
#include "store/login.h"
#include "viva.h"
#include "web/one_time.h"

enum { LIFE_HOURS = 24, HOUR_MS = 60 * 60 * 1000 };

static enum err issue(struct store *store, const struct password_reset *reset)
{
	const struct audit_entry entry = {
		.action = "user.reset",
		.subject = { AUDIT_USER, reset->user_id },
		.details = reset->drops_factor ? "{\"drops_factor\":true}" : NULL,
	};
	enum err err = store_begin(store);

	if (err == OK)
		err = reset_issue(store, reset);
	if (err == OK)
		err = audit_add(store, &entry);
	return err == OK ? store_commit(store) : err;
}

int user_reset(struct arena *arena, int argc, char **argv)
{
	struct store *store = open_store(arena);
	const char *code = one_time_code(arena);
	struct password_reset reset = {
		.code_hash = one_time_hash(arena, code),
		.expires_at = clock_now_ms() + (int64_t)LIFE_HOURS * HOUR_MS,
		.drops_factor = argc == 2,
	};
	struct user user;

	if (argc == 2 && strcmp(argv[1], "--second-factor") != 0) {
		fprintf(stderr, "viva: unknown option %s\n", argv[1]);
		return 2;
	}
	if (store == NULL)
		return 1;
	if (user_by_name(store, arena, argv[0], &user) != OK) {
		fprintf(stderr, "viva: there is no user %s\n", argv[0]);
		return 1;
	}
	reset.user_id = user.id;
	if (issue(store, &reset) != OK)
		return 1;
	printf("%s\n", code);
	fprintf(stderr, "for %s, once, within %d hours, at /reset?code=%s%s\n", user.username,
	        LIFE_HOURS, code,
	        user.is_disabled ? "; the account is disabled, it counts when that is over" : "");
	return 0;
}
