/* What the API answered to requests that carry an Idempotency-Key, so that a repeat gets it again.
 */
#ifndef VIVA_STORE_IDEMPOTENCY_H
#define VIVA_STORE_IDEMPOTENCY_H

#include "store/store.h"

struct idempotency {
	const char *user_id, *name; /* who asked, and the key as sent */
	const char *request_hash;   /* of what was asked, and its path */
	int status;                 /* of the answer; 0: still at work */
	const char *headers, *body; /* of the answer */
};

/* Keys of a user in a day: what is kept for them is bounded. */
enum { IDEMPOTENCY_KEYS_MAX = 1000 };

/*
 * Claims the key for the request. OK: it is new, or the one who had it died long ago, and
 * idempotency_finish or _drop must follow. ERR_CONFLICT: it was claimed before, and
 * `ret_before` tells for what and what came of it. ERR_LIMITED: the user has too many keys.
 * ERR_NOT_FOUND: no such user.
 */
enum err idempotency_claim(struct store *store, struct arena *arena,
                           const struct idempotency *claim, struct idempotency *ret_before);

/* Keeps the answer to what was claimed. */
enum err idempotency_finish(struct store *store, const struct idempotency *answer);

/* Forgets the claim: the request may be tried again. */
enum err idempotency_drop(struct store *store, const char *user_id, const char *name);

/* Forgets answers that are older than a day. */
enum err idempotency_delete_expired(struct store *store);

#endif
