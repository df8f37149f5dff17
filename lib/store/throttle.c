#include "base/clock.h"
#include "store/statement.h"
#include "store/user.h"

enum err throttle_get(struct store *store, const char *subject, int *ret_failures,
                      int64_t *ret_window_end)
{
	struct statement *statement;
	int64_t window_end = 0;
	int failures = 0;
	enum err err;

	err = statement_open(store,
	                     "SELECT failures, window_end FROM throttles"
	                     " WHERE subject = $1 AND window_end > $2",
	                     VALUES(val_text(subject), val_int(clock_now_ms())), &statement);
	if (err != OK)
		return err;
	if (statement_step(statement)) {
		failures = column_int(statement, 0);
		window_end = column_int64(statement, 1);
	}
	err = statement_close(statement);
	if (err != OK)
		return err;
	*ret_failures = failures;
	*ret_window_end = window_end;
	return OK;
}

enum err throttle_add(struct store *store, const char *subject, int64_t window_ms)
{
	const int64_t now = clock_now_ms();

	return statement_run(
	        store,
	        "INSERT INTO throttles (subject, failures, window_end) VALUES ($1, 1, $2)"
	        " ON CONFLICT (subject) DO UPDATE SET"
	        " failures = CASE WHEN throttles.window_end > $3"
	        " THEN throttles.failures + 1 ELSE 1 END,"
	        " window_end = CASE WHEN throttles.window_end > $3"
	        " THEN throttles.window_end ELSE excluded.window_end END",
	        VALUES(val_text(subject), val_int(now + window_ms), val_int(now)));
}

enum err throttle_clear(struct store *store, const char *subject)
{
	return statement_run(store, "DELETE FROM throttles WHERE subject = $1",
	                     VALUES(val_text(subject)));
}

enum err throttle_take_back(struct store *store, const char *subject)
{
	return statement_run(store,
	                     "UPDATE throttles SET failures = failures - 1"
	                     " WHERE subject = $1 AND failures > 0",
	                     VALUES(val_text(subject)));
}
