/* Code that candidates sent, what the judge said, hints they took, events they caused. */
#ifndef VIVA_STORE_SUBMISSION_H
#define VIVA_STORE_SUBMISSION_H

#include <stdbool.h>

#include "store/store.h"

/*
 * queued -> running -> done; a judge that broke or died gives failed (the code can be sent
 * again); not_judged: stored on a server without a judge.
 */
struct submission {
	const char *id, *question_id, *owner_id;
	const char *kind; /* run: public tests and own input; submit: public and hidden */
	const char *code_language, *code;
	const char *custom_input; /* run: as typed, "" for none */
	const char *state;        /* queued, running, done, failed, not_judged */
	int attempt_number;       /* submit: 1, 2, ... in order of sending; 0 for a run */
	int slot;                 /* of the judge while running, else -1 */
	const char *worker;       /* random token of the process that runs it, "" */
	int public_passed, public_total, hidden_passed, hidden_total;
	int errors;              /* tests that ended in an execution error */
	const char *result;      /* JSON, see below; NULL until done */
	const char *explanation; /* the mentor's words in the interview's language, "" */
	int hints_used;          /* highest level taken when it was sent */
	int time_spent_ms;       /* since the question was asked */
	const char *nonce;
	int64_t created_at, started_at, finished_at; /* 0 when not yet */
	const char *explanation_engine;              /* "builtin", or the model that explained */
	const char *explanation_asks; /* see submission_ask_explanation; nonces, a line each */
};

/*
 * `result` holds nothing of a hidden test but its verdict:
 * {"tier","compile":{"ok","message","line"},
 *  "public":[{"verdict","input","expected","got","exception":{...}|null,"stdout","stderr",
 *             "cpu_ms","wall_ms","memory_kb"}],
 *  "custom": one such or null, "hidden":[{"verdict":"passed"|"failed"}]}
 * "input" is the array of arguments, or the text of stdin or setup; a value whose text would
 * be longer than SUBMISSION_MAX_VALUE bytes is the beginning of that text instead.
 */
enum { SUBMISSION_MAX_VALUE = 64 * 1024 };

struct submission_list {
	struct submission *items;
	size_t count;
};

/*
 * Stores it as queued or not_judged; id, created_at and attempt_number are set here.
 * ERR_CONFLICT: the nonce was used, `submission->id` names that one. ERR_BUSY: the
 * owner has one of that question queued or running.
 */
enum err submission_add(struct store *store, struct arena *arena, struct submission *submission);

/* ERR_NOT_FOUND when there is none. */
enum err submission_by_id(struct store *store, struct arena *arena, const char *id,
                          struct submission *ret_submission);

/* Of a question, oldest first; with runs or attempts only. */
enum err submission_list(struct store *store, struct arena *arena, const char *question_id,
                         bool attempts_only, struct submission_list *ret_list);

/* The newest of a question, whatever its kind; ERR_NOT_FOUND when there is none. */
enum err submission_latest(struct store *store, struct arena *arena, const char *question_id,
                           struct submission *ret_submission);

/*
 * Takes the next queued one for a worker and marks it running. Fair: of the owners
 * with fewest running ones the one served longest ago comes first, then the oldest.
 * ERR_NOT_FOUND: nothing is queued.
 */
enum err submission_claim(struct store *store, struct arena *arena, int slot, const char *worker,
                          struct submission *ret_submission);

/* Stores what came out, if this worker still has it (else ERR_CONFLICT). */
enum err submission_finish(struct store *store, const struct submission *submission);

/* Times that a model may be asked to explain a submission, for some of its answers are no use. */
enum { SUBMISSION_MAX_ASKS = 3 };

/*
 * Notes that the form with this nonce (one line) asks a model to explain. ERR_CONFLICT: it
 * did so before, a model has explained already, or was asked SUBMISSION_MAX_ASKS times.
 */
enum err submission_ask_explanation(struct store *store, const char *id, const char *nonce);

/* A model's words in place of the built-in ones; ERR_CONFLICT when a model's stand there. */
enum err submission_set_explanation(struct store *store, const char *id, const char *explanation,
                                    const char *engine);

/* True if one of the interview is queued or running; of `question_id` only, if given. */
enum err submission_pending(struct store *store, const char *interview_id, const char *question_id,
                            bool *ret_pending);

/* True if anybody's is queued or running. */
enum err submission_any_pending(struct store *store, bool *ret_pending);

/* Those that are running. */
enum err submission_running(struct store *store, struct arena *arena,
                            struct submission_list *ret_list);

/* How many are queued before this one, 0 when it is next or not queued. */
enum err submission_position(struct store *store, const char *id, int *ret_position);

/* The code being written, one a question and language; "" and saved_at 0 when none. */
struct code_draft {
	const char *code_language, *code;
	int64_t saved_at;
};

/* ERR_NOT_FOUND when there is none in that language; NULL: the newest in any. */
enum err code_draft_get(struct store *store, struct arena *arena, const char *question_id,
                        const char *code_language, struct code_draft *ret_draft);
enum err code_draft_save(struct store *store, const char *question_id,
                         const struct code_draft *draft);

/* A hint that was shown, with its text: texts of the bank may change. */
struct hint_row {
	int level; /* 1..3 */
	const char *body;
	double price; /* points that this level costs in all */
	int64_t created_at;
	const char *engine; /* the model that adapted it; "builtin" or NULL: the bank's text */
};

struct hint_list {
	struct hint_row *items;
	size_t count;
};

/*
 * Adds the level and notes it in the question's hints_used; the same level again is OK and
 * changes nothing.
 */
enum err hint_add(struct store *store, const char *question_id, const struct hint_row *hint);
enum err hint_list(struct store *store, struct arena *arena, const char *question_id,
                   struct hint_list *ret_list);

/* Something worth a look: focus_lost, large_paste, fast_typing, identical_code. */
struct event_row {
	int64_t id;                             /* set by event_add */
	const char *interview_id, *question_id; /* question NULL: none active */
	const char *kind;
	const char *evidence; /* JSON: what was seen, numbers and excerpts */
	int64_t created_at;
};

struct event_list {
	struct event_row *items;
	size_t count;
};

/* ERR_LIMITED: the interview has 500 of them already; nothing is stored then. */
enum err event_add(struct store *store, const struct event_row *event);
enum err event_list(struct store *store, struct arena *arena, const char *interview_id,
                    struct event_list *ret_list);

/*
 * Submissions of other candidates for the same bank task whose normalized code has this
 * hash (set by submission_set_hash), at most 10, oldest first.
 */
enum err submission_set_hash(struct store *store, const char *id, const char *code_hash);
enum err submission_twins(struct store *store, struct arena *arena, const char *id,
                          struct submission_list *ret_list);

#endif
