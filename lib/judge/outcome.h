/* From what happened in the box to the outcome of a test. Pure. */
#ifndef VIVA_JUDGE_OUTCOME_H
#define VIVA_JUDGE_OUTCOME_H

#include "judge/box/protocol.h"
#include "judge/language.h"

struct captured {
	const char *bytes;
	size_t len;
};

/* All that is known about one run of one test. */
struct evidence {
	const struct judge_language *language;
	const struct judge_job *job;
	const struct judge_case *test;
	struct box_limits limits; /* that the box enforced */
	int start_ms;             /* of its CPU time are the runtime's */
	struct box_reply reply;
	bool is_flood; /* more came out of it than it may */
	struct captured output, errors, answer;
};

/*
 * Verdict and details, in the order of enum judge_verdict. JUDGE_COMPILE_ERROR when the
 * harness says that the code could not be read. Everything lives in `arena`.
 */
struct judge_outcome outcome_of(struct arena *arena, const struct evidence *evidence);

#endif
