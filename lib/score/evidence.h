/* The bytes of an answer that earned a key point its status. */
#ifndef VIVA_SCORE_EVIDENCE_H
#define VIVA_SCORE_EVIDENCE_H

#include "score/coverage.h"
#include "score/score.h"

/*
 * Spans of the hits within the sentences that `found` names: in order, disjoint,
 * from the start of a token to the end of one, at most MAX_SPANS, none across a
 * sentence's end. At least one when there is a hit that is no opposite.
 */
void evidence_spans(struct arena *arena, const struct document *document, const struct hits *hits,
                    const struct found *found, struct score_point *point);

/* From the first to the last hit of one sentence. */
struct score_span evidence_sentence(const struct document *document, const struct hits *hits,
                                    uint32_t sentence);

/* From the start of hit `first` to the end of the one before `end`; both exist. */
struct score_span evidence_between(const struct document *document, const struct hits *hits,
                                   uint32_t first, uint32_t end);

#endif
