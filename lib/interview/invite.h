/*
 * Interviews that a recruiter fixes beforehand: the questions are chosen once, by the same
 * selection as of flow_start, and kept with the invitation; everybody who has its link is asked
 * the same in the same order.
 */
#ifndef VIVA_INTERVIEW_INVITE_H
#define VIVA_INTERVIEW_INVITE_H

#include "interview/flow.h"
#include "store/invitation.h"

/* What the form says. */
struct invite_wish {
	struct flow_options options; /* has_model is of no account */
	const char *title;
	const char *draw;  /* random: the same bank, options and draw choose the same questions */
	int most_uses;     /* 0: any number */
	int days;          /* until it expires */
	const char *shown; /* to be issued: the names of the questions that the admin agreed to */
};

enum { INVITE_TITLE_MAX = 120, INVITE_USES_MAX = 1000, INVITE_DAYS_MAX = 90 };

/* The questions that would be asked; nothing is stored. ERR_INVALID as of flow_start. */
enum err invite_preview(struct store *store, struct arena *arena, const struct user *admin,
                        const struct invite_wish *wish, struct invited_question_list *ret_list);

/* The bank ids of such a list, parted by spaces. */
const char *invite_names(struct arena *arena, const struct invited_question_list *list);

/*
 * Stores the invitation and its entry in the audit log. ERR_CONFLICT: the bank would now give
 * other questions than those that were shown. ERR_INVALID as before. The same nonce again gives
 * the invitation that is there.
 */
enum err invite_issue(struct store *store, struct arena *arena, const struct user *admin,
                      const struct invite_wish *wish, const char **ret_id);

/* Revokes it, with its entry in the audit log; errors as of invitation_revoke. */
enum err invite_revoke(struct store *store, const struct user *admin, const char *id);

/*
 * Opens the invited interview for this user, or gives the one that was opened before. It does
 * not count for the day. ERR_CONFLICT: the invitation is not open, or the user's interview was
 * deleted.
 */
enum err invite_start(struct store *store, struct arena *arena, const struct user *user,
                      const struct invitation *invitation, struct flow_started *ret_started);

#endif
