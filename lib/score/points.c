#include "score/points.h"

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

	for (uint32_t i = 0; i < point->wording_count; i++) {
		struct best next = look_for(finder, document, &point->wordings[i], excluded);

		if (best.wording == NULL || next.found.coverage > best.found.coverage + 1e-9)
			best = next;
	}
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

/* The best with the words of all wordings where these are more than any single one's. */
static struct best widen(struct finder *finder, const struct document *document,
                         const struct key_point *point, const bool *excluded, struct best best)
{
	struct best wide;

	if (point->any == NULL)
		return best;
	wide = weigh_hits(finder, document, point->any,
	                  straight_hits(coverage_hits(finder, document, point->any, excluded)));
	if (wide.found.coverage <= best.found.coverage + 1e-9)
		return best;
	wide.text = best.text;
	return wide;
}

/* Another wording that the answer covers without denying it; false if there is none. */
static bool find_undenied(struct finder *finder, const struct document *document,
                          const struct key_point *point, const bool *excluded,
                          struct best *ret_best)
{
	for (uint32_t i = 0; i < point->wording_count; i++) {
		struct best next = look_for(finder, document, &point->wordings[i], excluded);

		if (next.found.coverage < COVERED_MIN || claim_turns(&next.hits))
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

/* A copy of `excluded`, which may be NULL, with one more sentence. */
static bool *with_sentence(struct arena *arena, const struct document *answer, const bool *excluded,
                           uint32_t sentence)
{
	uint32_t count = answer->passage.sentence_count;
	bool *all = arena_array(arena, count, sizeof(*all));

	if (excluded != NULL)
		memcpy(all, excluded, count * sizeof(*all));
	all[sentence] = true;
	return all;
}

struct point_found points_find(struct arena *arena, struct finder *finder,
                               const struct document *answer, const struct key_point *point)
{
	struct point_found found = { .shown = { .text = point->text } };
	struct score_point *shown = &found.shown;
	const bool *wrong = find_wrong(arena, finder, answer, point, shown);
	struct best best = find_best(finder, answer, point, wrong);
	uint32_t sentence;

	if (best.wording == NULL)
		return found;
	found.contradicted = claim_contradicted(answer, best.wording, &best.hits, &sentence) &&
	                     !find_undenied(finder, answer, point, wrong, &best);
	best = widen(finder, answer, point, wrong, best);
	found.coverage = best.found.coverage;
	found.wording = best.wording;
	found.hits = best.hits;
	found.fresh = coverage_is_fresh(best.wording, &best.hits);
	if (found.contradicted) {
		/* The mark pays through the penalty; what is shown must not call it covered. */
		if (shown->wrong == NULL)
			shown->wrong_span = evidence_sentence(answer, &best.hits, sentence);
		wrong = with_sentence(arena, answer, wrong, sentence);
		best = find_best(finder, answer, point, wrong);
		best = widen(finder, answer, point, wrong, best);
	}
	shown->coverage = best.found.coverage;
	shown->status = status_of(best.found.coverage);
	if (shown->status == SCORE_MISSING)
		return found;
	shown->wording = best.text;
	evidence_spans(arena, answer, &best.hits, shown);
	found.proof = best.hits;
	found.proved = best.wording;
	return found;
}

static bool is_proof(const struct point_found *found, uint32_t hit)
{
	const struct hit *given = &found->proof.items[hit];

	return given->shown && found->proved->slots[given->slot].telling;
}

static uint32_t count_proof(const struct point_found *found)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < found->proof.count; i++)
		count += is_proof(found, i);
	return count;
}

/* True if all words that prove `one` stand in the evidence of `other`. */
static bool is_contained(const struct point_found *one, const struct point_found *other)
{
	uint32_t k = 0;

	for (uint32_t i = 0; i < one->proof.count; i++) {
		uint32_t token = one->proof.items[i].token;

		if (!is_proof(one, i))
			continue;
		while (k < other->proof.count && other->proof.items[k].token < token)
			k++;
		if (k == other->proof.count || other->proof.items[k].token != token ||
		    !other->proof.items[k].shown)
			return false;
	}
	return true;
}

/* True if `one` has nothing to show but what proves `other` at least as well. */
static bool is_borrowed(const struct point_found *one, const struct point_found *other)
{
	uint32_t count = count_proof(one), others = count_proof(other);

	if (count == 0 || others < count || !is_contained(one, other))
		return false;
	if (others > count)
		return count <= PROOF_MIN;
	return one->coverage < other->coverage || (one->coverage <= other->coverage && other < one);
}

void points_part(struct point_found *found, uint32_t count)
{
	double most = coverage_most(SCORE_MISSING);

	for (uint32_t i = 0; i < count; i++) {
		for (uint32_t k = 0; k < count; k++) {
			if (k == i || found[i].shown.status == SCORE_MISSING ||
			    found[k].shown.status == SCORE_MISSING ||
			    !is_borrowed(&found[i], &found[k]))
				continue;
			found[i].coverage = found[i].shown.coverage = most;
			found[i].shown.status = SCORE_MISSING;
			found[i].shown.wording = NULL;
			found[i].shown.span_count = 0;
		}
	}
}
