/*
 * New questions and coding tasks, written by a model and believed only as far as they can be
 * checked here: kind, shape, script of each language, the built-in scorer finds every key
 * point in the reference answer, no likeness to what there is. One item a call, so that a
 * bad answer costs one item.
 */
#ifndef VIVA_EXAMINER_GENERATE_H
#define VIVA_EXAMINER_GENERATE_H

#include "examiner/agent.h"

/*
 * A text whose likeness (examiner/likeness.h) to another one reaches this asks for the same.
 * Measured in all three languages: the most alike two questions of the bank have 0.25,
 * rewordings of one question 0.54 and more unless every word of weight is another.
 */
#define GENERATE_ALIKE 0.4

/* Why something was dropped: id, name in the table of refreshes */
#define GENERATE_REASONS(X)                                                              \
	X(NO_ANSWER, "no_answer") /* the endpoint gave none */                           \
	X(SHAPE, "shape")         /* no JSON of the schema, or of the bank's form */     \
	X(KIND, "kind")           /* another category, level, difficulty than ordered */ \
	X(SCRIPT, "script")       /* a text is not in its language */                    \
	X(UNCOVERED, "uncovered") /* a reference answer lacks a key point */             \
	X(DUPLICATE, "duplicate") /* too like another one */                             \
	X(RULES, "rules")         /* of bank/README.md */                                \
	X(TRIAL, "trial")         /* references or tests failed in the sandbox */        \
	X(NO_JUDGE, "no_judge")   /* there is no sandbox to try it in */

enum generate_reason {
#define GENERATE_MEMBER(id, name) GENERATE_##id,
	GENERATE_REASONS(GENERATE_MEMBER)
#undef GENERATE_MEMBER
	        GENERATE_REASON_COUNT
};

/* "no_answer", ... */
const char *generate_reason_name(enum generate_reason reason);

/* What is wanted. */
struct generate_order {
	const char *role_id, *role_title, *role_track; /* title in English */
	const char *skill_tags;                        /* of the role, JSON array */
	const char *type;                              /* technical, hr, case */
	const char *category, *level, *difficulty;     /* as in bank/README.md */
	const cJSON *known; /* array of bank bodies that it must not be like */
	const cJSON *named; /* array of English texts that the model is told of */
};

/* What came of it. */
struct generate_made {
	cJSON *body; /* as in bank/README.md, id included; NULL: dropped, because: */
	enum generate_reason reason; /* the first fault */
	const char *fault;           /* all of them, English, for the operator */
};

/*
 * A question: written in English, then translated, each checked before the next call; a
 * text with a fault is asked for once more with the fault named. `desk` may not be NULL.
 */
void generate_question(const struct agent_desk *desk, struct arena *arena,
                       const struct generate_order *order, struct generate_made *ret_made);

/* The try before. */
struct generate_retry {
	const cJSON *previous; /* the model's own document; NULL: this is the first try */
	const char *fault;
};

/*
 * A coding task with references in Python and JavaScript, in one call. Whether they run
 * clean is for the caller to try. `retry` tells the model about the try before and gets
 * the document of this one and, where something is wrong with it, the fault.
 */
void generate_task(const struct agent_desk *desk, struct arena *arena,
                   const struct generate_order *order, struct generate_retry *retry,
                   struct generate_made *ret_made);

#endif
