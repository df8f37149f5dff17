/* Appeals as reviewers list them. */
#ifndef VIVA_STORE_APPEAL_DESK_H
#define VIVA_STORE_APPEAL_DESK_H

#include "base/i18n.h"
#include "store/ruling.h"

struct appeal_row {
	const char *id, *interview_id, *state;
	const char *candidate;  /* full name, or the user name */
	const char *point;      /* as it was graded, in the interview's language; "" when unknown */
	const char *granted;    /* accepted: covered or partial; else "" */
	enum language language; /* the interview's */
	int position;           /* of the question */
	int64_t created_at;
};

struct appeal_row_list {
	struct appeal_row *items;
	size_t count;
	int total; /* on all pages */
};

struct appeal_query {
	const char *state;   /* waiting, accepted or declined; "": all */
	int page, page_size; /* from 1 */
};

/*
 * A page: those that wait first and of them the oldest, then the others, the newest first.
 * ERR_INVALID: the query makes no sense.
 */
enum err appeal_desk_page(struct store *store, struct arena *arena,
                          const struct appeal_query *query, struct appeal_row_list *ret_list);

/* All that were ever decided, in the order of their decisions. */
enum err appeal_desk_decided(struct store *store, struct arena *arena,
                             struct appeal_list *ret_list);

#endif
