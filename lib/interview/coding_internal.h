/* What the files about coding questions share. */
#ifndef VIVA_INTERVIEW_CODING_INTERNAL_H
#define VIVA_INTERVIEW_CODING_INTERNAL_H

#include "interview/coding.h"

/* Time for a model's hint or explanation, while a candidate waits. */
enum { CODING_MENTOR_BUDGET_MS = 20000 };

/*
 * Reads question and interview anew, inside the caller's transaction. ERR_CONFLICT: the
 * question is closed, or just being closed.
 */
enum err coding_check_open(struct coding *coding);

/* A submission with the question and task it is about, and what the judge made of it. */
struct coding_verdict {
	struct arena *arena;
	const struct submission *submission;
	const struct interview *interview;
	const struct coding_task *task;
	const struct judge_case *custom; /* the case behind the public ones, or NULL */
	const struct judge_result *result;
};

/* Fills in state, counts, result and explanation. */
void coding_conclude(const struct coding_verdict *verdict, struct submission *submission);

/*
 * The fingerprint of the code; "" when it says nothing about its author: too short, or what
 * the task hands out to begin with.
 */
const char *coding_own_hash(struct arena *arena, const struct submission *submission,
                            const struct coding_task *task);

/*
 * Keeps the hash (from coding_own_hash) with the submission and records an event for every
 * other candidate who sent the same code for the task before. Within a transaction.
 */
enum err coding_compare(struct store *store, struct arena *arena,
                        const struct submission *submission, const struct question *question,
                        const char *hash);

#endif
