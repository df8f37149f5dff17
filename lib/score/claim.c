#include "score/claim.h"

#include <string.h>

#include "score/constants.h"

enum { MAX_SLOTS = 256 };

/* How the slots of a wording fare in one stretch of hits. */
struct tally {
	uint32_t straight, turned; /* slots said as they are; slots only said turned */
	bool negated;              /* a negator stands over one of the hits */
};

static struct tally tally_hits(const struct wording *wording, const struct hit *first,
                               const struct hit *end)
{
	bool straight[MAX_SLOTS] = { false }, turned[MAX_SLOTS] = { false };
	struct tally tally = { 0 };
	bool cancelled = false;

	for (const struct hit *hit = first; hit < end; hit++) {
		bool *seen = hit->turned ? turned : straight;

		tally.negated |= hit->negated;
		cancelled |= hit->opposite && !hit->turned;
		if (hit->slot < MAX_SLOTS)
			seen[hit->slot] = true;
	}
	/* "Does not decrease the throughput": the antonym has used the negation up. */
	for (uint32_t i = 0; i < wording->count && i < MAX_SLOTS; i++) {
		bool clean = straight[i] || (cancelled && turned[i]);

		tally.straight += clean;
		tally.turned += turned[i] && !clean;
	}
	return tally;
}

static uint32_t sentence_of(const struct document *document, const struct hit *hit)
{
	return document->passage.tokens[hit->token].sentence;
}

/* True if the wording negates anything itself. */
static bool has_negation(const struct wording *wording)
{
	for (uint32_t i = 0; i < wording->count; i++) {
		if (wording->slots[i].negated)
			return true;
	}
	return false;
}

/*
 * Where both sides negate something, they may do so in different words ("does not
 * let it fade", "so that it does not fade"): then most of it must be turned.
 */
static bool is_turned(const struct wording *wording, const struct tally *tally)
{
	bool both = tally->negated && has_negation(wording);
	uint32_t count = tally->straight + tally->turned;

	return tally->turned >= (both ? OPPOSITE_SHARE_NEGATED : OPPOSITE_SHARE) * count;
}

/* The end of the hits that stand in the same sentence as `first`. */
static const struct hit *sentence_end(const struct document *document, const struct hit *first,
                                      const struct hit *end)
{
	uint32_t sentence = sentence_of(document, first);

	while (first < end && sentence_of(document, first) == sentence)
		first++;
	return first;
}

/* Questions deny nothing, and what an ellipsis denies is not to be seen. */
static bool is_assertion(const struct document *document, uint32_t sentence)
{
	return !document->passage.sentences[sentence].question &&
	       !document->passage.sentences[sentence].elliptic;
}

bool claim_contradicted(const struct document *document, const struct wording *wording,
                        const struct hits *hits, uint32_t *ret_sentence)
{
	const struct hit *end = hits->items + hits->count, *next;
	struct tally nearest = { 0 };
	uint32_t most = 0, cleanest_other = 0, sentence = 0;

	for (const struct hit *hit = hits->items; hit < end; hit = next) {
		struct tally tally, other;

		next = sentence_end(document, hit, end);
		tally = other = tally_hits(wording, hit, next);
		if (tally.straight + tally.turned > most) {
			other = nearest;
			nearest = tally;
			most = tally.straight + tally.turned;
			sentence = sentence_of(document, hit);
		}
		if (other.straight > cleanest_other)
			cleanest_other = other.straight;
	}
	if (most < NEAREST_HITS || most < NEAREST_SHARE * wording->count ||
	    !is_assertion(document, sentence) || !is_turned(wording, &nearest) ||
	    cleanest_other >= CLEAN_SHARE * most)
		return false;
	*ret_sentence = sentence;
	return true;
}

bool claim_turns(const struct hits *hits)
{
	for (uint32_t i = 0; i < hits->count; i++) {
		if (hits->items[i].turned)
			return true;
	}
	return false;
}

void claim_agreement(const struct document *document, const struct wording *wording,
                     const struct hits *hits, float *shares)
{
	const struct hit *end = hits->items + hits->count, *next;

	for (const struct hit *hit = hits->items; hit < end; hit = next) {
		float *share = &shares[sentence_of(document, hit)], found;

		next = sentence_end(document, hit, end);
		found = (float)tally_hits(wording, hit, next).straight / (float)wording->count;
		if (found > *share)
			*share = found;
	}
}

static uint32_t clause_of(const struct document *document, const struct hit *hit)
{
	return document->passage.tokens[hit->token].clause;
}

static float truest(const float *truth, uint32_t first, uint32_t last)
{
	float most = truth[first];

	for (uint32_t i = first + 1; i <= last; i++)
		most = truth[i] > most ? truth[i] : most;
	return most;
}

struct claim_found claim_wrong(const struct document *document, const struct wording *wrong,
                               const struct hits *hits, const float *truth)
{
	const struct hit *end = hits->items + hits->count, *stop = hits->items;
	struct claim_found best = { 0 };

	for (const struct hit *hit = hits->items; hit < end; hit++) {
		uint32_t clause = clause_of(document, hit), sentence = sentence_of(document, hit);
		struct tally tally;
		double share;

		if (hit > hits->items && clause_of(document, hit - 1) == clause)
			continue;
		for (; stop < end && clause_of(document, stop) <= clause + wrong->clauses; stop++)
			continue;
		if (document->passage.sentences[sentence].question)
			continue;
		tally = tally_hits(wrong, hit, stop);
		share = (double)tally.straight / wrong->count;
		if (share < WRONG_SHARE || share <= best.share ||
		    share <= truest(truth, sentence, sentence_of(document, stop - 1)))
			continue;
		if (tally.straight < 2 && wrong->count > 1)
			continue;
		best = (struct claim_found){ .share = share,
			                     .first = sentence,
			                     .last = sentence_of(document, stop - 1),
			                     .hit = (uint32_t)(hit - hits->items),
			                     .hit_end = (uint32_t)(stop - hits->items) };
	}
	return best;
}
