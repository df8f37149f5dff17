#include "store/bank.h"

#include <inttypes.h>

#include "store/bank_row.h"

uint64_t bank_hash(uint64_t hash, const char *text)
{
	for (const char *c = text;; c++) {
		hash = (hash ^ (unsigned char)*c) * UINT64_C(0x100000001b3);
		if (*c == '\0')
			return hash;
	}
}

static struct bank_question read_question(const struct statement *statement, struct arena *arena)
{
	return (struct bank_question){
		.id = column_text(statement, 0, arena),
		.type = column_text(statement, 1, arena),
		.track = column_text(statement, 2, arena),
		.category = column_text(statement, 3, arena),
		.level = column_text(statement, 4, arena),
		.difficulty = column_int(statement, 5),
		.body = column_text(statement, 6, arena),
		.enabled = column_bool(statement, 7),
		.q_type = column_text(statement, 8, arena),
		.source = column_text(statement, 9, arena),
		.edited_at = column_int64(statement, 10),
		.answers = column_text(statement, 11, arena),
		.code_languages = column_text(statement, 12, arena),
	};
}

enum err bank_read_all(struct store *store, struct arena *arena, const char *sql,
                       const struct value *values, struct bank_question_list *ret_list)
{
	struct bank_question_list list = { 0 };
	struct statement *statement;
	enum err err = statement_open(store, sql, values, &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = read_question(statement, arena);
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}

enum err bank_save(struct store *store, struct arena *arena, const struct bank_question *question)
{
	const char *hash = arena_printf(arena, "%016" PRIx64,
	                                bank_hash(BANK_HASH_START, question->body));
	const char *codes = question->code_languages != NULL ? question->code_languages : "";

	return statement_run(
	        store,
	        "INSERT INTO bank_questions (id, type, track, category, level, difficulty, body,"
	        " body_hash, enabled, q_type, source, edited_at, answers, code_languages)"
	        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
	        " ON CONFLICT (id) DO UPDATE SET type = excluded.type, track = excluded.track,"
	        " category = excluded.category, level = excluded.level,"
	        " difficulty = excluded.difficulty, body = excluded.body,"
	        " body_hash = excluded.body_hash, enabled = excluded.enabled,"
	        " q_type = excluded.q_type, source = excluded.source,"
	        " edited_at = excluded.edited_at, answers = excluded.answers,"
	        " code_languages = excluded.code_languages",
	        VALUES(val_text(question->id), val_text(question->type), val_text(question->track),
	               val_text(question->category), val_text(question->level),
	               val_int(question->difficulty), val_text(question->body), val_text(hash),
	               val_int(question->enabled),
	               val_text(question->q_type != NULL ? question->q_type : "theory"),
	               val_text(question->source != NULL ? question->source : "bank"),
	               val_time(question->edited_at),
	               val_text(question->answers != NULL ? question->answers : ""),
	               val_text(codes)));
}

enum err bank_list(struct store *store, struct arena *arena, struct bank_question_list *ret_list)
{
	return bank_read_all(store, arena,
	                     "SELECT " BANK_COLUMNS " FROM bank_questions b ORDER BY b.id", NULL,
	                     ret_list);
}

enum err bank_by_id(struct store *store, struct arena *arena, const char *id,
                    struct bank_question *ret_question)
{
	struct bank_question_list list;
	enum err err = bank_read_all(store, arena,
	                             "SELECT " BANK_COLUMNS " FROM bank_questions b"
	                             " WHERE b.id = $1",
	                             VALUES(val_text(id)), &list);

	if (err != OK)
		return err;
	if (list.count == 0)
		return ERR_NOT_FOUND;
	*ret_question = list.items[0];
	return OK;
}

static bool contains(const char *const *ids, size_t count, const char *id)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(ids[i], id) == 0)
			return true;
	return false;
}

static enum err disable_others(struct store *store, struct arena *scratch, const char *const *ids,
                               size_t count)
{
	struct bank_question_list list = { 0 };
	enum err err = bank_list(store, scratch, &list);

	for (size_t i = 0; err == OK && i < list.count; i++) {
		if (!list.items[i].enabled || strcmp(list.items[i].source, "bank") != 0 ||
		    list.items[i].edited_at != 0 || contains(ids, count, list.items[i].id))
			continue;
		err = statement_run(store, "UPDATE bank_questions SET enabled = 0 WHERE id = $1",
		                    VALUES(val_text(list.items[i].id)));
	}
	return err;
}

enum err bank_disable_others(struct store *store, const char *const *ids, size_t count)
{
	struct arena *scratch;
	bool own = false;
	enum err err = store_join(store, &own);

	if (err != OK)
		return err;
	scratch = arena_create();
	err = disable_others(store, scratch, ids, count);
	arena_destroy(scratch);
	return store_leave(store, own, err);
}
