/*
 * Questions and coding tasks as admins write them: read, judged by the rules of the bank, made
 * rows. A coding task's reference is run in the sandbox, for its expected answers.
 */
#ifndef VIVA_BANK_EDIT_H
#define VIVA_BANK_EDIT_H

#include <cjson/cJSON.h>

#include "base/buf.h"
#include "judge/judge.h"
#include "store/bank.h"

struct edit_order {
	const char *text; /* JSON object as in bank/README.md */
	size_t len;
	const char *id;            /* of the item that is replaced; NULL: a new one */
	const struct judge *judge; /* NULL: tasks are kept without expected answers */
};

struct edit {
	const char *faults;       /* English sentences for authors, a line each; "": none */
	cJSON *item;              /* as read; NULL: not a JSON object */
	struct bank_question row; /* without faults: what is to be stored */
	bool is_unjudged;         /* a task without expected answers: there is no sandbox */
};

/*
 * Judges the item; what is wrong with it is data. ERR_BUSY: the judge has no slot free.
 * The item lives in the thread's bound arena.
 */
enum err edit_read(struct store *store, struct arena *arena, const struct edit_order *order,
                   struct edit *ret_edit);

/*
 * Stores the row as an admin's, in the caller's transaction; editions_renew is to follow.
 * ERR_CONFLICT: the stored row is no longer the one that was `seen`, a hash of edit_hash (NULL:
 * there must be none).
 */
enum err edit_save(struct store *store, struct arena *arena, const struct bank_question *row,
                   const char *seen);

/*
 * True if the stored row says what the item says, so that to store it would change nothing. A
 * task that lacks expected answers is another where the judge can compute them.
 */
bool edit_is_stored(struct arena *arena, const struct judge *judge, const struct bank_question *row,
                    const cJSON *item);

/* What tells one state of a row from another, hexadecimal. */
const char *edit_hash(struct arena *arena, const struct bank_question *row);

/* The item as files have it: a task without the answers that were computed. */
cJSON *edit_plain(const cJSON *body);

#endif
