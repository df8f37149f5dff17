/* What metrics, recommendations and texts need to know of one question report. */
#ifndef VIVA_REPORT_FACTS_H
#define VIVA_REPORT_FACTS_H

#include <stdbool.h>

#include <cjson/cJSON.h>

struct code_facts {
	int attempts, hints, errors, failures; /* failures: before the first full pass, or all */
	int first_success;                     /* number of that attempt, 0: never */
	int public_passed, public_total, hidden_passed, hidden_total; /* of the best attempt */
	bool is_solved;   /* every test passed once, without the model answer */
	bool is_assisted; /* every test passed once, and the model answer was shown */
	bool is_unjudged; /* code was sent, but nobody judged it */
};

struct facts {
	bool is_coding, is_practice; /* practice: coding, or a question on how one acts */
	bool is_measured;            /* answered, skipped or "I don't know": not merely unreached */
	bool is_answered;
	const char *track, *state, *title;
	double score, max_score, ratio; /* ratio NaN when nothing could be scored */
	double seconds;
	int hints;
	bool model_answer;
	const cJSON *tags, *points; /* arrays, NULL when there is none */
	const cJSON *rubric;        /* NULL when the answer was not graded */
	const char *graded_by;      /* "builtin", a model, NULL */
	double builtin_score;       /* beside a model's; NaN when there is none */
	bool is_disputed;           /* the two are EVALUATION_DISAGREEMENT or more apart */
	struct code_facts code;     /* of a coding question */
};

/* Points into `question`, one element of a report's `questions`. */
struct facts facts_of(const cJSON *question);

#endif
