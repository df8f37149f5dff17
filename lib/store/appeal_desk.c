#include "store/appeal_desk.h"

#include "store/appeal_row.h"

enum { MOST_PAGE = 1000 };

static enum err count_rows(struct store *store, const char *state, int *ret_total)
{
	return statement_int(store, "SELECT count(*) FROM appeals WHERE $1 = '' OR state = $1",
	                     VALUES(val_text(state)), ret_total);
}

static struct appeal_row read_row(const struct statement *statement, struct arena *arena)
{
	struct appeal_row row = {
		.id = column_text(statement, 0, arena),
		.interview_id = column_text(statement, 1, arena),
		.state = column_text(statement, 2, arena),
		.candidate = column_text(statement, 3, arena),
		.point = column_text(statement, 4, arena),
		.granted = column_text(statement, 5, arena),
		.position = column_int(statement, 6),
		.created_at = column_int64(statement, 7),
	};

	language_parse(column_text(statement, 8, arena), &row.language);
	return row;
}

/* The page is cut before anything is joined to it. */
static const char page_sql[] =
        "WITH page AS (SELECT id, question_id, key_point_id, state, granted, created_at,"
        " CASE state WHEN 'waiting' THEN 0 ELSE 1 END AS is_done,"
        " CASE state WHEN 'waiting' THEN created_at ELSE -created_at END AS turn"
        " FROM appeals WHERE $1 = '' OR state = $1"
        " ORDER BY is_done, turn, id LIMIT $2 OFFSET $3)"
        " SELECT p.id, q.interview_id, p.state, coalesce(nullif(u.full_name, ''), u.username),"
        " coalesce((SELECT m.body FROM marks m WHERE m.question_id = p.question_id"
        " AND m.key_point_id = p.key_point_id LIMIT 1), ''), p.granted, q.position,"
        " p.created_at, i.language FROM page p JOIN questions q ON q.id = p.question_id"
        " JOIN interviews i ON i.id = q.interview_id JOIN users u ON u.id = i.owner_id"
        " ORDER BY p.is_done, p.turn, p.id";

enum err appeal_desk_page(struct store *store, struct arena *arena,
                          const struct appeal_query *query, struct appeal_row_list *ret_list)
{
	const int64_t offset = (int64_t)(query->page - 1) * query->page_size;
	struct appeal_row_list list = { 0 };
	struct statement *statement;
	enum err err;

	if (query->page < 1 || query->page_size < 1 || query->page_size > MOST_PAGE)
		return ERR_INVALID;
	err = count_rows(store, query->state, &list.total);
	if (err == OK)
		err = statement_open(
		        store, page_sql,
		        VALUES(val_text(query->state), val_int(query->page_size), val_int(offset)),
		        &statement);
	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = read_row(statement, arena);
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}

enum err appeal_desk_decided(struct store *store, struct arena *arena, struct appeal_list *ret_list)
{
	struct statement *statement;
	enum err err = statement_open(store,
	                              "SELECT " APPEAL_COLUMNS " WHERE a.decided_at IS NOT NULL"
	                              " ORDER BY a.decided_at, a.id",
	                              NULL, &statement);

	return err == OK ? appeal_row_list(statement, arena, ret_list) : err;
}
