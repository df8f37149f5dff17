#include <string.h>

#include "store/bank_row.h"
#include "store/progress.h"

enum { FIRST_SLOTS = 256 };

/* The points that were met, with a table of where each stands in the list. */
struct tally {
	struct arena *arena;
	struct progress_point_list list;
	size_t *slots; /* number of the item + 1; 0: free */
	size_t slot_count;
};

static const char *text_at(const struct statement *statement, int column)
{
	return (const char *)sqlite3_column_text(statement->handle, column);
}

static bool is_same(const char *one, const char *other)
{
	return one == NULL || other == NULL ? one == other : strcmp(one, other) == 0;
}

/* The slot of the point, or the free one where it belongs. */
static size_t *slot_of(const struct tally *tally, const char *bank_id, const char *point_id)
{
	const uint64_t hash = bank_hash(bank_hash(BANK_HASH_START, bank_id),
	                                point_id != NULL ? point_id : "");
	size_t at = (size_t)hash & (tally->slot_count - 1);

	for (; tally->slots[at] != 0; at = (at + 1) & (tally->slot_count - 1)) {
		const struct progress_point *point = &tally->list.items[tally->slots[at] - 1];

		if (is_same(point->bank_id, bank_id) && is_same(point->key_point_id, point_id))
			break;
	}
	return &tally->slots[at];
}

static void widen(struct tally *tally)
{
	tally->slot_count = tally->slot_count == 0 ? FIRST_SLOTS : tally->slot_count * 2;
	tally->slots = arena_array(tally->arena, tally->slot_count, sizeof(*tally->slots));
	for (size_t i = 0; i < tally->list.count; i++) {
		const struct progress_point *point = &tally->list.items[i];

		*slot_of(tally, point->bank_id, point->key_point_id) = i + 1;
	}
}

/* The point of the current row, which is added when it is new. */
static struct progress_point *point_of(struct tally *tally, const struct statement *statement)
{
	struct progress_point_list *list = &tally->list;
	size_t *slot;

	if (list->count * 2 >= tally->slot_count)
		widen(tally);
	slot = slot_of(tally, text_at(statement, 0), text_at(statement, 1));
	if (*slot == 0) {
		list->items = rows_grow(tally->arena, list->items, list->count,
		                        sizeof(*list->items));
		list->items[list->count++] = (struct progress_point){
			.bank_id = column_text(statement, 0, tally->arena),
			.key_point_id = column_text(statement, 1, tally->arena),
		};
		*slot = list->count;
	}
	return &list->items[*slot - 1];
}

static void count_row(struct tally *tally, const struct statement *statement)
{
	struct progress_point *point = point_of(tally, statement);
	const char *status = text_at(statement, 2);
	const int64_t at = column_int64(statement, 3);

	point->missing += strcmp(status, "missing") == 0;
	point->partial += strcmp(status, "partial") == 0;
	point->covered += strcmp(status, "covered") == 0;
	if (at < point->last_at)
		return;
	point->last_at = at;
	point->last_status = column_text(statement, 2, tally->arena);
	point->last_interview_id = column_text(statement, 4, tally->arena);
	point->last_position = column_int(statement, 5);
}

/* Counted here, for a GROUP BY would sort every mark there is. */
enum err progress_points(struct store *store, struct arena *arena, const char *user_id,
                         struct progress_point_list *ret_list)
{
	struct tally tally = { .arena = arena };
	struct statement *statement;
	enum err err = statement_open(
	        store,
	        "SELECT q.bank_id, m.key_point_id, CASE q.model_answer WHEN 1 THEN 'missing'"
	        " ELSE coalesce(nullif(p.granted, ''), m.status, 'missing') END, i.finished_at,"
	        " i.id, q.position FROM interviews i JOIN questions q ON q.interview_id = i.id"
	        " LEFT JOIN marks m ON m.question_id = q.id"
	        " LEFT JOIN appeals p ON p.question_id = q.id AND p.key_point_id = m.key_point_id"
	        " WHERE i.owner_id = $1 AND i.status = 'completed' AND q.q_type = 'theory'"
	        " AND q.state IN ('answered', 'skipped', 'dont_know')"
	        " AND (m.key_point_id <> '' OR m.key_point_id IS NULL AND q.state <> 'answered')"
	        " ORDER BY i.created_at DESC",
	        VALUES(val_text(user_id)), &statement);

	if (err != OK)
		return err;
	while (statement_step(statement))
		count_row(&tally, statement);
	err = statement_close(statement);
	if (err == OK)
		*ret_list = tally.list;
	return err;
}
