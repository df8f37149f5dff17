#include "store/decision.h"

#include <string.h>

#include "base/clock.h"
#include "store/statement.h"

static enum err check_finished(struct store *store, const char *interview_id)
{
	struct statement *statement;
	bool is_finished;
	enum err err = statement_first(store,
	                               "SELECT status = 'completed' FROM interviews WHERE id = $1",
	                               VALUES(val_text(interview_id)), &statement);

	if (err != OK)
		return err;
	is_finished = column_bool(statement, 0);
	err = statement_close(statement);
	return err == OK && !is_finished ? ERR_CONFLICT : err;
}

enum err decision_of(struct store *store, struct arena *arena, const char *interview_id,
                     struct decision *ret_decision)
{
	struct statement *statement;
	struct decision decision;
	enum err err =
	        statement_first(store,
	                        "SELECT d.interview_id, d.verdict, d.reason, d.author_id,"
	                        " CASE u.full_name WHEN '' THEN u.username ELSE u.full_name END,"
	                        " d.was_blind, d.created_at"
	                        " FROM decisions d LEFT JOIN users u ON u.id = d.author_id"
	                        " WHERE d.interview_id = $1",
	                        VALUES(val_text(interview_id)), &statement);

	if (err != OK)
		return err;
	decision = (struct decision){
		.interview_id = column_text(statement, 0, arena),
		.verdict = column_text(statement, 1, arena),
		.reason = column_text(statement, 2, arena),
		.author_id = column_text(statement, 3, arena),
		.author_name = column_text(statement, 4, arena),
		.was_blind = column_bool(statement, 5),
		.created_at = column_int64(statement, 6),
	};
	err = statement_close(statement);
	if (err == OK)
		*ret_decision = decision;
	return err;
}

static enum err is_said(struct store *store, const struct decision *decision, bool *ret_same)
{
	struct arena *scratch = arena_create();
	struct decision before;
	enum err err = decision_of(store, scratch, decision->interview_id, &before);

	*ret_same = err == OK && strcmp(before.verdict, decision->verdict) == 0 &&
	            strcmp(before.reason, decision->reason) == 0;
	arena_destroy(scratch);
	return err == ERR_NOT_FOUND ? OK : err;
}

static enum err save(struct store *store, const struct decision *decision, bool *ret_changed)
{
	bool is_same;
	enum err err = check_finished(store, decision->interview_id);

	if (err == OK)
		err = is_said(store, decision, &is_same);
	if (err != OK)
		return err;
	*ret_changed = !is_same;
	if (is_same)
		return OK;
	return statement_run(
	        store,
	        "INSERT INTO decisions (interview_id, verdict, reason, author_id, was_blind,"
	        " created_at) VALUES ($1, $2, $3, $4, $5, $6)"
	        " ON CONFLICT (interview_id) DO UPDATE SET verdict = excluded.verdict,"
	        " reason = excluded.reason, author_id = excluded.author_id,"
	        " created_at = excluded.created_at",
	        VALUES(val_text(decision->interview_id), val_text(decision->verdict),
	               val_text(decision->reason), val_text(decision->author_id),
	               val_int(decision->was_blind), val_int(clock_now_ms())));
}

enum err decision_save(struct store *store, const struct decision *decision, bool *ret_changed)
{
	bool own;
	enum err err = store_join(store, &own);

	return err == OK ? store_leave(store, own, save(store, decision, ret_changed)) : err;
}

enum err decision_all_made(struct store *store, const char *user_id, bool *ret_all)
{
	struct statement *statement;
	int finished, decided;
	enum err err = statement_first(store,
	                               "SELECT count(*), count(d.interview_id) FROM interviews i"
	                               " LEFT JOIN decisions d ON d.interview_id = i.id"
	                               " WHERE i.owner_id = $1 AND i.status = 'completed'",
	                               VALUES(val_text(user_id)), &statement);

	if (err != OK)
		return err;
	finished = column_int(statement, 0);
	decided = column_int(statement, 1);
	err = statement_close(statement);
	if (err == OK)
		*ret_all = finished > 0 && decided == finished;
	return err;
}
