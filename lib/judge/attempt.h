/* One try at a job in a fresh box. */
#ifndef VIVA_JUDGE_ATTEMPT_H
#define VIVA_JUDGE_ATTEMPT_H

#include "judge/outcome.h"
#include "judge/round.h"

/* What does not change from try to try. */
struct plan {
	const struct judge *judge;
	struct arena *arena;
	int slot;
	const struct judge_job *job;
	const struct judge_language *language;
	struct program program;
	const char **inputs; /* of each case, for descriptor 3 */
	size_t *input_lens;
};

struct attempt {
	const struct plan *plan;
	struct judge_result *result;
	struct box_client box;
	struct server *server; /* the one that runs now, or NULL; see serve.c */
	bool has_zygote;
};

/*
 * Compiles and runs all cases. False when the box broke: outcomes that are not there
 * yet are JUDGE_ERROR. Everything it started has ended.
 */
bool attempt_run(const struct plan *plan, struct judge_result *result);

/* Runs one case of attempt->plan. False when the box broke. */
bool attempt_case(struct attempt *attempt, size_t number, struct evidence *evidence);

/* Measures the job's growth in the box in which all of its cases were accepted. */
void attempt_grow(struct attempt *attempt);

/* The limits of a test; `start_ms` of CPU and wall time are the runtime's. */
struct box_limits attempt_limits(const struct plan *plan, int start_ms);

/* Environment of everything that runs in the box, NULL-ended. */
const char *const *attempt_environment(const struct plan *plan);

/* Runs one case in the server of a RUN_SERVE program. False when the box broke. */
bool serve_case(struct attempt *attempt, size_t number, struct evidence *evidence);

/* Forgets the server; the box ends it. */
void serve_end(struct attempt *attempt);

enum {
	ATTEMPT_MARGIN_MS = 2000, /* that judge-box may be late */
	ATTEMPT_START_MS = 10000  /* that a zygote or server may take to be ready */
};

#endif
