/*
 * All rows that belong to a user, table by table, as JSON objects: one member a column. Left out
 * are what somebody could log in with (hashes, secrets) and, of interviews that still run, what
 * would tell how to answer: evaluations, marks, evidence, calls of models, observations; so also
 * of questions that were asked before and stand in one that runs.
 */
#ifndef VIVA_STORE_EXPORT_H
#define VIVA_STORE_EXPORT_H

#include <stdbool.h>

#include <cjson/cJSON.h>

#include "store/store.h"

/* Name of table number `table`, from 0; NULL behind the last. */
const char *export_table(size_t table);

/* A row on its way out. */
struct export_row {
	const char *table;
	cJSON *columns;   /* texts that are JSON documents are parsed */
	bool is_withheld; /* a question that is to come, or never came to who was invited */
	bool comes_again; /* a question that (also) stands in such an interview */
};

struct export_sink {
	bool (*take)(void *context, const struct export_row *row); /* false: stop */
	void *context;
};

/*
 * Gives every row of the table to the sink. The row and whatever cJSON items the sink makes
 * are gone after it; `arena` is what the thread's items live in afterwards. ERR_CONFLICT: the sink
 * stopped it.
 */
enum err export_rows(struct store *store, struct arena *arena, size_t table, const char *user_id,
                     const struct export_sink *sink);

#endif
