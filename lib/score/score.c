#include "score/score.h"

#include <math.h>
#include <string.h>

#include "score/asides.h"
#include "score/claim.h"
#include "score/constants.h"
#include "score/guards.h"
#include "score/key.h"
#include "score/part.h"
#include "score/rubric.h"

/* The points that an answer is held against, and what it has of them. */
struct point_set {
	const struct key_point *points;
	uint32_t count;
	struct point_found *found;
	struct score_steps steps; /* up to the share before caps */
};

/* Everything that grading one answer works with; what is constant belongs to the key. */
struct grading {
	struct arena *arena;
	const struct score_key *key;
	struct vocab *vocab; /* a fork of the key's */
	struct finder *finder;
	struct document answer;
	struct point_set *sets; /* one of explicit points, or one per reference */
};

static double credit_of(const struct key_point *point, double coverage, bool explicit_points)
{
	double credit = coverage < point->full ? pow(coverage / point->full, CREDIT_POWER) : 1;

	/* Explicit points: what is shown as missing earns nothing, half of one little. */
	if (!explicit_points || coverage >= COVERED_MIN)
		return credit;
	return coverage < PARTIAL_MIN ? 0 : credit * coverage / COVERED_MIN;
}

/* Likeness of the answer to the reference it is most like, by letters. */
static double best_grams(const struct grading *grading)
{
	double best = 0;

	for (size_t i = 0; i < grading->key->reference_count; i++) {
		double recall = grams_recall(grading->arena, grading->vocab,
		                             grading->key->reference_grams[i],
		                             &grading->answer.passage);

		best = recall > best ? recall : best;
	}
	return best;
}

/* The answer's sentences that the author says, too. */
static const bool *find_vouched(const struct grading *grading, const struct point_set *set)
{
	const struct score_key *key = grading->key;
	bool *vouched = arena_array(grading->arena, grading->answer.passage.sentence_count,
	                            sizeof(*vouched));

	points_vouch(grading->finder, &grading->answer, set->points, set->count, vouched);
	points_vouch(grading->finder, &grading->answer, key->statements, key->statement_count,
	             vouched);
	return vouched;
}

/* Looks for the points; where one is denied, once more with what the others vouch for. */
static void search_points(const struct grading *grading, struct point_set *set)
{
	struct point_sentences known = {
		.denied = points_denied(grading->finder, &grading->answer, grading->key->statements,
		                        grading->key->statement_count),
	};

	set->found = arena_array(grading->arena, set->count, sizeof(*set->found));
	for (uint32_t k = 0; k < set->count; k++)
		set->found[k] = points_find(grading->finder, &grading->answer, &set->points[k],
		                            &known);
	for (uint32_t k = 0; k < set->count && grading->key->explicit_points; k++) {
		if (!set->found[k].contradicted)
			continue;
		if (known.vouched == NULL)
			known.vouched = find_vouched(grading, set);
		set->found[k] = points_find(grading->finder, &grading->answer, &set->points[k],
		                            &known);
	}
}

/* Finds the points of a set in the answer and what they are worth together. */
static void find_points(const struct grading *grading, struct point_set *set)
{
	double credit = 0, weight = 0, denied = 0;

	search_points(grading, set);
	if (grading->key->explicit_points)
		part_points(set->found, set->count);
	for (uint32_t k = 0; k < set->count; k++) {
		const struct key_point *point = &set->points[k];
		const struct point_found *found = &set->found[k];
		struct score_point *shown = &set->found[k].shown;

		shown->weight = point->weight;
		shown->full = point->full;
		shown->credit = credit_of(point, found->coverage, grading->key->explicit_points);
		shown->denied = found->contradicted || shown->wrong != NULL;
		weight += shown->weight;
		credit += shown->weight * shown->credit;
		denied += shown->denied ? shown->weight : 0;
	}
	set->steps.points = weight > 0 ? credit / weight : 0;
	set->steps.denied = weight > 0 ? denied / weight : 0;
}

/* Likeness counts as far as the points back it. */
static double backed_likeness(const struct grading *grading, double points, double likeness)
{
	if (grading->key->explicit_points)
		return points < GRAMS_FULL_AT ? likeness * points / GRAMS_FULL_AT : likeness;
	return grading->answer.hit_count > 0 ? likeness : 0;
}

static void combine(const struct grading *grading, double likeness, struct score_steps *steps)
{
	bool explicit_points = grading->key->explicit_points;

	steps->point_share = explicit_points ? EXPLICIT_POINT_SHARE : SPLIT_POINT_SHARE;
	steps->power = explicit_points ? EXPLICIT_POWER : SPLIT_POWER;
	steps->credit_power = CREDIT_POWER;
	steps->covered_min = explicit_points ? COVERED_MIN : 0;
	steps->partial_min = explicit_points ? PARTIAL_MIN : 0;
	if (grading->key->reference_count == 0)
		steps->point_share = 1;
	steps->likeness = backed_likeness(grading, steps->points, likeness);
	steps->agreement =
	        pow(steps->point_share * steps->points + (1 - steps->point_share) * steps->likeness,
	            steps->power);
	steps->penalty = CONTRADICTION_PENALTY;
	steps->cap = 1;
	steps->share = steps->agreement * (1 - steps->penalty * steps->denied);
}

static double consensus_credit(const struct grading *grading, const struct consensus *consensus)
{
	double share = consensus_share(grading->finder, &grading->answer, consensus);

	return share < CREDIT_FULL ? pow(share / CREDIT_FULL, CREDIT_POWER) : 1;
}

/* Letters and order of one reference. */
static double likeness_to(const struct grading *grading, size_t reference)
{
	const struct score_key *key = grading->key;
	double letters = grams_recall(grading->arena, grading->vocab,
	                              key->reference_grams[reference], &grading->answer.passage);
	double order = sequence_recall(grading->finder, &grading->answer,
	                               key->reference_sequences[reference]);

	return (sqrt(letters) + sqrt(order)) / 2;
}

/* What is left of the likeness to a reference when the answer turns some of its words. */
static double straight_share(const struct grading *grading, size_t reference)
{
	const struct wording *wording = &grading->key->reference_wordings[reference];
	struct hits hits = coverage_hits(grading->finder, &grading->answer, wording, NULL);

	return 1 - TURNED_LOSS * claim_turned_share(&grading->answer, &hits);
}

static void mark_explicit(const struct grading *grading, struct point_set *set)
{
	find_points(grading, set);
	combine(grading, sqrt(best_grams(grading)), &set->steps);
}

/* The sentences of a reference are no real points: what it says as a whole counts more. */
static void mark_split(const struct grading *grading, struct point_set *set, double consensus)
{
	struct score_steps *steps = &set->steps;
	size_t reference = (size_t)(set - grading->sets);
	double own = consensus_credit(grading, grading->key->reference_wholes[reference]);
	double straight = straight_share(grading, reference);

	find_points(grading, set);
	steps->whole_share = WHOLE_SHARE;
	steps->whole = (own > consensus ? own : consensus) * straight;
	steps->points = (1 - WHOLE_SHARE) * steps->points + WHOLE_SHARE * steps->whole;
	combine(grading, likeness_to(grading, reference) * straight, steps);
}

/* Marks the answer against every set; returns the set that it does best by. */
static struct point_set *mark_sets(const struct grading *grading)
{
	struct point_set *best = NULL;
	double consensus = 0;

	if (grading->key->explicit_points) {
		mark_explicit(grading, grading->sets);
		return grading->sets;
	}
	if (grading->key->set_count > 1)
		consensus = consensus_credit(grading, grading->key->consensus);
	for (size_t i = 0; i < grading->key->set_count; i++) {
		struct point_set *set = &grading->sets[i];

		mark_split(grading, set, consensus);
		if (best == NULL || set->steps.share > best->steps.share)
			best = set;
	}
	return best;
}

/* Distinct content words that a full answer may need. */
static uint32_t expected_words(const struct grading *grading, const struct point_set *set)
{
	uint32_t most = 0, sum = 0;

	for (size_t i = 0; i < grading->key->reference_count; i++) {
		uint32_t count = grading->key->references[i].passage.distinct_count;

		most = count > most ? count : most;
	}
	for (uint32_t k = 0; k < set->count; k++)
		sum += set->points[k].wording_count > 0 ? set->points[k].wordings[0].count : 0;
	return sum > most ? sum : most;
}

static struct guards_result guard(const struct grading *grading, const struct point_set *set)
{
	struct guards_input input = {
		.vocab = grading->vocab,
		.finder = grading->finder,
		.question = &grading->key->question,
		.answer = &grading->answer,
		.references = grading->key->references,
		.reference_wordings = grading->key->reference_wordings,
		.reference_count = grading->key->reference_count,
		.points = set->points,
		.point_count = set->count,
		.expected_words = expected_words(grading, set),
	};

	input.answerable = true;
	for (uint32_t k = 0; k < set->count; k++) {
		input.fresh |= set->found[k].fresh;
		for (uint32_t i = 0; i < set->points[k].wording_count; i++)
			input.answerable &= set->points[k].wordings[i].fresh_total <= 0;
	}
	return guards_check(grading->arena, &input);
}

static struct score_rubric rubric_for(const struct grading *grading, const struct point_set *set,
                                      double share)
{
	const struct passage *answer = &grading->answer.passage;
	bool *relevant = arena_array(grading->arena, answer->sentence_count, sizeof(*relevant));
	struct rubric_input input = { .answer = answer, .share = share, .point_count = set->count };
	uint32_t hits = 0, typos = 0, sentences = 0;

	for (uint32_t k = 0; k < set->count; k++) {
		const struct point_found *found = &set->found[k];

		if (found->shown.status == SCORE_COVERED)
			input.points += 1;
		else if (found->shown.status == SCORE_PARTIAL)
			input.points += 0.5;
		for (uint32_t i = 0; i < found->hits.count; i++) {
			const struct hit *hit = &found->hits.items[i];

			hits++;
			typos += hit->typo;
			if (found->wording->slots[hit->slot].fresh)
				relevant[answer->tokens[hit->token].sentence] = true;
		}
	}
	for (uint32_t i = 0; i < answer->sentence_count; i++)
		sentences += relevant[i];
	if (answer->sentence_count > 0)
		input.relevant = (double)sentences / answer->sentence_count;
	input.typos = hits > 0 ? (double)typos / hits : 0;
	return rubric_mark(&input);
}

static void report_points(const struct grading *grading, const struct point_set *set,
                          struct score_result *result)
{
	result->points = arena_array(grading->arena, set->count, sizeof(*result->points));
	result->point_count = set->count;
	for (uint32_t k = 0; k < set->count; k++) {
		result->points[k] = set->found[k].shown;
		if (!grading->key->explicit_points && result->points[k].status != SCORE_MISSING)
			result->points[k].match = SCORE_BY_REFERENCE;
		if (result->points[k].denied)
			result->flags |= SCORE_FLAG_CONTRADICTION;
	}
}

/* Reads an answer with the words of the key at hand. */
static struct grading begin(struct arena *arena, const struct score_key *key, const char *answer,
                            size_t len)
{
	struct grading grading = {
		.arena = arena,
		.key = key,
		.vocab = vocab_fork(arena, key->vocab, 64 + len / 6),
		.sets = arena_array(arena, key->set_count, sizeof(struct point_set)),
	};

	for (size_t i = 0; i < key->set_count; i++) {
		grading.sets[i].points = key->sets[i].points;
		grading.sets[i].count = key->sets[i].count;
	}
	passage_read(arena, grading.vocab, answer, len, &grading.answer.passage);
	asides_drop(arena, grading.vocab, &key->question, &grading.answer.passage);
	match_new(key->index, grading.vocab, vocab_stem_count(key->vocab));
	if (key->explicit_points)
		asides_mark_strays(grading.vocab, &grading.answer.passage);
	grading.finder = coverage_finder(arena, grading.vocab);
	coverage_index(arena, grading.vocab, &grading.answer);
	return grading;
}

static struct score_result grade(struct arena *arena, const struct score_key *key,
                                 const char *answer, size_t len)
{
	struct grading grading = begin(arena, key, answer, len);
	struct score_result result = { .max_score = key->max_score };
	struct guards_result guards = { .cap = 1 };
	struct point_set none = { .steps = { .cap = 1 } };
	const struct point_set *set;
	struct score_steps steps;

	set = mark_sets(&grading);
	if (set == NULL)
		set = &none;
	steps = set->steps;
	if (grading.answer.passage.content_count == 0) {
		result.flags = grading.answer.passage.copied_count > 0 ? SCORE_FLAG_QUESTION_COPIED
		                                                       : SCORE_FLAG_EMPTY;
		guards.cap = 0;
	} else {
		guards = guard(&grading, set);
	}
	steps.cap = guards.cap;
	steps.share = steps.share < steps.cap ? steps.share : steps.cap;
	result.flags |= guards.flags;
	report_points(&grading, set, &result);
	result.steps = steps;
	result.score = round(steps.share * result.max_score * 10) / 10;
	result.verdict = score_verdict_of(result.max_score > 0 ? result.score / result.max_score
	                                                       : 0);
	result.rubric = rubric_for(&grading, set, steps.share);
	return result;
}

void score_keep(struct arena *arena, struct score_result *result)
{
	struct score_point *points = arena_array(arena, result->point_count, sizeof(*points));

	for (size_t i = 0; i < result->point_count; i++) {
		const struct score_point *point = &result->points[i];

		points[i] = *point;
		points[i].text = arena_strdup(arena, point->text);
		points[i].wording = arena_strdup(arena, point->wording);
		points[i].wrong = arena_strdup(arena, point->wrong);
		points[i].spans = arena_array(arena, point->span_count, sizeof(*point->spans));
		if (point->span_count > 0)
			memcpy(points[i].spans, point->spans,
			       point->span_count * sizeof(*point->spans));
	}
	result->points = points;
}

const struct score_key *score_prepare(struct arena *arena, const struct score_question *question)
{
	return key_read(arena, question);
}

void score_grade(struct arena *arena, const struct score_key *key, const char *answer, size_t len,
                 struct score_result *ret_result)
{
	struct arena *scratch = arena_create(); /* a request may wait long with the result */

	*ret_result = grade(scratch, key, answer, len);
	score_keep(arena, ret_result);
	arena_destroy(scratch);
}

void score_answer(struct arena *arena, const struct score_question *question, const char *answer,
                  size_t len, struct score_result *ret_result)
{
	struct arena *scratch = arena_create();

	score_grade(arena, key_read(scratch, question), answer, len, ret_result);
	arena_destroy(scratch);
}

const char *score_status_name(enum score_status status)
{
	static const char *const names[] = { "missing", "partial", "covered" };

	return names[status];
}

const char *score_match_name(enum score_match match)
{
	static const char *const names[] = { "", "point", "alias", "union", "reference" };

	return names[match];
}

const char *score_verdict_name(enum score_verdict verdict)
{
	static const char *const names[] = { "incorrect", "partial", "good", "excellent" };

	return names[verdict];
}

enum score_verdict score_verdict_of(double ratio)
{
	/* A mark of .6 of 10 points is .6 in spite of what binary fractions make of it. */
	ratio += 1e-9;
	if (ratio < VERDICT_WEAK)
		return SCORE_INCORRECT;
	if (ratio < VERDICT_GOOD)
		return SCORE_WEAK;
	return ratio < VERDICT_EXCELLENT ? SCORE_GOOD : SCORE_EXCELLENT;
}

const char *score_flag_name(enum score_flag flag)
{
	switch (flag) {
	case SCORE_FLAG_QUESTION_COPIED:
		return "question_copied";
	case SCORE_FLAG_KEYWORD_LIST:
		return "keyword_list";
	case SCORE_FLAG_WORD_ORDER:
		return "word_order";
	case SCORE_FLAG_DUMP:
		return "dump";
	case SCORE_FLAG_REPETITION:
		return "repetition";
	case SCORE_FLAG_CONTRADICTION:
		return "contradiction";
	case SCORE_FLAG_EMPTY:
		return "empty";
	}
	return NULL;
}

double score_rubric_overall(const struct score_rubric *rubric)
{
	return 20 * (0.20 * rubric->structure + 0.20 * rubric->relevance +
	             0.25 * rubric->technical_accuracy + 0.20 * rubric->depth +
	             0.15 * rubric->communication);
}
