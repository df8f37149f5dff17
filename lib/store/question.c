#include "store/interview.h"

#include "store/statement.h"

#define COLUMNS_BEFORE "id, interview_id, position, bank_id, q_type, category"
#define COLUMNS_AFTER                                                    \
	"state, follow_ups, hints_used, model_answer, answer, asked_at," \
	" finished_at"
#define QUESTION_COLUMNS COLUMNS_BEFORE ", snapshot, " COLUMNS_AFTER

/* `known` as it was read before. */
static struct question read_question(const struct statement *statement, struct arena *arena,
                                     const struct question *known)
{
	return (struct question){
		.id = column_text_again(statement, 0, arena, known->id),
		.interview_id = column_text_again(statement, 1, arena, known->interview_id),
		.position = column_int(statement, 2),
		.bank_id = column_text_again(statement, 3, arena, known->bank_id),
		.q_type = column_text_again(statement, 4, arena, known->q_type),
		.category = column_text_again(statement, 5, arena, known->category),
		.snapshot = column_text_again(statement, 6, arena, known->snapshot),
		.state = column_text_again(statement, 7, arena, known->state),
		.follow_ups = column_int(statement, 8),
		.hints_used = column_int(statement, 9),
		.model_answer = column_bool(statement, 10),
		.answer = column_text_again(statement, 11, arena, known->answer),
		.asked_at = column_int64(statement, 12),
		.finished_at = column_int64(statement, 13),
	};
}

enum err question_add(struct store *store, struct arena *arena, struct question *question)
{
	const char *id = store_new_id(arena);
	enum err err = statement_run(
	        store,
	        "INSERT INTO questions (" QUESTION_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6,"
	        " $7, $8, $9, $10, $11, $12, $13, $14)",
	        VALUES(val_text(id), val_text(question->interview_id), val_int(question->position),
	               val_text(question->bank_id), val_text(question->q_type),
	               val_text(question->category), val_text(question->snapshot),
	               val_text(question->state), val_int(question->follow_ups),
	               val_int(question->hints_used), val_int(question->model_answer),
	               val_text(question->answer), val_time(question->asked_at),
	               val_time(question->finished_at)));

	if (err == OK)
		question->id = id;
	return err;
}

static enum err read_list(struct statement *statement, struct arena *arena,
                          const struct question_list *known, struct question_list *ret_list)
{
	const struct question unknown = { 0 };
	struct question_list list = { 0 };
	enum err err;

	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count] = read_question(
		        statement, arena,
		        list.count < known->count ? &known->items[list.count] : &unknown);
		list.count++;
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}

enum err question_list(struct store *store, struct arena *arena, const char *interview_id,
                       struct question_list *ret_list)
{
	const struct question_list none = { 0 };
	struct statement *statement;
	enum err err = statement_open(store,
	                              "SELECT " QUESTION_COLUMNS " FROM questions"
	                              " WHERE interview_id = $1 ORDER BY position",
	                              VALUES(val_text(interview_id)), &statement);

	return err == OK ? read_list(statement, arena, &none, ret_list) : err;
}

enum err question_list_again(struct store *store, struct arena *arena, const char *interview_id,
                             const struct question_list *known, struct question_list *ret_list)
{
	struct statement *statement;
	enum err err = statement_open(store,
	                              "SELECT " COLUMNS_BEFORE
	                              ", CASE state WHEN 'active' THEN snapshot END, " COLUMNS_AFTER
	                              " FROM questions WHERE interview_id = $1 ORDER BY position",
	                              VALUES(val_text(interview_id)), &statement);

	return err == OK ? read_list(statement, arena, known, ret_list) : err;
}

enum err question_by_id(struct store *store, struct arena *arena, const char *id,
                        struct question *ret_question)
{
	const struct question unknown = { 0 };
	struct statement *statement;
	struct question question;
	enum err err = statement_first(store,
	                               "SELECT " QUESTION_COLUMNS " FROM questions WHERE id = $1",
	                               VALUES(val_text(id)), &statement);

	if (err != OK)
		return err;
	question = read_question(statement, arena, &unknown);
	err = statement_close(statement);
	if (err == OK)
		*ret_question = question;
	return err;
}

enum err question_save(struct store *store, const struct question *question)
{
	return statement_change(store,
	                        "UPDATE questions SET bank_id = $1, category = $2,"
	                        " snapshot = coalesce($3, snapshot), state = $4, follow_ups = $5,"
	                        " hints_used = max(hints_used, $6), model_answer = $7,"
	                        " answer = $8, asked_at = $9, finished_at = $10 WHERE id = $11",
	                        VALUES(val_text(question->bank_id), val_text(question->category),
	                               val_text(question->snapshot), val_text(question->state),
	                               val_int(question->follow_ups), val_int(question->hints_used),
	                               val_int(question->model_answer), val_text(question->answer),
	                               val_time(question->asked_at),
	                               val_time(question->finished_at), val_text(question->id)));
}
