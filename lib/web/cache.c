#include "web/cache.h"

#include <pthread.h>
#include <stdint.h>
#include <string.h>

struct entry {
	struct arena *arena; /* NULL: the entry is free */
	const char *key, *text;
	size_t len;
	uint64_t used_at; /* tick of the last use */
};

struct cache {
	struct arena *arena;
	pthread_mutex_t lock;
	struct entry *entries;
	size_t max_entries, max_bytes, bytes;
	uint64_t tick;
};

struct cache *cache_create(size_t max_entries, size_t max_bytes)
{
	struct arena *arena = arena_create();
	struct cache *cache = arena_alloc(arena, sizeof(*cache));

	*cache = (struct cache){
		.arena = arena,
		.lock = PTHREAD_MUTEX_INITIALIZER,
		.entries = arena_array(arena, max_entries, sizeof(*cache->entries)),
		.max_entries = max_entries,
		.max_bytes = max_bytes,
	};
	return cache;
}

static void drop(struct cache *cache, struct entry *entry)
{
	cache->bytes -= entry->len;
	arena_destroy(entry->arena);
	*entry = (struct entry){ 0 };
}

void cache_destroy(struct cache *cache)
{
	if (cache == NULL)
		return;
	for (size_t i = 0; i < cache->max_entries; i++)
		arena_destroy(cache->entries[i].arena);
	pthread_mutex_destroy(&cache->lock);
	arena_destroy(cache->arena);
}

static struct entry *find(struct cache *cache, const char *key)
{
	for (size_t i = 0; i < cache->max_entries; i++) {
		struct entry *entry = &cache->entries[i];

		if (entry->arena != NULL && strcmp(entry->key, key) == 0)
			return entry;
	}
	return NULL;
}

char *cache_get(struct cache *cache, struct arena *arena, const char *key)
{
	struct entry *entry;
	char *text = NULL;

	pthread_mutex_lock(&cache->lock);
	entry = find(cache, key);
	if (entry != NULL) {
		entry->used_at = ++cache->tick;
		text = arena_copy(arena, entry->text, entry->len);
	}
	pthread_mutex_unlock(&cache->lock);
	return text;
}

/* A free entry, or the one that was not used for the longest time. */
static struct entry *oldest(struct cache *cache, bool may_be_free)
{
	struct entry *found = NULL;

	for (size_t i = 0; i < cache->max_entries; i++) {
		struct entry *entry = &cache->entries[i];

		if (entry->arena == NULL && !may_be_free)
			continue;
		if (found == NULL || entry->used_at < found->used_at)
			found = entry;
	}
	return found;
}

static void keep(struct cache *cache, const char *key, const char *text, size_t len)
{
	struct entry *entry;

	while (cache->bytes + len > cache->max_bytes)
		drop(cache, oldest(cache, false));
	entry = oldest(cache, true);
	if (entry->arena != NULL)
		drop(cache, entry);
	*entry = (struct entry){
		.arena = arena_create(),
		.len = len,
		.used_at = ++cache->tick,
	};
	entry->key = arena_strdup(entry->arena, key);
	entry->text = arena_copy(entry->arena, text, len);
	cache->bytes += len;
}

void cache_put(struct cache *cache, const char *key, const char *text, size_t len)
{
	if (len > cache->max_bytes / 4 || cache->max_entries == 0)
		return;
	pthread_mutex_lock(&cache->lock);
	if (find(cache, key) == NULL)
		keep(cache, key, text, len);
	pthread_mutex_unlock(&cache->lock);
}
