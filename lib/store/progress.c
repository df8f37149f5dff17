#include "store/progress.h"

#include "store/statement.h"

static struct progress_score read_score(const struct statement *statement, struct arena *arena)
{
	return (struct progress_score){
		.interview_id = column_text(statement, 0, arena),
		.role_id = column_text(statement, 1, arena),
		.role_title = column_text(statement, 2, arena),
		.finished_at = column_int64(statement, 3),
		.score = column_real(statement, 4),
		.max_score = column_real(statement, 5),
	};
}

enum err progress_scores(struct store *store, struct arena *arena, const char *user_id,
                         enum language language, struct progress_score_list *ret_list)
{
	struct progress_score_list list = { 0 };
	struct statement *statement;
	enum err err = statement_open(
	        store,
	        "SELECT i.id, i.role_id, CASE $1 WHEN 'ru' THEN o.title_ru"
	        " WHEN 'uk' THEN o.title_uk ELSE o.title_en END, i.finished_at,"
	        " r.total_score, r.max_score FROM interviews i JOIN roles o ON o.id = i.role_id"
	        " JOIN reports r ON r.interview_id = i.id"
	        " WHERE i.owner_id = $2 AND i.status = 'completed' ORDER BY i.finished_at, i.id",
	        VALUES(val_text(language_code(language)), val_text(user_id)), &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = read_score(statement, arena);
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}

static struct progress_answer read_answer(const struct statement *statement, struct arena *arena)
{
	struct progress_answer answer = {
		.bank_id = column_text(statement, 0, arena),
		.at = column_int64(statement, 1),
		.is_graded = !column_is_null(statement, 2),
		.score = column_real(statement, 2),
		.max_score = column_real(statement, 3),
	};

	for (int i = 0; i < 5; i++)
		answer.rubric[i] = column_real(statement, 4 + i);
	return answer;
}

enum err progress_answers(struct store *store, struct arena *arena, const char *user_id,
                          struct progress_answer_list *ret_list)
{
	struct progress_answer_list list = { 0 };
	struct statement *statement;
	enum err err = statement_open(
	        store,
	        "SELECT q.bank_id, coalesce(q.finished_at, i.finished_at), e.score, e.max_score,"
	        " e.structure, e.relevance, e.technical_accuracy, e.depth, e.communication"
	        " FROM interviews i JOIN questions q ON q.interview_id = i.id"
	        " LEFT JOIN evaluations e ON e.question_id = q.id"
	        " WHERE i.owner_id = $1 AND i.status = 'completed' AND q.q_type = 'theory'"
	        " AND q.state IN ('answered', 'skipped', 'dont_know')"
	        " ORDER BY i.created_at, q.interview_id, q.position",
	        VALUES(val_text(user_id)), &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = read_answer(statement, arena);
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}

static struct progress_attempt read_attempt(const struct statement *statement, struct arena *arena)
{
	return (struct progress_attempt){
		.question_id = column_text(statement, 0, arena),
		.bank_id = column_text(statement, 1, arena),
		.at = column_int64(statement, 2),
		.hints_used = column_int(statement, 3),
		.model_answer = column_bool(statement, 4),
		.attempt_number = column_int(statement, 5),
		.public_passed = column_int(statement, 6),
		.public_total = column_int(statement, 7),
		.hidden_passed = column_int(statement, 8),
		.hidden_total = column_int(statement, 9),
	};
}

enum err progress_attempts(struct store *store, struct arena *arena, const char *user_id,
                           struct progress_attempt_list *ret_list)
{
	struct progress_attempt_list list = { 0 };
	struct statement *statement;
	enum err err = statement_open(
	        store,
	        "SELECT q.id, q.bank_id, coalesce(q.finished_at, i.finished_at), q.hints_used,"
	        " q.model_answer, coalesce(s.attempt_number, 0), s.public_passed,"
	        " s.public_total, s.hidden_passed, s.hidden_total"
	        " FROM interviews i JOIN questions q ON q.interview_id = i.id"
	        " LEFT JOIN submissions s ON s.question_id = q.id AND s.kind = 'submit'"
	        " AND s.state = 'done'"
	        " WHERE i.owner_id = $1 AND i.status = 'completed' AND q.q_type = 'coding'"
	        " AND q.state IN ('answered', 'skipped', 'dont_know')"
	        " AND (q.state <> 'answered' OR s.id IS NOT NULL)"
	        " ORDER BY i.created_at, q.interview_id, q.position, s.attempt_number",
	        VALUES(val_text(user_id)), &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = read_attempt(statement, arena);
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}

enum err progress_times(struct store *store, struct arena *arena, const char *user_id,
                        struct progress_time_list *ret_list)
{
	struct progress_time_list list = { 0 };
	struct statement *statement;
	enum err err = statement_open(
	        store,
	        "SELECT q.finished_at FROM interviews i JOIN questions q ON q.interview_id = i.id"
	        " WHERE i.owner_id = $1 AND q.state = 'answered' AND q.finished_at IS NOT NULL"
	        " UNION ALL SELECT created_at FROM review_answers WHERE user_id = $1",
	        VALUES(val_text(user_id)), &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = column_int64(statement, 0);
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}

enum err progress_questions(struct store *store, struct arena *arena, const char *user_id,
                            struct progress_question_list *ret_list)
{
	struct progress_question_list list = { 0 };
	struct statement *statement;
	enum err err = statement_open(
	        store,
	        "SELECT b.id, b.track, b.body FROM bank_questions b WHERE b.id IN"
	        " (SELECT q.bank_id FROM interviews i JOIN questions q ON q.interview_id = i.id"
	        " WHERE i.owner_id = $1 AND i.status = 'completed'"
	        " AND q.state IN ('answered', 'skipped', 'dont_know')) ORDER BY b.id",
	        VALUES(val_text(user_id)), &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = (struct progress_question){
			.id = column_text(statement, 0, arena),
			.track = column_text(statement, 1, arena),
			.body = column_text(statement, 2, arena),
		};
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}
