#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 4 * 1024, KEPT_BYTES = 256 * 1024, ALIGNMENT = 16 };

struct block {
	struct block *next;
	size_t size, used;
	_Alignas(ALIGNMENT) char bytes[];
};

struct deferred {
	struct deferred *next;
	void (*close)(void *);
	void *object;
};

struct arena {
	struct block *blocks; /* newest, and mostly largest, first */
	struct deferred *deferred;
	size_t used, kept;
};

static void *must_malloc(size_t size)
{
	void *memory = malloc(size);

	if (memory == NULL) {
		fputs("viva: out of memory\n", stderr);
		abort();
	}
	return memory;
}

static struct block *block_create(size_t size, struct block *next)
{
	struct block *block = must_malloc(sizeof(*block) + size);

	block->next = next;
	block->size = size;
	block->used = 0;
	return block;
}

struct arena *arena_create(void)
{
	struct arena *arena = must_malloc(sizeof(*arena));

	*arena = (struct arena){ .blocks = block_create(FIRST_BLOCK, NULL), .kept = KEPT_BYTES };
	return arena;
}

/* Frees all blocks but the newest that is not too large to keep; the first one never is. */
static struct block *keep_one(struct block *block, size_t kept)
{
	struct block *older;

	while (block->next != NULL && block->size > kept) {
		older = block->next;
		free(block);
		block = older;
	}
	while (block->next != NULL) {
		older = block->next;
		block->next = older->next;
		free(older);
	}
	return block;
}

void arena_reset(struct arena *arena)
{
	while (arena->deferred != NULL) {
		struct deferred *deferred = arena->deferred;

		arena->deferred = deferred->next;
		deferred->close(deferred->object);
	}
	arena->blocks = keep_one(arena->blocks, arena->kept);
	arena->blocks->used = 0;
	arena->used = 0;
}

void arena_set_kept(struct arena *arena, size_t bytes)
{
	arena->kept = bytes;
}

void arena_destroy(struct arena *arena)
{
	if (arena == NULL)
		return;
	arena_reset(arena);
	free(arena->blocks);
	free(arena);
}

static size_t round_up(size_t size)
{
	return (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

static void *take(struct arena *arena, size_t size)
{
	size_t rounded = round_up(size);
	struct block *block = arena->blocks;

	if (size > SIZE_MAX / 4) {
		fputs("viva: allocation too large\n", stderr);
		abort();
	}
	if (block->size - block->used < rounded) {
		size_t wanted = block->size * 2;

		block = block_create(wanted > rounded ? wanted : rounded, block);
		arena->blocks = block;
	}
	block->used += rounded;
	arena->used += rounded;
	return block->bytes + block->used - rounded;
}

void *arena_raw(struct arena *arena, size_t size)
{
	return take(arena, size);
}

void *arena_alloc(struct arena *arena, size_t size)
{
	void *memory = take(arena, size);

	return memset(memory, 0, size);
}

bool arena_extend(struct arena *arena, void *memory, size_t old_size, size_t new_size)
{
	struct block *block = arena->blocks;
	size_t old = round_up(old_size), wanted = round_up(new_size);

	if (old > block->used || block->bytes + block->used - old != (char *)memory ||
	    new_size > SIZE_MAX / 4 || block->size - (block->used - old) < wanted)
		return false;
	block->used += wanted - old;
	arena->used += wanted - old;
	return true;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / 8 / size) {
		fputs("viva: allocation too large\n", stderr);
		abort();
	}
	return arena_alloc(arena, count * size);
}

char *arena_copy(struct arena *arena, const void *bytes, size_t len)
{
	char *copy = take(arena, len + 1);

	if (len > 0)
		memcpy(copy, bytes, len);
	copy[len] = '\0';
	return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
	return text == NULL ? NULL : arena_copy(arena, text, strlen(text));
}

char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
	va_list again;
	char *text;
	int len;

	va_copy(again, args);
	len = vsnprintf(NULL, 0, format, args);
	text = take(arena, (size_t)(len < 0 ? 0 : len) + 1);
	vsnprintf(text, (size_t)(len < 0 ? 0 : len) + 1, format, again);
	va_end(again);
	return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = arena_vprintf(arena, format, args);
	va_end(args);
	return text;
}

void arena_defer(struct arena *arena, void (*close)(void *), void *object)
{
	struct deferred *deferred = arena_alloc(arena, sizeof(*deferred));

	*deferred = (struct deferred){ arena->deferred, close, object };
	arena->deferred = deferred;
}

size_t arena_used(const struct arena *arena)
{
	return arena->used;
}
