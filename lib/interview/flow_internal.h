/* What the files of lib/interview share: loading, reactions and their parts. */
#ifndef VIVA_INTERVIEW_FLOW_INTERNAL_H
#define VIVA_INTERVIEW_FLOW_INTERNAL_H

#include "interview/flow.h"
#include "base/lock.h"
#include "store/bank.h"
#include "store/met.h"

struct flow_reaction;

/* Reads everything of flow->interview.id anew, inside the caller's transaction. */
enum err flow_read(struct flow *flow);

/* The same in a transaction of its own; then parses the active question. */
enum err flow_load(struct flow *flow);

/*
 * Reacts to what is open until nothing is; the flow is up to date then. While another
 * request answers with a model, it waits a second and leaves the flow is_answering.
 */
enum err flow_settle(struct flow *flow);

/*
 * Where a model takes part, one request at a time answers in a talk: takes that place.
 * `ret_lock` is NULL where none is needed. ERR_BUSY: another request has it; the flow is
 * loaded then.
 */
enum err flow_enter(struct flow *flow, struct lock **ret_lock);

/* The same as flow_settle for who has that place. */
enum err flow_settle_inside(struct flow *flow);

/* Makes the examiner, its desk and the voice of the setting for the reactions to come. */
void flow_voice_equip(struct flow *flow);

/* True while the interview takes messages. */
bool flow_is_running(const struct flow *flow);

/* The candidate's turn that nobody reacted to yet, or NULL. At most one can be open. */
const struct turn *flow_open_turn(const struct flow *flow);

/*
 * The candidate's words on a question: the answer turns that were seen as answers,
 * and `message` if `counts`; `message` (may be NULL) is not looked up otherwise.
 */
const char *flow_answer_of(const struct flow *flow, const struct question *question,
                           const struct turn *message, bool counts);

/* What was observed and what it did to the difficulty, as JSON. */
const char *flow_observation(const struct flow_reaction *reaction);

/* Milliseconds at which the time limit ends; INT64_MAX when there is none. */
int64_t flow_deadline(const struct interview *interview);

/* Candidate messages so far. */
int flow_turns_used(const struct flow *flow);

/*
 * What one message leads to: the flow's rows are changed in memory and written in
 * one transaction, unless something else happened to the interview meanwhile.
 */
enum { FLOW_REPLIES_MAX = 4 };

struct flow_reaction {
	struct flow *flow;
	const struct turn *message; /* NULL: a limit ends the interview */
	int last_seq;               /* of the turns the decision is based on */
	bool *dirty;                /* one a question: is to be saved */
	struct observation seen;
	bool observed;
	int difficulty_before;
	struct evaluation evaluation;
	bool graded;
	struct turn replies[FLOW_REPLIES_MAX];
	size_t reply_count;
	bool after_code;           /* the candidate is done with a coding task */
	const char *code_language; /* of a reference solution to be shown, as people write it */
	const char *limit;         /* why the interview ends with this reaction, or NULL */
	int64_t now;
};

/* Decides; nothing is written. */
enum err flow_react(struct flow_reaction *reaction);

/* The same while the candidate is asked to tell about themself. */
enum err flow_introduce(struct flow_reaction *reaction, bool was_stopping);

/* Adds to what is known of the candidate what the message told. */
void flow_learn(struct flow_reaction *reaction);

/* Adds the interviewer's words for `cue`; `text` as the cue wants it. */
enum err flow_say(struct flow_reaction *reaction, enum cue cue, const char *text);

/* Grades the active question's answer and closes it, moving the difficulty. */
enum err flow_grade_active(struct flow_reaction *reaction);

/* Closes the active question in that state without a grade. */
void flow_close_active(struct flow_reaction *reaction, const char *state);

/* Marks the question as one to be saved with the reaction. */
void flow_touch(struct flow_reaction *reaction, const struct question *question);

/* Says something that leaves the question active, unless a limit ends the interview. */
enum err flow_stay(struct flow_reaction *reaction, enum cue cue, const char *text);

/*
 * Closes the active coding question: as answered if there is an attempt, else in that
 * state; the score so far moves the difficulty.
 */
enum err flow_close_coding(struct flow_reaction *reaction, const char *state);

/* Understands a message while a coding task is active; none is an answer. */
void flow_observe_coding(struct flow_reaction *reaction);

/* Shows the active task's reference solution. */
enum err flow_give_solution(struct flow_reaction *reaction);

/* True if the task can be solved by who chose that language; SQL is nobody's choice. */
bool flow_task_fits(const struct coding_task *task, const char *code_language);

/* The same by `code_languages` of struct bank_question; "" may fit. */
bool flow_languages_fit(const char *code_languages, const char *code_language);

/* A question of either kind, ready to be asked. */
struct flow_asked {
	struct exam_question exam; /* theory */
	struct coding_task task;   /* coding */
	int difficulty;            /* 0..3 */
};

/*
 * Reads a body of that kind ("theory", "coding"). ERR_INVALID: it cannot be asked. `arena` is
 * the thread's cJSON arena (json_bind) from then on.
 */
enum err flow_parse(struct arena *arena, const char *q_type, const char *body,
                    enum language language, struct flow_asked *ret_asked);

/* Who reads bodies, and for what. */
struct flow_reader {
	struct store *store;
	struct arena *arena;
	const struct interview *interview;
	uint64_t seed; /* chooses variants of tasks */
};

/*
 * Reads the body of a question of the pool that has none yet, as it would be asked. ERR_INVALID:
 * it cannot be asked in that interview.
 */
enum err flow_body(const struct flow_reader *reader, struct bank_question *question,
                   struct flow_asked *ret_asked);

/* The next planned question, or the end. */
enum err flow_advance(struct flow_reaction *reaction);

/* Ends the interview; the active question is graded if anything was said. */
enum err flow_finish(struct flow_reaction *reaction);

/* Move by "decrease", "same", "increase", within 0..3. */
int flow_moved_difficulty(int difficulty, const char *move);

/* What an activation draws from. */
struct flow_activation {
	struct store *store;
	const struct bank_question_list *pool; /* without bodies; empty: nothing is swapped */
	const struct met_list *met;            /* that the candidate was asked before */
	const struct interview *interview;
	struct question *questions; /* of the interview */
	size_t count;
	size_t index; /* of the one to make active */
	int64_t now;
};

/*
 * Makes a planned question active, after swapping it for an unused one nearer to the
 * interview's difficulty. ERR_INVALID: its body cannot be read in the language. Only the body of
 * what is swapped in is read.
 */
enum err flow_activate(struct arena *arena, const struct flow_activation *activation,
                       struct flow_asked *ret_asked);

/* An interview that is about to open, gathered before anything is written. */
struct flow_opening {
	struct store *store;
	struct arena *arena;
	const struct user *user;
	const char *role_title; /* in the interview's language */
	struct interview interview;
	struct bank_question_list pool; /* of what may be asked instead; empty: nothing */
	struct met_list met;            /* that the candidate was asked before; empty: no matter */
	int wished;                     /* questions that were asked for; 0: no number was */
	struct question *questions;     /* planned, in their order */
	size_t count;
	int64_t allowed_at; /* after ERR_LIMITED */
};

/* Reads "junior", "middle", "senior" as 0..2; false for another level. */
bool flow_level_difficulty(const char *level, int *ret_difficulty);

/*
 * Fills in the interview and draws the questions that the options ask for, fewer where the bank
 * has no more; nothing is written. The same bank, options and text `draw` draw the same; so
 * does what was met, which the caller fills in. ERR_INVALID as of flow_start.
 */
enum err flow_plan(struct flow_opening *opening, const struct flow_options *options,
                   const char *draw);

/*
 * Within a transaction: adds the interview and checks the daily number, the new one included,
 * so that two starts at once cannot both be the last. ERR_CONFLICT as of interview_add.
 */
enum err flow_opening_add(struct flow_opening *opening);

/* Then: adds the questions, makes the first one active and has the interviewer speak. */
enum err flow_opening_talk(struct flow_opening *opening);

/*
 * Runs `inside` in a transaction of its own. A start whose nonce was used before gives the
 * interview that is there.
 */
enum err flow_opening_run(struct flow_opening *opening, enum err (*inside)(void *context),
                          void *context, struct flow_started *ret_started);

/*
 * exam_question_parse that keeps only what is read: the tree of a body in all languages is
 * many times what one of them takes. Leaves the thread bound to `arena`.
 */
enum err flow_parse_exam(struct arena *arena, const char *body, enum language language,
                         struct exam_question *ret_exam);

#endif
