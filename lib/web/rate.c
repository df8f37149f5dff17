#include "web/rate.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/lock.h"
#include "base/log.h"

/* 4096 buckets of eight: 768 KiB at most, of a file that is sparse at first. */
enum { BUCKETS = 4096, SLOTS = 8, WINDOW_MS = 60 * 1000, LOCK_WAIT_MS = 2000 };

struct slot {
	uint64_t id; /* 0: free */
	int64_t end; /* of the window, milliseconds since 1970 */
	int64_t count;
};

struct bucket {
	struct slot slots[SLOTS];
};

/* A window that ends too late was made before the clock was set back. */
static bool is_running(const struct slot *slot, int64_t now)
{
	return slot->id != 0 && slot->end > now && slot->end <= now + WINDOW_MS;
}

/* The subject's slot: its own, else one that is over, else the least active one. */
static struct slot *choose(struct bucket *bucket, uint64_t id, int64_t now)
{
	struct slot *chosen = &bucket->slots[0];

	for (int i = 0; i < SLOTS; i++)
		if (is_running(&bucket->slots[i], now) && bucket->slots[i].id == id)
			return &bucket->slots[i];
	for (int i = 0; i < SLOTS; i++) {
		if (!is_running(&bucket->slots[i], now))
			return &bucket->slots[i];
		if (bucket->slots[i].count < chosen->count)
			chosen = &bucket->slots[i];
	}
	return chosen;
}

static void count(struct bucket *bucket, const struct rate_subject *subject, int64_t now,
                  struct rate *rate)
{
	struct slot *slot = choose(bucket, subject->id, now);

	if (slot->id != subject->id || !is_running(slot, now))
		*slot = (struct slot){ .id = subject->id, .end = now + WINDOW_MS };
	if (slot->count <= subject->limit)
		slot->count++;
	*rate = (struct rate){
		.limit = subject->limit,
		.remaining = slot->count < subject->limit ? subject->limit - (int)slot->count : 0,
		.reset_s = (int)((slot->end - now + 999) / 1000),
	};
	if (slot->count > subject->limit)
		rate->remaining = -1;
}

/* A short or damaged file reads as empty slots. */
static bool update(int file, const struct rate_subject *subject, int64_t now, struct rate *rate)
{
	const off_t place = (off_t)(subject->id % BUCKETS * sizeof(struct bucket));
	struct bucket bucket = { 0 };

	if (pread(file, &bucket, sizeof(bucket), place) < 0)
		return false;
	count(&bucket, subject, now, rate);
	return pwrite(file, &bucket, sizeof(bucket), place) == (ssize_t)sizeof(bucket);
}

enum err rate_count(struct arena *arena, const char *path, const struct rate_subject *subject,
                    int64_t now, struct rate *ret_rate)
{
	const char *name = arena_printf(arena, "%d", (int)(subject->id % BUCKETS));
	struct lock *lock = NULL;
	bool is_counted;
	int file;
	enum err err = lock_take(arena, path, name, LOCK_WAIT_MS, &lock);

	if (err != OK)
		return err;
	file = open(path, O_RDWR | O_CLOEXEC);
	is_counted = file >= 0 && update(file, subject, now, ret_rate);
	if (!is_counted)
		log_error("%s: %s", path, strerror(errno));
	if (file >= 0)
		close(file);
	lock_release(lock);
	if (!is_counted)
		return ERR_INTERNAL;
	if (ret_rate->remaining >= 0)
		return OK;
	ret_rate->remaining = 0;
	return ERR_LIMITED;
}
