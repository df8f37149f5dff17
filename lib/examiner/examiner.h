/*
 * Who asks and grades. One interface, two engines: the built-in one works with no
 * network at all; an LLM engine has the same three duties. The flow of an interview
 * (lib/interview) decides what happens; an engine only understands, speaks and grades.
 */
#ifndef VIVA_EXAMINER_EXAMINER_H
#define VIVA_EXAMINER_EXAMINER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/i18n.h"
#include "score/score.h"

/* A bank question in one language, ready to be asked. */
struct exam_question {
	const char *bank_id, *track, *level, *category;
	int difficulty;      /* 0..3 */
	double expected_min; /* estimated answer time, minutes */
	const char *hint, *model_answer;
	struct score_texts skill_tags;
	struct score_question score; /* text, references, key points with wrong claims */
	const struct exam_follow_up {
		const char *key_point_id, *text;
	} * follow_ups;
	size_t follow_up_count;
	const struct exam_mistake {
		const char *claim, *fact; /* one row a wording of the claim */
	} * mistakes;
	size_t mistake_count;
	/* Stored answers it is tested with, never shown to candidates; "": none. */
	const char *good_answer, *thin_answer;
};

/* Reads a bank body (bank/README.md). ERR_INVALID when a part or the language is missing. */
enum err exam_question_parse(struct arena *arena, const char *body, enum language language,
                             struct exam_question *ret_question);

enum message_class {
	MESSAGE_NORMAL,
	MESSAGE_INCOMPLETE,
	MESSAGE_EXCELLENT,
	MESSAGE_HALLUCINATION,
	MESSAGE_OFF_TOPIC,
	MESSAGE_QUESTION,
	MESSAGE_STOP_COMMAND,
	MESSAGE_INTRODUCTION,
	MESSAGE_DONT_KNOW
};

enum next_step { STEP_NEW_QUESTION, STEP_FOLLOW_UP, STEP_REPEAT_QUESTION };

/* What a candidate told about themselves; NULL: nothing. */
struct exam_facts {
	const char *name, *position, *level, *experience;
	const char *technologies; /* comma-separated */
};

/* What the observer makes of one message. */
struct observation {
	enum message_class class;
	double quality; /* 0..1 of the answer so far */
	bool answered;  /* the active question may be closed */
	enum next_step step;
	const char *reason;     /* one sentence, English, for the log */
	const char *correction; /* the right fact when a claim was wrong, else NULL */
	const char *follow_up;  /* the question to ask when step is STEP_FOLLOW_UP */
	const char *engine;     /* "builtin" or a model's name */
	struct exam_facts facts;
};

/* Where the talk stands when a message is observed. */
struct exam_situation {
	const struct exam_question *question; /* NULL: none is active */
	const char *answer;                   /* the whole answer so far, the message included */
	int follow_ups_left;                  /* that may still be asked on this question */
	const char *question_id; /* in the database, for the record of a model's call */
};

/* What the interviewer is to say. */
enum cue {
	CUE_GREETING,         /* opens the talk: name, role, number of questions */
	CUE_INTRODUCTION,     /* asks the candidate to tell about position and technologies */
	CUE_QUESTION,         /* asks `question`, after a word about the last answer */
	CUE_FOLLOW_UP,        /* asks `text` */
	CUE_CORRECTION,       /* states the right fact `text` */
	CUE_BACK_TO_TOPIC,    /* kindly back from off-topic to what was asked, `text` */
	CUE_COUNTER_QUESTION, /* a question from the candidate: brief word, then `text` again */
	CUE_CONFIRM_STOP,     /* asks whether to finish now */
	CUE_CONTINUE,         /* the candidate goes on after all: asks `text` again */
	CUE_HINT,             /* gives the hint `text` */
	CUE_MODEL_ANSWER,     /* gives the model answer `text` */
	CUE_CLOSING,          /* thanks; the report is ready; `text` (or NULL): why it ends now */
	CUE_CODING_TASK,      /* announces the coding task with the title `text` */
	CUE_CODING_EDITOR,    /* the task `text` is solved in the editor, not in words */
	CUE_CODING_HINT,      /* hints on the task are to be had on its page */
	CUE_CODING_ANSWER     /* gives the reference solution `text`, in `code_language` */
};

struct cue_facts {
	enum cue cue;
	enum language language;
	const char *candidate; /* name or "" */
	const char *role;      /* title in the language */
	int position, total;   /* of the question */
	int wished;            /* CUE_GREETING: questions that were asked for; 0: no matter */
	const char *text;
	const struct observation *last; /* of the candidate's last message, or NULL */
	bool after_code;                /* the candidate just said to be done with a coding task */
	const struct exam_question *question; /* NULL: none is active, or a coding task is */
	const char *code_language;            /* CUE_CODING_ANSWER: as people write it */
	const char *message;                  /* the candidate's last message, or NULL */
	const struct exam_facts *known;       /* of the candidate, or NULL */
	const char *question_id;              /* as in struct exam_situation; "" for none */
};

/* The interviewer's words. */
struct speech {
	const char *text;
	const char *engine; /* "builtin" or a model's name */
	bool is_cut;        /* the reader left or stopped a model; what had to be said follows */
};

/* How proven points become a score (examiner/llm_engine.h); raise it whenever a mark can change. */
#define EXAMINER_PROOF_VERSION "proof-1"

/* The grade of a finished question with its words for the candidate. */
struct grade {
	const char *engine; /* "builtin" or a model's name */
	struct score_result result;
	const char *feedback_short, *feedback_detailed; /* in the question's language */
	const char *next_difficulty;                    /* decrease, same, increase */

	/* Of a model's grade: the built-in scorer's own, kept beside it. */
	bool has_builtin;
	struct score_result builtin;

	/* Points that a model gave without a quotation that stands in the answer. */
	struct exam_unproved {
		const char *key_point_id, *text, *quote;
	} * unproved;
	size_t unproved_count;

	int64_t call; /* of a model's grade: the record of its reply (struct llm_result); 0: none */

	const char *fallback; /* why the built-in scorer graded though there is a model, or "" */
};

/* An engine; `context` is the first argument of its functions. */
struct examiner {
	const char *name;
	void *context;
	enum err (*observe)(void *context, struct arena *arena,
	                    const struct exam_situation *situation, const char *message,
	                    struct observation *ret_observation);
	enum err (*speak)(void *context, struct arena *arena, const struct cue_facts *facts,
	                  struct speech *ret_speech);
	enum err (*grade)(void *context, struct arena *arena,
	                  const struct exam_situation *situation, struct grade *ret_grade);
};

/* The engine that needs nothing but the bank. Its functions never fail. */
const struct examiner *examiner_builtin(void);

/*
 * The engine that asks models at that desk and checks what they say (examiner/proof.h,
 * examiner/guard.h); where a model fails or talks nonsense, the built-in engine takes that
 * very step. Its functions never fail either; afterwards the thread's JSON (json_bind) lives
 * in the arena they were given. It lives in `arena`.
 */
struct agent_desk;
const struct examiner *examiner_llm(struct arena *arena, const struct agent_desk *desk);

/* True if a message is nothing but the wish for a hint, which has a button as well. */
bool examiner_asks_hint(struct arena *arena, const char *message);

/* "normal", "incomplete", ... and "ask_new_question", "ask_followup", "repeat_last_question" */
const char *message_class_name(enum message_class class);
const char *next_step_name(enum next_step step);

#endif
