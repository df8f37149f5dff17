#include "store/bank_row.h"

enum { MOST_SEARCH = 200, MOST_PAGE = 1000 };

#define MATCHES                                                                      \
	" WHERE ($1 = '' OR b.id LIKE $2 ESCAPE '\\' OR b.body LIKE $2 ESCAPE '\\')" \
	" AND ($3 = '' OR b.type = $3) AND ($4 = '' OR b.track = $4)"                \
	" AND ($5 = '' OR b.level = $5) AND ($6 = '' OR b.q_type = $6)"              \
	" AND ($7 = '' OR ($7 = 'enabled' AND b.enabled = 1)"                        \
	" OR ($7 = 'disabled' AND b.enabled = 0) OR ($7 = 'edited' AND b.edited_at IS NOT NULL))"

static enum err count_matches(struct store *store, const struct value *values, int *ret_total)
{
	struct statement *statement;
	enum err err = statement_first(store, "SELECT count(*) FROM bank_questions b" MATCHES,
	                               values, &statement);
	int total;

	if (err != OK)
		return err;
	total = column_int(statement, 0);
	err = statement_close(statement);
	if (err == OK)
		*ret_total = total;
	return err;
}

enum err bank_find(struct store *store, struct arena *arena, const struct bank_query *query,
                   struct bank_question_list *ret_list, int *ret_total)
{
	const char *pattern = statement_containing(arena, query->search);
	enum err err;

	if (query->page < 1 || query->page_size < 1 || query->page_size > MOST_PAGE ||
	    strlen(query->search) > MOST_SEARCH)
		return ERR_INVALID;
#define FILTER                                                                                     \
	val_text(query->search), val_text(pattern), val_text(query->type), val_text(query->track), \
	        val_text(query->level), val_text(query->q_type), val_text(query->state)
	err = count_matches(store, VALUES(FILTER), ret_total);
	return err != OK ? err
	                 : bank_read_all(
	                           store, arena,
	                           "SELECT " BANK_COLUMNS " FROM bank_questions b" MATCHES
	                           " ORDER BY b.id LIMIT $8 OFFSET $9",
	                           VALUES(FILTER, val_int(query->page_size),
	                                  val_int((int64_t)(query->page - 1) * query->page_size)),
	                           ret_list);
}

enum err bank_enable(struct store *store, const char *id, bool enabled, int64_t edited_at)
{
	return statement_change(store,
	                        "UPDATE bank_questions SET enabled = $1, edited_at = $2"
	                        " WHERE id = $3",
	                        VALUES(val_int(enabled), val_int(edited_at), val_text(id)));
}
