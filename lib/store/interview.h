/* Interviews, their questions, what was said, grades and finished reports. */
#ifndef VIVA_STORE_INTERVIEW_H
#define VIVA_STORE_INTERVIEW_H

#include <stdbool.h>

#include "base/i18n.h"
#include "store/store.h"

struct interview {
	const char *id, *owner_id, *role_id, *level, *type;
	enum language language;
	int edition, question_count, time_limit_min;
	const char *job_description;
	const char *status; /* created, in_progress, completed, abandoned */
	int difficulty;     /* of the next question, 0..3 */
	int max_turns;
	bool stop_requested;
	const char *start_nonce;
	int64_t created_at, finished_at; /* finished_at 0 while it runs */
	int coding_percent;              /* wished share of coding tasks, 0..100 */
	const char *code_language;       /* of the judge: "python"; "" when there are none */
	bool is_introduction;            /* the candidate is asked who they are; no question yet */
	const char *parent_id; /* the interview that is taken again; NULL: none, or deleted */
	const char *repeats;   /* which questions of it: "all", "mistakes", or "similar" ones; "":
	                          chosen anew */
	const char *invitation_id; /* that opened it; NULL: practice */
	const char *role_title; /* as the candidate named it; NULL or "": as the catalogue does */
};

struct question {
	const char *id, *interview_id;
	int position; /* from 1 */
	const char *bank_id, *q_type, *category;
	const char *snapshot; /* the bank's body as asked, JSON; NULL: was not read */
	const char *state;    /* planned, active, answered, skipped, dont_know, unanswered */
	int follow_ups, hints_used;
	bool model_answer;
	const char *answer;            /* all the candidate's words on it */
	int64_t asked_at, finished_at; /* 0 when not yet */
};

struct question_list {
	struct question *items;
	size_t count;
};

struct turn {
	int seq;                 /* set by turn_add */
	const char *question_id; /* NULL: none active */
	const char *author;      /* candidate, interviewer */
	const char *kind, *body;
	const char *nonce;       /* NULL for the interviewer */
	const char *observation; /* JSON about the message before, on the turn that reacts to it; or
	                            NULL */
	int64_t created_at;      /* set by turn_add */
	const char *engine;      /* interviewer: "builtin" or a model; NULL: "builtin" */
	bool is_cut;             /* the reader left in the middle of a model's words */
};

struct turn_list {
	struct turn *items;
	size_t count;
};

struct span {
	int64_t start, end; /* bytes of question.answer */
};

struct mark {
	const char *key_point_id, *body, *status; /* covered, partial, missing */
	double coverage;
	const char *wording, *wrong; /* NULL when none */
	struct span *spans;
	size_t span_count;
	const char *matched; /* "rule <kind>", "call <id>"; "" or NULL: missing, or not kept */
};

struct evaluation {
	const char *question_id, *engine, *version;
	double score, max_score;
	const char *verdict; /* incorrect, partial, good, excellent */
	double structure, relevance, technical_accuracy, depth, communication; /* 0..5 */
	unsigned flags;
	const char *feedback_short, *feedback_detailed;
	const char *next_difficulty; /* decrease, same, increase */
	int64_t created_at;
	struct mark *marks;
	size_t mark_count;
	bool has_builtin; /* a model graded, and this is what the built-in scorer gave: */
	double builtin_score;
	const char *builtin_verdict;
	const char *unproved; /* JSON array { key_point_id, text, quote }; NULL: none */
	const char *fallback; /* why the built-in scorer stood in for a model; NULL or "" */
	const char *steps;    /* JSON: how the built-in scorer came to its mark; NULL: not kept */
};

/* From this difference between a model's and the built-in score on a person should look. */
#define EVALUATION_DISAGREEMENT 4.0

struct report_row {
	const char *id, *interview_id, *version, *body;
	double total_score, max_score;
	int64_t created_at;
	int revision;          /* 1, 2, ...; those before are in store/revision.h */
	const char *cause;     /* finished, texts, rescored, override, appeal; NULL: finished */
	const char *note;      /* more of that; NULL: "" */
	const char *key_id;    /* that signed the body; NULL or "": nobody did */
	const char *signature; /* as in the body; NULL: "" */
	const char *records;   /* JSON: what the body was made of, report/records.h; NULL: [] */
	bool texts_due;        /* a model's texts are to follow as the next revision */
};

/*
 * Adds an interview (id and created_at are set here) and counts its start, unless an
 * invitation opened it. When its
 * start_nonce was used before by the same owner, ERR_CONFLICT and `interview->id` names the
 * earlier one.
 */
enum err interview_add(struct store *store, struct arena *arena, struct interview *interview);

/* The owner's interview that this start_nonce began. ERR_NOT_FOUND when there is none. */
enum err interview_by_nonce(struct store *store, struct arena *arena, const char *owner_id,
                            const char *start_nonce, const char **ret_id);

/* ERR_NOT_FOUND when there is none. */
enum err interview_by_id(struct store *store, struct arena *arena, const char *id,
                         struct interview *ret_interview);

/* The same, but another owner's interview is ERR_NOT_FOUND as well. */
enum err interview_of_owner(struct store *store, struct arena *arena, const char *id,
                            const char *owner_id, struct interview *ret_interview);

/*
 * Stores status, difficulty, stop_requested, finished_at and is_introduction.
 * ERR_NOT_FOUND when the interview is gone.
 */
enum err interview_save(struct store *store, const struct interview *interview);

/* Interviews the owner started at or after `since`, deleted ones as well, and when the first
   was (0: none). */
enum err interview_count_since(struct store *store, const char *owner_id, int64_t since,
                               int *ret_count, int64_t *ret_first_at);

/*
 * The first interview finished between these times that has no report and no code waiting for
 * the judge; ERR_NOT_FOUND when there is none.
 */
enum err interview_unreported(struct store *store, struct arena *arena, int64_t from, int64_t until,
                              const char **ret_id);

/* The owner's latest finished interview; ERR_NOT_FOUND when there is none. */
enum err interview_latest_finished(struct store *store, struct arena *arena, const char *owner_id,
                                   const char **ret_id);

/*
 * Adds a question (id is set here). ERR_CONFLICT: its position or its bank question is
 * taken in this interview, or it is active and another one is.
 */
enum err question_add(struct store *store, struct arena *arena, struct question *question);
enum err question_list(struct store *store, struct arena *arena, const char *interview_id,
                       struct question_list *ret_list);

/*
 * The same with the active question's snapshot only, for they are large (question_by_id has
 * the others); texts that are as in `known`, an earlier list of it, are shared with it.
 */
enum err question_list_again(struct store *store, struct arena *arena, const char *interview_id,
                             const struct question_list *known, struct question_list *ret_list);

/* ERR_NOT_FOUND when there is none. */
enum err question_by_id(struct store *store, struct arena *arena, const char *id,
                        struct question *ret_question);

/*
 * Stores everything of the question but its id, interview, position and type; the snapshot
 * stays where it is NULL. hints_used never shrinks, for hints on coding tasks are counted
 * apart from this (hint_add).
 * ERR_CONFLICT: it is active and another one is. ERR_NOT_FOUND: it is gone.
 */
enum err question_save(struct store *store, const struct question *question);

/*
 * Appends a turn. ERR_CONFLICT: a turn with this nonce is there already, so the
 * message was sent twice and nothing is to be done.
 */
enum err turn_add(struct store *store, const char *interview_id, struct turn *turn);
enum err turn_list(struct store *store, struct arena *arena, const char *interview_id,
                   struct turn_list *ret_list);

/* The same; texts that are as in `known`, an earlier list of it, are shared with it. */
enum err turn_list_again(struct store *store, struct arena *arena, const char *interview_id,
                         const struct turn_list *known, struct turn_list *ret_list);

/* Candidate messages so far. */
enum err turn_count(struct store *store, const char *interview_id, int *ret_count);

/*
 * The unsent text; "" when there is none. An empty body deletes it. ERR_NOT_FOUND: the
 * interview of a text to save is gone.
 */
enum err draft_get(struct store *store, struct arena *arena, const char *interview_id,
                   const char **ret_body);
enum err draft_save(struct store *store, const char *interview_id, const char *body);

/*
 * Stores the evaluation with its marks and evidence; replaces an earlier one. A mark
 * that is covered or partial without a span is refused with ERR_INTERNAL. Spans come
 * back ordered by their start.
 */
enum err evaluation_save(struct store *store, const struct evaluation *evaluation);

/* The evaluation with marks and evidence; ERR_NOT_FOUND when there is none. */
enum err evaluation_get(struct store *store, struct arena *arena, const char *question_id,
                        struct evaluation *ret_evaluation);

/* Grades of models from which the built-in scorer's is EVALUATION_DISAGREEMENT or more away. */
struct disagreement {
	const char *interview_id, *question_id;
	const char *candidate; /* full name, or the user name */
	const char *engine;    /* the model that graded */
	const char *snapshot;  /* as in struct question */
	enum language language;
	int position;
	double score, builtin_score, max_score;
	int64_t created_at; /* of the grade */
	bool has_report;
};

struct disagreement_list {
	struct disagreement *items;
	size_t count;
};

/* Newest first, at most `most`. */
enum err disagreement_list(struct store *store, struct arena *arena, int most,
                           struct disagreement_list *ret_list);

/*
 * Adds the first report (id is set here, created_at and revision unless they are set) and, all or
 * nothing, the event of it for the webhook (store/webhook.h) and its row in the audit log.
 * ERR_CONFLICT: the interview has one. ERR_NOT_FOUND: the interview is gone.
 */
enum err report_add(struct store *store, struct arena *arena, struct report_row *report);

/* ERR_NOT_FOUND when there is none. */
enum err report_of_interview(struct store *store, struct arena *arena, const char *interview_id,
                             struct report_row *ret_report);

/* Its revision and texts_due, all that tells whether it is still the one that was read. */
enum err report_stage(struct store *store, const char *interview_id, struct report_row *ret_report);

#endif
