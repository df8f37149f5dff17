#include "store/review.h"

#include "store/statement.h"

#define CARD_COLUMNS                                                                     \
	"c.bank_id, c.key_point_id, c.stability, c.difficulty, c.repetitions, c.lapses," \
	" c.last_at, c.due_at"

/* Cards that can be asked: the bank still has their question. */
#define LIVE_CARDS                                                       \
	" FROM review_cards c JOIN bank_questions b ON b.id = c.bank_id" \
	" WHERE c.user_id = $1 AND b.enabled = 1"

static struct review_card read_card(const struct statement *statement, struct arena *arena)
{
	return (struct review_card){
		.bank_id = column_text(statement, 0, arena),
		.key_point_id = column_text(statement, 1, arena),
		.stability = column_real(statement, 2),
		.difficulty = column_real(statement, 3),
		.repetitions = column_int(statement, 4),
		.lapses = column_int(statement, 5),
		.last_at = column_int64(statement, 6),
		.due_at = column_int64(statement, 7),
	};
}

static enum err read_cards(struct store *store, struct arena *arena, const char *sql,
                           const struct value *values, struct review_card_list *ret_list)
{
	struct review_card_list list = { 0 };
	struct statement *statement;
	enum err err = statement_open(store, sql, values, &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = read_card(statement, arena);
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}

enum err review_count_due(struct store *store, const char *user_id, int64_t now, int *ret_count)
{
	int64_t count;
	enum err err = statement_int64(store, "SELECT count(*)" LIVE_CARDS " AND c.due_at <= $2",
	                               VALUES(val_text(user_id), val_int(now)), &count);

	if (err == OK)
		*ret_count = (int)count;
	return err;
}

enum err review_due(struct store *store, struct arena *arena, const struct review_range *range,
                    struct review_card_list *ret_list)
{
	return read_cards(
	        store, arena,
	        "SELECT " CARD_COLUMNS LIVE_CARDS " AND c.due_at <= $2"
	        " ORDER BY c.due_at, c.bank_id, c.key_point_id LIMIT $3",
	        VALUES(val_text(range->user_id), val_int(range->time), val_int(range->most)),
	        ret_list);
}

enum err review_next_due(struct store *store, const char *user_id, int64_t now, int64_t *ret_due_at)
{
	return statement_int64(store, "SELECT min(c.due_at)" LIVE_CARDS " AND c.due_at > $2",
	                       VALUES(val_text(user_id), val_int(now)), ret_due_at);
}

enum err review_of_question(struct store *store, struct arena *arena, const char *user_id,
                            const char *bank_id, struct review_card_list *ret_list)
{
	return read_cards(store, arena,
	                  "SELECT " CARD_COLUMNS " FROM review_cards c"
	                  " WHERE c.user_id = $1 AND c.bank_id = $2 ORDER BY c.key_point_id",
	                  VALUES(val_text(user_id), val_text(bank_id)), ret_list);
}

enum err review_card_save(struct store *store, const char *user_id, const struct review_card *card)
{
	return statement_run(
	        store,
	        "INSERT INTO review_cards (user_id, bank_id, key_point_id, stability, difficulty,"
	        " repetitions, lapses, last_at, due_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
	        " ON CONFLICT (user_id, bank_id, key_point_id) DO UPDATE SET"
	        " stability = excluded.stability, difficulty = excluded.difficulty,"
	        " repetitions = excluded.repetitions, lapses = excluded.lapses,"
	        " last_at = excluded.last_at, due_at = excluded.due_at",
	        VALUES(val_text(user_id), val_text(card->bank_id), val_text(card->key_point_id),
	               val_real(card->stability), val_real(card->difficulty),
	               val_int(card->repetitions), val_int(card->lapses), val_int(card->last_at),
	               val_int(card->due_at)));
}

enum err review_card_delete(struct store *store, const char *user_id, const char *bank_id,
                            const char *key_point_id)
{
	return statement_run(store,
	                     "DELETE FROM review_cards WHERE user_id = $1 AND bank_id = $2"
	                     " AND key_point_id = $3",
	                     VALUES(val_text(user_id), val_text(bank_id), val_text(key_point_id)));
}

enum err review_forgive(struct store *store, const char *question_id, const char *key_point_id)
{
	return statement_run(
	        store,
	        "DELETE FROM review_cards WHERE key_point_id = $1 AND repetitions = 1"
	        " AND (user_id, bank_id, last_at) = (SELECT i.owner_id, q.bank_id, i.finished_at"
	        " FROM questions q JOIN interviews i ON i.id = q.interview_id"
	        " WHERE q.id = $2 AND q.model_answer = 0)",
	        VALUES(val_text(key_point_id), val_text(question_id)));
}

enum err review_put_off(struct store *store, const char *user_id, const char *bank_id, int64_t now,
                        int64_t until)
{
	return statement_run(
	        store,
	        "UPDATE review_cards SET due_at = $1"
	        " WHERE user_id = $2 AND bank_id = $3 AND due_at <= $4",
	        VALUES(val_int(until), val_text(user_id), val_text(bank_id), val_int(now)));
}

enum err review_interviews(struct store *store, struct arena *arena, const char *user_id, int most,
                           struct review_interview_list *ret_list)
{
	struct review_interview_list list = { 0 };
	struct statement *statement;
	enum err err = statement_open(store,
	                              "SELECT id, finished_at FROM interviews WHERE owner_id = $1"
	                              " AND status = 'completed' AND in_review = 0"
	                              " ORDER BY finished_at LIMIT $2",
	                              VALUES(val_text(user_id), val_int(most)), &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = (struct review_interview){
			.id = column_text(statement, 0, arena),
			.finished_at = column_int64(statement, 1),
		};
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}

enum err review_outcomes(struct store *store, struct arena *arena, const char *interview_id,
                         struct review_outcome_list *ret_list)
{
	struct review_outcome_list list = { 0 };
	struct statement *statement;
	enum err err = statement_open(
	        store,
	        "SELECT q.bank_id, m.key_point_id,"
	        " coalesce(nullif(p.granted, ''), m.status, 'missing'), q.model_answer"
	        " FROM questions q LEFT JOIN marks m ON m.question_id = q.id"
	        " LEFT JOIN appeals p ON p.question_id = q.id AND p.key_point_id = m.key_point_id"
	        " WHERE q.interview_id = $1 AND q.q_type = 'theory'"
	        " AND (m.question_id IS NOT NULL OR q.state IN ('skipped', 'dont_know'))"
	        " ORDER BY q.position, m.position",
	        VALUES(val_text(interview_id)), &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = (struct review_outcome){
			.bank_id = column_text(statement, 0, arena),
			.key_point_id = column_text(statement, 1, arena),
			.status = column_text(statement, 2, arena),
			.model_answer = column_bool(statement, 3),
		};
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}

enum err review_interview_done(struct store *store, const char *interview_id)
{
	return statement_change(store,
	                        "UPDATE interviews SET in_review = 1"
	                        " WHERE id = $1 AND in_review = 0",
	                        VALUES(val_text(interview_id)));
}
