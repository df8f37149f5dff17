#include "web/access_token.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <jwt.h>

#include "base/log.h"

/* A clock that differs a little may have signed it. */
enum { CLOCK_SKEW_S = 5 };

static bool add_claims(jwt_t *jwt, const char *key, const struct access_claims *claims)
{
	return jwt_set_alg(jwt, JWT_ALG_HS256, (const unsigned char *)key, (int)strlen(key)) == 0 &&
	       jwt_add_grant(jwt, "sub", claims->user_id) == 0 &&
	       jwt_add_grant(jwt, "fid", claims->family) == 0 &&
	       jwt_add_grant_int(jwt, "iat", (long)claims->issued_at) == 0 &&
	       jwt_add_grant_int(jwt, "exp", (long)claims->expires_at) == 0;
}

/* Into memory of ours: libjwt's own string would have to be freed. */
static bool write_token(jwt_t *jwt, char *text, size_t size)
{
	FILE *out = fmemopen(text, size, "w");
	bool is_written;

	if (out == NULL)
		return false;
	is_written = jwt_encode_fp(jwt, out) == 0;
	return fclose(out) == 0 && is_written;
}

enum err access_token_make(struct arena *arena, const char *key, const struct access_claims *claims,
                           const char **ret_token)
{
	char *text = arena_alloc(arena, ACCESS_TOKEN_MAX + 1);
	jwt_t *jwt = NULL;
	bool is_made = key[0] != '\0' && jwt_new(&jwt) == 0 && add_claims(jwt, key, claims) &&
	               write_token(jwt, text, ACCESS_TOKEN_MAX);

	jwt_free(jwt);
	if (!is_made) {
		log_error("an access token could not be made");
		return ERR_INTERNAL;
	}
	*ret_token = text;
	return OK;
}

/* Three parts of base64url; what libjwt would read leniently is refused before it sees it. */
static bool is_shaped(const char *token)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	                             "0123456789-_";
	size_t len;

	if (strnlen(token, ACCESS_TOKEN_MAX + 1) > ACCESS_TOKEN_MAX)
		return false;
	for (int part = 0; part < 3; part++) {
		len = strspn(token, digits);
		if (len == 0 || token[len] != (part < 2 ? '.' : '\0'))
			return false;
		token += len + 1;
	}
	return true;
}

static bool has_header(jwt_t *jwt)
{
	const char *type = jwt_get_header(jwt, "typ");

	return jwt_get_alg(jwt) == JWT_ALG_HS256 && type != NULL && strcmp(type, "JWT") == 0;
}

/* A number claim; 0 when it is none. */
static int64_t number(jwt_t *jwt, const char *name)
{
	long value;

	errno = 0;
	value = jwt_get_grant_int(jwt, name);
	return errno == 0 ? value : 0;
}

static bool read_claims(struct arena *arena, jwt_t *jwt, struct access_claims *claims)
{
	const char *user_id = jwt_get_grant(jwt, "sub"), *family = jwt_get_grant(jwt, "fid");

	if (user_id == NULL || family == NULL)
		return false;
	*claims = (struct access_claims){
		.user_id = arena_strdup(arena, user_id),
		.family = arena_strdup(arena, family),
		.issued_at = number(jwt, "iat"),
		.expires_at = number(jwt, "exp"),
	};
	return true;
}

enum err access_token_read(struct arena *arena, const char *key, const char *token, int64_t now,
                           struct access_claims *ret_claims)
{
	struct access_claims claims = { 0 };
	jwt_t *jwt = NULL;
	bool is_valid;

	/* Without a key libjwt would believe a token that nobody signed. */
	if (key[0] == '\0' || !is_shaped(token))
		return ERR_LOGIN;
	if (jwt_decode(&jwt, token, (const unsigned char *)key, (int)strlen(key)) != 0)
		return ERR_LOGIN;
	is_valid = has_header(jwt) && read_claims(arena, jwt, &claims);
	jwt_free(jwt);
	if (!is_valid || claims.expires_at <= now || claims.issued_at <= 0 ||
	    claims.issued_at > now + CLOCK_SKEW_S)
		return ERR_LOGIN;
	*ret_claims = claims;
	return OK;
}
