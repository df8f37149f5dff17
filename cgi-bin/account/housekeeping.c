/* What nobody asks for: now and then the database is rid of what is over. */
#include "account.h"
#include "base/clock.h"
#include "care/shelf.h"
#include "store/health.h"
#include "store/user.h"

enum { EVERY_S = 5 * 60, WIPE_WAIT_MS = 2000 };

/* Of the one thread that keeps house. */
static int64_t due_us;

bool housekeeping_step(struct store *store, struct arena *arena, void *context)
{
	const int64_t now_us = clock_monotonic_us();
	const bool is_first = due_us == 0;

	(void)context;
	if (now_us < due_us)
		return false;
	due_us = now_us + EVERY_S * INT64_C(1000000);
	if (!is_first) {
		session_delete_expired(store);
		store_empty_log(store, WIPE_WAIT_MS);
	}
	health_note(store, HEALTH_HOUSEKEEPING, "");
	shelf_keep(store, arena);
	return false;
}
