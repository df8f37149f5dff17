/* Refreshes of the roles' question sets: what was asked for, kept and dropped. */
#ifndef VIVA_STORE_REFRESH_H
#define VIVA_STORE_REFRESH_H

#include "store/bank.h"

struct refresh {
	const char *role_id, *model;
	int kept;            /* questions and tasks that entered the bank */
	const char *dropped; /* JSON object: reason -> count */
	int edition;         /* set by refresh_apply; 0: none was made */
	int64_t created_at;  /* set when it is stored */
};

/* Stores that nothing came of a refresh: no edition. */
enum err refresh_fail(struct store *store, struct refresh *refresh);

/*
 * Makes `fresh` (any order, source llm) the role's generated questions, all or nothing:
 * earlier generated ones of the same kinds (theory, coding) are disabled, and the role's
 * current edition is now what it still has enabled and the fresh ones.
 */
enum err refresh_apply(struct store *store, struct arena *arena, struct refresh *refresh,
                       const struct bank_question_list *fresh);

#endif
