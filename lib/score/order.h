/* Whether the words of a text stand beside one another as they do in the references. */
#ifndef VIVA_SCORE_ORDER_H
#define VIVA_SCORE_ORDER_H

#include "score/coverage.h"

/* Pairs of neighbours of one kind within the text's sentences; numbers are in none. */
struct order_pairs {
	uint32_t all, known; /* of known ones both words stand in some reference, wherever */
	uint32_t kept;       /* and there as near one another, in the same order */
};

struct order_found {
	struct order_pairs words;   /* of all words; kept ones may have one between them */
	struct order_pairs bound;   /* of all words but articles */
	struct order_pairs content; /* of content words, whatever stands between them */
};

/* Function words count like others: they are what a shuffled text has in wrong places. */
struct order_found order_find(struct arena *arena, const struct document *references, size_t count,
                              const struct passage *text);

/* kept / known, 1 where nothing is known. */
double order_share(const struct order_pairs *pairs);

#endif
