/*
 * A copy of the database as it stood at one moment, made while others write, and what can be
 * said of such a copy. Faults are told in English, for the operator.
 */
#ifndef VIVA_STORE_SNAPSHOT_H
#define VIVA_STORE_SNAPSHOT_H

#include "store/store.h"

/*
 * Copies the database into the empty file `copy`. Writers are never kept waiting: the copy reads
 * one state while they go on, and rests between a few pages and the next. ERR_INTERNAL: it could
 * not be made, *ret_fault says why; what is in the file then is worth nothing.
 */
enum err snapshot_make(struct arena *arena, const char *database, const char *copy,
                       const char **ret_fault);

struct snapshot_table {
	const char *name;
	int64_t rows;
};

struct snapshot {
	int edition; /* of the schema */
	struct snapshot_table *tables;
	size_t count;
};

/*
 * Looks at a file that nobody changes meanwhile: is it a sound database of Viva, of which edition,
 * with how many rows? `is_whole`: every index against its table as well, which takes longer.
 * ERR_INVALID: it is not, *ret_fault says why.
 */
enum err snapshot_inspect(struct arena *arena, const char *path, bool is_whole,
                          struct snapshot *ret_snapshot, const char **ret_fault);

/* True if some process has the database open. Not for one that has it open itself. */
bool snapshot_is_open(const char *path);

/* Moves what is in the write-ahead log into the database, as far as that can be done. */
void snapshot_settle(const char *path);

/* The edition of the schema that this program knows. */
int snapshot_newest_edition(void);

#endif
