/*
 * What a person's interviews came to, read for the progress page: each function is one
 * query over all of them, oldest interview first. Arithmetic is done elsewhere
 * (report/growth.h).
 */
#ifndef VIVA_STORE_PROGRESS_H
#define VIVA_STORE_PROGRESS_H

#include <stdbool.h>

#include "base/i18n.h"
#include "store/store.h"

/* A finished interview that has a report. */
struct progress_score {
	const char *interview_id, *role_id;
	const char *role_title; /* in the language asked for */
	int64_t finished_at;
	double score, max_score;
};

struct progress_score_list {
	struct progress_score *items;
	size_t count;
};

/* Of all finished interviews that have a report. */
enum err progress_scores(struct store *store, struct arena *arena, const char *user_id,
                         enum language language, struct progress_score_list *ret_list);

/* A theory question that was answered, skipped or given up in a finished interview. */
struct progress_answer {
	const char *bank_id;
	int64_t at;     /* when it was left */
	bool is_graded; /* else it scored 0 of an unknown maximum, and has no rubric */
	double score, max_score;
	double rubric[5]; /* 0..5: structure, relevance, accuracy, depth, communication */
};

struct progress_answer_list {
	struct progress_answer *items;
	size_t count;
};

/* Of all finished interviews. */
enum err progress_answers(struct store *store, struct arena *arena, const char *user_id,
                          struct progress_answer_list *ret_list);

/*
 * A judged attempt at a coding task of a finished interview, in the order of sending; a task
 * that was skipped or given up without one is a row with attempt_number 0.
 */
struct progress_attempt {
	const char *question_id, *bank_id;
	int64_t at; /* when the task was left */
	int hints_used;
	bool model_answer;
	int attempt_number;
	int public_passed, public_total, hidden_passed, hidden_total;
};

struct progress_attempt_list {
	struct progress_attempt *items;
	size_t count;
};

/* Of all finished interviews. */
enum err progress_attempts(struct store *store, struct arena *arena, const char *user_id,
                           struct progress_attempt_list *ret_list);

/*
 * How often a key point was asked for in finished interviews. Of questions that were
 * skipped or given up there is one row without a point: all points were missing. Once the
 * model answer was shown, whatever was said counts as missing, as in interview/review.h.
 */
struct progress_point {
	const char *bank_id;
	const char *key_point_id; /* NULL: every point of the question */
	int missing, partial, covered;
	int64_t last_at;         /* the end of the last interview with it */
	const char *last_status; /* there: covered, partial, missing */
	const char *last_interview_id;
	int last_position; /* of its question there */
};

struct progress_point_list {
	struct progress_point *items;
	size_t count;
};

/* A row for each point that was asked for, in no order. */
enum err progress_points(struct store *store, struct arena *arena, const char *user_id,
                         struct progress_point_list *ret_list);

struct progress_time_list {
	int64_t *items;
	size_t count;
};

/* When questions were answered, in interviews under way too, and reviews were; unsorted. */
enum err progress_times(struct store *store, struct arena *arena, const char *user_id,
                        struct progress_time_list *ret_list);

/* The bank's present text of a question that the person was asked. */
struct progress_question {
	const char *id, *track;
	const char *body; /* JSON as in bank/README.md */
};

struct progress_question_list {
	struct progress_question *items;
	size_t count;
};

/* Ordered by id; ones that are disabled by now included. */
enum err progress_questions(struct store *store, struct arena *arena, const char *user_id,
                            struct progress_question_list *ret_list);

#endif
