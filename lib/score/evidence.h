/* The bytes of an answer that earned a key point its status. */
#ifndef VIVA_SCORE_EVIDENCE_H
#define VIVA_SCORE_EVIDENCE_H

#include "score/coverage.h"
#include "score/score.h"

/*
 * Marks as shown the hits within the sentences that `found` names which make at
 * most MAX_SPANS spans. At least one when there is a hit that is no opposite.
 */
void evidence_choose(struct arena *arena, const struct document *document, struct hits *hits,
                     const struct found *found);

/*
 * The spans of the shown hits: in order, disjoint, from the start of a token to the
 * end of one, none across a sentence's end. They take in the function words before
 * them in their clause and every negator that governs them, so that no quotation says
 * the opposite of what was written.
 */
void evidence_spans(struct arena *arena, const struct document *document, const struct hits *hits,
                    struct score_point *point);

/* The most that the shown hits prove: a reader must find the point in them. */
enum score_status evidence_status(struct arena *arena, const struct wording *wording,
                                  const struct hits *hits);

/* Whether the shown hits of a mixture of wordings are more than a chance word. */
bool evidence_suffices(struct arena *arena, const struct wording *wording, const struct hits *hits);

/* From the first to the last hit of one sentence, widened like evidence; empty without hits. */
struct score_span evidence_sentence(const struct document *document, const struct hits *hits,
                                    uint32_t sentence);

/*
 * The same for hits [first, end), of which there is one at least; of several sentences the
 * one with most of them.
 */
struct score_span evidence_between(const struct document *document, const struct hits *hits,
                                   uint32_t first, uint32_t end);

#endif
