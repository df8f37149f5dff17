/* Which items of the bank a list shows, and in which order. Pure. */
#ifndef VIVA_REPORT_ITEM_ORDER_H
#define VIVA_REPORT_ITEM_ORDER_H

#include "report/item_figures.h"

enum item_order {
	ITEM_ORDER_FOUND,  /* as the search gave them */
	ITEM_ORDER_ASKED,  /* most often asked first */
	ITEM_ORDER_HARD,   /* lowest mean share first */
	ITEM_ORDER_TELLING /* lowest discrimination first */
};

/* "asked", "hard", "telling"; anything else is ITEM_ORDER_FOUND. */
enum item_order item_order_of(const char *name);

struct item_order_list {
	const struct item **items;
	size_t count;
};

/*
 * Of `bank`, the items of the whole bank by id, those of `found`; only flagged ones if
 * `is_flagged`. Who has no figure to sort by comes last; equals stay as they were found.
 */
struct item_order_list item_order_list(struct arena *arena, const struct item *bank, size_t count,
                                       const struct bank_question_list *found, bool is_flagged);

/* Sorts them. */
void item_order_sort(struct arena *arena, struct item_order_list *list, enum item_order order);

#endif
