/* What several full-mark answers say alike, and how much of it a text says. */
#ifndef VIVA_SCORE_CONSENSUS_H
#define VIVA_SCORE_CONSENSUS_H

#include "score/coverage.h"

/* The distinct stems of all references; each weighs as much as references have it. */
struct consensus;

/* Made of wordings that have been weighed; they must outlive it. */
const struct consensus *consensus_make(struct arena *arena, const struct vocab *vocab,
                                       const struct wording *references, size_t count);

/*
 * What the document has of it, 0..1: 1 is as much weight as a reference has on the
 * average. Words of the question pay only beside other ones.
 */
double consensus_share(struct finder *finder, const struct document *document,
                       const struct consensus *consensus);

#endif
