/*
 * An interview from the start button to the last answer. Each candidate message is
 * stored before anything thinks about it; what follows from it is stored in a second
 * transaction. flow_open settles a message that a crash left without its reaction.
 */
#ifndef VIVA_INTERVIEW_FLOW_H
#define VIVA_INTERVIEW_FLOW_H

#include "examiner/examiner.h"
#include "judge/task.h"
#include "store/bank.h"
#include "store/interview.h"
#include "store/user.h"
#include "witness/model.h"

/* What the start form says. */
struct flow_options {
	const char *role_id, *level, *type; /* as in struct interview */
	const char *role_title;             /* the same; NULL: the catalogue's */
	enum language language;
	int question_count, time_limit_min;
	const char *job_description;
	const char *nonce;         /* the form's one-time value */
	int coding_percent;        /* share of coding tasks, 0..100; technical and mixed only */
	const char *code_language; /* of the judge: "python"; for a share above 0 */
	bool has_model; /* opens with an introduction when the profile lacks position or stack */
};

/* The role as the candidate named it, otherwise its title in the interview's language. */
const char *flow_role_title(const struct interview *interview, const struct role *role);

/*
 * An interview under way, as a page shows it. The observation of a candidate's turn
 * stands with the first turn that answers it, for turns are never changed.
 */
struct flow {
	struct store *store;
	struct arena *arena;
	const struct examiner *examiner;
	struct interview interview;
	struct question_list questions;
	struct question *active;          /* NULL: finished or not yet begun */
	struct exam_question active_exam; /* of the active question if it is theory */
	struct coding_task active_task;   /* of the active question if it is a coding task */
	const char *parsed_id;            /* of the question that these two were read from */
	struct turn_list turns;
	const char *draft;
	const char *candidate, *role_title; /* for the interviewer's words */
	struct exam_facts facts;            /* that the candidate told */
	bool is_answering;         /* the interviewer is about to answer, in another request */
	const struct model *model; /* as in struct flow_setting */
	const struct flow_listener *listener; /* as there */
	struct flow_voice *voice;      /* of the reaction under way; NULL: nobody reads along */
	const struct agent_desk *desk; /* of the reaction under way; NULL: built-in only */
};

/* Somebody who reads along while the interviewer thinks and speaks. */
struct flow_listener {
	void (*on_state)(void *context, const char *state); /* "thinking", "speaking" */
	void (*on_reply)(void *context, const char *kind);  /* words of a new turn follow */
	bool (*on_text)(void *context, const char *text, size_t len); /* false: left */
	bool (*on_wait)(void *context); /* some times a second; false: left */
	void *context;
	int fd; /* readable when the reader leaves; -1: cannot be told */
};

/* Where a flow runs. Its parts outlive the flow. */
struct flow_setting {
	struct store *store;
	struct arena *arena;                  /* of the flow and of what it says */
	const struct model *model;            /* NULL: built-in examiner only */
	const struct flow_listener *listener; /* NULL: nobody reads along */
};

/* True for a coding task, which is solved in the editor (interview/coding.h). */
bool flow_is_coding(const struct question *question);

/* Points of 10: the most once the model answer was shown; the price of a hint. */
#define FLOW_MODEL_ANSWER_CAP 3.0
#define FLOW_HINT_PRICE       0.5

/* Follow-up questions and hints that count per question; code points of a message. */
enum { FLOW_MAX_FOLLOW_UPS = 1, FLOW_MAX_HINTS = 1, FLOW_MAX_MESSAGE = 20000 };

/* An answer that arrives this much after the time limit is still taken. */
enum { FLOW_GRACE_MS = 60000 };

struct flow_started {
	const char *id;
	int64_t allowed_at; /* after ERR_LIMITED: when the next start is allowed */
};

/*
 * Plans the questions and opens the talk. ERR_LIMITED: the daily number is used up;
 * ERR_INVALID: no such role, or no questions. The same nonce again gives the interview
 * it started.
 */
enum err flow_start(struct store *store, struct arena *arena, const struct user *user,
                    const struct flow_options *options, struct flow_started *ret_started);

/* Which questions of a finished interview are asked again, or others in their place. */
struct flow_again {
	const char *parent_id;
	const char *repeats;             /* "all", "mistakes" or "similar" */
	const char *const *question_ids; /* mistakes: these of the parent; similar: of the bank */
	size_t count;
	const char *nonce; /* the form's one-time value; each parent and choice has its own start */
};

/*
 * A new interview like the parent with its questions, in the bank's wording of now; a question
 * that left the bank is asked as it was. Practice of mistakes has no time limit, nor has that of
 * similar questions, which are theory of the bank in the order given.
 * ERR_NOT_FOUND: no such interview of the user; ERR_CONFLICT: it is not finished; ERR_INVALID:
 * no question is left, or no nonce; ERR_LIMITED and a repeated nonce as of flow_start.
 */
enum err flow_repeat(struct store *store, struct arena *arena, const struct user *user,
                     const struct flow_again *again, struct flow_started *ret_started);

/* How many interviews a person can still start today, by the server's day. */
struct flow_quota {
	bool is_exempt; /* the rest says nothing then */
	int limit, left;
	int64_t allowed_at; /* when the next can be started once none is left: the next day */
};
enum err flow_quota(struct store *store, const struct user *user, struct flow_quota *ret_quota);

/*
 * Loads the owner's interview and settles what is open: a message without its
 * reaction, a time limit that passed (with its grace); when that cannot be written,
 * it stays open. ERR_NOT_FOUND for another's. `setting` itself is not kept.
 * While another request works on the interviewer's answer, it waits a second, then gives
 * the flow as it stands, with is_answering.
 */
enum err flow_open(const struct flow_setting *setting, const struct user *user, const char *id,
                   struct flow *ret_flow);

/* A button or message of the candidate. */
enum flow_action {
	FLOW_SAY,  /* text is the message */
	FLOW_SKIP, /* next question, this one scores 0 unless something was said */
	FLOW_DONT_KNOW,
	FLOW_HINT,
	FLOW_MODEL_ANSWER,
	FLOW_STOP,     /* wants to finish: ask for confirmation */
	FLOW_CONTINUE, /* no, go on */
	FLOW_FINISH,   /* yes, finish */
	FLOW_CODE_DONE /* done with this coding task: the next question */
};

struct flow_input {
	enum flow_action action;
	const char *text;        /* FLOW_SAY only */
	const char *question_id; /* the active question on the candidate's page; "" if none */
	const char *nonce;
};

/*
 * Takes one step and brings `flow` up to date. ERR_CONFLICT: the talk moved on in
 * another tab, and the text was kept as the draft; ERR_INVALID: empty or too long.
 * The same nonce again does nothing and gives OK. A finished interview: OK, nothing
 * done. When the last question is done, the turn limit or the time limit is reached,
 * the interview's status becomes completed. The flow can be shown after OK,
 * ERR_CONFLICT and ERR_INVALID; after another error it has to be opened anew.
 * FLOW_CODE_DONE gives ERR_BUSY while code of the task is being judged, and ERR_INVALID on
 * a theory question. Other ways to leave a coding task do not wait: the judge goes on.
 */
enum err flow_step(struct flow *flow, const struct flow_input *input);

/*
 * Grades the question's answer with that examiner, hints and a shown model answer taken
 * off; nothing is stored. `exam` is the question's snapshot.
 */
enum err flow_grade(const struct examiner *examiner, struct arena *arena,
                    const struct question *question, const struct exam_question *exam,
                    struct evaluation *ret_evaluation);

/*
 * The type's categories and their shares in percent; unknown types give NULL. For
 * "mixed": the types it is made of, in equal parts, each with shares of its own.
 */
struct flow_share {
	const char *category;
	int percent; /* in proportion: the thirds of "mixed" add up to 99 */
};
const struct flow_share *flow_shares(const char *type, size_t *ret_count);

#endif
