/* The interviews of a person as a list: found, deleted. */
#ifndef VIVA_STORE_HISTORY_H
#define VIVA_STORE_HISTORY_H

#include <stdbool.h>

#include "base/i18n.h"
#include "store/store.h"

/* A row of the history panel. */
struct history_row {
	const char *interview_id, *role_id, *role_title, *type, *level, *status;
	enum language language;
	int64_t created_at, finished_at;
	int question_count, answered;
	bool has_report;
	double total_score, max_score;
	const char *repeats;   /* as in struct interview */
	const char *parent_id; /* the interview it repeats; NULL: none, or deleted */
	int64_t parent_at;     /* when that was started; 0 without one */
	bool is_outdated;      /* the role got a newer edition of its questions */
};

struct history_list {
	struct history_row *items;
	size_t count;
	int total; /* over all pages; of history_page: the rows given */
};

enum history_sort { HISTORY_NEWEST, HISTORY_OLDEST, HISTORY_BEST, HISTORY_WORST };

struct history_query {
	const char *owner_id;
	enum language titles;                                   /* of the roles' titles */
	const char *role_id, *type, *level, *status, *language; /* NULL, "": any */
	int64_t since; /* started then or later; 0: any time */
	enum history_sort sort;
	int page, page_size; /* from 1 */
};

/*
 * One page of the owner's interviews that fit. By score means by its share of the full mark;
 * interviews without a report come last. ERR_INVALID: a page below 1, or a page size outside
 * 1..1000.
 */
enum err history_find(struct store *store, struct arena *arena, const struct history_query *query,
                      struct history_list *ret_list);

/* The same without counting the others. */
enum err history_page(struct store *store, struct arena *arena, const struct history_query *query,
                      struct history_list *ret_list);

/*
 * Deletes the owner's interview with everything that was said, written, judged, graded and
 * reported in it. Its start still counts for the day, and review cards made from it stay.
 * ERR_NOT_FOUND: no such interview of the owner.
 */
enum err history_delete(struct store *store, const char *owner_id, const char *interview_id);

/*
 * The same of up to `most` of the owner's interviews that were started before `before`; the
 * others wait for the next call, so that no write keeps everybody waiting.
 */
enum err history_delete_some(struct store *store, const char *owner_id, int64_t before, int most,
                             int *ret_deleted);

#endif
