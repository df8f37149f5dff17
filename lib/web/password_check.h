/*
 * What may be a password: 8 to 256 characters that do not stand in cracklib's dictionary, do not
 * hold the user name, repeat themselves or follow the keys.
 */
#ifndef VIVA_WEB_PASSWORD_CHECK_H
#define VIVA_WEB_PASSWORD_CHECK_H

#include "web/request.h"

enum { PASSWORD_MIN = 8, PASSWORD_MAX = 256 };

/* Why it may not be the password of that user, in the request's language; NULL: it may. */
const char *password_fault(const struct request *request, const char *password,
                           const char *username);

/*
 * The same in English, as a message to be translated. Without the dictionary, which the log
 * names once, the other rules hold.
 */
const char *password_check(struct arena *arena, const char *password, const char *username);

#endif
