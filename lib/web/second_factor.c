#include "web/second_factor.h"

#include <pthread.h>
#include <string.h>

#include <liboath/oath.h>
#include <sodium.h>

#include "base/base32.h"
#include "base/clock.h"
#include "base/config.h"
#include "base/log.h"
#include "store/login.h"
#include "web/form.h"
#include "web/one_time.h"
#include "web/throttle.h"
#include "web/token.h"
#include "web/trail.h"

enum { SECRET_BYTES = 20, SECRET_LETTERS = 32, DIGITS = 6, STEP_MS = 30000 };

/* Of who knows the password: few guesses among a million, over a longer time. */
enum { TRIES_FACTOR = 2, PAUSE_FACTOR = 12 };

bool second_factor_is_on(const struct user *user)
{
	return user->totp_secret != NULL;
}

const char *second_factor_secret(struct arena *arena, const char *key, const char *seed)
{
	const char *digits = token_sign(arena, key, arena_printf(arena, "totp secret %s", seed));
	unsigned char secret[SECRET_BYTES];

	sodium_hex2bin(secret, sizeof(secret), digits, sizeof(secret) * 2, NULL, NULL, NULL);
	return base32_encode(arena, secret, sizeof(secret));
}

bool second_factor_is_secret(const char *text)
{
	unsigned char bytes[SECRET_BYTES];
	size_t len;

	return strlen(text) == SECRET_LETTERS && base32_decode(text, bytes, sizeof(bytes), &len);
}

const char *second_factor_uri(struct arena *arena, const char *username, const char *secret)
{
	return arena_printf(arena,
	                    "otpauth://totp/Viva:%s?secret=%s&issuer=Viva&algorithm=SHA1&digits=6"
	                    "&period=30",
	                    form_encode(arena, username), secret);
}

static void ready_oath(void)
{
	if (oath_init() != OATH_OK)
		log_error("oath: the library cannot start");
}

bool second_factor_step(const char *secret, const char *code, int64_t now_ms, int64_t *ret_step)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	const int64_t now = now_ms / STEP_MS;
	unsigned char key[SECRET_BYTES];
	char expected[DIGITS + 1];
	size_t len;

	pthread_once(&once, ready_oath);
	if (!base32_decode(secret, key, sizeof(key), &len))
		return false;
	for (int64_t step = now > 0 ? now - 1 : 0; step <= now + 1; step++) {
		if (oath_hotp_generate((const char *)key, len, (uint64_t)step, DIGITS, false,
		                       OATH_HOTP_DYNAMIC_TRUNCATION, expected) != OATH_OK)
			return false;
		if (!token_equal(expected, code))
			continue;
		*ret_step = step;
		return true;
	}
	return false;
}

/* The digits of a code as apps show it: "123 456". */
static const char *digits_of(struct arena *arena, const char *typed)
{
	struct buf digits;

	buf_init(&digits, arena);
	for (const char *c = typed; *c != '\0'; c++)
		if (strchr(" -", *c) == NULL)
			buf_char(&digits, *c);
	return digits.data;
}

static bool is_of_app(const char *digits)
{
	return strlen(digits) == DIGITS && strspn(digits, "0123456789") == DIGITS;
}

static enum err check_code(struct request *request, const struct user *user, const char *code,
                           int *ret_wait_min)
{
	const char *digits = digits_of(request->arena, code);
	const struct throttle throttle = {
		.subject = arena_printf(request->arena, "factor:%s", user->id),
		.allowed = config()->login_tries * TRIES_FACTOR,
		.window_ms = (int64_t)config()->login_pause_s * 1000 * PAUSE_FACTOR,
	};
	enum err err = throttle_count(request, &throttle, 1, ret_wait_min);
	int64_t step;

	if (err != OK)
		return err;
	if (!second_factor_is_on(user))
		return ERR_LOGIN;
	if (!is_of_app(digits))
		err = recovery_use(request->store, user->id, one_time_hash(request->arena, code));
	else if (second_factor_step(user->totp_secret, digits, clock_now_ms(), &step))
		err = totp_use_step(request->store, user->id, step);
	else
		err = ERR_LOGIN;
	return err == OK ? throttle_clear(request->store, throttle.subject) : err;
}

enum err second_factor_check(struct request *request, const struct user *user, const char *code,
                             int *ret_wait_min)
{
	const enum err err = check_code(request, user, code, ret_wait_min);

	if (err == ERR_LOGIN)
		trail_account(request, user, "factor.fail");
	return err;
}

/* Makes recovery codes and what is stored of them. */
static struct recovery_codes make_codes(struct arena *arena, const char *codes[RECOVERY_CODES])
{
	const char **hashes = arena_array(arena, RECOVERY_CODES, sizeof(*hashes));

	for (size_t i = 0; i < RECOVERY_CODES; i++) {
		codes[i] = one_time_code(arena);
		hashes[i] = one_time_hash(arena, codes[i]);
	}
	return (struct recovery_codes){ .hashes = hashes, .count = RECOVERY_CODES };
}

enum err second_factor_enable(struct request *request, const char *secret, const char *code,
                              const char *ret_codes[RECOVERY_CODES])
{
	struct user user = { .id = request->user->id, .totp_secret = secret };
	const struct recovery_codes codes = make_codes(request->arena, ret_codes);

	if (!second_factor_step(secret, digits_of(request->arena, code), clock_now_ms(),
	                        &user.totp_step))
		return ERR_LOGIN;
	return totp_enable(request->store, &user, &codes);
}

static const char *sign_set(const struct request *request, const char *set)
{
	return token_sign(
	        request->arena, request->csrf_key,
	        arena_printf(request->arena, "recovery codes %s %s", request->user->id, set));
}

enum err second_factor_set(struct request *request, const char **ret_set)
{
	const char *set;
	enum err err = recovery_set(request->store, request->arena, request->user->id, &set);

	if (err == OK)
		*ret_set = sign_set(request, set);
	return err;
}

enum err second_factor_renew(struct request *request, const char *set,
                             const char *ret_codes[RECOVERY_CODES])
{
	struct recovery_codes codes = make_codes(request->arena, ret_codes);
	enum err err = recovery_set(request->store, request->arena, request->user->id,
	                            &codes.replaces);

	if (err == OK && !token_equal(sign_set(request, codes.replaces), set))
		err = ERR_CONFLICT;
	if (err != OK)
		return err;
	return recovery_replace(request->store, request->user->id, &codes);
}
