/* The page of a report's revisions. */
#ifndef VIVA_VIEW_REVISIONS_VIEW_H
#define VIVA_VIEW_REVISIONS_VIEW_H

#include <cjson/cJSON.h>

#include "store/revision.h"

/*
 * Adds to a page `revisions`, newest first: number, made (date), cause, reason, score, is_newest,
 * and the rows of what each changed against the one before it (has_changes, changes: what, before,
 * after). `documents` are parallel to the list, as the reader may see them; NULL: unreadable.
 */
void revisions_view(struct arena *arena, cJSON *page, const struct revision_list *list,
                    const cJSON *const *documents, enum language language);

#endif
