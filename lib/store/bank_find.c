#include "store/bank_row.h"

enum { MOST_SEARCH = 200, MOST_FOUND = 5000 };

/* The rank of a word is that in the language where the item is nearest. */
#define FROM_MATCHES                                                                              \
	" FROM bank_questions b INDEXED BY bank_outlines"                                         \
	" LEFT JOIN (SELECT bank_id, min(score) AS score FROM (SELECT bank_id, rank AS score"     \
	" FROM bank_search WHERE bank_search MATCH $1) GROUP BY bank_id) m ON m.bank_id = b.id"   \
	" WHERE ($2 = '' OR b.id LIKE $3 ESCAPE '\\' OR m.score IS NOT NULL)"                     \
	" AND ($4 = '' OR b.type = $4) AND ($5 = '' OR b.track = $5)"                             \
	" AND ($6 = '' OR b.level = $6) AND ($7 = '' OR b.q_type = $7)"                           \
	" AND ($8 = '' OR ($8 = 'enabled' AND b.enabled = 1)"                                     \
	" OR ($8 = 'disabled' AND b.enabled = 0) OR ($8 = 'edited' AND b.edited_at IS NOT NULL))" \
	" ORDER BY $2 <> '' AND b.id NOT LIKE $3 ESCAPE '\\', coalesce(m.score, 0), b.id LIMIT $9"

static bool is_bounded(const struct bank_query *query, int most)
{
	return most >= 1 && most <= MOST_FOUND && strlen(query->search) <= MOST_SEARCH;
}

#define FILTER(arena, query, most)                                                                \
	VALUES(val_text((query)->match[0] != '\0' ? (query)->match : "\"\""),                     \
	       val_text((query)->search), val_text(statement_containing(arena, (query)->search)), \
	       val_text((query)->type), val_text((query)->track), val_text((query)->level),       \
	       val_text((query)->q_type), val_text((query)->state), val_int(most))

enum err bank_find(struct store *store, struct arena *arena, const struct bank_query *query,
                   int most, struct bank_question_list *ret_list)
{
	if (!is_bounded(query, most))
		return ERR_INVALID;
	return bank_read_all(store, arena, "SELECT " BANK_COLUMNS FROM_MATCHES,
	                     FILTER(arena, query, most), ret_list);
}

enum err bank_find_outlines(struct store *store, struct arena *arena,
                            const struct bank_query *query, struct bank_question_list *ret_list)
{
	if (!is_bounded(query, MOST_FOUND))
		return ERR_INVALID;
	return bank_read_all(store, arena, "SELECT " BANK_OUTLINE FROM_MATCHES,
	                     FILTER(arena, query, MOST_FOUND), ret_list);
}

static void take_bodies(const struct statement *statement, struct arena *arena,
                        struct bank_question *questions, size_t count)
{
	const char *id = column_text(statement, 0, arena);

	for (size_t i = 0; i < count; i++)
		if (strcmp(questions[i].id, id) == 0)
			questions[i].body = column_text(statement, 1, arena);
}

enum err bank_read_bodies(struct store *store, struct arena *arena, struct bank_question *questions,
                          size_t count)
{
	struct value ids[BANK_BODIES + 1] = { 0 };
	struct statement *statement;
	enum err err;

	if (count > BANK_BODIES)
		return ERR_INVALID;
	for (size_t i = 0; i < BANK_BODIES; i++)
		ids[i] = val_text(i < count ? questions[i].id : NULL);
	err = statement_open(store,
	                     "SELECT id, body FROM bank_questions WHERE id IN ($1, $2, $3, $4, $5,"
	                     " $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,"
	                     " $20, $21, $22, $23, $24, $25)",
	                     ids, &statement);
	if (err != OK)
		return err;
	while (statement_step(statement))
		take_bodies(statement, arena, questions, count);
	return statement_close(statement);
}

enum err bank_enable(struct store *store, const char *id, bool enabled, int64_t edited_at)
{
	return statement_change(store,
	                        "UPDATE bank_questions SET enabled = $1, edited_at = $2"
	                        " WHERE id = $3",
	                        VALUES(val_int(enabled), val_int(edited_at), val_text(id)));
}
