#include "base/buf.h"
#include "base/text.h"
#include "store/statement.h"
#include "store/user.h"

enum { MOST_SEARCH = 200, MOST_PAGE = 1000 };

#define MATCHES "u.role = 'candidate' AND u.name_key LIKE $1 ESCAPE '\\'"

/* What a participant is sorted by. */
#define NAME    "u.name_key"
#define STARTED "(SELECT count(*) FROM interviews i WHERE i.owner_id = u.id)"
#define LAST    "(SELECT coalesce(max(i.created_at), 0) FROM interviews i WHERE i.owner_id = u.id)"
#define RATIO \
	"coalesce((SELECT r.total_score / nullif(r.max_score, 0)" LATEST_REPORT_OF("u") ", -1)"

#define LATEST_REPORT_OF(owner)                                       \
	" FROM interviews i JOIN reports r ON r.interview_id = i.id"  \
	" WHERE i.owner_id = " owner ".id AND i.status = 'completed'" \
	" ORDER BY i.finished_at DESC, i.created_at DESC LIMIT 1)"

/*
 * The page is cut before its rows are counted and joined, so that sorting touches no
 * more of the other participants than the sort key.
 */
#define FIND(key, direction)                                                                  \
	"WITH page AS (SELECT u.id, u.username, u.full_name, u.name_key, u.disabled_at, " key \
	" AS sort_key"                                                                        \
	" FROM users u WHERE " MATCHES " ORDER BY sort_key " direction ", name_key"           \
	" LIMIT $2 OFFSET $3)"                                                                \
	" SELECT u.id, u.username, u.full_name, " STARTED ","                                 \
	" (SELECT count(*) FROM interviews i"                                                 \
	" WHERE i.owner_id = u.id AND i.status = 'completed'), " LAST ","                     \
	" p.id, p.total_score, p.max_score, u.disabled_at"                                    \
	" FROM page u LEFT JOIN reports p ON p.id = (SELECT r.id" LATEST_REPORT_OF(           \
	        "u") " ORDER BY u.sort_key " direction ", u.name_key"

static const struct {
	const char *name, *ascending, *descending;
} sorts[] = {
	{ "name", FIND(NAME, "ASC"), FIND(NAME, "DESC") },
	{ "interviews", FIND(STARTED, "ASC"), FIND(STARTED, "DESC") },
	{ "last", FIND(LAST, "ASC"), FIND(LAST, "DESC") },
	{ "score", FIND(RATIO, "ASC"), FIND(RATIO, "DESC") },
};

static const char *find_sql(const struct participant_query *query)
{
	for (size_t i = 0; i < sizeof(sorts) / sizeof(sorts[0]); i++)
		if (strcmp(sorts[i].name, query->sort) == 0)
			return query->descending ? sorts[i].descending : sorts[i].ascending;
	return NULL;
}

static const char *like_pattern(struct arena *arena, const char *search)
{
	struct buf pattern;

	buf_init(&pattern, arena);
	buf_char(&pattern, '%');
	for (const char *c = text_folded(arena, search); *c != '\0'; c++) {
		if (strchr("%_\\", *c) != NULL)
			buf_char(&pattern, '\\');
		buf_char(&pattern, *c);
	}
	buf_char(&pattern, '%');
	return pattern.data;
}

static enum err count_matches(struct store *store, const char *pattern, int *ret_total)
{
	struct statement *statement;
	enum err err = statement_first(store, "SELECT count(*) FROM users u WHERE " MATCHES,
	                               VALUES(val_text(pattern)), &statement);
	int total;

	if (err != OK)
		return err;
	total = column_int(statement, 0);
	err = statement_close(statement);
	if (err == OK)
		*ret_total = total;
	return err;
}

static struct participant read_participant(const struct statement *statement, struct arena *arena)
{
	return (struct participant){
		.user_id = column_text(statement, 0, arena),
		.username = column_text(statement, 1, arena),
		.full_name = column_text(statement, 2, arena),
		.interviews = column_int(statement, 3),
		.finished = column_int(statement, 4),
		.last_at = column_int64(statement, 5),
		.has_report = !column_is_null(statement, 6),
		.total_score = column_real(statement, 7),
		.max_score = column_real(statement, 8),
		.is_disabled = !column_is_null(statement, 9),
	};
}

enum err participant_find(struct store *store, struct arena *arena,
                          const struct participant_query *query, struct participant_list *ret_list)
{
	const char *sql = find_sql(query), *pattern;
	struct participant_list list = { 0 };
	struct statement *statement;
	enum err err;

	if (sql == NULL || query->page < 1 || query->page_size < 1 ||
	    query->page_size > MOST_PAGE || strlen(query->search) > MOST_SEARCH)
		return ERR_INVALID;
	pattern = like_pattern(arena, query->search);
	err = count_matches(store, pattern, &list.total);
	if (err != OK)
		return err;
	err = statement_open(store, sql,
	                     VALUES(val_text(pattern), val_int(query->page_size),
	                            val_int((int64_t)(query->page - 1) * query->page_size)),
	                     &statement);
	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = read_participant(statement, arena);
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}
