/*
 * Access tokens of the API: JSON Web Tokens signed with HMAC-SHA256 (HS256), which name a user
 * and a family of refresh tokens (store/token.h). They last a quarter of an hour; the family is
 * looked up at each use, so that a log-out counts at once.
 */
#ifndef VIVA_WEB_ACCESS_TOKEN_H
#define VIVA_WEB_ACCESS_TOKEN_H

#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

enum { ACCESS_TOKEN_S = 15 * 60, ACCESS_TOKEN_MAX = 1024 };

struct access_claims {
	const char *user_id, *family;
	int64_t issued_at, expires_at; /* seconds since 1970 */
};

/* The signed token; `key` must not be empty. ERR_INTERNAL: libjwt could not make it. */
enum err access_token_make(struct arena *arena, const char *key, const struct access_claims *claims,
                           const char **ret_token);

/*
 * The claims of a token that is signed with the key and holds at `now` (seconds since 1970).
 * ERR_LOGIN: it is anything else, such as one of another algorithm or without an end.
 */
enum err access_token_read(struct arena *arena, const char *key, const char *token, int64_t now,
                           struct access_claims *ret_claims);

#endif
