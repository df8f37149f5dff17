/*
 * The languages of the judge: one row each. A row turns a job into files, command lines
 * and input bytes; lib/judge/run.c runs them without knowing the language.
 */
#ifndef VIVA_JUDGE_LANGUAGE_H
#define VIVA_JUDGE_LANGUAGE_H

#include "judge/judge.h"

/* How a prepared program takes its tests. Descriptors in every style: 0 stdin, 1 stdout,
 * 2 stderr, 3 input, 4 answer. */
enum run_style {
	RUN_EXEC, /* one process a test; 3 is a file with the test's input bytes; one frame on 4 */
	RUN_FORK, /* a zygote forks a child a test, see box/protocol.h; else like RUN_EXEC */
	RUN_SERVE /* one process for all: 3 and 4 are pipes; each input is a frame, too */
};

/*
 * A frame: four bytes of length, most significant first, then so many bytes. An answer
 * is a frame with JSON: {"ok": value} or {"exc": class, "msg": text, "line": n}; with
 * "compile": true in the latter the code could not even be read: a compile error. A stdin
 * program gives none; its answer is what it prints.
 */

struct program_file {
	const char *name;  /* in /box; letters, digits, '.', '_', '-' */
	const void *bytes; /* NULL: the judge's own program of that name (judge_setup.programs) */
	size_t size;
	bool executable;
};

enum { PROGRAM_MAX_FILES = 8 };

struct program {
	struct program_file files[PROGRAM_MAX_FILES];
	size_t file_count;
	const char *const *compile; /* argv in /box, NULL-ended; NULL: nothing to compile */
	const char *const *run;     /* argv; of the zygote or server in the other styles */
	const char *const *env;     /* NULL-ended, added to PATH, HOME=/tmp, LANG=C.UTF-8 */
	enum run_style style;
	int address_mb;  /* address space beyond the memory limit that its runtime needs; 0: no such
	                    limit */
	int resident_mb; /* of the bare runtime, added to the memory limit */
	int start_ms;    /* CPU time of the bare runtime that is not the candidate's (RUN_EXEC) */
	int threads;     /* it may have */
};

/* (`language` alone is a tag of base/i18n.h, and many files need both.) */
struct judge_language {
	const char *name;         /* "python" */
	const char *title;        /* "Python 3" */
	const char *file;         /* the candidate's own file: "solution.py" */
	const char *editor;       /* Ace's mode: "python" */
	bool is_typed;            /* functions need a signature */
	bool can_fork_none;       /* its compiler and runtime work in tier C */
	unsigned kinds;           /* bits 1 << enum judge_kind */
	const char *const *tools; /* absolute paths that must all exist, NULL-ended */

	/* ERR_INVALID with `*ret_fault` (English) when the job cannot be expressed. */
	enum err (*prepare)(struct arena *arena, const struct judge_job *job,
	                    struct program *ret_program, const char **ret_fault);

	/* The input bytes of a test for descriptor 3 (without a frame around them). */
	enum err (*encode)(struct arena *arena, const struct judge_job *job,
	                   const struct judge_case *test, const char **ret_bytes, size_t *ret_len);

	/* Line of the first error in the candidate's file in a compiler's output; 0: none. */
	int (*compile_line)(const char *message);

	/*
	 * What a program that ended without a frame says about itself on stderr: fills the
	 * exception and returns true if it knows ("panic: ...", "terminate called after ...",
	 * "heap out of memory"). `status` is as from wait(2). May be NULL.
	 */
	bool (*crash)(struct arena *arena, const char *stderr_text, int status,
	              struct judge_exception *ret_exception);

	/* What language_starter gives for a signature. NULL: it has no functions. */
	char *(*starter)(struct arena *arena, const struct judge_language *language,
	                 const struct signature *signature);

	/* Code to begin with where the program reads its input itself. NULL: none does. */
	const char *program_starter;

	/* True for exceptions that mean "out of memory", such as MemoryError. May be NULL. */
	bool (*is_memory)(const struct judge_exception *exception, const char *stderr_text);
};

/* All languages in the order people see them; NULL-ended. */
extern const struct judge_language *const languages[];

/* NULL when there is none of that name. */
const struct judge_language *language_by_name(const char *name);

/* The function's name as the language spells it: two_sum, twoSum. */
char *language_function_name(struct arena *arena, const struct judge_language *language,
                             const char *snake_case);

/*
 * Code to begin with for that signature, with an empty body; NULL for a task without a
 * signature or a language without functions.
 */
char *language_starter(struct arena *arena, const struct judge_language *language,
                       const struct signature *signature);

#endif
