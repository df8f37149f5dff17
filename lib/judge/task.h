/* A coding task of the bank (bank/README.md), read in one language of the interface. */
#ifndef VIVA_JUDGE_TASK_H
#define VIVA_JUDGE_TASK_H

#include "base/i18n.h"
#include "judge/growth.h"
#include "judge/judge.h"

enum { TASK_HINTS = 3, TASK_MAX_LANGUAGES = 10 };

struct task_code {
	const char *language; /* of the judge: "python" */
	const char *starter;
	const char *reference; /* NULL when the bank has none in it */
};

struct task_tests {
	struct judge_case *items; /* `expected` NULL until the reference was run */
	size_t count;
};

struct coding_task {
	const char *id, *track, *level, *category; /* category: algo, domain */
	const char *topic;                         /* as a tag: "hash-maps" */
	int difficulty;                            /* 0..3 */
	double expected_min;
	enum judge_kind kind;
	const char *title, *description; /* description: Markdown */
	struct signature signature;      /* function kind; without types unless is_typed */
	const char *signature_text;      /* "" for other kinds */
	bool is_typed;                   /* function kind: the signature has types */
	const char *schema;              /* sql kind */
	enum judge_compare compare;
	double tolerance;
	struct judge_limits limits;
	struct task_tests public_tests, hidden_tests;
	struct task_code codes[TASK_MAX_LANGUAGES]; /* every language that can solve it */
	size_t code_count;
	const char *hints[TASK_HINTS];
	bool is_judged;   /* every test has its expected value */
	bool is_measured; /* it says how time is to grow */
	struct growth growth;
};

/*
 * ERR_INVALID when a part or the language is missing; `*ret_fault` (English) says what.
 * The task points into a JSON document that lives where json_bind says. Of a task with variants
 * the first one is read; see judge/variants.h for the others.
 */
enum err task_parse(struct arena *arena, const char *body, enum language language,
                    struct coding_task *ret_task, const char **ret_fault);

/* The task's code entry of a language, NULL when it cannot be solved in it. */
const struct task_code *task_code_of(const struct coding_task *task, const char *language);

/* Code for a task, and what to try it on. */
struct task_attempt {
	const char *language, *code;
	size_t code_len;
	bool with_hidden; /* on the hidden tests as well */
};

/* Wall time of a measurement of growth, milliseconds. */
enum { TASK_GROWTH_MS = 4000 };

/*
 * What a job of the task is given to measure the growth of its time within that budget; NULL: the
 * task says nothing of it. Points into the task.
 */
const struct judge_growth *task_growth(struct arena *arena, const struct coding_task *task);

/* What a result shows of it. */
struct growth_fit task_growth_fit(const struct coding_task *task,
                                  const struct judge_result *result);

/*
 * A job of that code against the public tests, followed by the hidden ones if wanted.
 * What the tests hold is the task's own, not copied.
 */
void task_job(struct arena *arena, const struct coding_task *task,
              const struct task_attempt *attempt, struct judge_job *ret_job);

/* True if the body can be read and every test of every variant has its expected value. */
bool task_is_complete(struct arena *arena, const char *body);

/*
 * The body with "expected" in every test, or with `variant_answers`, computed by running the
 * reference solution of the first language that is installed. When it fails, `*ret_text` says why
 * instead: ERR_INVALID as task_parse; ERR_CONFLICT: the reference does not run clean on some test;
 * ERR_UPSTREAM: it cannot be run here.
 */
enum err task_complete(const struct judge *judge, struct arena *arena, int slot, const char *body,
                       const char **ret_text);

#endif
