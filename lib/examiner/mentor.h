/*
 * The mentor explains what went wrong with a program: what the exception or verdict
 * means, where, and what to try next. Built in, for each language of the judge.
 */
#ifndef VIVA_EXAMINER_MENTOR_H
#define VIVA_EXAMINER_MENTOR_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/i18n.h"

struct mentor_case {
	enum language language;      /* of the words */
	const char *code_language;   /* "python" */
	const char *verdict;         /* "runtime_error", ..., "compile_error" */
	const char *class, *message; /* exception, signal or compiler's text; NULL: none */
	int line;                    /* in the candidate's code, 0: unknown */
	const char *code;            /* the candidate's */
	bool is_hidden;              /* of a hidden test: nothing of its input may show */
};

/*
 * Two or three sentences, the candidate's line quoted when it is known; "" for accepted.
 * Plain text. An exception without a row of its own is explained by its verdict.
 */
char *mentor_explain(struct arena *arena, const struct mentor_case *facts);

#endif
