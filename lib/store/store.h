/*
 * The database. All SQL of Viva stands in this folder; the other headers here are
 * one noun each. A connection belongs to one thread. Every function may give
 * ERR_BUSY (another writer kept the database for longer than the busy timeout),
 * ERR_FULL (no room is left to write) or ERR_INTERNAL (both logged here); other errors are
 * named where they can happen. What a function returns lives in the arena it was given.
 */
#ifndef VIVA_STORE_STORE_H
#define VIVA_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

struct store;

/*
 * Creates the database from the schema file or brings an older one up to date,
 * under a lock, after a copy `<path>.before-<edition it is brought to>`. Both are for
 * the owner's eyes only. Call it before store_open. A failure (ERR_INTERNAL) leaves the
 * data as they were; a newer edition than this program's is one.
 */
enum err store_migrate(const char *path, const char *schema_path);

/* True if the database is there and of the edition of this program: store_migrate has nothing to
 * do. */
bool store_is_current(const char *path);

/*
 * Opens a migrated database: WAL, foreign keys on, statements kept prepared. A database
 * that is missing or of another edition is ERR_INTERNAL.
 */
enum err store_open(const char *path, struct store **ret_store);

/*
 * The same for who only reads: also a database that may not be written, in a folder that may
 * not be, or on a disk that is full. What would write is ERR_INTERNAL.
 */
enum err store_open_to_read(const char *path, struct store **ret_store);

/*
 * The same of a file that nobody changes while it is open, such as a backup: what may stand
 * beside it or behind its last page is not looked at.
 */
enum err store_open_still(const char *path, struct store **ret_store);

/*
 * Connections that threads share, each keeping at most `cache_kib` of the database in
 * memory; `kept` of them stay open while nobody uses them. More are opened only for who
 * waited two seconds for one of these. It lives in `arena`.
 */
struct store_pool;
struct store_pool *store_pool_create(struct arena *arena, const char *path, int kept,
                                     int cache_kib);

/* As store_open, with a connection of the pool whenever one is needed. */
enum err store_open_pooled(struct store_pool *pool, struct store **ret_store);

/*
 * Gives the connection back to its pool before a long wait; nothing while a transaction is
 * open or for a store with a connection of its own. The store can be used as before.
 */
void store_rest(struct store *store);

/* Closes it; NULL is allowed. The type suits arena_defer. */
void store_close(void *store);

/* Begins a write transaction, waiting for other writers. Not nested. */
enum err store_begin(struct store *store);

/*
 * The same for what a power cut, not a crash, may take back: counts, notes, drafts. Its commit
 * does not wait for the disk.
 */
enum err store_begin_soft(struct store *store);

/* A commit that fails has undone the transaction. */
enum err store_commit(struct store *store);

/* Undoes what was written since store_begin; nothing outside a transaction. */
void store_rollback(struct store *store);

/* Begins a write transaction unless one is open already; store_leave ends it. */
enum err store_join(struct store *store, bool *ret_own);

/* Ends what store_join began, by the outcome of what was done in it. */
enum err store_leave(struct store *store, bool own, enum err err);

/*
 * Begins a read transaction, so that the reads of one request see one state and
 * take the locks once; store_rollback ends it.
 */
enum err store_begin_read(struct store *store);

/*
 * Moves what was written into the database's file and empties the write-ahead log, so that
 * nothing that was deleted stays there. ERR_BUSY after `wait_ms`: somebody still reads an
 * older state. Not within a transaction.
 */
enum err store_empty_log(struct store *store, int wait_ms);

/* A new random UUID (version 4). */
char *store_new_id(struct arena *arena);

#endif
