/*
 * A small cache of finished texts, shared by the threads of a process: at most so many
 * entries and bytes; what was not used for the longest time goes first.
 */
#ifndef VIVA_WEB_CACHE_H
#define VIVA_WEB_CACHE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct cache;

/* `max_bytes` counts the texts' bytes only. */
struct cache *cache_create(size_t max_entries, size_t max_bytes);

/* NULL is allowed. No thread may use the cache or a text of it any more. */
void cache_destroy(struct cache *cache);

/* A text that is kept until the arena it was got with is reset. */
struct cache_text {
	const char *text;
	size_t len;
};

/* The text of `key`, not copied; false when it is not there. */
bool cache_get(struct cache *cache, struct arena *arena, const char *key,
               struct cache_text *ret_text);

/*
 * Keeps a copy of `len` bytes under `key` unless it is there already; a text larger than
 * a quarter of `max_bytes` is not kept.
 */
void cache_put(struct cache *cache, const char *key, const char *text, size_t len);

#endif
