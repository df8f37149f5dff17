/*
 * The raw records that a report is made of: rows as they are stored, in a form that can be
 * hashed, kept and read back. What may rightly change after a report is not in them:
 * explanations asked for later, code compared with later code (hash, events' excerpts of others),
 * what the queue and the review note, links to interviews and people that may be deleted. The
 * titles of roles and the names of people are in the report, as they were. Nor is who ruled: the
 * deletion of an admin's account clears author_id and decided_by. The signed report has the
 * name (`by`), and the audit log of who did what is sealed by itself (store/audit.h).
 */
#ifndef VIVA_STORE_RECORD_H
#define VIVA_STORE_RECORD_H

#include <cjson/cJSON.h>

#include "store/store.h"

struct record {
	const char *kind; /* interview, question, turn, evaluation, mark, evidence, submission,
	                     hint, event, override, appeal, llm_call */
	const char *id;   /* of the row; where the key has parts, joined by "/" */
	cJSON *row;       /* its columns by name; lives with the thread's cJSON items */
};

struct record_list {
	struct record *items;
	size_t count;
};

/*
 * All of an interview as they stand, by kind, then in order of their keys. Of rulings those that
 * count: overrides that stand, appeals that were accepted. Those of `kind` only (NULL: all).
 */
enum err record_list(struct store *store, struct arena *arena, const char *interview_id,
                     const char *kind, struct record_list *ret_list);

/*
 * One override or appeal, by its kind and id, whether it counts at the moment or not.
 * ERR_NOT_FOUND when there is none.
 */
enum err record_ruling(struct store *store, struct arena *arena, const char *kind, const char *id,
                       struct record *ret_record);

/* Compact JSON of the row with all digits of its numbers: the text that is hashed. */
const char *record_text(struct arena *arena, const cJSON *row);

/* SHA-256 of record_text, hexadecimal. */
char *record_hash(struct arena *arena, const cJSON *row);

#endif
