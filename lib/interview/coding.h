/*
 * A coding question at work: its task, what was sent, hints taken, the score so far.
 * Code is stored before anything judges it; a worker takes it from the queue.
 */
#ifndef VIVA_INTERVIEW_CODING_H
#define VIVA_INTERVIEW_CODING_H

#include "judge/task.h"
#include "score/coding.h"
#include "store/interview.h"
#include "store/submission.h"
#include "store/user.h"

/* Tests over the time limit after which the others are not run and count as failed. */
enum { CODING_TIME_LIMITS = 3 };

/* Code and own input that are taken, in bytes; submissions of one question. */
enum { CODING_MAX_CODE = 256 * 1024, CODING_MAX_INPUT = 64 * 1024, CODING_MAX_SENT = 300 };

struct coding {
	struct store *store;
	struct arena *arena;
	struct interview interview;
	struct question question;
	struct coding_task task;            /* in the interview's language */
	struct submission_list submissions; /* runs and attempts, oldest first */
	struct hint_list hints;
	struct coding_score score; /* of the attempts that are done, see coding_score_of */
	bool is_open;              /* the interview runs and this question is the active one */
};

/*
 * ERR_NOT_FOUND: no such coding question, another owner's, or not asked yet. Does not write.
 */
enum err coding_open(struct store *store, struct arena *arena, const struct user *user,
                     const char *question_id, struct coding *ret_coding);

/*
 * The score of the attempts that are done. A shown reference solution caps it at
 * FLOW_MODEL_ANSWER_CAP; hints are taken from the question.
 */
struct coding_score coding_score_of(struct arena *arena, const struct question *question,
                                    const struct submission_list *attempts);

struct coding_input {
	const char *kind; /* run, submit */
	const char *code_language, *code;
	const char *custom_input; /* run only; function tasks: a JSON array of arguments */
	const char *nonce;
};

/*
 * Stores the code as draft and as a submission for the queue (as not_judged without a
 * judge). The same nonce again gives the same id. ERR_INVALID: empty or too long code, a
 * language the task cannot be solved in, own input that cannot be read, too many
 * submissions (`*ret_fault`: a message id for base/i18n says which); ERR_BUSY: one of this question
 * is still being judged; ERR_CONFLICT: the question is closed.
 */
enum err coding_send(struct coding *coding, const struct judge *judge,
                     const struct coding_input *input, const char **ret_submission_id,
                     const char **ret_fault);

/* Shows the next hint level and stores its text. ERR_CONFLICT: closed; ERR_INVALID: no more. */
enum err coding_take_hint(struct coding *coding);

/* Price in points that the next level would make in all, and its number; 0: no more. */
int coding_next_hint(const struct coding *coding, double *ret_price);

/*
 * One piece of work of a queue: claims the next submission, runs it and stores verdicts,
 * the mentor's words, the score's parts and identical code as an event. `*ret_worked`
 * false: nothing to do or no free slot. The thread is bound to `arena` (json_bind).
 */
enum err coding_work(struct store *store, struct arena *arena, const struct judge *judge,
                     const char *worker, bool *ret_worked);

/* Submissions whose worker died become failed; to be called now and then. */
enum err coding_recover(struct store *store, struct arena *arena, const struct judge *judge);

/* True while a submission of the interview is queued or running. */
enum err coding_is_pending(struct store *store, struct arena *arena, const char *interview_id,
                           bool *ret_pending);

/*
 * The code with names, comments and white space evened out, hashed, to compare candidates.
 * "" when what is left is too short to tell one author from another.
 */
char *coding_fingerprint(struct arena *arena, const char *code_language, const char *code);

#endif
