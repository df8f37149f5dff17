#include "store/interview.h"

#include "base/clock.h"
#include "store/statement.h"

#define INTERVIEW_COLUMNS                                                                       \
	"id, owner_id, role_id, level, type, language, edition, question_count,"                \
	" time_limit_min, job_description, status, difficulty, max_turns,"                      \
	" stop_requested, start_nonce, created_at, finished_at, coding_percent, code_language," \
	" stage, parent_id, repeats, invitation_id, role_title"

static const char *stage_name(const struct interview *interview)
{
	return interview->is_introduction ? "introduction" : "questions";
}

static struct interview read_interview(const struct statement *statement, struct arena *arena)
{
	struct interview interview = {
		.id = column_text(statement, 0, arena),
		.owner_id = column_text(statement, 1, arena),
		.role_id = column_text(statement, 2, arena),
		.level = column_text(statement, 3, arena),
		.type = column_text(statement, 4, arena),
		.edition = column_int(statement, 6),
		.question_count = column_int(statement, 7),
		.time_limit_min = column_int(statement, 8),
		.job_description = column_text(statement, 9, arena),
		.status = column_text(statement, 10, arena),
		.difficulty = column_int(statement, 11),
		.max_turns = column_int(statement, 12),
		.stop_requested = column_bool(statement, 13),
		.start_nonce = column_text(statement, 14, arena),
		.created_at = column_int64(statement, 15),
		.finished_at = column_int64(statement, 16),
		.coding_percent = column_int(statement, 17),
		.code_language = column_text(statement, 18, arena),
		.parent_id = column_text(statement, 20, arena),
		.repeats = column_text(statement, 21, arena),
		.invitation_id = column_text(statement, 22, arena),
		.role_title = column_text(statement, 23, arena),
	};

	language_parse(column_text(statement, 5, arena), &interview.language);
	interview.is_introduction = strcmp(column_text(statement, 19, arena), "introduction") == 0;
	return interview;
}

static enum err insert(struct store *store, const struct interview *interview)
{
	return statement_change(
	        store,
	        "INSERT INTO interviews (" INTERVIEW_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6,"
	        " $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,"
	        " $23, $24)"
	        " ON CONFLICT (owner_id, start_nonce) DO NOTHING",
	        VALUES(val_text(interview->id), val_text(interview->owner_id),
	               val_text(interview->role_id), val_text(interview->level),
	               val_text(interview->type), val_text(language_code(interview->language)),
	               val_int(interview->edition), val_int(interview->question_count),
	               val_int(interview->time_limit_min), val_text(interview->job_description),
	               val_text(interview->status), val_int(interview->difficulty),
	               val_int(interview->max_turns), val_int(interview->stop_requested),
	               val_text(interview->start_nonce), val_int(interview->created_at),
	               val_time(interview->finished_at), val_int(interview->coding_percent),
	               val_text(interview->code_language), val_text(stage_name(interview)),
	               val_text(interview->parent_id), val_text(interview->repeats),
	               val_text(interview->invitation_id),
	               val_text(interview->role_title != NULL ? interview->role_title : "")));
}

/* The interview and, beside it, its start, which outlives it and counts for the day. */
static enum err insert_counted(struct store *store, const struct interview *interview)
{
	bool own;
	enum err err = store_join(store, &own);

	if (err != OK)
		return err;
	err = insert(store, interview);
	if (err == OK && interview->invitation_id == NULL)
		err = statement_run(
		        store,
		        "INSERT INTO interview_starts (owner_id, started_at)"
		        " VALUES ($1, $2)",
		        VALUES(val_text(interview->owner_id), val_int(interview->created_at)));
	return store_leave(store, own, err);
}

enum err interview_by_nonce(struct store *store, struct arena *arena, const char *owner_id,
                            const char *start_nonce, const char **ret_id)
{
	return statement_text(store, arena,
	                      "SELECT id FROM interviews WHERE owner_id = $1 AND start_nonce = $2",
	                      VALUES(val_text(owner_id), val_text(start_nonce)), ret_id);
}

enum err interview_add(struct store *store, struct arena *arena, struct interview *interview)
{
	struct interview added = *interview;
	enum err err;

	added.id = store_new_id(arena);
	added.created_at = clock_now_ms();
	if (added.code_language == NULL)
		added.code_language = "";
	if (added.repeats == NULL)
		added.repeats = "";
	err = insert_counted(store, &added);
	if (err == OK) {
		*interview = added;
		return OK;
	}
	if (err != ERR_NOT_FOUND)
		return err;
	err = interview_by_nonce(store, arena, interview->owner_id, interview->start_nonce,
	                         &interview->id);
	return err == OK ? ERR_CONFLICT : err;
}

static enum err find_interview(struct store *store, struct arena *arena, const char *sql,
                               const struct value *values, struct interview *ret_interview)
{
	struct statement *statement;
	struct interview interview;
	enum err err = statement_first(store, sql, values, &statement);

	if (err != OK)
		return err;
	interview = read_interview(statement, arena);
	err = statement_close(statement);
	if (err == OK)
		*ret_interview = interview;
	return err;
}

enum err interview_by_id(struct store *store, struct arena *arena, const char *id,
                         struct interview *ret_interview)
{
	return find_interview(store, arena,
	                      "SELECT " INTERVIEW_COLUMNS " FROM interviews WHERE id = $1",
	                      VALUES(val_text(id)), ret_interview);
}

enum err interview_of_owner(struct store *store, struct arena *arena, const char *id,
                            const char *owner_id, struct interview *ret_interview)
{
	return find_interview(store, arena,
	                      "SELECT " INTERVIEW_COLUMNS " FROM interviews"
	                      " WHERE id = $1 AND owner_id = $2",
	                      VALUES(val_text(id), val_text(owner_id)), ret_interview);
}

enum err interview_save(struct store *store, const struct interview *interview)
{
	return statement_change(
	        store,
	        "UPDATE interviews SET status = $1, difficulty = $2, stop_requested = $3,"
	        " finished_at = $4, stage = $5 WHERE id = $6",
	        VALUES(val_text(interview->status), val_int(interview->difficulty),
	               val_int(interview->stop_requested), val_time(interview->finished_at),
	               val_text(stage_name(interview)), val_text(interview->id)));
}

enum err interview_count_since(struct store *store, const char *owner_id, int64_t since,
                               int *ret_count, int64_t *ret_first_at)
{
	struct statement *statement;
	int64_t first_at;
	int count;
	enum err err = statement_first(store,
	                               "SELECT count(*), min(started_at) FROM interview_starts"
	                               " WHERE owner_id = $1 AND started_at >= $2",
	                               VALUES(val_text(owner_id), val_int(since)), &statement);

	if (err != OK)
		return err;
	count = column_int(statement, 0);
	first_at = column_int64(statement, 1);
	err = statement_close(statement);
	if (err != OK)
		return err;
	*ret_count = count;
	*ret_first_at = first_at;
	return OK;
}

enum err interview_unreported(struct store *store, struct arena *arena, int64_t from, int64_t until,
                              const char **ret_id)
{
	return statement_text(
	        store, arena,
	        "SELECT i.id FROM interviews i"
	        " WHERE i.finished_at >= $1 AND i.finished_at < $2"
	        " AND NOT EXISTS (SELECT 1 FROM reports r WHERE r.interview_id = i.id)"
	        " AND NOT EXISTS (SELECT 1 FROM questions q JOIN submissions s"
	        " ON s.question_id = q.id WHERE q.interview_id = i.id"
	        " AND s.state IN ('queued','running'))"
	        " ORDER BY i.finished_at LIMIT 1",
	        VALUES(val_int(from), val_int(until)), ret_id);
}

enum err interview_latest_finished(struct store *store, struct arena *arena, const char *owner_id,
                                   const char **ret_id)
{
	return statement_text(
	        store, arena,
	        "SELECT id FROM interviews WHERE owner_id = $1 AND status = 'completed'"
	        " ORDER BY finished_at DESC, created_at DESC LIMIT 1",
	        VALUES(val_text(owner_id)), ret_id);
}
