#include "web/password.h"

#include <pthread.h>
#include <semaphore.h>
#include <string.h>

#include <argon2.h>
#include <sodium.h>

#include "base/config.h"
#include "base/log.h"
#include "base/text.h"
#include "web/device.h"
#include "web/throttle.h"

/* RFC 9106 section 4, second recommended option. */
enum { PASSES = 3, LANES = 4, SALT_BYTES = 16, HASH_BYTES = 32 };

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
	result = argon2id_hash_encoded(PASSES, (uint32_t)config()->password_memory_kb, LANES,
	                               password, strlen(password), salt, sizeof(salt), HASH_BYTES,
	                               encoded, ENCODED_MAX);
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
static const char *decoy_hash(struct arena *arena)
{
	return arena_printf(arena,
	                    "$argon2id$v=19$m=%d,t=%d,p=%d$c29tZXNhbHRzb21lc2FsdA"
	                    "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
	                    config()->password_memory_kb, PASSES, LANES);
}

/* What a log-in is counted by: first what a right password wipes out. */
struct counters {
	struct throttle items[3];
	size_t count;
};

/*
 * A browser that has logged in before is counted by itself and together with all such browsers
 * of the account. All others are counted by account and address together, by address, and over
 * all addresses of the account, where many strangers at once make each other wait.
 */
static struct counters counters_of(struct request *request, const char *username,
                                   const struct user *user)
{
	struct arena *arena = request->arena;
	const int64_t pause_ms = (int64_t)config()->login_pause_s * 1000;
	const int tries = config()->login_tries;
	const char *device = user->id != NULL ? device_known(request, user) : NULL;
	const char *name = text_folded(arena, username), *network = throttle_network(request);

	if (device != NULL)
		return (struct counters){
			.items = { { arena_printf(arena, "device:%s", device), tries, pause_ms },
			           { arena_printf(arena, "devices:%s", user->id),
			             config()->account_tries, pause_ms } },
			.count = 2,
		};
	return (struct counters){
		.items = { { arena_printf(arena, "account:%s:%s", name, network), tries, pause_ms },
		           { arena_printf(arena, "address:%s", network), config()->address_tries,
		             pause_ms },
		           { arena_printf(arena, "account:%s", name), config()->account_tries,
		             pause_ms } },
		.count = 3,
	};
}

enum err password_login(struct request *request, const char *username, const char *password,
                        struct user *ret_user, int *ret_wait_min)
{
	struct user user = { .password_hash = decoy_hash(request->arena) };
	struct counters counters;
	enum err found = user_by_name(request->store, request->arena, username, &user), err;

	if (found != OK && found != ERR_NOT_FOUND)
		return found;
	counters = counters_of(request, username, &user);
	err = throttle_count(request, counters.items, counters.count, ret_wait_min);
	if (err != OK)
		return err;
	err = password_verify(user.password_hash, password);
	if (err != OK)
		return err;
	if (found != OK || user.is_disabled)
		return ERR_LOGIN;
	throttle_give_back(request->store, counters.items, counters.count);
	throttle_clear(request->store, counters.items[0].subject);
	*ret_user = user;
	return OK;
}

enum err password_confirm(struct request *request, const char *password, int *ret_wait_min)
{
	const struct throttle throttle = {
		.subject = arena_printf(request->arena, "confirm:%s", request->user->id),
		.allowed = config()->login_tries,
		.window_ms = (int64_t)config()->login_pause_s * 1000,
	};
	enum err err = throttle_count(request, &throttle, 1, ret_wait_min);

	if (err == OK)
		err = password_verify(request->user->password_hash, password);
	return err == OK ? throttle_clear(request->store, throttle.subject) : err;
}

static struct throttle registrations(struct request *request)
{
	return (struct throttle){
		.subject = arena_printf(request->arena, "register:%s", throttle_network(request)),
		.allowed = config()->registrations_per_hour,
		.window_ms = HOUR_MS,
	};
}

enum err password_may_register(struct request *request, int *ret_wait_min)
{
	const struct throttle throttle = registrations(request);

	return throttle_count(request, &throttle, 1, ret_wait_min);
}

void password_did_not_register(struct request *request)
{
	const struct throttle registration = registrations(request);
	const struct throttle refused = {
		.subject = arena_printf(request->arena, "refused:%s", throttle_network(request)),
		.allowed = config()->address_tries,
		.window_ms = HOUR_MS,
	};
	int wait_min;

	if (throttle_count(request, &refused, 1, &wait_min) == OK)
		throttle_give_back(request->store, &registration, 1);
}
