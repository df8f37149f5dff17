/*
 * Signatures of documents: Ed25519 (RFC 8032) over the canonical form (seal/canonical.h) of a
 * JSON object without its member `signature`, which is { algorithm: "Ed25519", key_id, value }.
 */
#ifndef VIVA_SEAL_SEAL_H
#define VIVA_SEAL_SEAL_H

#include <cjson/cJSON.h>

#include "base/buf.h"
#include "store/store.h"

/* Makes the first signing key unless there is one: `viva migrate`, else who signs first. */
enum err seal_init(struct store *store, struct arena *arena);

/* Retires the key in use (its secret half is wiped) and makes a new one, whose id it gives. */
enum err seal_rotate(struct store *store, struct arena *arena, const char **ret_key_id);

/*
 * Signs the document with the key in use and sets its member `signature`, in place of an
 * earlier one. ERR_INVALID as of canonical_write.
 */
enum err seal_sign(struct store *store, struct arena *arena, cJSON *document);

enum seal_state {
	SEAL_VALID,
	SEAL_REWRITTEN,   /* signed as it is, but these are not the bytes that were signed: spaces,
	                     order */
	SEAL_CHANGED,     /* the signature is of another document */
	SEAL_UNKNOWN_KEY, /* signed with a key that is not ours */
	SEAL_UNSIGNED,    /* no signature, or none of this kind */
	SEAL_UNREADABLE   /* not JSON, no object, or nothing that can be signed */
};

struct seal_check {
	enum seal_state state;
	const char *key_id; /* NULL: none was named */
	cJSON *document;    /* as read; NULL when unreadable */
};

/* Judges the bytes of a file with the keys of the store; what is wrong with it is data. */
enum err seal_check(struct store *store, struct arena *arena, const char *bytes, size_t len,
                    struct seal_check *ret_check);

/* Appends { "keys": [ { key_id, algorithm, public_key, created_at, retired_at } ] }. */
enum err seal_keys(struct store *store, struct arena *arena, struct buf *out);

#endif
