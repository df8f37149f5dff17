/* Threads of a program that work off a queue beside its requests. */
#ifndef VIVA_WEB_BACKGROUND_H
#define VIVA_WEB_BACKGROUND_H

#include <stdbool.h>

#include "base/arena.h"
#include "store/store.h"

struct background_work {
	int threads;

	/*
	 * One piece of work with a store and an arena of the thread's own; the arena is reset
	 * and an open transaction rolled back afterwards. False: there was nothing to do.
	 */
	bool (*step)(struct store *store, struct arena *arena, void *context);
	void *context;
};

struct background;

/*
 * Starts the threads with that database; they look for work whenever they are woken and a few times
 * a second. NULL when not all could be started; those that were end with the process.
 */
struct background *background_start(struct arena *arena, const char *database,
                                    const struct background_work *work);

/* There may be something to do. */
void background_wake(struct background *background);

/* Lets every thread end after its piece of work; false if that takes longer than `wait_ms`. */
bool background_stop(struct background *background, int wait_ms);

#endif
