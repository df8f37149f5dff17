/* What is known of the bank's items from interviews, as pages show it. */
#ifndef VIVA_VIEW_ITEM_VIEW_H
#define VIVA_VIEW_ITEM_VIEW_H

#include <cjson/cJSON.h>

#include "base/i18n.h"
#include "report/item_figures.h"

/* Adds `asked`, `mean`, `telling` and `flags` [{ text }] with has_flags to a row of the list. */
void item_view_row(struct arena *arena, cJSON *row, const struct item *item,
                   enum language language);

/*
 * Adds `statistics` to an item's page: figures, flags in whole sentences, a row each key point
 * of `sums`, those of the item, with its text from the body in the language `asked`.
 */
struct item_view {
	const struct item *item;
	const struct item_sums_list *sums;
	enum language language, asked; /* of the page, of the item */
};
void item_view_block(struct arena *arena, cJSON *page, const struct item_view *view);

#endif
