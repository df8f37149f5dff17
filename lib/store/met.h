/* What a person was asked before, in any interview. */
#ifndef VIVA_STORE_MET_H
#define VIVA_STORE_MET_H

#include "store/store.h"

/* A question or task of the bank that was asked. */
struct met {
	const char *bank_id;
	int64_t at; /* when it was asked last; of what waits, since when it does */
};

struct met_list {
	struct met *items;
	size_t count;
};

/* All that the person was asked and did not delete, ordered by bank_id. */
enum err met_list(struct store *store, struct arena *arena, const char *user_id,
                  struct met_list *ret_list);

/*
 * The same of what is planned in running interviews of theirs and not asked yet, and of all that
 * invitations they used ask: others are asked it as well.
 */
enum err met_waiting(struct store *store, struct arena *arena, const char *user_id,
                     struct met_list *ret_list);

/* When it was asked last, 0: never. `list` NULL: nothing was ever asked. */
int64_t met_at(const struct met_list *list, const char *bank_id);

#endif
