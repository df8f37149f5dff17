#include "web/background.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"

/* Another process may have queued something: nobody wakes us then. */
enum { POLL_MS = 200, STOP_POLL_MS = 20, STACK_BYTES = 1024 * 1024 };

struct background {
	struct background_work work;
	const char *database;
	pthread_mutex_t mutex;
	pthread_cond_t wake;
	unsigned calls; /* of background_wake, guarded by mutex */
	bool is_ending; /* guarded by mutex */
	atomic_int running;
	pthread_t *threads;
};

static struct timespec after_ms(int ms)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	time.tv_nsec += (long)ms * 1000000L;
	time.tv_sec += time.tv_nsec / 1000000000L;
	time.tv_nsec %= 1000000000L;
	return time;
}

/*
 * Waits for a call that came after `*seen`, or a while if there was nothing to do. False
 * when the thread is to end.
 */
static bool wait_for_work(struct background *background, unsigned *seen, bool was_idle)
{
	const struct timespec until = after_ms(POLL_MS);
	bool goes_on;

	pthread_mutex_lock(&background->mutex);
	while (was_idle && !background->is_ending && background->calls == *seen)
		if (pthread_cond_timedwait(&background->wake, &background->mutex, &until) != 0)
			break;
	*seen = background->calls;
	goes_on = !background->is_ending;
	pthread_mutex_unlock(&background->mutex);
	return goes_on;
}

static void *work(void *argument)
{
	struct background *background = argument;
	const struct background_work *job = &background->work;
	struct arena *arena = arena_create();
	struct store *store = NULL;
	bool worked = false;
	unsigned seen = 0;

	while (wait_for_work(background, &seen, !worked)) {
		worked = false;
		if (store == NULL && store_open(background->database, &store) != OK) {
			store = NULL;
			continue;
		}
		json_bind(arena);
		worked = job->step(store, arena, job->context);
		store_rollback(store);
		arena_reset(arena);
	}
	store_close(store);
	arena_destroy(arena);
	atomic_fetch_sub(&background->running, 1);
	return NULL;
}

struct background *background_start(struct arena *arena, const char *database,
                                    const struct background_work *job)
{
	struct background *background = arena_alloc(arena, sizeof(*background));
	pthread_attr_t attributes;
	pthread_condattr_t clock;

	background->work = *job;
	background->database = database;
	background->threads = arena_array(arena, (size_t)job->threads, sizeof(pthread_t));
	pthread_mutex_init(&background->mutex, NULL);
	pthread_condattr_init(&clock);
	pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
	pthread_cond_init(&background->wake, &clock);
	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, STACK_BYTES);
	for (int i = 0; i < job->threads; i++) {
		atomic_fetch_add(&background->running, 1);
		if (pthread_create(&background->threads[i], &attributes, work, background) != 0) {
			log_error("cannot start %d background threads", job->threads);
			return NULL;
		}
	}
	return background;
}

void background_wake(struct background *background)
{
	pthread_mutex_lock(&background->mutex);
	background->calls++;
	pthread_cond_broadcast(&background->wake);
	pthread_mutex_unlock(&background->mutex);
}

bool background_stop(struct background *background, int wait_ms)
{
	const struct timespec pause = { .tv_nsec = STOP_POLL_MS * 1000000L };
	int64_t deadline = clock_monotonic_us() + (int64_t)wait_ms * 1000;

	pthread_mutex_lock(&background->mutex);
	background->is_ending = true;
	pthread_cond_broadcast(&background->wake);
	pthread_mutex_unlock(&background->mutex);
	while (atomic_load(&background->running) > 0 && clock_monotonic_us() < deadline)
		nanosleep(&pause, NULL);
	if (atomic_load(&background->running) > 0)
		return false;
	for (int i = 0; i < background->work.threads; i++)
		pthread_join(background->threads[i], NULL);
	return true;
}
