#include "report/item_order.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum item_order item_order_of(const char *name)
{
	static const char *const names[] = { "", "asked", "hard", "telling" };

	for (int i = ITEM_ORDER_ASKED; i <= ITEM_ORDER_TELLING; i++)
		if (strcmp(name, names[i]) == 0)
			return (enum item_order)i;
	return ITEM_ORDER_FOUND;
}

static int by_id(const void *id, const void *item)
{
	return strcmp(id, ((const struct item *)item)->question->id);
}

struct item_order_list item_order_list(struct arena *arena, const struct item *bank, size_t count,
                                       const struct bank_question_list *found, bool is_flagged)
{
	struct item_order_list list = {
		.items = arena_array(arena, found->count + 1, sizeof(struct item *)),
	};

	for (size_t i = 0; i < found->count; i++) {
		const struct item *item = bsearch(found->items[i].id, bank, count, sizeof(*bank),
		                                  by_id);

		if (item != NULL &&
		    (!is_flagged || item_figures_is_dead(item) || item_figures_is_misleading(item)))
			list.items[list.count++] = item;
	}
	return list;
}

/* What is to be ascending. */
static double key_of(const struct item *item, enum item_order order)
{
	switch (order) {
	case ITEM_ORDER_ASKED:
		return -item->figures.asked;
	case ITEM_ORDER_HARD:
		return isfinite(item->figures.mean) ? item->figures.mean : 2;
	case ITEM_ORDER_TELLING:
		return isfinite(item->figures.discrimination) ? item->figures.discrimination : 2;
	default:
		return 0;
	}
}

struct place {
	const struct item *item;
	double key;
	size_t number;
};

static int by_key(const void *a, const void *b)
{
	const struct place *one = a, *other = b;

	if (one->key != other->key)
		return one->key < other->key ? -1 : 1;
	return (one->number > other->number) - (one->number < other->number);
}

void item_order_sort(struct arena *arena, struct item_order_list *list, enum item_order order)
{
	struct place *places = arena_array(arena, list->count + 1, sizeof(*places));

	for (size_t i = 0; i < list->count; i++)
		places[i] = (struct place){ list->items[i], key_of(list->items[i], order), i };
	qsort(places, list->count, sizeof(*places), by_key);
	for (size_t i = 0; i < list->count; i++)
		list->items[i] = places[i].item;
}
