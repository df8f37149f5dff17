/* The history panel of a candidate and the participants table of an admin. */
#ifndef VIVA_VIEW_PEOPLE_VIEW_H
#define VIVA_VIEW_PEOPLE_VIEW_H

#include <cjson/cJSON.h>

#include "store/history.h"
#include "store/participant.h"
#include "store/user.h"

/* Adds `history`, an array with a row per interview, to the page. */
void people_add_history(struct arena *arena, cJSON *page, const struct history_list *list,
                        enum language language);

/* The participants table: rows, search, sortable columns, pages. */
cJSON *people_participants(struct arena *arena, const struct participant_query *query,
                           const struct participant_list *list, enum language language);

#endif
