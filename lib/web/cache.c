#include "web/cache.h"

#include <assert.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>

/* A text lives until it has left the cache and its last reader has gone. */
struct item {
	struct cache *cache;
	struct arena *arena; /* holds the item itself too */
	const char *key, *text;
	size_t len;
	int holders;      /* readers, and the cache while it keeps the item */
	uint64_t used_at; /* tick of the last use */
};

struct cache {
	struct arena *arena;
	pthread_mutex_t lock;
	struct item **items; /* the first `count` are set */
	size_t count, max_entries, bytes, max_bytes;
	uint64_t tick;
};

struct cache *cache_create(size_t max_entries, size_t max_bytes)
{
	struct arena *arena = arena_create();
	struct cache *cache = arena_alloc(arena, sizeof(*cache));

	*cache = (struct cache){
		.arena = arena,
		.lock = PTHREAD_MUTEX_INITIALIZER,
		.items = arena_array(arena, max_entries, sizeof(struct item *)),
		.max_entries = max_entries,
		.max_bytes = max_bytes,
	};
	return cache;
}

static void let_go(struct item *item)
{
	assert(item->holders > 0);
	if (--item->holders == 0)
		arena_destroy(item->arena);
}

static void drop(struct cache *cache, size_t index)
{
	struct item *item = cache->items[index];

	cache->bytes -= item->len;
	cache->items[index] = cache->items[--cache->count];
	let_go(item);
}

void cache_destroy(struct cache *cache)
{
	if (cache == NULL)
		return;
	while (cache->count > 0)
		drop(cache, cache->count - 1);
	pthread_mutex_destroy(&cache->lock);
	arena_destroy(cache->arena);
}

static struct item *find(struct cache *cache, const char *key)
{
	for (size_t i = 0; i < cache->count; i++)
		if (strcmp(cache->items[i]->key, key) == 0)
			return cache->items[i];
	return NULL;
}

static void reader_left(void *held)
{
	struct item *item = held;
	struct cache *cache = item->cache;

	pthread_mutex_lock(&cache->lock);
	let_go(item);
	pthread_mutex_unlock(&cache->lock);
}

bool cache_get(struct cache *cache, struct arena *arena, const char *key,
               struct cache_text *ret_text)
{
	struct item *item;

	pthread_mutex_lock(&cache->lock);
	item = find(cache, key);
	if (item != NULL) {
		item->used_at = ++cache->tick;
		item->holders++;
	}
	pthread_mutex_unlock(&cache->lock);
	if (item == NULL)
		return false;
	arena_defer(arena, reader_left, item);
	*ret_text = (struct cache_text){ .text = item->text, .len = item->len };
	return true;
}

static void drop_oldest(struct cache *cache)
{
	size_t oldest = 0;

	for (size_t i = 1; i < cache->count; i++)
		if (cache->items[i]->used_at < cache->items[oldest]->used_at)
			oldest = i;
	drop(cache, oldest);
}

static struct item *item_create(struct cache *cache, const char *key, const char *text, size_t len)
{
	struct arena *arena = arena_create();
	struct item *item = arena_alloc(arena, sizeof(*item));

	*item = (struct item){
		.cache = cache,
		.arena = arena,
		.key = arena_strdup(arena, key),
		.text = arena_copy(arena, text, len),
		.len = len,
		.holders = 1,
	};
	return item;
}

void cache_put(struct cache *cache, const char *key, const char *text, size_t len)
{
	if (len > cache->max_bytes / 4 || cache->max_entries == 0)
		return;
	pthread_mutex_lock(&cache->lock);
	if (find(cache, key) == NULL) {
		while (cache->count == cache->max_entries || cache->bytes + len > cache->max_bytes)
			drop_oldest(cache);
		cache->items[cache->count] = item_create(cache, key, text, len);
		cache->items[cache->count++]->used_at = ++cache->tick;
		cache->bytes += len;
	}
	pthread_mutex_unlock(&cache->lock);
}
