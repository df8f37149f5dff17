/* What a log-in needs beside a password: second factors, recovery codes, reset codes. */
#ifndef VIVA_STORE_LOGIN_H
#define VIVA_STORE_LOGIN_H

#include <stdbool.h>

#include "store/store.h"
#include "store/user.h"

/* Hashes of recovery codes that are given out together. */
struct recovery_codes {
	const char *const *hashes;
	size_t count;
	const char *replaces; /* recovery_set of those whose place they take; NULL: whichever */
};

/*
 * Switches the second factor on: the secret (base32), the step whose code proved it, and fresh
 * recovery codes. ERR_CONFLICT: it is on already.
 */
enum err totp_enable(struct store *store, const struct user *user,
                     const struct recovery_codes *codes);

/* Switches it off; its recovery codes go. */
enum err totp_disable(struct store *store, const char *user_id);

/* Uses up the step and all before it; ERR_LOGIN: one as late was used. */
enum err totp_use_step(struct store *store, const char *user_id, int64_t step);

/*
 * Puts fresh codes in the place of all others. ERR_CONFLICT: the second factor is off, or they
 * replace others than those that are there.
 */
enum err recovery_replace(struct store *store, const char *user_id,
                          const struct recovery_codes *codes);

/* Uses up a code; ERR_LOGIN: it is unknown or was used. */
enum err recovery_use(struct store *store, const char *user_id, const char *code_hash);

/* What tells the user's codes, used or not, from those before and after them; "" for none. */
enum err recovery_set(struct store *store, struct arena *arena, const char *user_id,
                      const char **ret_set);

/* Codes that are not used yet. */
enum err recovery_left(struct store *store, const char *user_id, int *ret_left);

/* A log-in whose password was right; those that ran out are removed. */
enum err challenge_add(struct store *store, const char *token_hash, const char *user_id,
                       int64_t expires_at);

/*
 * The user of a live challenge; ERR_NOT_FOUND: it is unknown, has run out or used up its
 * tries, or the user is disabled.
 */
enum err challenge_user(struct store *store, struct arena *arena, const char *token_hash,
                        struct user *ret_user);

/* Counts a try before the code is looked at; ERR_NOT_FOUND as of challenge_user. */
enum err challenge_try(struct store *store, const char *token_hash);
enum err challenge_delete(struct store *store, const char *token_hash);

enum { CHALLENGE_TRIES = 5 };

/* A code that an admin or the operator gives to who has lost the password. */
struct password_reset {
	const char *code_hash, *user_id;
	const char *issued_by; /* an admin; NULL: the operator */
	int64_t expires_at;
	bool drops_factor; /* using it switches the second factor off as well */
};

/* Issues it; it takes the place of the user's earlier ones. */
enum err reset_issue(struct store *store, const struct password_reset *reset);

/* The user of a live code; ERR_NOT_FOUND: it is unknown, used or too old, or the user disabled. */
enum err reset_user(struct store *store, struct arena *arena, const char *code_hash,
                    struct user *ret_user);

/*
 * Uses the code up: the new password, the end of all log-ins of browsers and programs, of
 * personal tokens and, if the code says so, of the second factor. ERR_NOT_FOUND as of reset_user.
 */
enum err reset_use(struct store *store, struct arena *arena, const char *code_hash,
                   const char *password_hash);

#endif
