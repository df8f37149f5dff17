/* The report page: the stored document for people, with the evidence marked in the answers. */
#ifndef VIVA_VIEW_REPORT_VIEW_H
#define VIVA_VIEW_REPORT_VIEW_H

#include <stdbool.h>

#include <cjson/cJSON.h>

#include "base/arena.h"

/*
 * The members of templates/partials/report_body for a report document: those of
 * report/present, the texts split into blocks (`blocks`, and `admin_blocks` if
 * `for_admin`), tables of skills and tracks, and for each question the answer in
 * `segments`.
 */
cJSON *report_view(struct arena *arena, const cJSON *document, bool for_admin);

#endif
