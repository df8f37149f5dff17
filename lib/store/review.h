/* Key points that a person repeats, and the answers of their reviews. */
#ifndef VIVA_STORE_REVIEW_H
#define VIVA_STORE_REVIEW_H

#include "base/i18n.h"
#include "store/store.h"

/* The memory of a key point; see interview/memory.h. */
struct review_card {
	const char *bank_id, *key_point_id;
	double stability, difficulty; /* days; 1..10 */
	int repetitions, lapses;      /* gradings; of these: not said after it had been */
	int64_t last_at, due_at;
};

struct review_card_list {
	struct review_card *items;
	size_t count;
};

/* Rows of a person by a time. */
struct review_range {
	const char *user_id;
	int64_t time;
	int most; /* rows */
};

/* Cards of enabled questions that are due at `now`. */
enum err review_count_due(struct store *store, const char *user_id, int64_t now, int *ret_count);

/* The same as a list, due at `range->time`: by due_at, then by question and point. */
enum err review_due(struct store *store, struct arena *arena, const struct review_range *range,
                    struct review_card_list *ret_list);

/* When the next card of an enabled question is due after `now`; 0: none is. */
enum err review_next_due(struct store *store, const char *user_id, int64_t now,
                         int64_t *ret_due_at);

/* All cards of a question, by the point's id. */
enum err review_of_question(struct store *store, struct arena *arena, const char *user_id,
                            const char *bank_id, struct review_card_list *ret_list);

/* Adds the card or replaces it. */
enum err review_card_save(struct store *store, const char *user_id, const struct review_card *card);

/* A point that its question has no more. */
enum err review_card_delete(struct store *store, const char *user_id, const char *bank_id,
                            const char *key_point_id);

/*
 * Deletes the card of a point that a person granted as said after all, if nothing but the
 * interview of that question speaks for it.
 */
enum err review_forgive(struct store *store, const char *question_id, const char *key_point_id);

/* Puts off the question's cards that are due at `now` until `until`. */
enum err review_put_off(struct store *store, const char *user_id, const char *bank_id, int64_t now,
                        int64_t until);

/* --- finished interviews ----------------------------------------------------------- */

/* An interview whose key points were not entered in the cards yet. */
struct review_interview {
	const char *id;
	int64_t finished_at;
};

struct review_interview_list {
	struct review_interview *items;
	size_t count;
};

/* Oldest first, at most `most`. */
enum err review_interviews(struct store *store, struct arena *arena, const char *user_id, int most,
                           struct review_interview_list *ret_list);

/*
 * A key point of a theory question of an interview and what became of it. Of a question
 * that was skipped or answered with "I don't know" there is one row without a point: all
 * its points are missing.
 */
struct review_outcome {
	const char *bank_id;
	const char *key_point_id; /* NULL: every point of the question */
	const char *status;       /* covered, partial, missing */
	bool model_answer;        /* was shown: nothing counts as remembered */
};

struct review_outcome_list {
	struct review_outcome *items;
	size_t count;
};

/* By the question's position, then the point's. */
enum err review_outcomes(struct store *store, struct arena *arena, const char *interview_id,
                         struct review_outcome_list *ret_list);

/* Notes that they were entered. ERR_NOT_FOUND: they are already, or the interview is gone. */
enum err review_interview_done(struct store *store, const char *interview_id);

/* --- answers ----------------------------------------------------------------------- */

struct review_answer {
	const char *id, *bank_id;
	enum language language;
	const char *question, *answer; /* as asked, as typed */
	const char *result;            /* JSON as in interview/review.h */
	const char *nonce;
	int64_t created_at;
};

struct review_answer_list {
	struct review_answer *items;
	size_t count;
};

/* Adds it (id and created_at are set here). ERR_CONFLICT: the person used this nonce. */
enum err review_answer_add(struct store *store, struct arena *arena, const char *user_id,
                           struct review_answer *answer);

/* The answer that the person's form with that nonce made; ERR_NOT_FOUND: none yet. */
enum err review_answer_by_nonce(struct store *store, struct arena *arena, const char *user_id,
                                const char *nonce, struct review_answer *ret_answer);

/* ERR_NOT_FOUND when there is none, or it is another's. */
enum err review_answer_by_id(struct store *store, struct arena *arena, const char *user_id,
                             const char *id, struct review_answer *ret_answer);

/* The answers from `range->time` on, oldest first. */
enum err review_answers_since(struct store *store, struct arena *arena,
                              const struct review_range *range,
                              struct review_answer_list *ret_list);

/* The unsent answer to a question; "" when there is none. An empty body deletes it. */
enum err review_draft_get(struct store *store, struct arena *arena, const char *user_id,
                          const char *bank_id, const char **ret_body);
enum err review_draft_save(struct store *store, const char *user_id, const char *bank_id,
                           const char *body);

#endif
