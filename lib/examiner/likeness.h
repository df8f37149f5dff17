/*
 * Whether two texts ask for the same: the cosine of the roots of their content words,
 * rare ones weighing more. Pure. Works within a language, not across two.
 */
#ifndef VIVA_EXAMINER_LIKENESS_H
#define VIVA_EXAMINER_LIKENESS_H

#include <stddef.h>

#include "base/arena.h"

/*
 * How like the most alike of `others` the text is, 0..1, and its place in the list. What
 * is rare is told from the texts given here. 0 and place 0 for an empty list; a NULL in
 * it is like nothing.
 */
double likeness_most(struct arena *arena, const char *text, const char *const *others, size_t count,
                     size_t *ret_place);

/* Two texts of a list, by their places, and how like they are. */
struct likeness {
	size_t one, other;
	double share; /* 0..1 */
};

/* Every pair of the texts that is at least so like, in the order of the list. */
size_t likeness_pairs(struct arena *arena, const char *const *texts, size_t count, double least,
                      struct likeness **ret_pairs);

#endif
