/* What programs prove themselves with: families of refresh tokens, personal tokens. */
#ifndef VIVA_STORE_TOKEN_H
#define VIVA_STORE_TOKEN_H

#include <stdbool.h>

#include "store/store.h"
#include "store/user.h"

/* A log-in of a program. */
struct token_family {
	const char *id, *user_id, *user_agent;
	int64_t created_at, seen_at, expires_at;
};

struct token_family_list {
	struct token_family *items;
	size_t count;
};

/*
 * Begins a family with its first refresh token (its hash); id and times but `expires_at` are
 * set here. The user's dead families go, and the one used longest ago when there are many.
 * ERR_NOT_FOUND: no such user.
 */
enum err token_family_add(struct store *store, struct arena *arena, struct token_family *family,
                          const char *refresh_hash);

/* The user of a live family; ERR_NOT_FOUND: unknown, expired, revoked, or its user disabled. */
enum err token_family_user(struct store *store, struct arena *arena, const char *family_id,
                           struct user *ret_user);

/* A refresh token for the next one. */
struct token_exchange {
	const char *old_hash, *new_hash;
	int64_t expires_at;    /* of the family from now on */
	const char *family_id; /* whose they are: set by token_rotate */
	struct user user;
};

/*
 * Exchanges the tokens and prolongs the family. ERR_LOGIN: the old one is unknown or its
 * family not alive, or it was used before: that revokes the family. A thief and a program that
 * lost the answer look alike, so neither a short time between the two uses nor their running
 * side by side excuses the second: the program has to log in again.
 */
enum err token_rotate(struct store *store, struct arena *arena, struct token_exchange *exchange);

/* Live families of a user, newest use first. */
enum err token_family_list(struct store *store, struct arena *arena, const char *user_id,
                           struct token_family_list *ret_list);

/* Revokes one of the user's families, ERR_NOT_FOUND when it is none; or all. */
enum err token_family_revoke(struct store *store, const char *user_id, const char *family_id);
enum err token_family_revoke_all(struct store *store, const char *user_id);

/* Removes expired families and personal tokens, and refresh tokens used before that time. */
enum err token_delete_expired(struct store *store, int64_t used_before);

/* A token that a person made for a program of theirs. */
struct personal_token {
	const char *id, *user_id, *name, *token_hash;
	const char *scope; /* read, write, admin */
	int64_t created_at, seen_at, expires_at;
};

struct personal_token_list {
	struct personal_token *items;
	size_t count;
};

enum { PERSONAL_TOKENS_MAX = 20 };

/*
 * `id` and `created_at` are set here. ERR_LIMITED: the user has PERSONAL_TOKENS_MAX;
 * ERR_CONFLICT: there is one with this hash.
 */
enum err personal_token_add(struct store *store, struct arena *arena, struct personal_token *token);
enum err personal_token_list(struct store *store, struct arena *arena, const char *user_id,
                             struct personal_token_list *ret_list);
enum err personal_token_delete(struct store *store, const char *user_id, const char *id);

/* Deletes all of the user's, if any. */
enum err personal_token_delete_all(struct store *store, const char *user_id);

/* OK: the token with this hash has that name, scope and (to half a day) end; else ERR_NOT_FOUND. */
enum err personal_token_same(struct store *store, const struct personal_token *token);

/* The user of a live token and its scope; ERR_NOT_FOUND as of token_family_user. */
enum err personal_token_user(struct store *store, struct arena *arena, const char *token_hash,
                             struct user *ret_user, const char **ret_scope);

#endif
