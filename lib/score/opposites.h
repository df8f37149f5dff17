/* Pairs of words that mean the opposite of one another, in three languages. */
#ifndef VIVA_SCORE_OPPOSITES_H
#define VIVA_SCORE_OPPOSITES_H

#include <stddef.h>

/*
 * Two stems as the stemmers leave them; Ukrainian ones in the letters that
 * fold_ukrainian makes.
 */
struct opposite {
	const char *one, *other;
};

/* All pairs. */
const struct opposite *opposites_all(size_t *ret_count);

#endif
