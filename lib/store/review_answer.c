#include "base/clock.h"
#include "store/review.h"
#include "store/statement.h"

#define ANSWER_COLUMNS "id, bank_id, language, question, answer, result, nonce, created_at"

static struct review_answer read_answer(const struct statement *statement, struct arena *arena)
{
	struct review_answer answer = {
		.id = column_text(statement, 0, arena),
		.bank_id = column_text(statement, 1, arena),
		.question = column_text(statement, 3, arena),
		.answer = column_text(statement, 4, arena),
		.result = column_text(statement, 5, arena),
		.nonce = column_text(statement, 6, arena),
		.created_at = column_int64(statement, 7),
	};

	language_parse(column_text(statement, 2, arena), &answer.language);
	return answer;
}

static enum err find_answer(struct store *store, struct arena *arena, const char *sql,
                            const struct value *values, struct review_answer *ret_answer)
{
	struct statement *statement;
	struct review_answer answer;
	enum err err = statement_first(store, sql, values, &statement);

	if (err != OK)
		return err;
	answer = read_answer(statement, arena);
	err = statement_close(statement);
	if (err == OK)
		*ret_answer = answer;
	return err;
}

enum err review_answer_add(struct store *store, struct arena *arena, const char *user_id,
                           struct review_answer *answer)
{
	struct review_answer added = *answer;
	enum err err;

	added.id = store_new_id(arena);
	added.created_at = clock_now_ms();
	err = statement_run(
	        store,
	        "INSERT INTO review_answers (id, user_id, bank_id, language, question, answer,"
	        " result, nonce, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
	        VALUES(val_text(added.id), val_text(user_id), val_text(added.bank_id),
	               val_text(language_code(added.language)), val_text(added.question),
	               val_text(added.answer), val_text(added.result), val_text(added.nonce),
	               val_int(added.created_at)));
	if (err == OK)
		*answer = added;
	return err;
}

enum err review_answer_by_nonce(struct store *store, struct arena *arena, const char *user_id,
                                const char *nonce, struct review_answer *ret_answer)
{
	return find_answer(store, arena,
	                   "SELECT " ANSWER_COLUMNS " FROM review_answers"
	                   " WHERE user_id = $1 AND nonce = $2",
	                   VALUES(val_text(user_id), val_text(nonce)), ret_answer);
}

enum err review_answer_by_id(struct store *store, struct arena *arena, const char *user_id,
                             const char *id, struct review_answer *ret_answer)
{
	return find_answer(store, arena,
	                   "SELECT " ANSWER_COLUMNS " FROM review_answers"
	                   " WHERE id = $1 AND user_id = $2",
	                   VALUES(val_text(id), val_text(user_id)), ret_answer);
}

enum err review_answers_since(struct store *store, struct arena *arena,
                              const struct review_range *range, struct review_answer_list *ret_list)
{
	struct review_answer_list list = { 0 };
	struct statement *statement;
	enum err err = statement_open(
	        store,
	        "SELECT " ANSWER_COLUMNS " FROM review_answers"
	        " WHERE user_id = $1 AND created_at >= $2"
	        " ORDER BY created_at, id LIMIT $3",
	        VALUES(val_text(range->user_id), val_int(range->time), val_int(range->most)),
	        &statement);

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
