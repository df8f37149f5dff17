#include "store/history.h"

#include "store/statement.h"

enum { MOST_PAGE = 1000 };

#define MATCHES                                                                        \
	"i.owner_id = $1 AND ($2 = '' OR i.role_id = $2) AND ($3 = '' OR i.type = $3)" \
	" AND ($4 = '' OR i.level = $4) AND ($5 = '' OR i.status = $5)"                \
	" AND ($6 = '' OR i.language = $6) AND i.created_at >= $7"

/* BETWEEN has the index reports_by_score answer alone: behind the unique one lie the bodies. */
#define RATIO                                                           \
	"(SELECT r.total_score / nullif(r.max_score, 0) FROM reports r" \
	" WHERE r.interview_id BETWEEN i.id AND i.id)"

/*
 * The page is cut before its rows are joined, so that sorting touches no more of the other
 * interviews than the sort key.
 */
#define FIND(key, direction)                                                                 \
	"WITH page AS (SELECT i.id, i.created_at, " key " AS sort_key FROM interviews i"     \
	" WHERE " MATCHES " ORDER BY sort_key " direction ", i.created_at DESC, i.id DESC"   \
	" LIMIT $8 OFFSET $9)"                                                               \
	" SELECT i.id, i.role_id, CASE WHEN i.role_title <> '' THEN i.role_title"            \
	" WHEN $10 = 'ru' THEN o.title_ru"                                                   \
	" WHEN $10 = 'uk' THEN o.title_uk ELSE o.title_en END,"                              \
	" i.type, i.level, i.status, i.language, i.created_at, i.finished_at,"               \
	" i.question_count, (SELECT count(*) FROM questions q"                               \
	" WHERE q.interview_id = i.id AND q.state = 'answered'),"                            \
	" r.interview_id, r.total_score, r.max_score, i.repeats, i.parent_id, p.created_at," \
	" EXISTS (SELECT 1 FROM editions e WHERE e.role_id = i.role_id"                      \
	" AND e.number > i.edition)"                                                         \
	" FROM page JOIN interviews i ON i.id = page.id JOIN roles o ON o.id = i.role_id"    \
	" LEFT JOIN reports r ON r.interview_id = i.id"                                      \
	" LEFT JOIN interviews p ON p.id = i.parent_id"                                      \
	" ORDER BY page.sort_key " direction ", page.created_at DESC, page.id DESC"

static const char *const finds[] = {
	[HISTORY_NEWEST] = FIND("i.created_at", "DESC"),
	[HISTORY_OLDEST] = FIND("i.created_at", "ASC"),
	[HISTORY_BEST] = FIND("coalesce(" RATIO ", -1)", "DESC"),
	[HISTORY_WORST] = FIND("coalesce(" RATIO ", 2)", "ASC"),
};

static struct history_row read_row(const struct statement *statement, struct arena *arena)
{
	struct history_row row = {
		.interview_id = column_text(statement, 0, arena),
		.role_id = column_text(statement, 1, arena),
		.role_title = column_text(statement, 2, arena),
		.type = column_text(statement, 3, arena),
		.level = column_text(statement, 4, arena),
		.status = column_text(statement, 5, arena),
		.created_at = column_int64(statement, 7),
		.finished_at = column_int64(statement, 8),
		.question_count = column_int(statement, 9),
		.answered = column_int(statement, 10),
		.has_report = !column_is_null(statement, 11),
		.total_score = column_real(statement, 12),
		.max_score = column_real(statement, 13),
		.repeats = column_text(statement, 14, arena),
		.parent_id = column_text(statement, 15, arena),
		.parent_at = column_int64(statement, 16),
		.is_outdated = column_bool(statement, 17),
	};

	language_parse(column_text(statement, 6, arena), &row.language);
	return row;
}

static struct value val_filter(const char *text)
{
	return val_text(text != NULL ? text : "");
}

/* One page; the total is left to the caller. */
static enum err find_page(struct store *store, struct arena *arena,
                          const struct history_query *query, struct history_list *list)
{
	struct statement *statement;
	enum err err = statement_open(store, finds[query->sort],
	                              VALUES(val_text(query->owner_id), val_filter(query->role_id),
	                                     val_filter(query->type), val_filter(query->level),
	                                     val_filter(query->status), val_filter(query->language),
	                                     val_int(query->since), val_int(query->page_size),
	                                     val_int((int64_t)(query->page - 1) * query->page_size),
	                                     val_text(language_code(query->titles))),
	                              &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list->items = rows_grow(arena, list->items, list->count, sizeof(*list->items));
		list->items[list->count++] = read_row(statement, arena);
	}
	return statement_close(statement);
}

static enum err count_matches(struct store *store, const struct history_query *query,
                              int *ret_total)
{
	return statement_int(store, "SELECT count(*) FROM interviews i WHERE " MATCHES,
	                     VALUES(val_text(query->owner_id), val_filter(query->role_id),
	                            val_filter(query->type), val_filter(query->level),
	                            val_filter(query->status), val_filter(query->language),
	                            val_int(query->since)),
	                     ret_total);
}

enum err history_page(struct store *store, struct arena *arena, const struct history_query *query,
                      struct history_list *ret_list)
{
	struct history_list list = { 0 };
	enum err err;

	if (query->page < 1 || query->page_size < 1 || query->page_size > MOST_PAGE)
		return ERR_INVALID;
	err = find_page(store, arena, query, &list);
	list.total = (int)list.count;
	if (err == OK)
		*ret_list = list;
	return err;
}

enum err history_find(struct store *store, struct arena *arena, const struct history_query *query,
                      struct history_list *ret_list)
{
	struct history_list list;
	enum err err = history_page(store, arena, query, &list);

	if (err == OK)
		err = count_matches(store, query, &list.total);
	if (err == OK)
		*ret_list = list;
	return err;
}

/* Answers that are kept for requests about the interview i: they hold its words. */
#define TELLS                                                                      \
	"(request_hash LIKE '%' || i.id || '%' OR headers LIKE '%' || i.id || '%'" \
	" OR body LIKE '%' || i.id || '%')"

enum err history_delete(struct store *store, const char *owner_id, const char *interview_id)
{
	bool own;
	enum err err = store_join(store, &own);

	if (err != OK)
		return err;
	err = statement_run(store,
	                    "DELETE FROM idempotency_keys WHERE user_id = $1 AND EXISTS (SELECT 1"
	                    " FROM interviews i WHERE i.id = $2 AND i.owner_id = $1 AND " TELLS ")",
	                    VALUES(val_text(owner_id), val_text(interview_id)));
	if (err == OK)
		err = statement_change(store,
		                       "DELETE FROM interviews WHERE id = $1 AND owner_id = $2",
		                       VALUES(val_text(interview_id), val_text(owner_id)));
	return store_leave(store, own, err);
}

/* The oldest of them. */
#define SOME                                                                 \
	"(SELECT id FROM interviews WHERE owner_id = $1 AND created_at < $2" \
	" ORDER BY created_at, id LIMIT $3)"

static enum err delete_rows(struct store *store, const char *owner_id, int64_t before, int most,
                            int *ret_deleted)
{
	struct statement *statement;
	int deleted = 0;
	enum err err = statement_open(
	        store, "DELETE FROM interviews WHERE id IN " SOME " RETURNING id",
	        VALUES(val_text(owner_id), val_int(before), val_int(most)), &statement);

	if (err != OK)
		return err;
	while (statement_step(statement))
		deleted++;
	err = statement_close(statement);
	if (err == OK)
		*ret_deleted = deleted;
	return err;
}

enum err history_delete_some(struct store *store, const char *owner_id, int64_t before, int most,
                             int *ret_deleted)
{
	bool own;
	enum err err = store_join(store, &own);

	if (err != OK)
		return err;
	err = statement_run(store,
	                    "DELETE FROM idempotency_keys WHERE user_id = $1"
	                    " AND EXISTS (SELECT 1 FROM " SOME " i WHERE " TELLS ")",
	                    VALUES(val_text(owner_id), val_int(before), val_int(most)));
	if (err == OK)
		err = delete_rows(store, owner_id, before, most, ret_deleted);
	return store_leave(store, own, err);
}
