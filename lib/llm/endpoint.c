#include "llm/endpoint.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/hash.h"
#include "base/shared.h"

/*
 * The file: a head and places for endpoints, each found by the hash of its address. All is
 * zero at first. Times are of the monotonic clock, which all processes share; the file
 * outlives a boot and may hold anything, so that no time is believed beyond its limit.
 */
enum { PLACES = 63, PROBE_MS = 120000, PAUSE_MAX_MS = 600000, ASK_AGAIN_MS = 500 };

static const uint64_t MAGIC = UINT64_C(0x56697661456e6431); /* "VivaEnd1" */

struct place {
	_Atomic uint64_t key;       /* 0: free */
	_Atomic int64_t paused_us;  /* until when */
	_Atomic int64_t open_us;    /* the circuit: when a probe is due; 0: closed */
	_Atomic int64_t probing_us; /* since when a probe is under way; 0: none */
	_Atomic int32_t open_ms;    /* for how long it was opened last */
	_Atomic int32_t failures;   /* in a row */
	unsigned char unused[24];
};

struct map {
	_Atomic uint64_t magic;
	unsigned char unused[56];
	struct place places[PLACES];
};

_Static_assert(sizeof(struct map) == 4096, "the file is one page");

struct endpoint {
	struct arena *arena;
	struct shared *shared;
	struct place *place;
};

static int64_t now_us(void)
{
	return clock_monotonic_us();
}

/* Milliseconds until `at_us`; 0 when it is over, or further away than it could have been set. */
static int64_t left_ms(int64_t at_us, int64_t most_ms)
{
	const int64_t now = now_us();

	return at_us <= now || at_us - now > most_ms * 1000 ? 0 : (at_us - now + 999) / 1000;
}

/* True while the probe that began then may still be under way. */
static bool is_probing(int64_t since_us)
{
	const int64_t now = now_us();

	return since_us > 0 && since_us <= now && now - since_us < PROBE_MS * INT64_C(1000);
}

static uint64_t key_of(struct arena *arena, const char *url)
{
	char *hex = hash_texts(arena, (const char *const[]){ url, NULL });
	uint64_t key;

	hex[16] = '\0';
	key = strtoull(hex, NULL, 16);
	return key != 0 ? key : 1;
}

/* The place of that key, taken now if need be; when none is free, one that others use too. */
static struct place *find_place(struct map *map, uint64_t key)
{
	for (uint64_t i = 0; i < PLACES; i++) {
		struct place *place = &map->places[(key + i) % PLACES];
		uint64_t found = 0;

		if (atomic_compare_exchange_strong(&place->key, &found, key) || found == key)
			return place;
	}
	return &map->places[key % PLACES];
}

struct endpoint *endpoint_open(const char *state_path, const char *url)
{
	const struct shared_file file = { .path = state_path,
		                          .bytes = sizeof(struct map),
		                          .magic = MAGIC };
	struct arena *arena = arena_create();
	struct endpoint *endpoint = arena_alloc(arena, sizeof(*endpoint));

	endpoint->arena = arena;
	endpoint->shared = shared_open(&file);
	if (endpoint->shared == NULL) {
		arena_destroy(arena);
		return NULL;
	}
	endpoint->place = find_place(shared_memory(endpoint->shared), key_of(arena, url));
	return endpoint;
}

void endpoint_close(struct endpoint *endpoint)
{
	if (endpoint == NULL)
		return;
	shared_close(endpoint->shared);
	arena_destroy(endpoint->arena);
}

int64_t endpoint_paused_ms(const struct endpoint *endpoint)
{
	return left_ms(atomic_load(&endpoint->place->paused_us), PAUSE_MAX_MS);
}

/* True when the circuit is closed, or open and a probe may start; `ret_is_due` says which. */
static bool circuit_lets(const struct endpoint *endpoint, bool *ret_is_due, int64_t *ret_wait_ms)
{
	const struct place *place = endpoint->place;
	const int64_t open_us = atomic_load(&place->open_us);
	const int64_t wait_ms = left_ms(open_us, ENDPOINT_OPEN_MAX_MS);

	*ret_is_due = open_us != 0;
	*ret_wait_ms = wait_ms;
	if (open_us == 0)
		return true;
	if (wait_ms > 0)
		return false;
	*ret_wait_ms = ASK_AGAIN_MS;
	return !is_probing(atomic_load(&place->probing_us));
}

bool endpoint_is_ready(const struct endpoint *endpoint, int64_t *ret_wait_ms)
{
	const int64_t paused_ms = endpoint_paused_ms(endpoint);
	bool is_due, lets = circuit_lets(endpoint, &is_due, ret_wait_ms);

	if (paused_ms > 0 && (lets || paused_ms > *ret_wait_ms))
		*ret_wait_ms = paused_ms;
	return lets && paused_ms == 0;
}

bool endpoint_enter(struct endpoint *endpoint, int64_t *ret_wait_ms)
{
	struct place *place = endpoint->place;
	int64_t probing_us = atomic_load(&place->probing_us);
	bool is_due;

	if (!endpoint_is_ready(endpoint, ret_wait_ms))
		return false;
	circuit_lets(endpoint, &is_due, ret_wait_ms);
	if (!is_due)
		return true;
	/* Of those who find it due at once, one becomes the probe. */
	*ret_wait_ms = ASK_AGAIN_MS;
	return !is_probing(probing_us) &&
	       atomic_compare_exchange_strong(&place->probing_us, &probing_us, now_us());
}

void endpoint_worked(struct endpoint *endpoint)
{
	struct place *place = endpoint->place;

	atomic_store(&place->failures, 0);
	atomic_store(&place->open_us, 0);
	atomic_store(&place->open_ms, 0);
	atomic_store(&place->probing_us, 0);
}

/* Opens the circuit, or opens it again for twice as long when its probe failed. */
static void open_circuit(struct place *place, int64_t open_us)
{
	int32_t open_ms = open_us == 0 ? ENDPOINT_OPEN_MS : atomic_load(&place->open_ms);

	if (open_us != 0)
		open_ms = open_ms < ENDPOINT_OPEN_MS           ? ENDPOINT_OPEN_MS
		          : open_ms > ENDPOINT_OPEN_MAX_MS / 2 ? ENDPOINT_OPEN_MAX_MS
		                                               : 2 * open_ms;
	/* Of calls that fail at the same time one does it. */
	if (atomic_compare_exchange_strong(&place->open_us, &open_us,
	                                   now_us() + open_ms * INT64_C(1000))) {
		atomic_store(&place->open_ms, open_ms);
		atomic_store(&place->probing_us, 0);
	}
}

void endpoint_failed(struct endpoint *endpoint, int weight)
{
	struct place *place = endpoint->place;
	const int64_t open_us = atomic_load(&place->open_us);
	int32_t failures = atomic_load(&place->failures);

	if (failures < 0 || failures > ENDPOINT_FAILURES)
		atomic_store(&place->failures, 0);
	failures = atomic_fetch_add(&place->failures, weight) + weight;
	/* Calls that began before it opened say nothing new. */
	if (open_us != 0 && left_ms(open_us, ENDPOINT_OPEN_MAX_MS) > 0)
		return;
	if (open_us != 0 || failures >= ENDPOINT_FAILURES)
		open_circuit(place, open_us);
}

void endpoint_cancelled(struct endpoint *endpoint)
{
	atomic_store(&endpoint->place->probing_us, 0);
}

void endpoint_pause(struct endpoint *endpoint, int64_t ms)
{
	const int64_t until_us = now_us() + (ms < PAUSE_MAX_MS ? ms : (int64_t)PAUSE_MAX_MS) * 1000;
	int64_t paused_us = atomic_load(&endpoint->place->paused_us);

	/* A pause only gets longer, unless what stands there is no time at all. */
	while (paused_us < until_us || left_ms(paused_us, PAUSE_MAX_MS) == 0)
		if (atomic_compare_exchange_weak(&endpoint->place->paused_us, &paused_us, until_us))
			return;
}
