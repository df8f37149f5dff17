/*
 * The judge: runs a candidate's program on test cases in a sandbox and says what came
 * of each. The program under test gets code and the input of one test; expected values,
 * comparison and verdict stay here. A wrong answer is data, never an error.
 */
#ifndef VIVA_JUDGE_JUDGE_H
#define VIVA_JUDGE_JUDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/err.h"
#include "judge/signature.h"

enum judge_kind { JUDGE_FUNCTION, JUDGE_STDIN, JUDGE_SQL };

/* In this order: an earlier one wins over a later one when both hold. */
enum judge_verdict {
	JUDGE_ERROR, /* ours; says nothing about the program */
	JUDGE_COMPILE_ERROR,
	JUDGE_OUTPUT_LIMIT,
	JUDGE_MEMORY_LIMIT,
	JUDGE_TIME_LIMIT,
	JUDGE_RUNTIME_ERROR,
	JUDGE_WRONG_ANSWER,
	JUDGE_ACCEPTED
};

/* "accepted", "wrong_answer", ... as product section 6 has them. */
const char *judge_verdict_name(enum judge_verdict verdict);

enum judge_compare {
	COMPARE_EXACT,     /* same tree; floats within 1e-6; bool is not int */
	COMPARE_FLOAT,     /* numbers within `tolerance`, absolute or relative */
	COMPARE_UNORDERED, /* the top-level list in any order, with repeats */
	COMPARE_SET,       /* the top-level list in any order, without repeats */
	COMPARE_TOKENS     /* stdin: words parted by any white space */
};

/* What one test may use. */
struct judge_limits {
	int cpu_ms, wall_ms, memory_mb;
	int output_kb; /* of stdout, of stderr and of stdin tasks' answers each */
};

#define JUDGE_DEFAULT_LIMITS                                                       \
	{                                                                          \
		.cpu_ms = 2000, .wall_ms = 6000, .memory_mb = 256, .output_kb = 64 \
	}

struct judge_case {
	const cJSON *args;      /* function: an array, one item a parameter */
	const char *stdin_text; /* stdin: what the program reads */
	const char *setup;      /* sql: statements run before the candidate's, after the schema */
	const cJSON *expected;  /* NULL: none, any clean answer is accepted (a string for stdin) */
};

/*
 * Inputs of growing sizes, run after all cases were accepted to see how time grows. Answers are
 * not compared, and nothing that happens then changes an outcome.
 */
struct judge_growth {
	size_t count;  /* of sizes, at most JUDGE_MOST_SIZES */
	int budget_ms; /* wall time of all of them */
	/* Makes the input of size `number`, from 0, in the thread's bound arena; false: it cannot.
	 */
	bool (*make)(const void *context, size_t number, struct judge_case *ret_case);
	const void *context;
};

enum { JUDGE_MOST_SIZES = 8 };

struct judge_job {
	const char *language; /* a name of the language table */
	enum judge_kind kind;
	const char *function; /* function kind: the name to call */
	const struct signature
	        *signature; /* function kind: NULL is only possible for untyped languages */
	bool in_place;      /* function kind: the answer is the first argument after the call */
	const char *code;
	size_t code_len;    /* it may hold NUL or broken UTF-8: such code is a compile error */
	const char *schema; /* sql: statements that build the database, or NULL */
	const struct judge_case *cases;
	size_t count;
	struct judge_limits limits;
	int time_limits; /* after so many the other cases count as over the limit; 0: all are run */
	enum judge_compare compare;
	double tolerance;                  /* 0: 1e-6 */
	const struct judge_growth *growth; /* NULL: time is not measured */
};

struct judge_exception {
	const char *class, *message; /* "ZeroDivisionError", at most 2000 characters of text */
	int line;                    /* in the candidate's own file, from 1; 0 when unknown */
};

struct judge_outcome {
	enum judge_verdict verdict;
	const cJSON *got; /* the answer; NULL when there was none (a string for stdin) */
	struct judge_exception exception;      /* class NULL when there was none */
	const char *stdout_text, *stderr_text; /* valid UTF-8, at most output_kb, never NULL */
	int cpu_ms, wall_ms;
	int64_t memory_kb; /* peak resident */
};

struct judge_result {
	const char *tier; /* "A1", "A2", "B", "C" */
	bool compiled;
	const char *compile_message; /* of the compiler, or why the code was not accepted; "" */
	int compile_line;            /* of its first error in the candidate's file, 0: unknown */
	struct judge_outcome
	        *outcomes; /* one a case, in order; all COMPILE_ERROR if not compiled */
	size_t count, passed;
	bool is_measured;                   /* of growth: it was run, as the job wanted */
	enum judge_verdict stopped;         /* what ended it; JUDGE_ACCEPTED: no size is left */
	size_t size_count;                  /* sizes that were run to their end */
	int64_t sizes_us[JUDGE_MOST_SIZES]; /* their CPU times, the least of several runs */
};

/* The judge of this process. Read-only once it is made; any thread may run jobs. */
struct judge;

struct judge_setup {
	const char *programs; /* folder with judge-box and judge-sql */
	const char *folder;   /* for slot locks and boxes, made 0700: VIVA_VAR/judge */
	const char *tiers;    /* allowed ones: "A1,A2,B,C"; others are not even tried */
	int slots;            /* jobs at once on this machine; 0: processors - 1, at least 1 */
	const char *hidden;   /* folder to hide if it lies below what boxes show, or NULL */
};

/*
 * Runs the canaries (their outcome is cached in the folder by boot and program) and
 * looks which toolchains are there. It never fails: a judge without a tier refuses
 * jobs, see judge_tier. Lives in `arena`. The process ignores SIGPIPE from then on.
 */
struct judge *judge_create(struct arena *arena, const struct judge_setup *setup);

/* "A1", "A2", "B", "C", or NULL when this machine cannot run strangers' code safely. */
const char *judge_tier(const struct judge *judge);

/* Why there is no tier, for the operator; "" when there is one. */
const char *judge_refusal(const struct judge *judge);

/* True if jobs of that language can be run here. */
bool judge_has_language(const struct judge *judge, const char *language);

/*
 * A place to run a job in; released with `arena` or by judge_leave. ERR_BUSY: all
 * slots of the machine are taken. ERR_UPSTREAM: there is no tier. Slots are file locks,
 * so a process that dies leaves none behind.
 */
enum err judge_enter(const struct judge *judge, struct arena *arena, int *ret_slot);
void judge_leave(const struct judge *judge, int slot);

/*
 * Slots of this machine where so many are wanted (0: processors - 1) and how many of those in the
 * folder of struct judge_setup are taken; it needs no judge.
 */
int judge_count_slots(const char *folder, int wanted, int *ret_taken);

/* True if some process is in the slot. */
bool judge_slot_taken(const struct judge *judge, int slot);

/*
 * Runs all cases of the job in the slot the caller entered. OK whatever the program
 * does. ERR_INVALID: the job itself makes no sense (unknown language, no function
 * name, a signature that the language cannot express); `ret_result->compile_message`
 * says what. ERR_UPSTREAM: no tier, or the language is not there. A box that broke
 * gives JUDGE_ERROR outcomes, after one more try. With growth the thread must be bound to
 * `arena` (json_bind).
 */
enum err judge_run(const struct judge *judge, struct arena *arena, int slot,
                   const struct judge_job *job, struct judge_result *ret_result);

#endif
