#include "store/item_statistics.h"

#include "store/statement.h"

enum err item_statistics_add(struct store *store, const struct item_sums *sums)
{
	return statement_run(
	        store,
	        "INSERT INTO item_statistics AS s (bank_id, key_point_id, asked, answered, share,"
	        " share_squared, rest, rest_squared, product, last_at)"
	        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
	        " ON CONFLICT (bank_id, key_point_id) DO UPDATE SET asked = s.asked + "
	        "excluded.asked,"
	        " answered = s.answered + excluded.answered, share = s.share + excluded.share,"
	        " share_squared = s.share_squared + excluded.share_squared,"
	        " rest = s.rest + excluded.rest,"
	        " rest_squared = s.rest_squared + excluded.rest_squared,"
	        " product = s.product + excluded.product,"
	        " last_at = CASE WHEN s.last_at > excluded.last_at THEN s.last_at"
	        " ELSE excluded.last_at END",
	        VALUES(val_text(sums->bank_id), val_text(sums->key_point_id), val_int(sums->asked),
	               val_int(sums->answered), val_real(sums->share),
	               val_real(sums->share_squared), val_real(sums->rest),
	               val_real(sums->rest_squared), val_real(sums->product),
	               val_int(sums->last_at)));
}

static struct item_sums read_sums(const struct statement *statement, struct arena *arena)
{
	return (struct item_sums){
		.bank_id = column_text(statement, 0, arena),
		.key_point_id = column_text(statement, 1, arena),
		.asked = column_int(statement, 2),
		.answered = column_int(statement, 3),
		.share = column_real(statement, 4),
		.share_squared = column_real(statement, 5),
		.rest = column_real(statement, 6),
		.rest_squared = column_real(statement, 7),
		.product = column_real(statement, 8),
		.last_at = column_int64(statement, 9),
	};
}

#define SUMS                                                                         \
	"SELECT bank_id, key_point_id, asked, answered, share, share_squared, rest," \
	" rest_squared, product, last_at FROM item_statistics"
#define IN_ORDER " ORDER BY bank_id, key_point_id"

enum err item_statistics_list(struct store *store, struct arena *arena, const char *bank_id,
                              struct item_sums_list *ret_list)
{
	struct item_sums_list list = { 0 };
	struct statement *statement;
	enum err err = bank_id == NULL ? statement_open(store, SUMS IN_ORDER, NULL, &statement)
	                               : statement_open(store, SUMS " WHERE bank_id = $1" IN_ORDER,
	                                                VALUES(val_text(bank_id)), &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = read_sums(statement, arena);
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}

enum err item_statistics_empty(struct store *store, bool *ret_is_empty)
{
	return statement_bool(store, "SELECT NOT EXISTS (SELECT 1 FROM item_statistics)", NULL,
	                      ret_is_empty);
}

enum err item_statistics_clear(struct store *store)
{
	return statement_run(store, "DELETE FROM item_statistics", NULL);
}

enum err item_statistics_source(struct store *store, const char *interview_id, int64_t *ret_at)
{
	return statement_int64(store,
	                       "SELECT i.finished_at FROM interviews i"
	                       " JOIN users u ON u.id = i.owner_id"
	                       " WHERE i.id = $1 AND i.status = 'completed'"
	                       " AND i.repeats = '' AND u.role = 'candidate'",
	                       VALUES(val_text(interview_id)), ret_at);
}
