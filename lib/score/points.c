#include "score/points.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "score/claim.h"
#include "score/constants.h"
#include "score/evidence.h"

/* The best wording of a point in a text. */
struct best {
	const struct wording *wording;
	const char *text; /* of the wording, or of the one that is nearest */
	struct hits hits;
	struct found found;
	double unproved; /* coverage, the most of any wording, whatever can be shown of it */
};

static uint32_t read_all(struct arena *arena, struct vocab *vocab, const struct score_texts *texts,
                         uint32_t content_min, struct wording *wordings)
{
	uint32_t count = 0;

	for (size_t i = 0; i < texts->count; i++) {
		coverage_wording(arena, vocab, texts->items[i], content_min, &wordings[count]);
		count += wordings[count].count > 0;
	}
	return count;
}

void points_read(struct arena *arena, struct vocab *vocab, const struct score_key_point *given,
                 struct key_point *ret_point)
{
	struct score_texts text = { .items = &given->text, .count = 1 };
	struct key_point *point = ret_point;

	*point = (struct key_point){ .text = given->text, .weight = 1, .full = CREDIT_FULL };
	point->wordings = arena_array(arena, 1 + given->aliases.count, sizeof(*point->wordings));
	point->wrongs = arena_array(arena, given->wrong.count, sizeof(*point->wrongs));
	point->wording_count = read_all(arena, vocab, &text, 1, point->wordings);
	point->wording_count += read_all(arena, vocab, &given->aliases, 1,
	                                 point->wordings + point->wording_count);
	for (uint32_t i = 0; i < point->wording_count; i++)
		coverage_name(vocab, &point->wordings[i]);
	point->wrong_count = read_all(arena, vocab, &given->wrong, WRONG_CONTENT_MIN,
	                              point->wrongs);
}

uint32_t points_split(struct arena *arena, struct vocab *vocab, const char *reference,
                      struct key_point **ret_points)
{
	struct key_point *points;
	struct passage passage;
	uint32_t count = 0;

	passage_read(arena, vocab, reference, strlen(reference), &passage);
	points = arena_array(arena, passage.sentence_count, sizeof(*points));
	for (uint32_t i = 0; i < passage.sentence_count; i++) {
		const struct sentence *sentence = &passage.sentences[i];
		size_t start = passage.tokens[sentence->first].start, end = strlen(reference);
		struct score_key_point given = { 0 };

		if (i + 1 < passage.sentence_count)
			end = passage.tokens[sentence[1].first].start;
		given.text = text_trimmed(arena, arena_copy(arena, reference + start, end - start));
		points_read(arena, vocab, &given, &points[count]);
		count += points[count].wording_count > 0;
	}
	*ret_points = points;
	return count;
}

static void count_stems(struct vocab *vocab, const struct wording *wording, uint32_t number)
{
	for (uint32_t i = 0; i < wording->count; i++) {
		struct vocab_stem *stem = vocab_stem_at(vocab, wording->slots[i].stem);

		stem->points += stem->last_point != number;
		stem->last_point = number;
	}
}

void points_count_stems(struct vocab *vocab, const struct key_point *point, uint32_t number)
{
	for (uint32_t i = 0; i < point->wording_count; i++)
		count_stems(vocab, &point->wordings[i], number);
}

static void unite(struct arena *arena, struct key_point *point)
{
	uint32_t count = point->wording_count + point->adopted_count;
	const struct wording **wordings = arena_array(arena, count, sizeof(*wordings));

	if (point->wording_count == 0 || count < 2)
		return;
	for (uint32_t i = 0; i < count; i++)
		wordings[i] = i < point->wording_count ? &point->wordings[i]
		                                       : &point->adopted[i - point->wording_count];
	point->any = arena_alloc(arena, sizeof(*point->any));
	coverage_unite(arena, wordings, count, point->wording_count, point->any);
}

void points_weigh(struct arena *arena, const struct vocab *vocab, struct key_point *point)
{
	for (uint32_t i = 0; i < point->wording_count; i++)
		coverage_weigh(vocab, &point->wordings[i]);
	for (uint32_t i = 0; i < point->wrong_count; i++)
		coverage_weigh(vocab, &point->wrongs[i]);
	for (uint32_t i = 0; i < point->adopted_count; i++)
		coverage_weigh(vocab, &point->adopted[i]);
	unite(arena, point);
	for (uint32_t i = 0; i < point->wrong_count; i++)
		coverage_mark_beyond(vocab, point->wordings, point->wording_count,
		                     &point->wrongs[i]);
}

static enum score_status status_of(double coverage)
{
	if (coverage >= COVERED_MIN)
		return SCORE_COVERED;
	return coverage >= PARTIAL_MIN ? SCORE_PARTIAL : SCORE_MISSING;
}

/* The highest coverage that still has this status. */
static double coverage_most(enum score_status status)
{
	if (status == SCORE_COVERED)
		return 1;
	return (status == SCORE_PARTIAL ? COVERED_MIN : PARTIAL_MIN) - PROOF_SHORTFALL;
}

/* What the text has of a wording, and no more than what can be shown of it proves. */
static struct best weigh_hits(struct finder *finder, const struct document *document,
                              const struct wording *wording, struct hits hits)
{
	struct best best = { .wording = wording, .text = wording->text, .hits = hits };
	struct arena *arena = coverage_arena(finder);
	double most;

	best.found = coverage_best(finder, document, wording, &best.hits);
	best.unproved = best.found.coverage;
	if (best.found.coverage < PARTIAL_MIN)
		return best;
	evidence_choose(arena, document, &best.hits, &best.found);
	most = coverage_most(evidence_status(arena, wording, &best.hits));
	if (best.found.coverage > most)
		best.found.coverage = most;
	return best;
}

static struct best look_for(struct finder *finder, const struct document *document,
                            const struct wording *wording, const bool *excluded)
{
	return weigh_hits(finder, document, wording,
	                  coverage_hits(finder, document, wording, excluded));
}

static struct best find_best(struct finder *finder, const struct document *document,
                             const struct key_point *point, const bool *excluded)
{
	struct best best = { 0 };
	double unproved = 0;

	for (uint32_t i = 0; i < point->wording_count; i++) {
		struct best next = look_for(finder, document, &point->wordings[i], excluded);

		unproved = next.unproved > unproved ? next.unproved : unproved;
		if (best.wording == NULL || next.found.coverage > best.found.coverage + 1e-9)
			best = next;
	}
	best.unproved = unproved;
	return best;
}

/* Words said the other way round prove nothing in a mixture of wordings. */
static struct hits straight_hits(struct hits hits)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < hits.count; i++) {
		if (!hits.items[i].turned)
			hits.items[count++] = hits.items[i];
	}
	hits.count = count;
	return hits;
}

/* A share that covers a point from `enough` on as a coverage: people say much of it or little. */
static double sharpened(double share, double enough)
{
	double coverage = COVERED_MIN * pow(share / enough, UNITED_STEEPNESS);

	return coverage < 1 ? coverage : 1;
}

/*
 * What the words of all wordings together make of the best single one: they tell
 * better what was said than any of them, but one that is said in full is enough.
 */
static struct best widen(struct finder *finder, const struct document *document,
                         const struct key_point *point, const bool *excluded, struct best best)
{
	struct best wide = { .wording = point->any, .text = best.text };

	if (point->any == NULL)
		return best;
	for (uint32_t i = 0; i < point->adopted_count; i++) {
		struct best lent = look_for(finder, document, &point->adopted[i], excluded);

		if (lent.unproved > best.unproved)
			best.unproved = lent.unproved;
	}
	if (point->wording_count > 1)
		best.found.coverage = sharpened(best.found.coverage, SOLE_ENOUGH);
	wide.hits = straight_hits(coverage_hits(finder, document, point->any, excluded));
	wide.found = coverage_best(finder, document, point->any, &wide.hits);
	wide.found.coverage =
	        sharpened(UNITED_SHARE * wide.found.coverage + (1 - UNITED_SHARE) * best.unproved,
	                  COVERED_MIN);
	evidence_choose(coverage_arena(finder), document, &wide.hits, &wide.found);
	if (wide.found.coverage <= best.found.coverage + 1e-9 ||
	    !evidence_suffices(coverage_arena(finder), point->any, &wide.hits))
		return best;
	/* What covers the point by itself is shown: it is less like another point's proof. */
	if (status_of(best.found.coverage) == SCORE_COVERED) {
		best.found.coverage = wide.found.coverage;
		return best;
	}
	return wide;
}

/* Another wording that the answer covers without denying it; false if there is none. */
static bool find_undenied(struct finder *finder, const struct document *document,
                          const struct key_point *point, const bool *excluded,
                          struct best *ret_best)
{
	uint32_t sentence;

	for (uint32_t i = 0; i < point->wording_count; i++) {
		struct best next = look_for(finder, document, &point->wordings[i], excluded);

		if (next.found.coverage < COVERED_MIN || claim_turns(&next.hits) ||
		    claim_contradicted(document, next.wording, &next.hits, &sentence))
			continue;
		*ret_best = next;
		return true;
	}
	return false;
}

double points_coverage(struct finder *finder, const struct document *document,
                       const struct key_point *point)
{
	struct best best = find_best(finder, document, point, NULL);

	return widen(finder, document, point, NULL, best).found.coverage;
}

static void adopt(struct arena *arena, struct vocab *vocab, const struct passage *passage,
                  uint32_t sentence, struct key_point *point)
{
	struct wording *grown = arena_array(arena, point->adopted_count + (size_t)1,
	                                    sizeof(*grown));

	if (point->adopted_count > 0)
		memcpy(grown, point->adopted, point->adopted_count * sizeof(*grown));
	coverage_sentence(arena, vocab, passage, sentence, &grown[point->adopted_count++]);
	point->adopted = grown;
}

void points_adopt(struct arena *arena, struct vocab *vocab, const struct document *reference,
                  struct key_point *points, uint32_t count)
{
	const struct passage *passage = &reference->passage;
	struct finder *finder = coverage_finder(arena, vocab);
	bool *excluded = arena_array(arena, passage->sentence_count, sizeof(*excluded));

	memset(excluded, true, passage->sentence_count * sizeof(*excluded));
	for (uint32_t i = 0; i < passage->sentence_count; i++) {
		double most = COVERED_MIN;
		uint32_t owner = count;

		excluded[i] = false;
		for (uint32_t k = 0; k < count; k++) {
			double found =
			        find_best(finder, reference, &points[k], excluded).found.coverage;

			if (found <= most)
				continue;
			most = found;
			owner = k;
		}
		excluded[i] = true;
		if (owner == count)
			continue;
		adopt(arena, vocab, passage, i, &points[owner]);
		count_stems(vocab, &points[owner].adopted[points[owner].adopted_count - 1],
		            owner + 1);
	}
}

/* For each sentence the most that any true wording agrees with it. */
static float *truth_of(struct arena *arena, struct finder *finder, const struct document *answer,
                       const struct key_point *point)
{
	float *truth = arena_array(arena, answer->passage.sentence_count, sizeof(*truth));

	for (uint32_t i = 0; i < point->wording_count; i++) {
		struct hits hits = coverage_hits(finder, answer, &point->wordings[i], NULL);

		claim_agreement(answer, &point->wordings[i], &hits, truth);
	}
	return truth;
}

/* Looks for the author's false claims; returns the sentences that make one, or NULL. */
static bool *find_wrong(struct arena *arena, struct finder *finder, const struct document *answer,
                        const struct key_point *point, struct score_point *shown)
{
	double most = 0;
	bool *wrong = NULL;
	const float *truth;

	if (point->wrong_count == 0 || answer->hit_count == 0)
		return NULL;
	truth = truth_of(arena, finder, answer, point);
	for (uint32_t i = 0; i < point->wrong_count; i++) {
		struct hits hits = coverage_hits(finder, answer, &point->wrongs[i], NULL);
		struct claim_found claim = claim_wrong(answer, &point->wrongs[i], &hits, truth);

		if (claim.share <= 0)
			continue;
		if (wrong == NULL)
			wrong = arena_array(arena, answer->passage.sentence_count, sizeof(*wrong));
		for (uint32_t k = claim.first; k <= claim.last; k++)
			wrong[k] = true;
		if (claim.share <= most)
			continue;
		most = claim.share;
		shown->wrong = point->wrongs[i].text;
		shown->wrong_span = evidence_between(answer, &hits, claim.hit, claim.hit_end);
	}
	return wrong;
}

const bool *points_denied(struct finder *finder, const struct document *answer,
                          const struct key_point *statements, uint32_t count)
{
	bool *denied = arena_array(coverage_arena(finder), answer->passage.sentence_count,
	                           sizeof(*denied));
	bool any = false;

	for (uint32_t i = 0; i < count; i++) {
		const struct wording *wording = statements[i].wordings;
		struct hits hits = coverage_hits(finder, answer, wording, NULL);

		any |= claim_denials(answer, wording, &hits, denied);
	}
	return any ? denied : NULL;
}

void points_vouch(struct finder *finder, const struct document *answer,
                  const struct key_point *points, uint32_t count, bool *vouched)
{
	for (uint32_t k = 0; k < count; k++) {
		for (uint32_t i = 0; i < points[k].wording_count; i++) {
			const struct wording *wording = &points[k].wordings[i];
			struct hits hits = coverage_hits(finder, answer, wording, NULL);

			claim_vouch(answer, wording, &hits, vouched);
		}
	}
}

/* All sentences that either has, or those of `one` that `other` lacks; both may be NULL. */
static const bool *combine(struct finder *finder, const struct document *answer, const bool *one,
                           const bool *other, bool either)
{
	uint32_t count = answer->passage.sentence_count;
	bool *all;

	if (other == NULL || (one == NULL && !either))
		return one;
	if (one == NULL)
		return other;
	all = arena_array(coverage_arena(finder), count, sizeof(*all));
	for (uint32_t i = 0; i < count; i++)
		all[i] = either ? one[i] || other[i] : one[i] && !other[i];
	return all;
}

/* True if the sentence turns down one of the author's false claims. */
static bool is_refutation(struct finder *finder, const struct document *answer,
                          const struct key_point *point, uint32_t sentence)
{
	for (uint32_t i = 0; i < point->wrong_count; i++) {
		struct hits hits = coverage_hits(finder, answer, &point->wrongs[i], NULL);

		if (claim_refutes(answer, &point->wrongs[i], &hits, sentence))
			return true;
	}
	return false;
}

/* The sentences that deny what was found best, NULL when it stands. */
static const bool *find_denied(struct finder *finder, const struct document *answer,
                               const struct key_point *point, const bool *excluded[3],
                               struct best *best)
{
	const bool *vouched = excluded[2];
	bool *denied;
	uint32_t sentence;

	if (!claim_contradicted(answer, best->wording, &best->hits, &sentence) ||
	    (vouched != NULL && vouched[sentence]) ||
	    is_refutation(finder, answer, point, sentence) ||
	    find_undenied(finder, answer, point, excluded[0], best))
		return NULL;
	denied = arena_array(coverage_arena(finder), answer->passage.sentence_count,
	                     sizeof(*denied));
	denied[sentence] = true;
	return denied;
}

/* The first hit's sentence among those that are denied. */
static struct score_span denial_span(const struct document *answer, const struct hits *hits,
                                     const bool *denied)
{
	for (uint32_t i = 0; i < hits->count; i++) {
		uint32_t sentence = answer->passage.tokens[hits->items[i].token].sentence;

		if (denied[sentence])
			return evidence_sentence(answer, hits, sentence);
	}
	return (struct score_span){ 0 };
}

/*
 * What is left of a point without the sentences that deny it, by its own wording or
 * by that of a reference; all of it where none does. `sentences` are those that make
 * a false claim, that are denied and that are vouched for.
 */
static struct best settle_denial(struct finder *finder, const struct document *answer,
                                 const struct key_point *point, const bool *excluded[3],
                                 struct point_found *found)
{
	struct best best = find_best(finder, answer, point, excluded[0]), left;
	const bool *own = find_denied(finder, answer, point, excluded, &best);
	const bool *known = combine(finder, answer, excluded[1], excluded[2], false);
	const bool *all = combine(finder, answer, own, known, true);
	enum score_status said = status_of(best.found.coverage);

	best = widen(finder, answer, point, excluded[0], best);
	found->wording = best.wording;
	found->hits = best.hits;
	if (all == NULL)
		return best;
	excluded[0] = combine(finder, answer, excluded[0], all, true);
	left = find_best(finder, answer, point, excluded[0]);
	found->contradicted = own != NULL || status_of(left.found.coverage) < said;
	left = widen(finder, answer, point, excluded[0], left);
	found->contradicted |= status_of(left.found.coverage) < status_of(best.found.coverage);
	if (found->contradicted && found->shown.wrong == NULL)
		found->shown.wrong_span = denial_span(answer, &best.hits, all);
	return left;
}

static enum score_match match_of(const struct key_point *point, const struct wording *wording)
{
	if (wording == point->any)
		return SCORE_BY_UNION;
	return wording->text == point->text ? SCORE_BY_POINT : SCORE_BY_ALIAS;
}

struct point_found points_find(struct finder *finder, const struct document *answer,
                               const struct key_point *point, const struct point_sentences *known)
{
	struct arena *arena = coverage_arena(finder);
	struct point_found found = { .shown = { .text = point->text } };
	struct score_point *shown = &found.shown;
	const bool *excluded[3] = { find_wrong(arena, finder, answer, point, shown), known->denied,
		                    known->vouched };
	struct best best;

	if (point->wording_count == 0)
		return found;
	best = settle_denial(finder, answer, point, excluded, &found);
	found.fresh = coverage_is_fresh(found.wording, &found.hits);
	found.coverage = shown->coverage = best.found.coverage;
	shown->status = status_of(best.found.coverage);
	if (shown->status == SCORE_MISSING)
		return found;
	shown->wording = best.text;
	shown->match = match_of(point, best.wording);
	evidence_spans(arena, answer, &best.hits, shown);
	found.proof = best.hits;
	found.proved = best.wording;
	return found;
}
