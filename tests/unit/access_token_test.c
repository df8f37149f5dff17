/* Access tokens: only what this installation signed, as it signs, is believed. */
#include "web/access_token.h"

#include <string.h>

#include <jwt.h>

#include "check.h"

static const char KEY[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

enum { NOW = 1800000000 };

static const char *fresh(void)
{
	const struct access_claims claims = { "user", "family", NOW, NOW + ACCESS_TOKEN_S };
	const char *token = "";

	CHECK_INT(access_token_make(arena, KEY, &claims, &token), OK);
	return token;
}

static enum err read_at(const char *token, int64_t now)
{
	struct access_claims claims;

	return access_token_read(arena, KEY, token, now, &claims);
}

/* A token that somebody else makes with libjwt; NULL key: unsigned. */
struct forgery {
	jwt_alg_t algorithm;
	const char *key, *type;
	long issued_at, expires_at; /* 0: left out */
};

static const char *forge(const struct forgery *forgery)
{
	char *text = arena_alloc(arena, ACCESS_TOKEN_MAX);
	const char *key = forgery->key;
	FILE *out = fmemopen(text, ACCESS_TOKEN_MAX, "w");
	jwt_t *jwt;

	jwt_new(&jwt);
	jwt_add_grant(jwt, "sub", "user");
	jwt_add_grant(jwt, "fid", "family");
	if (forgery->issued_at != 0)
		jwt_add_grant_int(jwt, "iat", forgery->issued_at);
	if (forgery->expires_at != 0)
		jwt_add_grant_int(jwt, "exp", forgery->expires_at);
	if (forgery->type != NULL)
		jwt_add_header(jwt, "typ", forgery->type);
	CHECK_INT(jwt_set_alg(jwt, forgery->algorithm, (const unsigned char *)key,
	                      key != NULL ? (int)strlen(key) : 0),
	          0);
	CHECK_INT(jwt_encode_fp(jwt, out), 0);
	fclose(out);
	jwt_free(jwt);
	return text;
}

static void what_was_signed_is_read_again(void)
{
	struct access_claims claims;

	CHECK_INT(access_token_read(arena, KEY, fresh(), NOW, &claims), OK);
	CHECK_STR(claims.user_id, "user");
	CHECK_STR(claims.family, "family");
	CHECK_INT(claims.expires_at, NOW + ACCESS_TOKEN_S);
}

static void it_ends_after_a_quarter_of_an_hour(void)
{
	CHECK_INT(read_at(fresh(), NOW + ACCESS_TOKEN_S - 1), OK);
	CHECK_INT(read_at(fresh(), NOW + ACCESS_TOKEN_S), ERR_LOGIN);
	CHECK_INT(read_at(fresh(), NOW - 3600), ERR_LOGIN);
}

static void a_changed_byte_is_seen(void)
{
	const char *token = fresh();

	for (size_t i = 0; token[i] != '\0'; i++) {
		char *changed = arena_strdup(arena, token);

		changed[i] = changed[i] == 'A' ? 'B' : 'A';
		CHECK_INT(read_at(changed, NOW), ERR_LOGIN);
		changed[i] = '\0';
		CHECK_INT(read_at(changed, NOW), ERR_LOGIN);
	}
	CHECK_INT(read_at(arena_printf(arena, "%sA", token), NOW), ERR_LOGIN);
	CHECK_INT(read_at(arena_printf(arena, "%s=", token), NOW), ERR_LOGIN);
	CHECK_INT(read_at(arena_printf(arena, "%s.x", token), NOW), ERR_LOGIN);
}

static void only_this_algorithm_type_and_key(void)
{
	const struct forgery ours = { JWT_ALG_HS256, KEY, NULL, NOW, NOW + 60 };
	const struct forgery others[] = {
		{ JWT_ALG_NONE, NULL, NULL, NOW, NOW + 60 },
		{ JWT_ALG_HS384, KEY, NULL, NOW, NOW + 60 },
		{ JWT_ALG_HS512, KEY, NULL, NOW, NOW + 60 },
		{ JWT_ALG_HS256, "another key of the same algorithm", NULL, NOW, NOW + 60 },
		{ JWT_ALG_HS256, KEY, NULL, NOW, 0 },
		{ JWT_ALG_HS256, KEY, NULL, 0, NOW + 60 },
		{ JWT_ALG_HS256, KEY, NULL, NOW - 120, NOW - 60 },
		{ JWT_ALG_HS256, KEY, NULL, NOW + 3600, NOW + 7200 },
	};

	CHECK_INT(read_at(forge(&ours), NOW), OK);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		CHECK_INT(read_at(forge(&others[i]), NOW), ERR_LOGIN);
}

static void without_a_key_nothing_is_believed(void)
{
	const struct forgery unsigned_token = { JWT_ALG_NONE, NULL, NULL, NOW, NOW + 60 };
	const struct access_claims claims = { "user", "family", NOW, NOW + 60 };
	struct access_claims read;
	const char *token;

	CHECK_INT(access_token_make(arena, "", &claims, &token), ERR_INTERNAL);
	CHECK_INT(access_token_read(arena, "", forge(&unsigned_token), NOW, &read), ERR_LOGIN);
}

static void what_is_no_token(void)
{
	static const char *const texts[] = { "",       ".",     "..",
		                             "...",    "a.b",   "a.b.c",
		                             "a..c",   "é.b.c", "eyJhbGciOiJIUzI1NiJ9.e30.",
		                             " a.b.c", "a.b.c " };
	char *large = arena_alloc(arena, 100001);

	memset(large, 'a', 100000);
	large[10] = large[20] = '.';
	CHECK_INT(read_at(large, NOW), ERR_LOGIN);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		CHECK_INT(read_at(texts[i], NOW), ERR_LOGIN);
}

int main(void)
{
	RUN(what_was_signed_is_read_again);
	RUN(it_ends_after_a_quarter_of_an_hour);
	RUN(a_changed_byte_is_seen);
	RUN(only_this_algorithm_type_and_key);
	RUN(without_a_key_nothing_is_believed);
	RUN(what_is_no_token);
	return check_done();
}
