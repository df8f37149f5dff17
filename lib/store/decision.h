/*
 * What recruiters decided after an interview. A decision ends the blind review of its
 * interview, for everybody and for good: what was seen cannot be unseen.
 */
#ifndef VIVA_STORE_DECISION_H
#define VIVA_STORE_DECISION_H

#include <stdbool.h>

#include "store/store.h"

struct decision {
	const char *interview_id;
	const char *verdict; /* advance, hold, reject */
	const char *reason;
	const char *author_id, *author_name; /* full name, or the user name; NULL: deleted */
	bool was_blind;                      /* the person was hidden from who decided first */
	int64_t created_at;
};

/*
 * Stores the decision (created_at is set here), instead of an earlier one; who was blind at
 * the first stays noted. `*ret_changed` is false, and nothing is written, when it says the
 * same as before. ERR_NOT_FOUND: there is no such interview. ERR_CONFLICT: it is not finished.
 */
enum err decision_save(struct store *store, const struct decision *decision, bool *ret_changed);

/* ERR_NOT_FOUND: nothing is decided. */
enum err decision_of(struct store *store, struct arena *arena, const char *interview_id,
                     struct decision *ret_decision);

/*
 * True if a reviewer who reviews blind is to know who the person is: a finished interview of
 * theirs, and a decision on each that is finished.
 */
enum err decision_all_made(struct store *store, const char *user_id, bool *ret_all);

#endif
