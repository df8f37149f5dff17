/* Questions of the bank that are like another one, by the words that the questions have in common.
 */
#ifndef VIVA_INTERVIEW_SIMILAR_H
#define VIVA_INTERVIEW_SIMILAR_H

#include "base/i18n.h"
#include "store/bank.h"

enum { SIMILAR_SHOWN = 5, SIMILAR_MOST = 40 };

/* Of the likeness that a question has to itself: what has less is about something else. */
#define SIMILAR_LEAST 0.2
/* And of the likeness of the most alike one: what is farther comes first for no other reason. */
#define SIMILAR_NEAR 0.6

struct similar_wish {
	const char *bank_id, *q_type; /* of the question */
	const char *body;             /* the bank's, or as it was asked */
	enum language language;
	const char *role_id; /* questions of its set come first; NULL: no matter */
	const char *user_id; /* whom they are for; NULL: for nobody */
};

struct similar {
	const char *bank_id;
	double likeness;  /* to the question, of that to itself: 0..1 */
	const char *text; /* the question or title in the language; NULL beyond SIMILAR_SHOWN */
};

struct similar_list {
	struct similar *items;
	size_t count; /* at most SIMILAR_MOST */
};

/*
 * The nearest enabled ones by bm25 of the question's words, itself left out. For a person those of
 * the role come first, then those they never met, then those met longest ago; what waits to be
 * asked in a running interview of theirs, or is asked by an invitation of theirs, is left out.
 * ERR_INVALID: the body cannot be read.
 */
enum err similar_find(struct store *store, struct arena *arena, const struct similar_wish *wish,
                      struct similar_list *ret_list);

#endif
