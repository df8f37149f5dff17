/* What a text can do to look like an answer, and what it may earn at most then. */
#ifndef VIVA_SCORE_GUARDS_H
#define VIVA_SCORE_GUARDS_H

#include "score/points.h"

struct guards_input {
	const struct vocab *vocab;
	struct finder *finder;
	const struct passage *question;
	const struct document *answer;
	const struct document *references; /* may be none */
	const struct wording *reference_wordings;
	size_t reference_count;
	const struct key_point *points;
	uint32_t point_count;
	uint32_t expected_words; /* distinct content words of a full answer */
	bool fresh;              /* a key point was hit by more than the question's words */
	bool answerable;         /* from the question's words alone: no key point has a new one */
};

struct guards_result {
	unsigned flags; /* of enum score_flag */
	double cap;     /* on the share of the full mark; 1 when nothing is wrong */
};

/* Looks at an answer that has at least one content word. */
struct guards_result guards_check(struct arena *arena, const struct guards_input *input);

#endif
