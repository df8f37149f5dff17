/* What metrics, recommendations and texts need to know of one question report. */
#ifndef VIVA_REPORT_FACTS_H
#define VIVA_REPORT_FACTS_H

#include <stdbool.h>

#include <cjson/cJSON.h>

struct facts {
	bool is_coding, is_practice; /* practice: coding, or a question on how one acts */
	bool is_measured;            /* answered, skipped or "I don't know": not merely unreached */
	bool is_answered;
	const char *track, *state;
	double score, max_score, ratio; /* ratio NaN when nothing could be scored */
	double seconds;
	int hints;
	bool model_answer;
	const cJSON *tags, *points; /* arrays, NULL when there is none */
	const cJSON *rubric;        /* NULL when the answer was not graded */
};

/* Points into `question`, one element of a report's `questions`. */
struct facts facts_of(const cJSON *question);

#endif
