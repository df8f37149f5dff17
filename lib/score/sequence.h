/* How much of a reference a text says in the same order, function words included. */
#ifndef VIVA_SCORE_SEQUENCE_H
#define VIVA_SCORE_SEQUENCE_H

#include "score/coverage.h"

/* A reference as a sequence of weighed words. */
struct sequence;

/* Of a reference that has been read and its wording that has been weighed. */
const struct sequence *sequence_make(struct arena *arena, const struct vocab *vocab,
                                     const struct passage *reference,
                                     const struct wording *wording);

/* The weight share of the longest common subsequence with the document, 0..1. */
double sequence_recall(struct finder *finder, const struct document *document,
                       const struct sequence *sequence);

#endif
