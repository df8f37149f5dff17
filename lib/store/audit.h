/*
 * The audit log: who did what, in a chain. A row's hash is hash_texts (base/hash.h) of the hash
 * before it ("" for the first), number, time, actor, its mark, action, subject, its mark and
 * details, numbers in decimal. People, interviews and the rest are numbers of audit_names, so
 * that a deleted person leaves the chain whole and no name in it. A mark is hash_texts of the
 * name's random salt, user, interview and other id ("" for what it has not), so that a number
 * cannot be given to somebody else; salt and name go together, and the mark alone says nothing.
 * The newest row's number and hash are kept in `settings` as well, so that a log whose end was
 * cut off is noticed.
 */
#ifndef VIVA_STORE_AUDIT_H
#define VIVA_STORE_AUDIT_H

#include <stdbool.h>

#include "store/store.h"

enum audit_kind { AUDIT_NOTHING, AUDIT_USER, AUDIT_INTERVIEW, AUDIT_OTHER };

struct audit_subject {
	enum audit_kind kind;
	const char *id; /* of the row; of AUDIT_OTHER with its noun: "invitation <id>" */
};

struct audit_entry {
	const char *actor_id; /* user; NULL: the operator's command or the program itself */
	const char *action;   /* noun and verb of ours: "report.read" */
	struct audit_subject subject;
	const char *details; /* JSON object of figures and words of ours; NULL: {} */
};

/*
 * Appends the entry, in the caller's transaction if there is one: what was done and its entry
 * come to be together or not at all. A subject or actor that is gone counts as nothing.
 */
enum err audit_add(struct store *store, const struct audit_entry *entry);

/*
 * The same unless the actor's same action on the subject is there of today (UTC): for what is
 * only read. Actor and subject are needed. It looks first, so that a page that is loaded again
 * writes nothing.
 */
enum err audit_add_daily(struct store *store, const struct audit_entry *entry);

struct audit_row {
	int64_t number, at, actor, subject;
	const char *actor_mark, *action, *subject_mark, *details, *hash;
	const char *actor_id, *actor_name;   /* user; NULL: deleted, or nobody */
	enum audit_kind kind;                /* of the subject; AUDIT_NOTHING: none, or deleted */
	const char *subject_id;              /* as in struct audit_subject */
	bool is_finished;                    /* of an interview: it has a report */
	const char *owner_id, *subject_name; /* the user, or who the interview is of; else NULL */
};

struct audit_list {
	struct audit_row *items;
	size_t count;
};

/* What of the log is wanted; strings may be NULL: any. */
struct audit_query {
	const char *action;  /* the noun before the dot, or the whole */
	const char *user_id; /* as actor, subject or candidate of the interview */
	int64_t before;      /* only rows of lower numbers; 0: from the newest */
	int most;            /* at most so many rows, at least 1 */
};

/* Newest first; without the marks. */
enum err audit_list(struct store *store, struct arena *arena, const struct audit_query *query,
                    struct audit_list *ret_list);

/* What audit_verify found. */
struct audit_check {
	int64_t rows;       /* that were looked at */
	int64_t bad_number; /* the first row that is missing or not as it was written; 0: none */
	const char *reason; /* in English, for the operator; NULL when all is well */
	const char *head;   /* hash of the last row that is right; "" without one */
	const char *noted;  /* not found so far */
};

/*
 * Recomputes the chain from its start; a broken chain is data, not an error. `noted` is a hash
 * that was the head once and was kept elsewhere, NULL for none: whoever can write to the
 * database can also write a whole new chain, but none with that hash in it. Not inside a
 * transaction.
 */
enum err audit_verify(struct store *store, struct arena *arena, const char *noted,
                      struct audit_check *ret_check);

/* Number of rows and the head, without looking at the others. */
enum err audit_end(struct store *store, struct arena *arena, struct audit_check *ret_end);

#endif
