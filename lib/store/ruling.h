/*
 * What persons decided about the score of a question: overrides, and appeals of candidates. The
 * examiner's evaluation stays as it is; a report counts both.
 */
#ifndef VIVA_STORE_RULING_H
#define VIVA_STORE_RULING_H

#include <stdbool.h>

#include "store/store.h"

struct override {
	int64_t id;
	const char *question_id;
	double score; /* instead of the examiner's; at least 0 */
	const char *reason;
	const char *author_id, *author_name; /* full name, or the user name; NULL: deleted */
	int64_t created_at, withdrawn_at;    /* withdrawn_at 0: it stands */
};

struct override_list {
	struct override *items;
	size_t count;
};

struct appeal {
	const char *id, *question_id, *key_point_id;
	int64_t span_start, span_end;             /* bytes of the question's answer */
	const char *comment;                      /* the candidate's; "" for none */
	const char *state;                        /* waiting, accepted, declined */
	const char *granted;                      /* accepted: covered or partial; else "" */
	const char *status_before;                /* missing or partial */
	const char *reply;                        /* the reviewer's, for the candidate */
	const char *decided_by, *decided_by_name; /* as in struct override */
	int64_t created_at, decided_at;           /* decided_at 0: not yet */
};

struct appeal_list {
	struct appeal *items;
	size_t count;
};

/* What counts for one question. */
struct ruling {
	const struct override *override; /* the newest that stands; NULL: none */
	const struct appeal *appeals;    /* decided ones, in the order of their decisions */
	size_t appeal_count;
};

/* Nothing decided gives a ruling that is all zero. */
enum err ruling_of(struct store *store, struct arena *arena, const char *question_id,
                   struct ruling *ret_ruling);

/* Adds the override (id and created_at are set here). ERR_NOT_FOUND: no such question. */
enum err override_add(struct store *store, struct override *override);

/*
 * Withdraws all that stand, so that the examiner's score counts again. ERR_NOT_FOUND: there is
 * none.
 */
enum err override_withdraw(struct store *store, const char *question_id);

/* All of the question's, withdrawn ones too, oldest first. */
enum err override_list(struct store *store, struct arena *arena, const char *question_id,
                       struct override_list *ret_list);

/*
 * Adds the appeal (id, created_at and state are set here). ERR_CONFLICT: there is one of that
 * point. ERR_NOT_FOUND: no such question.
 */
enum err appeal_add(struct store *store, struct arena *arena, struct appeal *appeal);

/* ERR_NOT_FOUND when there is none. */
enum err appeal_by_id(struct store *store, struct arena *arena, const char *id,
                      struct appeal *ret_appeal);

/* All of the interview's, oldest first. */
enum err appeal_list(struct store *store, struct arena *arena, const char *interview_id,
                     struct appeal_list *ret_list);

/* The question's decided ones, in the order of their decisions. */
enum err appeal_decided(struct store *store, struct arena *arena, const char *question_id,
                        struct appeal_list *ret_list);

/* How many of this candidate's wait for a decision. */
enum err appeal_waiting(struct store *store, const char *owner_id, int *ret_count);

/*
 * Accepts (granted is covered or partial) or declines (granted is "") a waiting appeal. Stores
 * granted, reply and decided_by. ERR_CONFLICT: it was decided, or there is none.
 */
enum err appeal_decide(struct store *store, const struct appeal *appeal);

#endif
