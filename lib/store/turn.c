#include "store/interview.h"

#include "base/clock.h"
#include "store/statement.h"

enum err turn_add(struct store *store, const char *interview_id, struct turn *turn)
{
	const int64_t now = clock_now_ms();
	struct statement *statement;
	enum err err;
	int seq;

	err = statement_first(
	        store,
	        "INSERT INTO turns (interview_id, seq, question_id, author, kind, body, nonce,"
	        " observation, created_at, engine, is_cut)"
	        " SELECT $1, coalesce(max(seq), 0) + 1, $2, $3, $4, $5, $6, $7, $8,"
	        " coalesce($9, 'builtin'), $10"
	        " FROM turns WHERE interview_id = $1"
	        " ON CONFLICT (interview_id, nonce) DO NOTHING RETURNING seq",
	        VALUES(val_text(interview_id), val_text(turn->question_id), val_text(turn->author),
	               val_text(turn->kind), val_text(turn->body), val_text(turn->nonce),
	               val_text(turn->observation), val_int(now), val_text(turn->engine),
	               val_int(turn->is_cut)),
	        &statement);
	if (err != OK)
		return err == ERR_NOT_FOUND ? ERR_CONFLICT : err;
	seq = column_int(statement, 0);
	err = statement_close(statement);
	if (err != OK)
		return err;
	turn->seq = seq;
	turn->created_at = now;
	return OK;
}

/* `known` as it was read before. */
static struct turn read_turn(const struct statement *statement, struct arena *arena,
                             const struct turn *known)
{
	return (struct turn){
		.seq = column_int(statement, 0),
		.question_id = column_text_again(statement, 1, arena, known->question_id),
		.author = column_text_again(statement, 2, arena, known->author),
		.kind = column_text_again(statement, 3, arena, known->kind),
		.body = column_text_again(statement, 4, arena, known->body),
		.nonce = column_text_again(statement, 5, arena, known->nonce),
		.observation = column_text_again(statement, 6, arena, known->observation),
		.created_at = column_int64(statement, 7),
		.engine = column_text_again(statement, 8, arena, known->engine),
		.is_cut = column_bool(statement, 9),
	};
}

enum err turn_list(struct store *store, struct arena *arena, const char *interview_id,
                   struct turn_list *ret_list)
{
	const struct turn_list none = { 0 };

	return turn_list_again(store, arena, interview_id, &none, ret_list);
}

enum err turn_list_again(struct store *store, struct arena *arena, const char *interview_id,
                         const struct turn_list *known, struct turn_list *ret_list)
{
	const struct turn unknown = { 0 };
	struct turn_list list = { 0 };
	struct statement *statement;
	enum err err = statement_open(store,
	                              "SELECT seq, question_id, author, kind, body, nonce,"
	                              " observation, created_at, engine, is_cut FROM turns"
	                              " WHERE interview_id = $1 ORDER BY seq",
	                              VALUES(val_text(interview_id)), &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count] =
		        read_turn(statement, arena,
		                  list.count < known->count ? &known->items[list.count] : &unknown);
		list.count++;
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}

enum err turn_count(struct store *store, const char *interview_id, int *ret_count)
{
	return statement_int(store,
	                     "SELECT count(*) FROM turns"
	                     " WHERE interview_id = $1 AND author = 'candidate'",
	                     VALUES(val_text(interview_id)), ret_count);
}
