/* The pages of reviews: what is due, a question, its graded answer, the end of a session. */
#ifndef VIVA_VIEW_REVIEW_VIEW_H
#define VIVA_VIEW_REVIEW_VIEW_H

#include <cjson/cJSON.h>

#include "interview/review.h"

/* What is due, for templates/review.html; `next_due_at` 0: nothing ever. */
struct review_view_due {
	const struct review_item_list *items;
	int due;             /* key points, of questions that are not listed too */
	int64_t next_due_at; /* the first that is not due yet */
};
cJSON *review_view(struct arena *arena, const struct review_view_due *due, enum language language);

/* A question for templates/review_question.html; `typed` stands in its field. */
struct review_view_question {
	const struct review_item *item;
	const char *typed, *nonce;
	int64_t since; /* the session's start */
	int minutes_left;
};
cJSON *review_view_question(struct arena *arena, const struct review_view_question *question);

/* A graded answer for templates/review_answer.html, in its language. */
cJSON *review_view_answer(struct arena *arena, const struct review_answer *answer);

/* The end of a session for templates/review_done.html: its answers, and what is left. */
cJSON *review_view_done(struct arena *arena, const struct review_answer_list *answers,
                        const struct review_view_due *due, enum language language);

#endif
