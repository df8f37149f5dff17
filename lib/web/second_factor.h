/*
 * A second factor at log-in: one-time codes of an app (TOTP, RFC 6238: SHA-1, six digits, 30 s)
 * and recovery codes for who has lost it. A code works once.
 */
#ifndef VIVA_WEB_SECOND_FACTOR_H
#define VIVA_WEB_SECOND_FACTOR_H

#include "web/request.h"

/* True if the user's log-in needs a code. */
bool second_factor_is_on(const struct user *user);

/*
 * Checks a code of the app (the step now, one before, one after) or a recovery code, and uses it
 * up. ERR_LOGIN: it is wrong or was used; ERR_LIMITED: too many tries, and the minutes to wait.
 */
enum err second_factor_check(struct request *request, const struct user *user, const char *code,
                             int *ret_wait_min);

#endif
