/* Five dimensions of an answer, by convention: no graded data validates them. */
#ifndef VIVA_SCORE_RUBRIC_H
#define VIVA_SCORE_RUBRIC_H

#include "score/passage.h"
#include "score/score.h"

struct rubric_input {
	const struct passage *answer;
	double share;  /* of the full mark, 0..1 */
	double points; /* covered ones and half the partial ones, of `point_count` */
	size_t point_count;
	double relevant; /* share of the sentences that say something of a point */
	double typos;    /* share of the matched words that are misspelt */
};

/*
 * Accuracy is the mark, relevance the share of sentences to the point, depth the
 * points with a bonus for a reason, an example or a figure; structure and
 * communication look at form alone and therefore stay below 1 + 4 * share.
 */
struct score_rubric rubric_mark(const struct rubric_input *input);

#endif
