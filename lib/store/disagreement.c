#include "store/interview.h"

#include "store/statement.h"

static struct disagreement read_disagreement(const struct statement *statement, struct arena *arena)
{
	struct disagreement row = {
		.interview_id = column_text(statement, 0, arena),
		.question_id = column_text(statement, 1, arena),
		.candidate = column_text(statement, 2, arena),
		.engine = column_text(statement, 3, arena),
		.snapshot = column_text(statement, 4, arena),
		.position = column_int(statement, 6),
		.score = column_real(statement, 7),
		.builtin_score = column_real(statement, 8),
		.max_score = column_real(statement, 9),
		.created_at = column_int64(statement, 10),
		.has_report = !column_is_null(statement, 11),
	};

	language_parse(column_text(statement, 5, arena), &row.language);
	return row;
}

enum err disagreement_list(struct store *store, struct arena *arena, int most,
                           struct disagreement_list *ret_list)
{
	struct disagreement_list list = { 0 };
	struct statement *statement;
	enum err err = statement_open(
	        store,
	        "SELECT i.id, q.id, CASE u.full_name WHEN '' THEN u.username ELSE u.full_name END,"
	        " e.engine, q.snapshot, i.language, q.position, e.score, e.builtin_score,"
	        " e.max_score, e.created_at, r.id"
	        " FROM evaluations e JOIN questions q ON q.id = e.question_id"
	        " JOIN interviews i ON i.id = q.interview_id JOIN users u ON u.id = i.owner_id"
	        " LEFT JOIN reports r ON r.interview_id = i.id"
	        " WHERE abs(e.score - e.builtin_score) >= $1"
	        " ORDER BY e.created_at DESC, q.id LIMIT $2",
	        VALUES(val_real(EVALUATION_DISAGREEMENT), val_int(most)), &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = read_disagreement(statement, arena);
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}
