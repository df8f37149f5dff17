#include <inttypes.h>

#include "base/clock.h"
#include "store/bank_row.h"

struct edition {
	const char *role_id;
	int number;
	const char *set_hash;
};

static const char *hash_of(struct arena *arena, const struct bank_question_list *questions)
{
	uint64_t hash = BANK_HASH_START;

	for (size_t i = 0; i < questions->count; i++) {
		hash = bank_hash(hash, questions->items[i].id);
		hash = bank_hash(hash, questions->items[i].body);
	}
	return arena_printf(arena, "%016" PRIx64, hash);
}

/* The role's newest edition; number 0 when it has none. */
static enum err newest(struct store *store, struct arena *arena, const char *role_id,
                       struct edition *ret_edition)
{
	struct edition edition = { .role_id = role_id, .set_hash = "" };
	struct statement *statement;
	enum err err = statement_open(store,
	                              "SELECT number, set_hash FROM editions WHERE role_id = $1"
	                              " ORDER BY number DESC LIMIT 1",
	                              VALUES(val_text(role_id)), &statement);

	if (err != OK)
		return err;
	if (statement_step(statement)) {
		edition.number = column_int(statement, 0);
		edition.set_hash = column_text(statement, 1, arena);
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_edition = edition;
	return err;
}

static enum err insert(struct store *store, const struct edition *edition,
                       const struct bank_question_list *questions)
{
	enum err err = statement_run(store,
	                             "INSERT INTO editions (role_id, number, set_hash, created_at)"
	                             " VALUES ($1, $2, $3, $4)",
	                             VALUES(val_text(edition->role_id), val_int(edition->number),
	                                    val_text(edition->set_hash), val_int(clock_now_ms())));

	for (size_t i = 0; err == OK && i < questions->count; i++)
		err = statement_run(store,
		                    "INSERT INTO edition_questions (role_id, number, question_id)"
		                    " VALUES ($1, $2, $3)",
		                    VALUES(val_text(edition->role_id), val_int(edition->number),
		                           val_text(questions->items[i].id)));
	return err;
}

enum err edition_save(struct store *store, struct arena *arena, const char *role_id,
                      const struct bank_question_list *questions, int *ret_number)
{
	const char *hash = hash_of(arena, questions);
	struct edition edition = { 0 };
	bool own = false;
	enum err err = store_join(store, &own);

	if (err != OK)
		return err;
	err = newest(store, arena, role_id, &edition);
	if (err == OK && (edition.number == 0 || strcmp(edition.set_hash, hash) != 0)) {
		edition.number++;
		edition.set_hash = hash;
		err = insert(store, &edition, questions);
	}
	err = store_leave(store, own, err);
	if (err == OK)
		*ret_number = edition.number;
	return err;
}

enum err edition_current(struct store *store, const char *role_id, int *ret_number)
{
	return statement_int(store,
	                     "SELECT coalesce(max(number), 0) FROM editions WHERE role_id = $1",
	                     VALUES(val_text(role_id)), ret_number);
}

enum err edition_questions(struct store *store, struct arena *arena, const char *role_id,
                           int number, struct bank_question_list *ret_list)
{
	return bank_read_all(store, arena,
	                     "SELECT " BANK_COLUMNS " FROM edition_questions e"
	                     " JOIN bank_questions b ON b.id = e.question_id"
	                     " WHERE e.role_id = $1 AND e.number = $2 AND b.enabled = 1"
	                     " ORDER BY b.id",
	                     VALUES(val_text(role_id), val_int(number)), ret_list);
}

/* Without the index SQLite would walk to the columns behind each body. */
enum err edition_outline(struct store *store, struct arena *arena, const char *role_id, int number,
                         struct bank_question_list *ret_list)
{
	return bank_read_all(store, arena,
	                     "SELECT " BANK_OUTLINE " FROM edition_questions e"
	                     " JOIN bank_questions b INDEXED BY bank_outlines"
	                     " ON b.id = e.question_id"
	                     " WHERE e.role_id = $1 AND e.number = $2 AND b.enabled = 1"
	                     " ORDER BY b.id",
	                     VALUES(val_text(role_id), val_int(number)), ret_list);
}

enum err edition_came_since(struct store *store, const char *role_id, int number, int64_t since,
                            bool *ret_came)
{
	return statement_bool(
	        store,
	        "SELECT EXISTS (SELECT 1 FROM editions WHERE role_id = $1 AND number > $2"
	        " AND created_at >= $3)",
	        VALUES(val_text(role_id), val_int(number), val_int(since)), ret_came);
}
