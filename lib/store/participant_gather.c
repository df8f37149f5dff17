/*
 * Few matches: gathered through the rarest of the filters, then sorted. INDEXED BY and sorting by a
 * CASE of several types are SQLite's; another database needs this file and participant_walk.c in
 * its own words.
 */
#include "base/text.h"
#include "store/participant_sql.h"

/* Endings of names are kept up to there, so longer searches are looked for in pieces. */
enum { PART = 8, MOST_PIECES = 6 };

#define LAST_CHARACTER "\xF4\x8F\xBF\xBF"

/* Words of a column's list that the filter lets through; IN has the index answer for each. */
#define ONE_OF(column, parameter, a, b, c, d)                                          \
	column " IN (SELECT w FROM (SELECT '" a "' AS w UNION ALL SELECT '" b          \
	       "' UNION ALL SELECT '" c "' UNION ALL SELECT '" d "') WHERE " parameter \
	       " = '' OR w = " parameter ")"

#define KIND(role, level, type, status, from, to)                                                  \
	"FROM interviews i INDEXED BY interviews_by_kind WHERE i.role_id IN (SELECT id FROM"       \
	" roles WHERE " role " = '' OR id = " role ")"                                             \
	" AND " ONE_OF("i.level", level, "junior", "middle", "senior", "") " AND " ONE_OF(         \
	        "i.type", type, "technical", "hr", "case",                                         \
	        "mixed") " AND i.status IN (SELECT w FROM (SELECT 'created' AS w UNION ALL "       \
	                 "SELECT 'in_progress'"                                                    \
	                 " UNION ALL SELECT 'completed' UNION ALL SELECT 'abandoned') "            \
	                 "WHERE " status " = '' OR (w = 'completed') = (" status " = 'finished'))" \
	                 " AND i.created_at >= " from " AND i.created_at < " to

#define START(from, to)                                                                \
	"FROM interviews i INDEXED BY interviews_by_start WHERE i.created_at >= " from \
	" AND i.created_at < " to

#define SHARE(from, to) \
	"FROM interviews i INDEXED BY interviews_by_share WHERE i.share BETWEEN " from " AND " to

#define INVITATION(id) \
	"FROM interviews i INDEXED BY interviews_by_invitation WHERE i.invitation_id = " id

#define NAME(from, to) "FROM participant_names WHERE part >= " from " AND part < " to

#define DISABLED "FROM participants INDEXED BY participants_disabled WHERE is_disabled = 1"
#define IDLE     "FROM participants INDEXED BY participants_by_interviews WHERE interviews = 0"

#define COUNT(rows, most) "SELECT count(*) FROM (SELECT 1 " rows " LIMIT " most ")"

/* --- the choice ----------------------------------------------------------------------- */

static enum err count_driver(struct store *store, const struct participant_terms *terms,
                             enum participant_driver driver, int most, int *ret_count)
{
	const struct value limit = val_int(most);

	switch (driver) {
	case DRIVER_DISABLED:
		return statement_int(store, COUNT(DISABLED, "$1"), VALUES(limit), ret_count);
	case DRIVER_IDLE:
		return statement_int(store, COUNT(IDLE, "$1"), VALUES(limit), ret_count);
	case DRIVER_KIND:
		return statement_int(store, COUNT(KIND("$1", "$2", "$3", "$4", "$5", "$6"), "$7"),
		                     VALUES(val_text(terms->role_id), val_text(terms->level),
		                            val_text(terms->type), val_text(terms->status),
		                            val_int(terms->from), val_int(terms->to), limit),
		                     ret_count);
	case DRIVER_START:
		return statement_int(store, COUNT(START("$1", "$2"), "$3"),
		                     VALUES(val_int(terms->from), val_int(terms->to), limit),
		                     ret_count);
	case DRIVER_SHARE:
		return statement_int(
		        store, COUNT(SHARE("$1", "$2"), "$3"),
		        VALUES(val_real(terms->share_from), val_real(terms->share_to), limit),
		        ret_count);
	case DRIVER_INVITATION:
		return statement_int(store, COUNT(INVITATION("$1"), "$2"),
		                     VALUES(val_text(terms->invitation_id), limit), ret_count);
	default:
		*ret_count = most;
		return OK;
	}
}

static bool applies(const struct participant_terms *terms, enum participant_driver driver)
{
	switch (driver) {
	case DRIVER_DISABLED:
		return terms->query->filter.state == PARTICIPANT_DISABLED;
	case DRIVER_IDLE:
		return terms->wish == WISH_NO_INTERVIEW;
	case DRIVER_KIND:
		return terms->wish == WISH_INTERVIEW &&
		       (terms->role_id[0] != '\0' || terms->level[0] != '\0' ||
		        terms->type[0] != '\0' || terms->status[0] != '\0');
	case DRIVER_START:
		return terms->wish == WISH_INTERVIEW && (terms->from > 0 || terms->to < INT64_MAX);
	case DRIVER_SHARE:
		return terms->wish == WISH_INTERVIEW && terms->share_from >= 0;
	case DRIVER_INVITATION:
		return terms->wish == WISH_INTERVIEW && terms->invitation_id[0] != '\0';
	default:
		return false;
	}
}

/* Up to `length` characters of the text from character `from` on. */
static char *piece_of(struct arena *arena, const char *text, size_t from, size_t length)
{
	const char *const end = text + strlen(text);
	const char *start, *cursor = text;

	for (size_t i = 0; i < from && cursor < end; i++)
		text_next(&cursor, end);
	start = cursor;
	for (size_t i = 0; i < length && cursor < end; i++)
		text_next(&cursor, end);
	return arena_copy(arena, start, (size_t)(cursor - start));
}

/* The rarest piece of what is searched for. */
static enum err choose_part(struct store *store, struct arena *arena, int most,
                            struct participant_terms *terms, int *ret_fewest)
{
	const char *search = text_search_key(arena, terms->query->search);
	const size_t length = text_count(search, strlen(search));
	const size_t pieces = length <= PART ? 1 : (length + PART - 1) / PART;
	int fewest = *ret_fewest;
	enum err err = OK;

	for (size_t i = 0; err == OK && i < pieces && i < MOST_PIECES; i++) {
		const size_t at = length <= PART ? 0 : i + 1 == pieces ? length - PART : i * PART;
		const char *part = piece_of(arena, search, at, PART);
		const char *end = arena_printf(arena, "%s" LAST_CHARACTER, part);
		int count = 0;

		err = statement_int(store, COUNT(NAME("$1", "$2"), "$3"),
		                    VALUES(val_text(part), val_text(end), val_int(most + 1)),
		                    &count);
		if (err == OK && count < fewest) {
			fewest = count;
			terms->driver = DRIVER_NAME;
			terms->part = part;
			terms->part_end = end;
		}
	}
	if (err == OK)
		*ret_fewest = fewest;
	return err;
}

enum err participant_choose(struct store *store, struct arena *arena, int most,
                            struct participant_terms *terms)
{
	int fewest = most + 1;
	enum err err = OK;

	terms->driver = DRIVER_NONE;
	terms->part = terms->part_end = "";
	for (enum participant_driver driver = DRIVER_DISABLED;
	     err == OK && driver <= DRIVER_INVITATION; driver++) {
		int count = 0;

		if (!applies(terms, driver))
			continue;
		err = count_driver(store, terms, driver, fewest, &count);
		if (err == OK && count < fewest) {
			fewest = count;
			terms->driver = driver;
		}
	}
	if (err == OK && terms->pattern[0] != '\0')
		err = choose_part(store, arena, most, terms, &fewest);
	return err;
}

/* --- the gathering -------------------------------------------------------------------- */

#define IN_ORDER(sort)                                                          \
	" ORDER BY CASE " sort " WHEN 'name' THEN p.name_key WHEN 'interviews'" \
	" THEN p.interviews WHEN 'last' THEN p.last_at ELSE p.share END, p.number"

static const char by_number[] = "SELECT p.number FROM participants p WHERE " FITS
                                " AND p.number IN ("
                                "SELECT number " NAME("$13", "$14") " AND $15 = 1"
                                                                    " UNION SELECT number " DISABLED
                                                                    " AND $15 = 2"
                                                                    " UNION SELECT number " IDLE
                                                                    " AND $15 = 3)" IN_ORDER("$16");

static const char by_user[] =
        "SELECT p.number FROM participants p WHERE " FITS " AND p.user_id IN ("
        "SELECT i.owner_id " KIND(
                "$4", "$5", "$6", "$7", "$8",
                "$9") " AND $13 = 4"
                      " UNION SELECT i.owner_id " START(
                              "$8",
                              "$9") " AND $13 = 5"
                                    " UNION SELECT i.owner_id " SHARE(
                                            "$10",
                                            "$11") " AND $13 = 6"
                                                   " UNION SELECT i.owner_id " INVITATION(
                                                           "$12") " AND $13 = 7)" IN_ORDER("$14");

static enum err open_gathering(struct store *store, const struct participant_terms *terms,
                               struct statement **ret_statement)
{
	const struct value sort = val_text(terms->query->sort), driver = val_int(terms->driver);

	if (terms->driver >= DRIVER_KIND)
		return statement_open(store, by_user, FITS_VALUES(terms, driver, sort),
		                      ret_statement);
	return statement_open(
	        store, by_number,
	        FITS_VALUES(terms, val_text(terms->part), val_text(terms->part_end), driver, sort),
	        ret_statement);
}

enum err participant_gather(struct store *store, struct arena *arena,
                            const struct participant_terms *terms,
                            struct participant_numbers *ret_numbers)
{
	struct participant_numbers numbers = { 0 };
	struct statement *statement;
	enum err err = open_gathering(store, terms, &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		numbers.items = rows_grow(arena, numbers.items, numbers.count,
		                          sizeof(*numbers.items));
		numbers.items[numbers.count++] = column_int64(statement, 0);
	}
	err = statement_close(statement);
	if (err != OK)
		return err;
	if (terms->query->descending)
		participant_turn_round(&numbers);
	*ret_numbers = numbers;
	return OK;
}

void participant_turn_round(struct participant_numbers *numbers)
{
	for (size_t i = 0; i < numbers->count / 2; i++) {
		const int64_t number = numbers->items[i];

		numbers->items[i] = numbers->items[numbers->count - 1 - i];
		numbers->items[numbers->count - 1 - i] = number;
	}
}
