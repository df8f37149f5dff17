#include "web/password.h"

#include <pthread.h>
#include <semaphore.h>
#include <string.h>

#include <argon2.h>
#include <sodium.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/log.h"
#include "base/text.h"

/* RFC 9106 section 4, second recommended option. */
enum { PASSES = 3, MEMORY_KIB = 64 * 1024, LANES = 4, SALT_BYTES = 16, HASH_BYTES = 32 };

enum { ENCODED_MAX = 256, HOUR_MS = 60 * 60 * 1000 };

/* Each hash takes 64 MiB: at most this many at a time in a process. */
enum { AT_ONCE = 2 };

static sem_t *places(void)
{
	static sem_t semaphore;
	static bool ready;
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

	pthread_mutex_lock(&lock);
	if (!ready)
		sem_init(&semaphore, 0, AT_ONCE);
	ready = true;
	pthread_mutex_unlock(&lock);
	return &semaphore;
}

static void take_place(void)
{
	while (sem_wait(places()) != 0)
		continue;
}

enum err password_hash(struct arena *arena, const char *password, const char **ret_hash)
{
	char *encoded = arena_alloc(arena, ENCODED_MAX);
	unsigned char salt[SALT_BYTES];
	int result;

	randombytes_buf(salt, sizeof(salt));
	take_place();
	result = argon2id_hash_encoded(PASSES, MEMORY_KIB, LANES, password, strlen(password), salt,
	                               sizeof(salt), HASH_BYTES, encoded, ENCODED_MAX);
	sem_post(places());
	if (result != ARGON2_OK) {
		log_error("argon2: %s", argon2_error_message(result));
		return ERR_BUSY;
	}
	*ret_hash = encoded;
	return OK;
}

enum err password_verify(const char *hash, const char *password)
{
	int result;

	take_place();
	result = argon2id_verify(hash, password, strlen(password));
	sem_post(places());
	if (result == ARGON2_VERIFY_MISMATCH)
		return ERR_LOGIN;
	if (result != ARGON2_OK) {
		log_error("argon2: %s", argon2_error_message(result));
		return ERR_BUSY;
	}
	return OK;
}

/* Verified for unknown names, so that they take as long as known ones. */
static const char decoy_hash[] = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA"
                                 "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/* ERR_LIMITED with the minutes left when the subject has more than `allowed` tries. */
static enum err check_throttle(struct request *request, const char *subject, int allowed,
                               int *ret_wait_min)
{
	int64_t window_end = 0, now = clock_now_ms();
	int failures = 0;
	enum err err = throttle_get(request->store, subject, &failures, &window_end);

	if (err != OK)
		return err;
	if (failures <= allowed || window_end <= now)
		return OK;
	*ret_wait_min = (int)((window_end - now + 59999) / 60000);
	return ERR_LIMITED;
}

/*
 * Counts a try before anything slow happens. Tries that run at the same time each see
 * their own number afterwards, so no more than the limit get through.
 */
static enum err count_try(struct request *request, const char *const subjects[2], int *ret_wait_min)
{
	const int64_t window_ms = (int64_t)config()->login_pause_s * 1000;
	const int tries[2] = { config()->login_tries, config()->address_tries };
	enum err err = OK;

	for (int i = 0; i < 2 && err == OK; i++)
		err = check_throttle(request, subjects[i], tries[i] - 1, ret_wait_min);
	for (int i = 0; i < 2 && err == OK; i++)
		err = throttle_add(request->store, subjects[i], window_ms);
	for (int i = 0; i < 2 && err == OK; i++)
		err = check_throttle(request, subjects[i], tries[i], ret_wait_min);
	return err;
}

enum err password_login(struct request *request, const char *username, const char *password,
                        struct user *ret_user, int *ret_wait_min)
{
	struct arena *arena = request->arena;
	const char *const subjects[2] = {
		arena_printf(arena, "account:%s", text_folded(arena, username)),
		arena_printf(arena, "address:%s", request->address),
	};
	struct user user = { .password_hash = decoy_hash };
	enum err err = count_try(request, subjects, ret_wait_min), found;

	if (err != OK)
		return err;
	found = user_by_name(request->store, arena, username, &user);
	if (found != OK && found != ERR_NOT_FOUND)
		return found;
	err = password_verify(user.password_hash, password);
	if (err != OK)
		return err;
	if (found != OK || user.is_disabled)
		return ERR_LOGIN;
	throttle_clear(request->store, subjects[0]);
	throttle_take_back(request->store, subjects[1]);
	*ret_user = user;
	return OK;
}

enum err password_may_register(struct request *request)
{
	const char *subject = arena_printf(request->arena, "register:%s", request->address);
	int limit = config()->registrations_per_hour, wait_min;
	enum err err = check_throttle(request, subject, limit - 1, &wait_min);

	if (err == OK)
		err = throttle_add(request->store, subject, HOUR_MS);
	/* Looked at again: registrations at the same time do not slip through. */
	return err == OK ? check_throttle(request, subject, limit, &wait_min) : err;
}
