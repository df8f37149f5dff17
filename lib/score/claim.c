#include "score/claim.h"

#include <string.h>

#include "score/constants.h"
#include "score/words.h"

enum { MAX_SLOTS = 256 };

/* How the slots of a wording fare in one stretch of hits. */
struct tally {
	uint32_t straight, turned; /* slots said as they are; slots only said turned */
	uint32_t direct;           /* turned slots that are so by themselves */
	uint32_t idle;             /* other slots, said by an antonym that is named */
	bool negated;              /* a negator stands over one of the hits */
	bool soft;                 /* ... or a verb such as "prevent" */
	bool opposite;             /* an antonym is one of them */
	bool fresh;                /* one of them is no word of the question */
};

/* How one slot was hit. */
struct slot_hits {
	bool straight, turned, direct, idle;
};

static struct tally tally_hits(const struct wording *wording, const struct hit *first,
                               const struct hit *end)
{
	struct slot_hits slots[MAX_SLOTS] = { 0 };
	struct tally tally = { 0 };
	bool cancelled = false;

	for (const struct hit *hit = first; hit < end; hit++) {
		struct slot_hits *slot = &slots[hit->slot < MAX_SLOTS ? hit->slot : 0];

		tally.negated |= hit->negated;
		tally.opposite |= hit->opposite && !hit->idle;
		tally.fresh |= wording->fresh_total <= 0 || wording->slots[hit->slot].fresh;
		tally.soft |= hit->soft;
		slot->direct |= hit->direct;
		cancelled |= hit->opposite && !hit->turned && !hit->idle;
		slot->idle |= hit->idle;
		slot->turned |= !hit->idle && hit->turned;
		slot->straight |= !hit->idle && !hit->turned;
	}
	/* "Does not decrease the throughput": the antonym has used the negation up. */
	for (uint32_t i = 0; i < wording->count && i < MAX_SLOTS; i++) {
		bool clean = slots[i].straight || (cancelled && slots[i].turned);

		tally.straight += clean;
		tally.turned += slots[i].turned && !clean;
		tally.direct += slots[i].direct && !clean;
		tally.idle += slots[i].idle && !slots[i].turned && !clean;
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

/* The hits of one sentence, and how the slots fare in it. */
struct stretch {
	const struct document *document;
	const struct wording *wording;
	const struct hit *first, *end;
	uint32_t sentence;
	struct tally tally;
};

static bool has_slot(const struct stretch *stretch, uint32_t slot)
{
	for (const struct hit *hit = stretch->first; hit < stretch->end; hit++) {
		if (hit->slot == slot && !hit->idle)
			return true;
	}
	return false;
}

static bool is_hit(const struct stretch *stretch, uint32_t token)
{
	for (const struct hit *hit = stretch->first; hit < stretch->end; hit++) {
		if (hit->token == token)
			return true;
	}
	return false;
}

/* True if the sentence's only figure is another one than the wording's: 404 for 401. */
static bool is_replaced(const struct stretch *stretch)
{
	const struct passage *passage = &stretch->document->passage;
	const struct sentence *sentence = &passage->sentences[stretch->sentence];
	uint32_t figures = 0, missing = 0, given = 0, other = 0;

	for (uint32_t i = 0; i < stretch->wording->count; i++) {
		figures += stretch->wording->slots[i].figure;
		missing += stretch->wording->slots[i].figure && !has_slot(stretch, i);
	}
	if (figures != 1 || missing != 1)
		return false;
	for (uint32_t i = sentence->first; i < sentence->end && given < 2; i++) {
		given += passage->tokens[i].figure;
		other += passage->tokens[i].figure && !is_hit(stretch, i);
	}
	return given == 1 && other == 1;
}

/* "B is faster than A" for "A is faster than B". */
static bool is_swapped(const struct stretch *stretch)
{
	const struct passage *passage = &stretch->document->passage;
	const struct sentence *sentence = &passage->sentences[stretch->sentence];
	uint32_t lesser = stretch->wording->lesser, than = sentence->first;
	bool before = false, after = false;

	if (lesser < 2)
		return false;
	while (than < sentence->end && !(passage->tokens[than].flags & WORD_THAN))
		than++;
	for (const struct hit *hit = stretch->first; hit < stretch->end; hit++) {
		if (hit->slot == lesser - 1 && hit->token > than)
			return false;
		before |= hit->slot == lesser - 1 && hit->token < than;
		after |= hit->slot == 0 && hit->token > than;
	}
	return before && after;
}

/* The little words of the wording that the sentence replaces by their opposites. */
static uint32_t replaced_cues(const struct stretch *stretch)
{
	const struct passage *passage = &stretch->document->passage;
	const struct sentence *sentence = &passage->sentences[stretch->sentence];
	uint32_t cues = 0;

	for (uint32_t i = sentence->first; i < sentence->end; i++)
		cues |= words_cue(passage->tokens[i].flags);
	return stretch->wording->cues & ~cues & words_opposite_cues(cues);
}

/* True if the sentence has nearly every slot, be it by an opposite. */
static bool is_copy(const struct stretch *stretch, bool figure, uint32_t cues)
{
	const struct tally *tally = &stretch->tally;
	uint32_t count = tally->straight + tally->turned + tally->idle + figure;

	for (uint32_t i = 0; i < stretch->wording->count; i++)
		count += (stretch->wording->slots[i].cue & cues) && !has_slot(stretch, i);
	return count >= COPY_HITS && count >= COPY_SHARE * stretch->wording->count;
}

/* True if the hit's negator denies something that the wording denies, too. */
static bool is_shared(const struct stretch *stretch, const struct hit *hit)
{
	const struct token *tokens = stretch->document->passage.tokens;
	uint32_t negator = tokens[hit->token].negator;

	/* A negator turns one run of words, and this one is the first of them. */
	for (const struct hit *other = hit + 1; other < stretch->end; other++) {
		if (!other->negated || tokens[other->token].negator != negator)
			return false;
		if (!other->turned && !other->opposite &&
		    stretch->wording->slots[other->slot].negated)
			return true;
	}
	return false;
}

/* "Do not keep X in Y" for "keep X out of Y": hits turned by a negation that only moved. */
static uint32_t count_moved(const struct stretch *stretch)
{
	uint32_t moved = 0;

	for (const struct hit *hit = stretch->first; hit < stretch->end; hit++)
		moved += hit->direct && hit->negated && is_shared(stretch, hit);
	return moved;
}

/*
 * In what is nearly the wording itself a single turned word, another figure or
 * changed places deny it; two opposites at once say the same ("the longer, the
 * lower").
 */
static bool is_twisted_copy(const struct stretch *stretch)
{
	const struct tally *tally = &stretch->tally;
	bool figure = is_replaced(stretch);
	uint32_t cues = replaced_cues(stretch), twists, moved;

	if (!is_copy(stretch, figure, cues))
		return false;
	if (figure)
		return true;
	moved = count_moved(stretch);
	twists = tally->idle + (tally->direct > moved ? tally->direct - moved : 0) +
	         is_swapped(stretch) + (uint32_t)__builtin_popcount(cues);
	return twists % 2 == 1 || (twists > 0 && tally->negated);
}

/*
 * Where both sides negate something, they may do so in different words ("does not
 * let it fade", "so that it does not fade"): then most of it must be turned.
 */
static bool is_turned(const struct stretch *stretch)
{
	const struct tally *tally = &stretch->tally;
	bool both = tally->negated && has_negation(stretch->wording);
	uint32_t count = tally->straight + tally->turned;

	if (is_twisted_copy(stretch))
		return true;
	if (count_moved(stretch) > 0)
		return false;
	return tally->turned >= (both ? OPPOSITE_SHARE_TWO : OPPOSITE_SHARE) * count;
}

/* The end of the hits that stand in the same sentence as `first`. */
static const struct hit *sentence_end(const struct document *document, const struct hit *first,
                                      const struct hit *end)
{
	uint32_t sentence = first < end ? sentence_of(document, first) : 0;

	while (first < end && sentence_of(document, first) == sentence)
		first++;
	return first;
}

/*
 * Questions deny nothing, what an ellipsis denies is not to be seen, and "if it
 * were not so" says what follows from the opposite.
 */
static bool is_assertion(const struct stretch *stretch)
{
	const struct sentence *said = &stretch->document->passage.sentences[stretch->sentence];

	if (said->conditional && !is_twisted_copy(stretch))
		return false;
	/* Who prevents something does as good as deny that it happens. */
	if (stretch->tally.soft && has_negation(stretch->wording))
		return false;
	if (said->elliptic != stretch->wording->elliptic &&
	    (said->elliptic || stretch->tally.negated))
		return false;
	return !said->question && !said->vague;
}

/*
 * Enough of the wording to speak of the same thing. Who only leaves out a negation
 * says something else more often than the opposite.
 */
static bool is_near(const struct stretch *stretch, uint32_t hits)
{
	bool denies = stretch->tally.negated || stretch->tally.opposite;
	double share = (double)hits / stretch->wording->count;

	if (!stretch->tally.fresh || hits < NEAREST_HITS)
		return false;
	return share >= NEAREST_SHARE_PLAIN ||
	       (denies && share >= NEAREST_SHARE && hits > NEAREST_HITS);
}

/* The share of the nearest sentence's hits that another one must say straight. */
static double clean_share(const struct stretch *nearest)
{
	return is_twisted_copy(nearest) ? COPY_CLEAN_SHARE : CLEAN_SHARE;
}

/* The hits of the sentence that `hit` stands in. */
static struct stretch stretch_at(const struct document *document, const struct wording *wording,
                                 const struct hit *hit, const struct hit *end)
{
	const struct hit *next = sentence_end(document, hit, end);

	return (struct stretch){ .document = document,
		                 .wording = wording,
		                 .first = hit,
		                 .end = next,
		                 .sentence = sentence_of(document, hit),
		                 .tally = tally_hits(wording, hit, next) };
}

bool claim_contradicted(const struct document *document, const struct wording *wording,
                        const struct hits *hits, uint32_t *ret_sentence)
{
	const struct hit *end = hits->items + hits->count, *next;
	struct stretch nearest = { .document = document, .wording = wording };
	uint32_t most = 0, cleanest_other = 0;

	for (const struct hit *hit = hits->items; hit < end; hit = next) {
		struct stretch stretch = stretch_at(document, wording, hit, end);
		struct tally other = stretch.tally;

		next = stretch.end;
		if (stretch.tally.straight + stretch.tally.turned > most) {
			other = nearest.tally;
			nearest = stretch;
			most = stretch.tally.straight + stretch.tally.turned;
		}
		if (other.straight > cleanest_other)
			cleanest_other = other.straight;
	}
	if (!is_near(&nearest, most) || !is_assertion(&nearest) || !is_turned(&nearest) ||
	    cleanest_other >= clean_share(&nearest) * most)
		return false;
	*ret_sentence = nearest.sentence;
	return true;
}

bool claim_denials(const struct document *document, const struct wording *wording,
                   const struct hits *hits, bool *denied)
{
	const struct hit *end = hits->items + hits->count, *next;
	bool any = false;

	for (const struct hit *hit = hits->items; hit < end; hit = next) {
		struct stretch stretch = stretch_at(document, wording, hit, end);

		next = stretch.end;
		if (!is_twisted_copy(&stretch) || !is_assertion(&stretch))
			continue;
		denied[stretch.sentence] = any = true;
	}
	return any;
}

/* True if the wording says nearly all that the sentence says. */
static bool fills_sentence(const struct stretch *stretch)
{
	const struct passage *passage = &stretch->document->passage;
	const struct sentence *sentence = &passage->sentences[stretch->sentence];
	uint32_t content = 0;

	for (uint32_t i = sentence->first; i < sentence->end; i++)
		content += passage->tokens[i].content;
	return stretch->tally.straight >= COPY_CLEAN_SHARE * content;
}

void claim_vouch(const struct document *document, const struct wording *wording,
                 const struct hits *hits, bool *vouched)
{
	const struct hit *end = hits->items + hits->count, *next;

	for (const struct hit *hit = hits->items; hit < end; hit = next) {
		struct stretch stretch = stretch_at(document, wording, hit, end);

		next = stretch.end;
		vouched[stretch.sentence] |= stretch.tally.turned == 0 &&
		                             is_copy(&stretch, false, 0) &&
		                             !is_twisted_copy(&stretch) && fills_sentence(&stretch);
	}
}

bool claim_refutes(const struct document *document, const struct wording *wrong,
                   const struct hits *hits, uint32_t sentence)
{
	const struct hit *end = hits->items + hits->count, *first = hits->items;
	struct tally tally;

	while (first < end && sentence_of(document, first) != sentence)
		first++;
	tally = tally_hits(wrong, first, sentence_end(document, first, end));
	return tally.turned >= OPPOSITE_SHARE * wrong->count &&
	       tally.turned + tally.straight >= WRONG_SHARE * wrong->count;
}

double claim_turned_share(const struct document *document, const struct hits *hits)
{
	uint32_t turned = 0;

	for (uint32_t i = 0; i < hits->count; i++)
		turned += hits->items[i].turned && hits->items[i].negated &&
		          !document->passage.sentences[sentence_of(document, &hits->items[i])]
		                   .conditional;
	return hits->count > 0 ? (double)turned / hits->count : 0;
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

/*
 * True if the hits say straight at least half of what no true wording says, and deny
 * none of it: "one salt is not enough".
 */
static bool is_told(const struct wording *wrong, const struct hit *first, const struct hit *end)
{
	bool seen[MAX_SLOTS] = { false }, denied[MAX_SLOTS] = { false };
	uint32_t beyond = 0, told = 0;

	for (const struct hit *hit = first; hit < end; hit++) {
		if (hit->slot < MAX_SLOTS && !hit->turned && !hit->opposite)
			seen[hit->slot] = true;
		if (hit->slot < MAX_SLOTS && hit->direct)
			denied[hit->slot] = true;
	}
	for (uint32_t i = 0; i < wrong->count && i < MAX_SLOTS; i++) {
		if (wrong->slots[i].beyond && denied[i] && !seen[i])
			return false;
		beyond += wrong->slots[i].beyond;
		told += wrong->slots[i].beyond && seen[i];
	}
	return 2 * told >= beyond;
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
		if ((tally.straight < 2 && wrong->count > 1) || !is_told(wrong, hit, stop))
			continue;
		best = (struct claim_found){ .share = share,
			                     .first = sentence,
			                     .last = sentence_of(document, stop - 1),
			                     .hit = (uint32_t)(hit - hits->items),
			                     .hit_end = (uint32_t)(stop - hits->items) };
	}
	return best;
}
