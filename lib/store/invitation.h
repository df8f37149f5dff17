/* Invitations: links that open one fixed interview, their questions and who used them. */
#ifndef VIVA_STORE_INVITATION_H
#define VIVA_STORE_INVITATION_H

#include <stdbool.h>

#include "base/i18n.h"
#include "store/store.h"

struct invitation {
	const char *id, *token; /* the token is the link's last part */
	const char *title;
	const char *role_id, *level, *type; /* this and what follows as in struct interview */
	enum language language;
	int edition, coding_percent;
	const char *code_language;
	int time_limit_min;
	const char *job_description;
	int most_uses;                      /* candidates that may use it; 0: any number */
	int uses;                           /* candidates that did */
	int question_count, coding_count;   /* all of its questions, coding tasks; set when read */
	const char *created_by;             /* admin; NULL: deleted */
	const char *nonce;                  /* the form's one-time value */
	int64_t created_at;                 /* set by invitation_add */
	int64_t expires_at;                 /* opens nothing from then on */
	int64_t revoked_at;                 /* nor from then on; 0: it stands */
	const char *role_title[LANG_COUNT]; /* set when it is read */
};

struct invitation_list {
	struct invitation *items;
	size_t count;
	int total; /* over all pages */
};

/* One of its questions, as in struct question. */
struct invited_question {
	const char *bank_id, *q_type, *category, *snapshot;
};

struct invited_question_list {
	struct invited_question *items; /* in the order they are asked */
	size_t count;
};

/*
 * Adds it with its questions (id, token, created_at and uses are set here), all or nothing.
 * ERR_CONFLICT: its nonce was used before, and `invitation->id` names the earlier one.
 */
enum err invitation_add(struct store *store, struct arena *arena, struct invitation *invitation,
                        const struct invited_question_list *questions);

/* ERR_NOT_FOUND when there is none. */
enum err invitation_by_id(struct store *store, struct arena *arena, const char *id,
                          struct invitation *ret_invitation);
enum err invitation_by_token(struct store *store, struct arena *arena, const char *token,
                             struct invitation *ret_invitation);

/* One page of a list. */
struct invitation_page {
	int number, size; /* from 1 */
};

/* Newest first. ERR_INVALID: a page below 1, or a page size outside 1..1000. */
enum err invitation_list(struct store *store, struct arena *arena, struct invitation_page page,
                         struct invitation_list *ret_list);

/* Its questions in their order. */
enum err invitation_questions(struct store *store, struct arena *arena, const char *id,
                              struct invited_question_list *ret_list);

/* ERR_CONFLICT: it is revoked already. ERR_NOT_FOUND: there is none. */
enum err invitation_revoke(struct store *store, const char *id, int64_t now);

/* Why an invitation opens nothing for who did not use it yet. */
enum invitation_state {
	INVITATION_OPEN,
	INVITATION_USED_UP,
	INVITATION_EXPIRED,
	INVITATION_REVOKED
};
enum invitation_state invitation_state(const struct invitation *invitation, int64_t now);

/*
 * The user takes one of its uses; of two who take the last one at once one gets it.
 * ERR_CONFLICT: it is not open, or the user had it before. Part of the caller's transaction,
 * which an error must undo.
 */
enum err invitation_take(struct store *store, const char *id, const char *user_id, int64_t now);

/*
 * The interview that it opened for this user; NULL: it was deleted since. ERR_NOT_FOUND: the
 * user did not take it yet.
 */
enum err invitation_interview(struct store *store, struct arena *arena, const char *id,
                              const char *user_id, const char **ret_interview_id);

/* Somebody who used it. */
struct invitation_guest {
	const char *user_id, *username, *full_name;
	const char *interview_id, *status; /* NULL: the interview was deleted */
	int64_t used_at, finished_at;      /* finished_at 0: not yet */
	bool has_report;
	double total_score, max_score;
};

struct invitation_guest_list {
	struct invitation_guest *items;
	size_t count;
	int total; /* over all pages */
};

/* Who used it first comes first; errors as of invitation_list. */
enum err invitation_guests(struct store *store, struct arena *arena, const char *id,
                           struct invitation_page page, struct invitation_guest_list *ret_list);

#endif
