/*
 * Memory with one owner: what a function allocates for a request lives in the
 * arena it was given and goes when that arena is reset.
 */
#ifndef VIVA_BASE_ARENA_H
#define VIVA_BASE_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct arena;

/* A new, empty arena. Never NULL: out of memory ends the process. */
struct arena *arena_create(void);

/* Resets the arena and frees it; NULL is allowed. */
void arena_destroy(struct arena *arena);

/*
 * Runs the deferred closers, last first, and takes back all memory. A block of up to
 * 256 KiB (arena_set_kept) is kept, so that the next request of the same size allocates nothing.
 */
void arena_reset(struct arena *arena);

/* The largest block that a reset keeps: little where many threads have an arena each. */
void arena_set_kept(struct arena *arena, size_t bytes);

/* `size` zeroed bytes aligned for any type; never NULL. */
void *arena_alloc(struct arena *arena, size_t size);

/* The same without zeroing, for what is overwritten at once. */
void *arena_raw(struct arena *arena, size_t size);

/*
 * Makes the newest allocation, `old_size` bytes at `memory`, `new_size` bytes long in
 * place; false when it is not the newest or its block has no room.
 */
bool arena_extend(struct arena *arena, void *memory, size_t old_size, size_t new_size);

/* `count` zeroed elements of `size` bytes; an overflow ends the process. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* A copy of `len` bytes with a NUL after them. */
char *arena_copy(struct arena *arena, const void *bytes, size_t len);

/* A copy of `text`; NULL gives NULL. */
char *arena_strdup(struct arena *arena, const char *text);

/* printf into the arena. */
char *arena_printf(struct arena *arena, const char *format, ...)
        __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list args)
        __attribute__((format(printf, 2, 0)));

/* Has close(object) called when the arena is reset or destroyed. */
void arena_defer(struct arena *arena, void (*close)(void *), void *object);

/* Bytes handed out since the last reset. */
size_t arena_used(const struct arena *arena);

#endif
