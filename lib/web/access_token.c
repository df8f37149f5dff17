#include "web/access_token.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include <jwt.h>

#include "base/late.h"
#include "base/log.h"

/* A clock that differs a little may have signed it. */
enum { CLOCK_SKEW_S = 5 };

/* --- libjwt, which only programs of the API need --------------------------------- */

#define JWT_FUNCTIONS(X) \
	X(add_grant)     \
	X(add_grant_int) \
	X(decode)        \
	X(encode_fp)     \
	X(free)          \
	X(get_alg)       \
	X(get_grant)     \
	X(get_grant_int) \
	X(get_header)    \
	X(new)           \
	X(set_alg)

static struct {
	bool is_there;
#define JWT_MEMBER(name) __typeof__(&jwt_##name) name;
	JWT_FUNCTIONS(JWT_MEMBER)
#undef JWT_MEMBER
} library;

static void load(void)
{
#define JWT_FUNCTION(name) { "jwt_" #name, &library.name },
	static const struct late_function functions[] = { JWT_FUNCTIONS(JWT_FUNCTION) };
#undef JWT_FUNCTION

	library.is_there = late_load("libjwt.so.0", functions,
	                             sizeof(functions) / sizeof(*functions));
}

static bool has_library(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, load);
	return library.is_there;
}

/* --- tokens ----------------------------------------------------------------------- */

static bool add_claims(jwt_t *jwt, const char *key, const struct access_claims *claims)
{
	return library.set_alg(jwt, JWT_ALG_HS256, (const unsigned char *)key, (int)strlen(key)) ==
	               0 &&
	       library.add_grant(jwt, "sub", claims->user_id) == 0 &&
	       library.add_grant(jwt, "fid", claims->family) == 0 &&
	       library.add_grant_int(jwt, "iat", (long)claims->issued_at) == 0 &&
	       library.add_grant_int(jwt, "exp", (long)claims->expires_at) == 0;
}

/* Into memory of ours: libjwt's own string would have to be freed. */
static bool write_token(jwt_t *jwt, char *text, size_t size)
{
	FILE *out = fmemopen(text, size, "w");
	bool is_written;

	if (out == NULL)
		return false;
	is_written = library.encode_fp(jwt, out) == 0;
	return fclose(out) == 0 && is_written;
}

enum err access_token_make(struct arena *arena, const char *key, const struct access_claims *claims,
                           const char **ret_token)
{
	char *text = arena_alloc(arena, ACCESS_TOKEN_MAX + 1);
	jwt_t *jwt = NULL;
	bool is_made = key[0] != '\0' && has_library() && library.new(&jwt) == 0 &&
	               add_claims(jwt, key, claims) && write_token(jwt, text, ACCESS_TOKEN_MAX);

	if (jwt != NULL)
		library.free(jwt);
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
	const char *type = library.get_header(jwt, "typ");

	return library.get_alg(jwt) == JWT_ALG_HS256 && type != NULL && strcmp(type, "JWT") == 0;
}

/* A number claim; 0 when it is none. */
static int64_t number(jwt_t *jwt, const char *name)
{
	long value;

	errno = 0;
	value = library.get_grant_int(jwt, name);
	return errno == 0 ? value : 0;
}

static bool read_claims(struct arena *arena, jwt_t *jwt, struct access_claims *claims)
{
	const char *user_id = library.get_grant(jwt, "sub"),
	           *family = library.get_grant(jwt, "fid");

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
	if (key[0] == '\0' || !is_shaped(token) || !has_library())
		return ERR_LOGIN;
	if (library.decode(&jwt, token, (const unsigned char *)key, (int)strlen(key)) != 0)
		return ERR_LOGIN;
	is_valid = has_header(jwt) && read_claims(arena, jwt, &claims);
	library.free(jwt);
	if (!is_valid || claims.expires_at <= now || claims.issued_at <= 0 ||
	    claims.issued_at > now + CLOCK_SKEW_S)
		return ERR_LOGIN;
	*ret_claims = claims;
	return OK;
}
