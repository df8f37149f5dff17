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

/*
 * Cuts `answer` at all bounds of the key points' evidence: an array of { text }, and for
 * what some points quote also is_marked, points ("1 3": their numbers, from 1) and title
 * (their texts). Spans outside the answer or off its characters' bounds are left out.
 */
cJSON *report_view_segments(struct arena *arena, const char *answer, const cJSON *key_points);

/*
 * Splits a text into its blocks: an array of { heading (null if it has none), paragraphs
 * [{ text }], has_items, items [{ text }] }.
 */
cJSON *report_view_blocks(struct arena *arena, const char *text);

#endif
