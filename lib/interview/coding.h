/*
 * A coding question at work: its task, what was sent, hints taken, the score so far.
 * Code is stored before anything judges it; a worker takes it from the queue.
 */
#ifndef VIVA_INTERVIEW_CODING_H
#define VIVA_INTERVIEW_CODING_H

#include "examiner/agent.h"
#include "judge/task.h"
#include "score/coding.h"
#include "store/interview.h"
#include "store/submission.h"
#include "store/user.h"

/* Tests over the time limit after which the others are not run and count as failed. */
enum { CODING_TIME_LIMITS = 3 };

/*
 * Code and own input that are taken, in bytes; runs and submissions of one question, and the
 * code of the latter together: all of it stands in the report.
 */
enum { CODING_MAX_CODE = 256 * 1024, CODING_MAX_INPUT = 64 * 1024, CODING_MAX_SENT = 300 };
enum { CODING_MAX_SENT_CODE = 2 * 1024 * 1024 };

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
	const struct agent_desk *mentor; /* set by the caller; NULL: built-in words only */
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
 * submissions; ERR_BUSY: one of this question is still being judged (for both, `*ret_fault`: a
 * message id for base/i18n says which); ERR_CONFLICT: the question is closed.
 */
enum err coding_send(struct coding *coding, const struct judge *judge,
                     const struct coding_input *input, const char **ret_submission_id,
                     const char **ret_fault);

/* What a candidate typed as input of a run, as a test. `*ret_fault` as for coding_send. */
enum err coding_read_input(const struct coding_task *task, const char *text,
                           struct judge_case *ret_case, const char **ret_fault);

/*
 * Shows that hint level, the next one, and stores its text: the bank's, or what `mentor`
 * makes of it for the code in that language; a call of a model ends before anything is
 * written. A level that was taken before: OK, nothing done. ERR_CONFLICT: closed;
 * ERR_INVALID: it is not the next one, or there are no more.
 */
enum err coding_take_hint(struct coding *coding, int level, const char *code_language);

/* True if a model can be asked now to explain more of that submission's execution error. */
bool coding_can_explain(const struct coding *coding, const struct submission *submission);

/*
 * Has `mentor` explain the execution error of a submission and stores that in place of the
 * built-in words; once, however often it is called with a nonce. ERR_UPSTREAM: no model said
 * anything of use, and the built-in words stay; ERR_CONFLICT: the question is closed;
 * ERR_INVALID: there is no such error, or no nonce; ERR_NOT_FOUND: no such submission.
 */
enum err coding_explain(struct coding *coding, const char *submission_id, const char *nonce);

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
