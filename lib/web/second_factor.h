/*
 * A second factor at log-in: one-time codes of an app (TOTP, RFC 6238: SHA-1, six digits, 30 s)
 * and recovery codes for who has lost it. A code works once.
 */
#ifndef VIVA_WEB_SECOND_FACTOR_H
#define VIVA_WEB_SECOND_FACTOR_H

#include "web/request.h"

enum { RECOVERY_CODES = 10 };

/* True if the user's log-in needs a code. */
bool second_factor_is_on(const struct user *user);

/*
 * Checks a code of the app (the step now, one before, one after) or a recovery code, and uses it
 * up. ERR_LOGIN: it is wrong or was used; ERR_LIMITED: too many tries, and the minutes to wait.
 */
enum err second_factor_check(struct request *request, const struct user *user, const char *code,
                             int *ret_wait_min);

/* The secret for an app (base32) that belongs to a seed; nobody finds it without the key. */
const char *second_factor_secret(struct arena *arena, const char *key, const char *seed);

/* True if the text is a secret as second_factor_secret makes them. */
bool second_factor_is_secret(const char *text);

/* What an app reads from the picture: otpauth://totp/... */
const char *second_factor_uri(struct arena *arena, const char *username, const char *secret);

/* The step (30 s since 1970) near `now_ms` whose code it is; false: of none. */
bool second_factor_step(const char *secret, const char *code, int64_t now_ms, int64_t *ret_step);

/*
 * Switches it on for request->user when the code proves the secret, and gives the recovery
 * codes. ERR_LOGIN: the code is wrong; ERR_CONFLICT: it is on already.
 */
enum err second_factor_enable(struct request *request, const char *secret, const char *code,
                              const char *ret_codes[RECOVERY_CODES]);

/* What a form carries to replace the recovery codes of now and none that came after them. */
enum err second_factor_set(struct request *request, const char **ret_set);

/*
 * Fresh recovery codes in place of those that second_factor_set told of. ERR_CONFLICT: it is
 * off, or others took their place.
 */
enum err second_factor_renew(struct request *request, const char *set,
                             const char *ret_codes[RECOVERY_CODES]);

#endif
