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
 * Cuts `answer` at all bounds of the key points' evidence, and of the `denial` of each of
 * `denials`, the same points as the scorer explains them (may be NULL): an array of { text,
 * at (its first byte), is_marked, points ("1 3": the numbers, from 1, of those that it earned;
 * or null), denied (of those that it contradicts) }. Spans outside the answer or off its
 * characters' bounds are left out.
 */
cJSON *report_view_segments(struct arena *arena, const char *answer, const cJSON *key_points,
                            const cJSON *denials);

/*
 * Splits a text into its blocks: an array of { heading (null if it has none), paragraphs
 * [{ text }], has_items, items [{ text }] }.
 */
cJSON *report_view_blocks(struct arena *arena, const char *text);

#endif
