/*
 * Repeating what was not said: the key points that were missing or partial in a finished
 * interview come again as questions of the bank, by the memory of interview/memory.h, until
 * they stay. The built-in scorer grades; no model is needed. A point's id is the same in all
 * languages, so an answer in one counts for all. Coding tasks do not come here: they are
 * practised by taking their interview again.
 *
 * What an answer is worth to the memory of a point: not said, or said wrongly: again; half
 * said: hard; said: good; said with every other point of its question: easy. In an interview
 * all points are "again" once the model answer was shown, and of a question that was skipped
 * or answered with "I don't know". A point that never was missing has no memory here.
 */
#ifndef VIVA_INTERVIEW_REVIEW_H
#define VIVA_INTERVIEW_REVIEW_H

#include "examiner/examiner.h"
#include "interview/memory.h"
#include "store/review.h"

/* Minutes of a session; code points of an answer; how long a skipped question stays away. */
enum { REVIEW_MINUTES = 5, REVIEW_MAX_ANSWER = 20000, REVIEW_SKIP_MIN = 10 };

/*
 * Enters the person's finished interviews in the cards, each once, oldest first, as graded
 * when it ended; a card that was graded later than that stays. Writes only when there is one.
 */
enum err review_learn(struct store *store, struct arena *arena, const char *user_id);

/* Whose review it is, in which language, and when. */
struct review {
	struct store *store;
	struct arena *arena;
	const char *user_id;
	enum language language;
	int64_t now; /* milliseconds since 1970 UTC */
};

/* A question to be answered for its points that are due. */
struct review_item {
	const char *bank_id;
	struct exam_question exam;       /* in the language of the review */
	const struct review_card *cards; /* due, in the order of the question's points */
	const size_t *points;            /* parallel: indices into exam.score.points */
	size_t count;
};

/*
 * The question with what of it is due; points that the bank has no more are forgotten.
 * ERR_NOT_FOUND: nothing of it is due, or it cannot be asked.
 */
enum err review_open(const struct review *review, const char *bank_id,
                     struct review_item *ret_item);

struct review_item_list {
	struct review_item *items;
	size_t count;
};

/* The same of all questions with something due, the longest due first, at most `most`. */
enum err review_items(const struct review *review, int most, struct review_item_list *ret_list);

struct review_input {
	const char *answer; /* "": "I don't know" */
	const char *nonce;
};

/*
 * Grades the answer, stores it and moves the cards; deletes the draft. The same nonce again
 * gives the first answer and does nothing. ERR_CONFLICT: nothing of it is due any more, for
 * it was answered in another tab.
 *
 * `result` of the answer: { score, max_score, is_unknown, model_answer, points [{
 * key_point_id, text, status, evidence [{ start, end }], wrong (the false claim, or null),
 * grade (of memory.h), days (0: in MEMORY_AGAIN_MIN minutes), due_at }] }, of the points
 * that were due.
 */
enum err review_submit(const struct review *review, const struct review_item *item,
                       const struct review_input *input, const char **ret_answer_id);

/* The grade of a point of that status ("covered", ...); `is_complete`: all points were said. */
enum memory_grade review_grade(const char *status, bool is_complete);

#endif
