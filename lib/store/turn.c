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
	        " observation, created_at)"
	        " SELECT $1, coalesce(max(seq), 0) + 1, $2, $3, $4, $5, $6, $7, $8"
	        " FROM turns WHERE interview_id = $1"
	        " ON CONFLICT (interview_id, nonce) DO NOTHING RETURNING seq",
	        VALUES(val_text(interview_id), val_text(turn->question_id), val_text(turn->author),
	               val_text(turn->kind), val_text(turn->body), val_text(turn->nonce),
	               val_text(turn->observation), val_int(now)),
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

static struct turn read_turn(const struct statement *statement, struct arena *arena)
{
	return (struct turn){
		.seq = column_int(statement, 0),
		.question_id = column_text(statement, 1, arena),
		.author = column_text(statement, 2, arena),
		.kind = column_text(statement, 3, arena),
		.body = column_text(statement, 4, arena),
		.nonce = column_text(statement, 5, arena),
		.observation = column_text(statement, 6, arena),
		.created_at = column_int64(statement, 7),
	};
}

enum err turn_list(struct store *store, struct arena *arena, const char *interview_id,
                   struct turn_list *ret_list)
{
	struct turn_list list = { 0 };
	struct statement *statement;
	enum err err = statement_open(store,
	                              "SELECT seq, question_id, author, kind, body, nonce,"
	                              " observation, created_at FROM turns"
	                              " WHERE interview_id = $1 ORDER BY seq",
	                              VALUES(val_text(interview_id)), &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = read_turn(statement, arena);
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}

enum err turn_count(struct store *store, const char *interview_id, int *ret_count)
{
	struct statement *statement;
	enum err err = statement_first(store,
	                               "SELECT count(*) FROM turns"
	                               " WHERE interview_id = $1 AND author = 'candidate'",
	                               VALUES(val_text(interview_id)), &statement);
	int count;

	if (err != OK)
		return err;
	count = column_int(statement, 0);
	err = statement_close(statement);
	if (err == OK)
		*ret_count = count;
	return err;
}
