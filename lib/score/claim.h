/* Whether an answer says the opposite of a key point, or a known false claim. */
#ifndef VIVA_SCORE_CLAIM_H
#define VIVA_SCORE_CLAIM_H

#include "score/coverage.h"

/*
 * True if the sentence nearest to the wording turns a good part of it and no
 * other sentence says it straight; *ret_sentence is that sentence.
 */
bool claim_contradicted(const struct document *document, const struct wording *wording,
                        const struct hits *hits, uint32_t *ret_sentence);

/*
 * Sets denied[sentence] of the sentences that are nearly the wording itself but
 * say the opposite; returns whether there are any.
 */
bool claim_denials(const struct document *document, const struct wording *wording,
                   const struct hits *hits, bool *denied);

/* Sets vouched[sentence] of the sentences that say nearly the wording itself. */
void claim_vouch(const struct document *document, const struct wording *wording,
                 const struct hits *hits, bool *vouched);

/* True if the sentence says the opposite of what is a false claim. */
bool claim_refutes(const struct document *document, const struct wording *wrong,
                   const struct hits *hits, uint32_t sentence);

/* The share of the hits, 0..1, that a negator of the text turns, but for "if not ...". */
double claim_turned_share(const struct document *document, const struct hits *hits);

/* True if any hit says the opposite of what its wording says. */
bool claim_turns(const struct hits *hits);

/*
 * Raises shares[sentence] to the share of the wording's stems that the sentence
 * says with the same polarity, for every sentence of the document.
 */
void claim_agreement(const struct document *document, const struct wording *wording,
                     const struct hits *hits, float *shares);

/* A false claim that stands in the text: in sentences [first, last], hits [hit, hit_end). */
struct claim_found {
	double share; /* 0 when there is none */
	uint32_t first, last, hit, hit_end;
};

/*
 * The strongest statement of a false claim that beats truth[sentence], the share
 * of the true wordings there. Questions state nothing.
 */
struct claim_found claim_wrong(const struct document *document, const struct wording *wrong,
                               const struct hits *hits, const float *truth);

#endif
