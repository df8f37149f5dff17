/* Keys that documents are signed with (lib/seal): at most one is in use. */
#ifndef VIVA_STORE_SIGNING_KEY_H
#define VIVA_STORE_SIGNING_KEY_H

#include "store/store.h"

struct signing_key {
	const char *id;          /* 16 hexadecimal digits */
	const char *public_key;  /* base64 */
	const char *secret_seed; /* base64; NULL once it is retired */
	int64_t created_at;
	int64_t retired_at; /* 0: in use */
};

struct signing_key_list {
	struct signing_key *items;
	size_t count;
};

/* Adds the key (created_at is set here). ERR_CONFLICT: another one is in use. */
enum err signing_key_add(struct store *store, struct signing_key *key);

/* The one in use. ERR_NOT_FOUND: there is none. */
enum err signing_key_current(struct store *store, struct arena *arena, struct signing_key *ret_key);

/* Any of them, without its secret. ERR_NOT_FOUND: none has this id. */
enum err signing_key_by_id(struct store *store, struct arena *arena, const char *id,
                           struct signing_key *ret_key);

/* All without their secrets, newest first. */
enum err signing_key_list(struct store *store, struct arena *arena,
                          struct signing_key_list *ret_list);

/* Retires the one in use, if any, and wipes its secret. */
enum err signing_key_retire(struct store *store);

#endif
