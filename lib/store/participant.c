#include "store/participant.h"

#include <limits.h>

#include "base/buf.h"
#include "base/text.h"
#include "store/participant_sql.h"

enum { MOST_SEARCH = 200, MOST_PAGE = 1000 };

/*
 * Where many fit, a short walk fills the page before anything is counted. Else so many rows are
 * gathered and sorted rather than walked to, and a longer walk looks at so many before it stops:
 * each costs a few milliseconds.
 */
enum { FIRST_LOOK = 200, MOST_GATHERED = 500, MOST_LOOKED_AT = 800, MOST_COUNTED = 1000 };

/* --- what is asked for ---------------------------------------------------------------- */

/* "" for any name. */
static const char *name_pattern(struct arena *arena, const char *search)
{
	return search[0] != '\0' ? statement_containing(arena, text_search_key(arena, search)) : "";
}

static const char *or_any(const char *text)
{
	return text != NULL ? text : "";
}

static enum participant_wish wish_of(const struct participant_filter *filter)
{
	const char *const words[] = { filter->role_id, filter->level, filter->type,
		                      filter->invitation_id, filter->status };

	if (strcmp(or_any(filter->status), "none") == 0)
		return WISH_NO_INTERVIEW;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (or_any(words[i])[0] != '\0')
			return WISH_INTERVIEW;
	return filter->from != 0 || filter->to != 0 || filter->has_share ? WISH_INTERVIEW
	                                                                 : WISH_NOTHING;
}

struct participant_terms participant_terms_of(struct arena *arena,
                                              const struct participant_query *query)
{
	const struct participant_filter *filter = &query->filter;

	return (struct participant_terms){
		.query = query,
		.pattern = name_pattern(arena, query->search),
		.role_id = or_any(filter->role_id),
		.level = or_any(filter->level),
		.type = or_any(filter->type),
		.status = or_any(filter->status),
		.invitation_id = or_any(filter->invitation_id),
		.from = filter->from,
		.to = filter->to != 0 ? filter->to : INT64_MAX,
		.share_from = filter->has_share ? filter->share_from : -1,
		.share_to = filter->share_to,
		.wish = wish_of(filter),
	};
}

static bool is_filtered(const struct participant_terms *terms)
{
	return terms->pattern[0] != '\0' || terms->wish != WISH_NOTHING ||
	       terms->query->filter.state != PARTICIPANT_ANY;
}

static bool is_sort(const char *name)
{
	static const char *const names[] = { "name", "interviews", "last", "score" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static bool is_right(const struct participant_query *query)
{
	return is_sort(query->sort) && query->page_size >= 1 && query->page_size <= MOST_PAGE &&
	       strlen(query->search) <= MOST_SEARCH;
}

/* --- the rows ------------------------------------------------------------------------- */

static enum err read_match(struct store *store, struct arena *arena,
                           const struct participant_terms *terms, struct participant *row)
{
	struct participant_match *match;
	struct statement *statement;
	enum err err = statement_first(
	        store,
	        "SELECT o.title_en, o.title_ru, o.title_uk, i.id, i.type, i.level, i.status,"
	        " i.created_at, coalesce(i.share, -1) FROM participants p"
	        " JOIN interviews i ON i.owner_id = p.user_id JOIN roles o ON o.id = i.role_id"
	        " WHERE (" FITS ") AND " INTERVIEW_FITS
	        " AND p.number = $13 ORDER BY i.created_at DESC LIMIT 1",
	        FITS_VALUES(terms, val_int(row->number)), &statement);

	if (err != OK)
		return err == ERR_NOT_FOUND ? OK : err;
	match = arena_alloc(arena, sizeof(*match));
	*match = (struct participant_match){
		.interview_id = column_text(statement, 3, arena),
		.role_title = column_text(statement, (int)terms->query->titles, arena),
		.type = column_text(statement, 4, arena),
		.level = column_text(statement, 5, arena),
		.status = column_text(statement, 6, arena),
		.created_at = column_int64(statement, 7),
		.share = column_real(statement, 8),
	};
	row->match = match;
	return statement_close(statement);
}

static struct participant read_participant(const struct statement *statement, struct arena *arena)
{
	return (struct participant){
		.number = column_int64(statement, 0),
		.user_id = column_text(statement, 1, arena),
		.username = column_text(statement, 2, arena),
		.full_name = column_text(statement, 3, arena),
		.interviews = column_int(statement, 4),
		.finished = column_int(statement, 5),
		.last_at = column_int64(statement, 6),
		.has_report = !column_is_null(statement, 7),
		.total_score = column_real(statement, 8),
		.max_score = column_real(statement, 9),
		.is_disabled = column_bool(statement, 10),
	};
}

static enum err read_row(struct store *store, struct arena *arena,
                         const struct participant_terms *terms, int64_t number,
                         struct participant_list *list)
{
	struct participant *row;
	struct statement *statement;
	enum err err = statement_first(
	        store,
	        "SELECT p.number, p.user_id, u.username, u.full_name, p.interviews, p.finished,"
	        " p.last_at, p.latest_id, p.total_score, p.max_score, p.is_disabled"
	        " FROM participants p JOIN users u ON u.id = p.user_id WHERE p.number = $1",
	        VALUES(val_int(number)), &statement);

	if (err != OK)
		return err == ERR_NOT_FOUND ? OK : err; /* gone meanwhile */
	list->items = rows_grow(arena, list->items, list->count, sizeof(*list->items));
	row = &list->items[list->count++];
	*row = read_participant(statement, arena);
	err = statement_close(statement);
	if (err == OK && terms->wish == WISH_INTERVIEW)
		err = read_match(store, arena, terms, row);
	return err;
}

static enum err read_rows(struct store *store, struct arena *arena,
                          const struct participant_terms *terms,
                          const struct participant_numbers *numbers, struct participant_list *list)
{
	enum err err = OK;

	for (size_t i = 0; err == OK && i < numbers->count; i++)
		err = read_row(store, arena, terms, numbers->items[i], list);
	return err;
}

/* --- pages by number ------------------------------------------------------------------ */

static enum err count_all(struct store *store, int most, int *ret_count)
{
	struct statement *statement;
	enum err err = statement_first(store,
	                               "SELECT count(*) FROM (SELECT 1 FROM participants LIMIT $1)",
	                               VALUES(val_int(most)), &statement);

	if (err != OK)
		return err;
	*ret_count = column_int(statement, 0);
	return statement_close(statement);
}

enum err participant_find(struct store *store, struct arena *arena,
                          const struct participant_query *query, struct participant_list *ret_list)
{
	struct participant_terms terms = participant_terms_of(arena, query);
	struct participant_list list = { 0 };
	struct participant_walk walk = { .descending = query->descending,
		                         .most = query->page_size,
		                         .look_at = -1,
		                         .counts_all = is_filtered(&terms) };
	enum err err;

	if (!is_right(query) || query->page < 1)
		return ERR_INVALID;
	walk.skip = query->page_size * (query->page - 1);
	err = participant_walk(store, arena, &terms, &walk);
	if (err == OK)
		err = read_rows(store, arena, &terms, &walk.numbers, &list);
	list.total = walk.fitting;
	if (err == OK && !walk.counts_all)
		err = count_all(store, -1, &list.total);
	if (err == OK)
		*ret_list = list;
	return err;
}

/* --- pages from one to the next ------------------------------------------------------- */

/* The part of those gathered that the page shows. */
static struct participant_numbers slice(const struct participant_numbers *all,
                                        const struct participant_query *query,
                                        struct participant_list *list)
{
	const int64_t from = query->before != 0 ? query->before : query->after;
	const size_t size = (size_t)query->page_size;
	struct participant_numbers page = { .items = all->items };
	size_t at = 0, start = 0;

	while (at < all->count && all->items[at] != from)
		at++;
	if (from != 0 && at < all->count)
		start = query->before == 0 ? at + 1 : at > size ? at - size : 0;
	page.items = all->items + start;
	page.count = all->count - start < size ? all->count - start : size;
	if (query->before != 0 && start + page.count > at && at < all->count)
		page.count = at - start;
	if (page.count > 0 && start > 0)
		list->previous = page.items[0];
	if (start + page.count < all->count && page.count > 0)
		list->next = page.items[page.count - 1];
	list->total = (int)all->count;
	return page;
}

/* One more than the page holds was asked for: it only says that there is another page. */
static void cut_page(struct participant_walk *walk, const struct participant_query *query,
                     struct participant_list *list)
{
	struct participant_numbers *page = &walk->numbers;
	const bool is_back = query->before != 0;
	int64_t onward = walk->last;

	list->is_cut = (int)page->count <= query->page_size && walk->last != 0;
	if ((int)page->count > query->page_size) {
		page->count--;
		onward = page->items[page->count - 1];
	}
	if (is_back)
		participant_turn_round(page);
	if (page->count > 0 && is_back)
		list->next = page->items[page->count - 1];
	if (page->count > 0 && query->after != 0)
		list->previous = page->items[0];
	if (onward != 0 && is_back)
		list->previous = onward;
	else if (onward != 0)
		list->next = onward;
}

static enum err walk_page(struct store *store, struct arena *arena,
                          const struct participant_terms *terms, int look_at,
                          struct participant_list *list)
{
	const struct participant_query *query = terms->query;
	struct participant_walk walk = {
		.descending = query->descending != (query->before != 0),
		.start = query->before != 0 ? query->before : query->after,
		.most = query->page_size + 1,
		.look_at = look_at,
	};
	int total = 0;
	enum err err = participant_walk(store, arena, terms, &walk);

	if (err != OK)
		return err;
	cut_page(&walk, query, list);
	/* A walk from the first to the last one has counted. */
	list->total = walk.start == 0 && walk.reached_end ? walk.fitting : -1;
	if (!is_filtered(terms)) {
		err = count_all(store, MOST_COUNTED + 1, &total);
		list->has_more = total > MOST_COUNTED;
		list->total = list->has_more ? MOST_COUNTED : total;
	}
	return err == OK ? read_rows(store, arena, terms, &walk.numbers, list) : err;
}

static enum err gather_page(struct store *store, struct arena *arena,
                            const struct participant_terms *terms, struct participant_list *list)
{
	struct participant_numbers all = { 0 }, page;
	enum err err = participant_gather(store, arena, terms, &all);

	if (err != OK || all.count == 0)
		return err;
	page = slice(&all, terms->query, list);
	return read_rows(store, arena, terms, &page, list);
}

/* A page of those who are few in their order. */
static enum err find_rare(struct store *store, struct arena *arena, struct participant_terms *terms,
                          struct participant_list *list)
{
	enum err err = participant_choose(store, arena, MOST_GATHERED, terms);

	if (err != OK)
		return err;
	return terms->driver == DRIVER_NONE ? walk_page(store, arena, terms, MOST_LOOKED_AT, list)
	                                    : gather_page(store, arena, terms, list);
}

enum err participant_page(struct store *store, struct arena *arena,
                          const struct participant_query *query, struct participant_list *ret_list)
{
	struct participant_terms terms = participant_terms_of(arena, query);
	struct participant_list list = { 0 };
	enum err err;

	if (!is_right(query))
		return ERR_INVALID;
	err = walk_page(store, arena, &terms, FIRST_LOOK, &list);
	if (err == OK && list.is_cut) {
		list = (struct participant_list){ 0 };
		err = find_rare(store, arena, &terms, &list);
	}
	if (err == OK)
		*ret_list = list;
	return err;
}

/* --- all of them ---------------------------------------------------------------------- */

enum err participant_all(struct store *store, struct arena *arena,
                         const struct participant_query *query,
                         struct participant_numbers *ret_numbers)
{
	struct participant_terms terms = participant_terms_of(arena, query);
	struct participant_walk walk = { .descending = query->descending,
		                         .most = INT_MAX,
		                         .look_at = -1 };
	enum err err;

	if (!is_right(query))
		return ERR_INVALID;
	err = participant_walk(store, arena, &terms, &walk);
	if (err == OK)
		*ret_numbers = walk.numbers;
	return err;
}

enum err participant_rows(struct store *store, struct arena *arena,
                          const struct participant_query *query,
                          const struct participant_numbers *numbers,
                          struct participant_list *ret_list)
{
	const struct participant_terms terms = participant_terms_of(arena, query);
	struct participant_list list = { 0 };
	enum err err = read_rows(store, arena, &terms, numbers, &list);

	if (err == OK)
		*ret_list = list;
	return err;
}
