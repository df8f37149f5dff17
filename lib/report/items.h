/*
 * Entering finished interviews in the statistics of the bank's questions (store/item_statistics.h).
 *
 * A question counts as asked when it became active, as answered when it was answered without the
 * model answer having been shown. Its share is its mark by its full mark; of a key point 1 if it
 * was said, 1/2 if half. The rest is the share of all other questions of that interview that
 * were asked, together. An interview in which one question was asked has no rest and tells
 * nothing. What later revisions of a report change is left out: they come by chance, where
 * somebody appealed or looked again.
 */
#ifndef VIVA_REPORT_ITEMS_H
#define VIVA_REPORT_ITEMS_H

#include <cjson/cJSON.h>

#include "store/item_statistics.h"

/* The sums of one report alone, for questions and key points. */
struct item_sums_list items_of_report(struct arena *arena, const cJSON *document);

/* Adds them, in the caller's transaction, if the interview counts (item_statistics_source). */
enum err items_learn(struct store *store, struct arena *arena, const char *interview_id,
                     const cJSON *document);

/*
 * Makes all sums anew from the first revisions of the stored reports. What deleted interviews
 * had told is gone then. `ret_count`: interviews that counted. The thread's JSON lives in
 * `arena` from then on.
 */
enum err items_rebuild(struct store *store, struct arena *arena, int *ret_count);

/* The same where there are no sums at all: for what was finished before anything was counted. */
enum err items_fill(struct store *store, struct arena *arena);

#endif
