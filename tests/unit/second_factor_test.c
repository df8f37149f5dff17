#include "store_fixture.h"

#include <pthread.h>
#include <string.h>

#include "base/base32.h"
#include "store/login.h"
#include "view/qr.h"
#include "web/one_time.h"
#include "web/second_factor.h"
#include "web/token.h"

/* "12345678901234567890", the key of RFC 6238's table for SHA-1. */
static const char key[] = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

static void base32_is_that_of_rfc_4648(void)
{
	static const char *const rows[][2] = {
		{ "", "" },
		{ "f", "MY" },
		{ "fo", "MZXQ" },
		{ "foo", "MZXW6" },
		{ "foob", "MZXW6YQ" },
		{ "fooba", "MZXW6YTB" },
		{ "foobar", "MZXW6YTBOI" },
	};
	unsigned char bytes[6];
	size_t len;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *text = rows[i][0];

		CHECK_STR(base32_encode(arena, (const unsigned char *)text, strlen(text)),
		          rows[i][1]);
		CHECK(base32_decode(rows[i][1], bytes, sizeof(bytes), &len));
		CHECK(len == strlen(text) && memcmp(bytes, text, len) == 0);
	}
	CHECK(base32_decode("mzxw6", bytes, sizeof(bytes), &len) && len == 3);
	CHECK(!base32_decode("MZX16", bytes, sizeof(bytes), &len));
	CHECK(!base32_decode("MZXW6YTBOJXW6", bytes, sizeof(bytes), &len));
}

/* The table of RFC 6238, appendix B; six digits are the end of its eight. */
static void codes_are_those_of_rfc_6238(void)
{
	static const struct {
		int64_t second;
		const char *code;
	} rows[] = {
		{ 59, "287082" },         { 1111111109, "081804" }, { 1111111111, "050471" },
		{ 1234567890, "005924" }, { 2000000000, "279037" }, { 20000000000, "353130" },
	};
	int64_t step = -1;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		CHECK(second_factor_step(key, rows[i].code, rows[i].second * 1000, &step));
		CHECK_INT(step, rows[i].second / 30);
	}
}

static void a_clock_may_be_wrong_by_one_step(void)
{
	const int64_t made = INT64_C(1234567890) * 1000, step_ms = 30000;
	int64_t step = -1;

	for (int off = -3; off <= 3; off++) {
		const bool is_near = off >= -1 && off <= 1;

		CHECK(second_factor_step(key, "005924", made + off * step_ms, &step) == is_near);
		CHECK(!is_near || step == made / step_ms);
	}
	CHECK(!second_factor_step(key, "005925", made, &step));
	CHECK(!second_factor_step(key, "", made, &step));
	CHECK(!second_factor_step(key, "0059240", made, &step));
	CHECK(!second_factor_step("no secret", "005924", made, &step));
}

static void secrets_follow_from_their_seed_and_stand_in_the_address(void)
{
	const char *secret = second_factor_secret(arena, "key", "ann one");

	CHECK(second_factor_is_secret(secret));
	CHECK_STR(second_factor_secret(arena, "key", "ann one"), secret);
	CHECK(strcmp(secret, second_factor_secret(arena, "key", "ann two")) != 0);
	CHECK(strcmp(secret, second_factor_secret(arena, "other", "ann one")) != 0);
	CHECK(!second_factor_is_secret("GEZDGNBV") && !second_factor_is_secret(""));
	CHECK_STR(second_factor_uri(arena, "пётр", key),
	          "otpauth://totp/Viva:%D0%BF%D1%91%D1%82%D1%80?secret="
	          "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Viva&algorithm=SHA1&digits=6&period=30");
}

static void the_picture_has_the_margin_that_readers_need(void)
{
	const char *svg = qr_svg(arena, second_factor_uri(arena, "ann", key), "Key of \"ann\"");

	CHECK(strstr(svg, "aria-label=\"Key of &quot;ann&quot;\"") != NULL);
	CHECK(strstr(svg, "fill=\"#fff\"") != NULL);
	/* A colour of its own: the page's may be white on black. */
	CHECK(strstr(svg, "<path fill=\"#000\"") != NULL);
	/* The corner mark begins behind four white modules: seven dark ones in a row. */
	CHECK(strstr(svg, "d=\"M4 4h7v1h-7z") != NULL);
	CHECK(strstr(svg, "style") == NULL);
	CHECK(qr_svg(arena, arena_printf(arena, "%03000d", 1), "") == NULL);
}

static void a_one_time_code_counts_however_it_is_typed(void)
{
	const char *code = one_time_code(arena);

	CHECK_INT((long long)strlen(code), 19);
	CHECK(strcmp(code, one_time_code(arena)) != 0);
	CHECK_STR(one_time_hash(arena, " k4qd7txa m2pw-zb3e"),
	          one_time_hash(arena, "K4QD-7TXA-M2PW-ZB3E"));
	CHECK(strcmp(one_time_hash(arena, "K4QD"), one_time_hash(arena, "K4QE")) != 0);
}

/* --- in the database ---------------------------------------------------------------- */

static const char *const hashes[] = { "one", "two" };

static struct user add_user(struct store *store)
{
	const struct recovery_codes codes = { hashes, 2, NULL };
	struct user user = fixture_user(store, "ann", "");

	user.totp_secret = key;
	user.totp_step = 100;
	CHECK_INT(totp_enable(store, &user, &codes), OK);
	CHECK_INT(totp_enable(store, &user, &codes), ERR_CONFLICT);
	return user;
}

static void no_step_counts_twice_and_none_before_it(void)
{
	struct store *store = fixture_store();
	const struct user user = add_user(store);

	CHECK_INT(totp_use_step(store, user.id, 100), ERR_LOGIN);
	CHECK_INT(totp_use_step(store, user.id, 101), OK);
	CHECK_INT(totp_use_step(store, user.id, 101), ERR_LOGIN);
	CHECK_INT(totp_use_step(store, user.id, 99), ERR_LOGIN);
	CHECK_INT(totp_disable(store, user.id), OK);
	CHECK_INT(totp_use_step(store, user.id, 102), ERR_LOGIN);
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM recovery_codes"), "0");
	fixture_remove();
}

static void recovery_codes_are_replaced_together(void)
{
	static const char *const fresh[] = { "three" };
	const struct recovery_codes codes = { fresh, 1, NULL };
	struct store *store = fixture_store();
	const struct user user = add_user(store);
	int left = -1;

	CHECK_INT(recovery_use(store, user.id, "one"), OK);
	CHECK_INT(recovery_use(store, user.id, "one"), ERR_LOGIN);
	CHECK_INT(recovery_left(store, user.id, &left), OK);
	CHECK_INT(left, 1);
	CHECK_INT(recovery_replace(store, user.id, &codes), OK);
	CHECK_INT(recovery_use(store, user.id, "two"), ERR_LOGIN);
	CHECK_INT(recovery_use(store, user.id, "three"), OK);
	CHECK_INT(totp_disable(store, user.id), OK);
	CHECK_INT(recovery_replace(store, user.id, &codes), ERR_CONFLICT);
	fixture_remove();
}

static const char *user_id;

static void *use_at_once(void *unused)
{
	struct store *store = NULL;
	enum err err = store_open(database, &store);

	if (err == OK)
		err = recovery_use(store, user_id, "one");
	store_close(store);
	return unused == NULL ? (void *)(intptr_t)err : NULL;
}

static void of_a_hundred_at_once_one_gets_in(void)
{
	enum { THREADS = 100 };
	struct store *store = fixture_store();
	pthread_t threads[THREADS];
	int entered = 0, refused = 0;
	void *err;

	user_id = add_user(store).id;
	for (int i = 0; i < THREADS; i++)
		CHECK_INT(pthread_create(&threads[i], NULL, use_at_once, NULL), 0);
	for (int i = 0; i < THREADS; i++) {
		CHECK_INT(pthread_join(threads[i], &err), 0);
		entered += (intptr_t)err == OK;
		refused += (intptr_t)err == ERR_LOGIN;
	}
	CHECK_INT(entered, 1);
	CHECK_INT(refused, THREADS - 1);
	fixture_remove();
}

static void a_challenge_has_five_tries(void)
{
	struct store *store = fixture_store();
	const struct user user = add_user(store);
	const int64_t later = clock_now_ms() + 60000;
	struct user found;

	CHECK_INT(challenge_add(store, "old", user.id, 1), OK);
	CHECK_INT(challenge_user(store, arena, "old", &found), ERR_NOT_FOUND);
	CHECK_INT(challenge_try(store, "old"), ERR_NOT_FOUND);
	CHECK_INT(challenge_add(store, "new", user.id, later), OK);
	CHECK_STR(fixture_ask(database, "SELECT group_concat(token_hash) FROM login_challenges"),
	          "new");
	for (int i = 0; i < CHALLENGE_TRIES; i++) {
		CHECK_INT(challenge_user(store, arena, "new", &found), OK);
		CHECK_STR(found.id, user.id);
		CHECK_INT(challenge_try(store, "new"), OK);
	}
	CHECK_INT(challenge_user(store, arena, "new", &found), ERR_NOT_FOUND);
	CHECK_INT(challenge_try(store, "new"), ERR_NOT_FOUND);
	CHECK_INT(challenge_add(store, "next", user.id, later), OK);
	CHECK_INT(user_set_disabled(store, user.id, true), OK);
	CHECK_INT(user_set_disabled(store, user.id, false), OK);
	CHECK_INT(challenge_user(store, arena, "next", &found), ERR_NOT_FOUND);
	fixture_remove();
}

int main(void)
{
	CHECK(token_init());
	RUN(base32_is_that_of_rfc_4648);
	RUN(codes_are_those_of_rfc_6238);
	RUN(a_clock_may_be_wrong_by_one_step);
	RUN(secrets_follow_from_their_seed_and_stand_in_the_address);
	RUN(the_picture_has_the_margin_that_readers_need);
	RUN(a_one_time_code_counts_however_it_is_typed);
	RUN(no_step_counts_twice_and_none_before_it);
	RUN(recovery_codes_are_replaced_together);
	RUN(of_a_hundred_at_once_one_gets_in);
	RUN(a_challenge_has_five_tries);
	return check_done();
}
