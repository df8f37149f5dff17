/* The page of all interviews of a person: filters, rows, pages. */
#ifndef VIVA_VIEW_HISTORY_VIEW_H
#define VIVA_VIEW_HISTORY_VIEW_H

#include <cjson/cJSON.h>

#include "store/bank.h"
#include "store/history.h"

/* What may stand in the address, as words of a list. Any of the filters may be "". */
#define HISTORY_STATUSES "in_progress completed"
#define HISTORY_PERIODS  "7 30 90 365"
#define HISTORY_SORTS    "newest oldest best worst"

struct history_choice {
	const struct history_query *query;
	const char *period, *sort; /* as in the address */
	const char *filters;       /* of the address, encoded, "a=b&" each; without the page */
	const struct role_list *roles;
};

/* The page's members for one page of the list, in `language`. */
cJSON *history_view(struct arena *arena, const struct history_choice *choice,
                    const struct history_list *list, enum language language);

/* "Backend developer, Technical, 21.11.2026 03:20": which interview it is, in words. */
const char *history_view_name(struct arena *arena, const struct history_row *row,
                              enum language language);

/* "Repeats the interview of 21.11.2026 03:20"; NULL when its questions were chosen anew. */
const char *history_view_repeats(struct arena *arena, const struct history_row *row,
                                 enum language language);

/* Adds `history` and has_history for templates/partials/history: a row for each interview. */
void history_view_panel(struct arena *arena, cJSON *page, const struct history_list *list,
                        enum language language);

#endif
