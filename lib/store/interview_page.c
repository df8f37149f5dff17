#include "store/interview_page.h"

#include "store/statement.h"

static const char find_page[] =
        "SELECT i.id, i.created_at,"
        " (SELECT q.position FROM questions q WHERE q.interview_id = i.id"
        " AND q.state = 'active'),"
        " (SELECT count(*) FROM questions q WHERE q.interview_id = i.id"
        " AND q.state NOT IN ('planned','active')),"
        " r.id, r.total_score, r.max_score"
        " FROM interviews i LEFT JOIN reports r ON r.interview_id = i.id"
        " WHERE i.owner_id = $1 AND ($2 = '' OR i.status = $2) AND ($3 = '' OR i.role_id = $3)"
        " AND (i.created_at < $4 OR (i.created_at = $4 AND i.id < $5))"
        " ORDER BY i.created_at DESC, i.id DESC LIMIT $6";

enum err interview_page(struct store *store, struct arena *arena,
                        const struct interview_page_query *query, struct interview_page *ret_page)
{
	struct interview_page page = { 0 };
	struct statement *statement;
	enum err err = statement_open(store, find_page,
	                              VALUES(val_text(query->owner_id), val_text(query->status),
	                                     val_text(query->role_id), val_int(query->before),
	                                     val_text(query->before_id), val_int(query->most)),
	                              &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		page.items = rows_grow(arena, page.items, page.count, sizeof(*page.items));
		page.items[page.count++] = (struct interview_entry){
			.id = column_text(statement, 0, arena),
			.created_at = column_int64(statement, 1),
			.current = column_int(statement, 2),
			.answered = column_int(statement, 3),
			.has_report = !column_is_null(statement, 4),
			.total_score = column_real(statement, 5),
			.max_score = column_real(statement, 6),
		};
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_page = page;
	return err;
}
