#include "score/part.h"

#include "score/constants.h"

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

void part_points(struct point_found *found, uint32_t count)
{
	double most = PARTIAL_MIN - PROOF_SHORTFALL;

	for (uint32_t i = 0; i < count; i++) {
		for (uint32_t k = 0; k < count; k++) {
			if (k == i || found[i].shown.status == SCORE_MISSING ||
			    found[k].shown.status == SCORE_MISSING ||
			    !is_borrowed(&found[i], &found[k]))
				continue;
			found[i].coverage = found[i].shown.coverage = most;
			found[i].shown.status = SCORE_MISSING;
			found[i].shown.wording = NULL;
			found[i].shown.match = SCORE_BY_NOTHING;
			found[i].shown.span_count = 0;
		}
	}
}
