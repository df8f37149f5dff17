/* Many matches: met soon by a walk along the index of the order. */
#include "store/participant_sql.h"

#define WALK(key, compare, direction)                                                          \
	"SELECT p.number, (" FITS ") FROM participants p WHERE (p." key ", p.number) " compare \
	" ($13, $14) ORDER BY p." key " " direction ", p.number " direction " LIMIT $15"

enum { NAME, INTERVIEWS, LAST, SHARE, SORTS };

static const struct {
	const char *name, *ascending, *descending;
} sorts[] = {
	[NAME] = { "name", WALK("name_key", ">", "ASC"), WALK("name_key", "<", "DESC") },
	[INTERVIEWS] = { "interviews", WALK("interviews", ">", "ASC"),
	                 WALK("interviews", "<", "DESC") },
	[LAST] = { "last", WALK("last_at", ">", "ASC"), WALK("last_at", "<", "DESC") },
	[SHARE] = { "score", WALK("share", ">", "ASC"), WALK("share", "<", "DESC") },
};

static int sort_of(const char *name)
{
	for (int i = 0; i < SORTS; i++)
		if (strcmp(sorts[i].name, name) == 0)
			return i;
	return NAME;
}

/* The key before all others in that direction. */
static struct value edge(int sort, bool descending)
{
	if (sort == NAME)
		return val_text(descending ? "\xF4\x8F\xBF\xBF" : "");
	return descending ? val_int(INT64_MAX) : val_int(INT64_MIN);
}

/* The key of number `start`; ERR_NOT_FOUND when that participant is gone. */
static enum err key_of(struct store *store, struct arena *arena, int sort, int64_t start,
                       struct value *ret_key)
{
	struct statement *statement;
	enum err err = statement_first(store,
	                               "SELECT name_key, interviews, last_at, share"
	                               " FROM participants WHERE number = $1",
	                               VALUES(val_int(start)), &statement);

	if (err != OK)
		return err;
	if (sort == NAME)
		*ret_key = val_text(column_text(statement, sort, arena));
	else
		*ret_key = val_real(column_real(statement, sort));
	return statement_close(statement);
}

static enum err open_walk(struct store *store, struct arena *arena,
                          const struct participant_terms *terms,
                          const struct participant_walk *walk, struct statement **ret_statement)
{
	const int sort = sort_of(terms->query->sort);
	const char *sql = walk->descending ? sorts[sort].descending : sorts[sort].ascending;
	struct value number = val_int(walk->start), key;
	enum err err = ERR_NOT_FOUND;

	if (walk->start != 0)
		err = key_of(store, arena, sort, walk->start, &key);
	if (err == ERR_NOT_FOUND) {
		key = edge(sort, walk->descending);
		number = val_int(walk->descending ? INT64_MAX : INT64_MIN);
		err = OK;
	}
	if (err != OK)
		return err;
	return statement_open(store, sql, FITS_VALUES(terms, key, number, val_int(walk->look_at)),
	                      ret_statement);
}

static void take(struct arena *arena, struct participant_walk *walk, int64_t number)
{
	struct participant_numbers *numbers = &walk->numbers;

	walk->fitting++;
	if (walk->fitting <= walk->skip || (int)numbers->count >= walk->most)
		return;
	numbers->items = rows_grow(arena, numbers->items, numbers->count, sizeof(*numbers->items));
	numbers->items[numbers->count++] = number;
}

enum err participant_walk(struct store *store, struct arena *arena,
                          const struct participant_terms *terms, struct participant_walk *walk)
{
	struct statement *statement;
	int64_t last = 0;
	int looked_at = 0;
	enum err err = open_walk(store, arena, terms, walk, &statement);

	if (err != OK)
		return err;
	while ((walk->counts_all || (int)walk->numbers.count < walk->most) &&
	       statement_step(statement)) {
		looked_at++;
		last = column_int64(statement, 0);
		if (column_bool(statement, 1))
			take(arena, walk, last);
	}
	walk->reached_end = looked_at != walk->look_at &&
	                    (walk->counts_all || (int)walk->numbers.count < walk->most);
	walk->last = looked_at == walk->look_at ? last : 0;
	return statement_close(statement);
}
