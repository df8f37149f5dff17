#include "base/clock.h"
#include "store/statement.h"
#include "store/user.h"

/* When the running window of a subject ends; 0: none runs. */
static enum err window_end(struct store *store, const char *subject, int64_t *ret_end)
{
	struct statement *statement;
	int64_t end = 0;
	enum err err = statement_open(store,
	                              "SELECT window_end FROM throttles"
	                              " WHERE subject = $1 AND window_end > $2",
	                              VALUES(val_text(subject), val_int(clock_now_ms())),
	                              &statement);

	if (err != OK)
		return err;
	if (statement_step(statement))
		end = column_int64(statement, 0);
	err = statement_close(statement);
	if (err == OK)
		*ret_end = end;
	return err;
}

enum err throttle_clear(struct store *store, const char *subject)
{
	return statement_run_soft(store, "DELETE FROM throttles WHERE subject = $1",
	                          VALUES(val_text(subject)));
}

/* ERR_LIMITED: the row is there and full, so nothing was changed. */
static enum err take(struct store *store, const struct throttle *throttle)
{
	const int64_t now = clock_now_ms();
	const enum err err = statement_change(
	        store,
	        "INSERT INTO throttles (subject, failures, window_end) VALUES ($1, 1, $2)"
	        " ON CONFLICT (subject) DO UPDATE SET"
	        " failures = CASE WHEN throttles.window_end > $3"
	        " THEN throttles.failures + 1 ELSE 1 END,"
	        " window_end = CASE WHEN throttles.window_end > $3"
	        " THEN throttles.window_end ELSE excluded.window_end END"
	        " WHERE throttles.window_end <= $3 OR throttles.failures < $4",
	        VALUES(val_text(throttle->subject), val_int(now + throttle->window_ms),
	               val_int(now), val_int(throttle->allowed)));

	return err == ERR_NOT_FOUND ? ERR_LIMITED : err;
}

enum err throttle_take(struct store *store, const struct throttle *throttles, size_t count,
                       int64_t *ret_until)
{
	const bool own = store->transaction == TRANSACTION_NONE;
	enum err err = own ? store_begin_soft(store) : OK, read;

	if (err != OK)
		return err;
	for (size_t i = 0; i < count && err == OK; i++) {
		err = take(store, &throttles[i]);
		if (err != ERR_LIMITED)
			continue;
		read = window_end(store, throttles[i].subject, ret_until);
		if (read != OK)
			err = read;
	}
	return store_leave(store, own, err);
}

enum err throttle_give_back(struct store *store, const struct throttle *throttles, size_t count)
{
	const bool own = store->transaction == TRANSACTION_NONE;
	enum err err = own ? store_begin_soft(store) : OK;

	if (err != OK)
		return err;
	for (size_t i = 0; i < count && err == OK; i++)
		err = statement_run(store,
		                    "UPDATE throttles SET failures = failures - 1"
		                    " WHERE subject = $1 AND failures > 0",
		                    VALUES(val_text(throttles[i].subject)));
	return store_leave(store, own, err);
}
