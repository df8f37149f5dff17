/* What finished interviews tell of the bank's questions and key points: sums, and nobody's name. */
#ifndef VIVA_STORE_ITEM_STATISTICS_H
#define VIVA_STORE_ITEM_STATISTICS_H

#include "store/store.h"

/* As the columns of item_statistics (schema.sql); of one interview, what it adds. */
struct item_sums {
	const char *bank_id;
	const char *key_point_id; /* "": the question as a whole */
	int asked, answered;
	double share, share_squared; /* of where it was answered, as all that follow */
	double rest, rest_squared, product;
	int64_t last_at;
};

struct item_sums_list {
	struct item_sums *items;
	size_t count;
};

/* Adds to the sums that are there, in the caller's transaction. */
enum err item_statistics_add(struct store *store, const struct item_sums *sums);

/* All of them, ordered by bank_id and key_point_id; of one question unless bank_id is NULL. */
enum err item_statistics_list(struct store *store, struct arena *arena, const char *bank_id,
                              struct item_sums_list *ret_list);

/* Whether nothing was counted yet. */
enum err item_statistics_empty(struct store *store, bool *ret_is_empty);

/* Forgets all sums. */
enum err item_statistics_clear(struct store *store);

/*
 * Whether the interview counts: it is finished, of a candidate, and no repetition of another one,
 * for who repeats has read the report; `ret_at`: its end. ERR_NOT_FOUND: it does not.
 */
enum err item_statistics_source(struct store *store, const char *interview_id, int64_t *ret_at);

#endif
