#include "seal/seal.h"

#include <string.h>

#include <sodium.h>

#include "base/base64.h"
#include "base/clock.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/log.h"
#include "seal/canonical.h"
#include "store/audit.h"
#include "store/signing_key.h"

#define ALGORITHM "Ed25519"
#define MEMBER    "signature"

enum { KEY_ID_DIGITS = 16, MEMBERS = 3 };

/* --- keys -------------------------------------------------------------------------------- */

static enum err add_key(struct store *store, struct arena *arena, const char **ret_key_id)
{
	unsigned char public[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
	unsigned char seed[crypto_sign_SEEDBYTES];
	struct signing_key key;
	enum err err;

	crypto_sign_keypair(public, secret);
	crypto_sign_ed25519_sk_to_seed(seed, secret);
	key = (struct signing_key){
		.id = arena_copy(arena, hash_bytes(arena, public, sizeof(public)), KEY_ID_DIGITS),
		.public_key = base64_encode(arena, public, sizeof(public)),
		.secret_seed = base64_encode(arena, seed, sizeof(seed)),
	};
	sodium_memzero(secret, sizeof(secret));
	sodium_memzero(seed, sizeof(seed));
	err = signing_key_add(store, &key);
	if (err == OK)
		*ret_key_id = key.id;
	return err;
}

/* Reads first: every program asks at its start, and only one of them has to write. */
static enum err key_in_use(struct store *store, struct arena *arena, struct signing_key *ret_key)
{
	enum err err = signing_key_current(store, arena, ret_key);
	const char *id;

	if (err != ERR_NOT_FOUND)
		return err;
	err = add_key(store, arena, &id);
	if (err == OK || err == ERR_CONFLICT) /* another program was faster */
		err = signing_key_current(store, arena, ret_key);
	return err;
}

enum err seal_init(struct store *store, struct arena *arena)
{
	struct signing_key key;

	return key_in_use(store, arena, &key);
}

static enum err exchange(struct store *store, struct arena *arena, const char **ret_key_id)
{
	struct audit_entry entry = { .action = "key.rotate", .subject.kind = AUDIT_OTHER };
	enum err err = signing_key_retire(store);

	if (err == OK)
		err = add_key(store, arena, ret_key_id);
	if (err != OK)
		return err;
	entry.subject.id = arena_printf(arena, "key %s", *ret_key_id);
	return audit_add(store, &entry);
}

enum err seal_rotate(struct store *store, struct arena *arena, const char **ret_key_id)
{
	const char *id;
	enum err err = store_begin(store);

	if (err != OK)
		return err;
	err = exchange(store, arena, &id);
	if (err == OK)
		err = store_commit(store);
	if (err != OK)
		store_rollback(store);
	else
		*ret_key_id = id;
	return err;
}

/* ISO 8601, or null of what did not happen. */
static void set_time(struct arena *arena, cJSON *object, const char *name, int64_t ms)
{
	json_set_string(object, name, ms != 0 ? clock_iso(arena, ms) : NULL);
}

enum err seal_keys(struct store *store, struct arena *arena, struct buf *out)
{
	struct signing_key_list list;
	cJSON *document = cJSON_CreateObject(), *keys = json_set_array(document, "keys");
	enum err err = signing_key_list(store, arena, &list);

	if (err != OK)
		return err;
	for (size_t i = 0; i < list.count; i++) {
		cJSON *key = json_add_object(keys);

		json_set_string(key, "key_id", list.items[i].id);
		json_set_string(key, "algorithm", ALGORITHM);
		json_set_string(key, "public_key", list.items[i].public_key);
		set_time(arena, key, "created_at", list.items[i].created_at);
		set_time(arena, key, "retired_at", list.items[i].retired_at);
	}
	return canonical_write(document, out);
}

/* --- signing ----------------------------------------------------------------------------- */

/* An item of an arena needs no deletion: to take it out is enough. */
static cJSON *take_signature(cJSON *document)
{
	return cJSON_DetachItemFromObjectCaseSensitive(document, MEMBER);
}

static void set_signature(cJSON *document, const char *key_id, const char *value)
{
	cJSON *signature = json_set_object(document, MEMBER);

	json_set_string(signature, "algorithm", ALGORITHM);
	json_set_string(signature, "key_id", key_id);
	json_set_string(signature, "value", value);
}

/* ERR_INTERNAL (logged): the seed in the database is none. */
static enum err sign(struct arena *arena, const struct signing_key *key, const struct buf *message,
                     const char **ret_value)
{
	unsigned char public[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
	unsigned char value[crypto_sign_BYTES];
	size_t len = 0;
	unsigned char *seed = base64_decode(arena, key->secret_seed, &len);

	if (seed == NULL || len != crypto_sign_SEEDBYTES) {
		log_error("the signing key %s is damaged", key->id);
		return ERR_INTERNAL;
	}
	crypto_sign_seed_keypair(public, secret, seed);
	crypto_sign_detached(value, NULL, (const unsigned char *)message->data, message->len,
	                     secret);
	sodium_memzero(secret, sizeof(secret));
	sodium_memzero(seed, len);
	*ret_value = base64_encode(arena, value, sizeof(value));
	return OK;
}

enum err seal_sign(struct store *store, struct arena *arena, cJSON *document)
{
	struct signing_key key;
	struct buf message;
	const char *value;
	enum err err = cJSON_IsObject(document) ? OK : ERR_INVALID;

	if (err == OK)
		err = key_in_use(store, arena, &key);
	if (err != OK)
		return err;
	take_signature(document);
	buf_init(&message, arena);
	err = canonical_write(document, &message);
	if (err == OK)
		err = sign(arena, &key, &message, &value);
	if (err == OK)
		set_signature(document, key.id, value);
	return err;
}

/* --- checking ---------------------------------------------------------------------------- */

/* A document under the eye. */
struct exhibit {
	const char *bytes;
	size_t len;
	cJSON *document, *signature; /* the signature was taken out of the document */
	struct buf message;          /* canonical bytes of the document without it */
	struct buf whole;            /* and with it */
};

static bool read_exhibit(struct arena *arena, struct exhibit *exhibit)
{
	buf_init(&exhibit->message, arena);
	buf_init(&exhibit->whole, arena);
	if (json_parse_strict(exhibit->bytes, exhibit->len, &exhibit->document) != OK ||
	    !cJSON_IsObject(exhibit->document) ||
	    canonical_write(exhibit->document, &exhibit->whole) != OK)
		return false;
	exhibit->signature = take_signature(exhibit->document);
	canonical_write(exhibit->document, &exhibit->message);
	return true;
}

static bool is_signed(struct arena *arena, const struct signing_key *key,
                      const struct exhibit *exhibit)
{
	const char *value = json_string(exhibit->signature, "value", "");
	size_t key_len = 0, len = 0;
	const unsigned char *public = base64_decode(arena, key->public_key, &key_len);
	const unsigned char *bytes = base64_decode(arena, value, &len);

	if (public == NULL || key_len != crypto_sign_PUBLICKEYBYTES || bytes == NULL ||
	    len != crypto_sign_BYTES)
		return false;
	/* Base64 has bits that decoding drops: only one text stands for a signature. */
	return strcmp(base64_encode(arena, bytes, len), value) == 0 &&
	       crypto_sign_verify_detached(bytes, (const unsigned char *)exhibit->message.data,
	                                   exhibit->message.len, public) == 0;
}

static enum err judge(struct store *store, struct arena *arena, const struct exhibit *exhibit,
                      struct seal_check *check)
{
	const cJSON *signature = exhibit->signature;
	struct signing_key key;
	enum err err;

	check->state = SEAL_UNSIGNED;
	check->key_id = json_string(signature, "key_id", NULL);
	if (check->key_id == NULL || json_string(signature, "value", NULL) == NULL ||
	    strcmp(json_string(signature, "algorithm", ""), ALGORITHM) != 0)
		return OK;
	check->state = SEAL_UNKNOWN_KEY;
	err = signing_key_by_id(store, arena, check->key_id, &key);
	if (err != OK)
		return err == ERR_NOT_FOUND ? OK : err;
	/* No signature covers what else stands in its own member. */
	if (!is_signed(arena, &key, exhibit) || cJSON_GetArraySize(signature) != MEMBERS)
		check->state = SEAL_CHANGED;
	else if (exhibit->whole.len != exhibit->len ||
	         memcmp(exhibit->whole.data, exhibit->bytes, exhibit->len) != 0)
		check->state = SEAL_REWRITTEN;
	else
		check->state = SEAL_VALID;
	return OK;
}

enum err seal_check(struct store *store, struct arena *arena, const char *bytes, size_t len,
                    struct seal_check *ret_check)
{
	struct exhibit exhibit = { .bytes = bytes, .len = len };
	struct seal_check check = { .state = SEAL_UNREADABLE };
	enum err err = OK;

	if (read_exhibit(arena, &exhibit)) {
		check.document = exhibit.document;
		err = judge(store, arena, &exhibit, &check);
		if (exhibit.signature != NULL)
			json_set(exhibit.document, MEMBER, exhibit.signature);
	}
	if (err == OK)
		*ret_check = check;
	return err;
}
