#include "score/sequence.h"

#include <string.h>

#include "score/constants.h"

struct sequence {
	const struct wording *wording;
	uint32_t *stems; /* in text order */
	double *weights;
	uint32_t count;
	double total;
	bool *known; /* by stem: the reference has it */
	uint32_t known_count;
};

const struct sequence *sequence_make(struct arena *arena, const struct vocab *vocab,
                                     const struct passage *reference, const struct wording *wording)
{
	struct sequence *sequence = arena_alloc(arena, sizeof(*sequence));
	uint32_t count = reference->count < SEQUENCE_MAX ? reference->count : SEQUENCE_MAX;
	double *weights;

	sequence->wording = wording;
	sequence->known_count = vocab_stem_count(vocab);
	sequence->known = arena_array(arena, sequence->known_count, sizeof(*sequence->known));
	weights = arena_array(arena, sequence->known_count, sizeof(*weights));
	sequence->stems = arena_array(arena, count, sizeof(*sequence->stems));
	sequence->weights = arena_array(arena, count, sizeof(*sequence->weights));
	for (uint32_t k = 0; k < wording->count; k++)
		weights[wording->slots[k].stem] = wording->slots[k].weight;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t stem = reference->tokens[i].stem;

		sequence->known[stem] = true;
		sequence->stems[i] = stem;
		sequence->weights[i] = weights[stem] > 0 ? weights[stem] : SEQUENCE_FUNCTION_WEIGHT;
		sequence->total += sequence->weights[i];
	}
	sequence->count = count;
	return sequence;
}

/* The document's words as the reference's stems; words that it has nothing of are left out. */
static uint32_t *translate(struct finder *finder, const struct document *document,
                           const struct sequence *sequence, uint32_t *ret_count)
{
	const struct passage *passage = &document->passage;
	struct hits hits = coverage_hits(finder, document, sequence->wording, NULL);
	uint32_t *stems = arena_array(coverage_arena(finder), SEQUENCE_MAX, sizeof(*stems));
	uint32_t count = 0, h = 0;

	for (uint32_t i = 0; i < passage->count && count < SEQUENCE_MAX; i++) {
		uint32_t stem = passage->tokens[i].stem;

		while (h < hits.count && hits.items[h].token < i)
			h++;
		if (stem < sequence->known_count && sequence->known[stem])
			stems[count++] = stem;
		else if (h < hits.count && hits.items[h].token == i && !hits.items[h].opposite)
			stems[count++] = sequence->wording->slots[hits.items[h].slot].stem;
	}
	*ret_count = count;
	return stems;
}

static double larger(double a, double b)
{
	return a > b ? a : b;
}

double sequence_recall(struct finder *finder, const struct document *document,
                       const struct sequence *sequence)
{
	double *most = arena_array(coverage_arena(finder), (size_t)sequence->count + 1,
	                           sizeof(*most));
	uint32_t count, *stems = translate(finder, document, sequence, &count);

	if (sequence->total <= 0)
		return 0;
	for (uint32_t i = 0; i < count; i++) {
		double diagonal = 0; /* of the row before, one to the left */

		for (uint32_t k = 0; k < sequence->count; k++) {
			double above = most[k + 1];

			most[k + 1] = larger(above, most[k]);
			if (stems[i] == sequence->stems[k])
				most[k + 1] = larger(most[k + 1], diagonal + sequence->weights[k]);
			diagonal = above;
		}
	}
	return most[sequence->count] / sequence->total;
}
