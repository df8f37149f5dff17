#include "web/password.h"

#include <pthread.h>
#include <semaphore.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

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

/* Checking a right password takes as long as a wrong one: so many times the tries in all. */
enum { ALL_FACTOR = 10 };

/* Each hash takes 64 MiB: at most this many at a time in a process. */
enum { AT_ONCE = 2 };

/* Less than a page, more than a candidate's code. */
enum { NICE = 5 };

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

/* A hash to make, or one to compare with. */
struct hashing {
	const char *password;
	const char *known; /* NULL: make one */
	unsigned char salt[SALT_BYTES];
	char made[ENCODED_MAX];
	int result;
};

/*
 * Hashing takes a processor for long; pages are not to wait for it. The priority of a thread
 * can be given up and not taken back, hence a thread for each.
 */
static void *hash_modestly(void *argument)
{
	struct hashing *hashing = argument;
	const size_t len = strlen(hashing->password);

	setpriority(PRIO_PROCESS, (id_t)gettid(), NICE);
	hashing->result =
	        hashing->known == NULL
	                ? argon2id_hash_encoded(PASSES, (uint32_t)config()->password_memory_kb,
	                                        LANES, hashing->password, len, hashing->salt,
	                                        SALT_BYTES, HASH_BYTES, hashing->made, ENCODED_MAX)
	                : argon2id_verify(hashing->known, hashing->password, len);
	return NULL;
}

static void hash(struct hashing *hashing)
{
	pthread_t thread;

	take_place();
	if (pthread_create(&thread, NULL, hash_modestly, hashing) == 0)
		pthread_join(thread, NULL);
	else
		hashing->result = ARGON2_THREAD_FAIL;
	sem_post(places());
}

enum err password_hash(struct arena *arena, const char *password, const char **ret_hash)
{
	struct hashing hashing = { .password = password };

	randombytes_buf(hashing.salt, sizeof(hashing.salt));
	hash(&hashing);
	if (hashing.result != ARGON2_OK) {
		log_error("argon2: %s", argon2_error_message(hashing.result));
		return ERR_BUSY;
	}
	*ret_hash = arena_strdup(arena, hashing.made);
	return OK;
}

enum err password_verify(const char *known, const char *password)
{
	struct hashing hashing = { .password = password, .known = known };

	hash(&hashing);
	if (hashing.result == ARGON2_VERIFY_MISMATCH)
		return ERR_LOGIN;
	if (hashing.result != ARGON2_OK) {
		log_error("argon2: %s", argon2_error_message(hashing.result));
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

/* What a log-in is counted by: first right ones as well, then what a right password wipes out. */
struct counters {
	struct throttle items[4];
	size_t count;
};

enum { ALL, WIPED_OUT };

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
	const struct throttle all = { arena_printf(arena, "all:%s:%s", name, network),
		                      tries * ALL_FACTOR, pause_ms };

	if (device != NULL)
		return (struct counters){
			.items = { all,
			           { arena_printf(arena, "device:%s", device), tries, pause_ms },
			           { arena_printf(arena, "devices:%s", user->id),
			             config()->account_tries, pause_ms } },
			.count = 3,
		};
	return (struct counters){
		.items = { all,
		           { arena_printf(arena, "account:%s:%s", name, network), tries, pause_ms },
		           { arena_printf(arena, "address:%s", network), config()->address_tries,
		             pause_ms },
		           { arena_printf(arena, "account:%s", name), config()->account_tries,
		             pause_ms } },
		.count = 4,
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
	store_rest(request->store); /* hashing takes long */
	err = password_verify(user.password_hash, password);
	if (err != OK)
		return err;
	if (found != OK || user.is_disabled)
		return ERR_LOGIN;
	throttle_give_back(request->store, counters.items + WIPED_OUT, counters.count - WIPED_OUT);
	throttle_clear(request->store, counters.items[WIPED_OUT].subject);
	*ret_user = user;
	return OK;
}

enum err password_confirm(struct request *request, const char *password, int *ret_wait_min)
{
	const char *id = request->user->id;
	const int64_t pause_ms = (int64_t)config()->login_pause_s * 1000;
	const int tries = config()->login_tries;
	const struct throttle throttles[] = {
		[ALL] = { arena_printf(request->arena, "all:%s", id), tries * ALL_FACTOR,
		          pause_ms },
		[WIPED_OUT] = { arena_printf(request->arena, "confirm:%s", id), tries, pause_ms },
	};
	enum err err = throttle_count(request, throttles, 2, ret_wait_min);

	if (err != OK)
		return err;
	store_rest(request->store);
	err = password_verify(request->user->password_hash, password);
	return err == OK ? throttle_clear(request->store, throttles[WIPED_OUT].subject) : err;
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
