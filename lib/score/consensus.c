#include "score/consensus.h"

#include <string.h>

#include "score/constants.h"

struct term {
	double weight;
	bool fresh;
};

struct consensus {
	const struct wording *references;
	size_t reference_count;
	uint32_t **terms; /* by reference and slot: numbers in `all` */
	struct term *all;
	uint32_t count;
	double total, fresh_total; /* weights of a reference, on the average */
};

/* Numbers the stems of the references in order of appearance and counts who has them. */
static void collect(struct arena *arena, const struct vocab *vocab, struct consensus *consensus)
{
	uint32_t *numbers = arena_array(arena, vocab_stem_count(vocab), sizeof(*numbers));

	for (size_t i = 0; i < consensus->reference_count; i++) {
		const struct wording *wording = &consensus->references[i];

		consensus->terms[i] = arena_array(arena, wording->count, sizeof(uint32_t));
		for (uint32_t k = 0; k < wording->count; k++) {
			const struct slot *slot = &wording->slots[k];

			if (numbers[slot->stem] == 0) {
				consensus->all[consensus->count].fresh = slot->fresh;
				numbers[slot->stem] = ++consensus->count;
			}
			consensus->terms[i][k] = numbers[slot->stem] - 1;
			consensus->all[numbers[slot->stem] - 1].weight += slot->weight;
		}
	}
}

const struct consensus *consensus_make(struct arena *arena, const struct vocab *vocab,
                                       const struct wording *references, size_t count)
{
	struct consensus *consensus = arena_alloc(arena, sizeof(*consensus));
	size_t slots = 0;

	consensus->references = references;
	consensus->reference_count = count;
	for (size_t i = 0; i < count; i++)
		slots += references[i].count;
	consensus->terms = arena_array(arena, count, sizeof(*consensus->terms));
	consensus->all = arena_array(arena, slots, sizeof(*consensus->all));
	collect(arena, vocab, consensus);
	for (size_t i = 0; i < count; i++) {
		for (uint32_t k = 0; k < references[i].count; k++) {
			const struct term *term = &consensus->all[consensus->terms[i][k]];

			consensus->total += term->weight / (double)count;
			consensus->fresh_total += term->fresh ? term->weight / (double)count : 0;
		}
	}
	return consensus;
}

/* The best strength by which the document has each term. */
static float *find(struct finder *finder, const struct document *document,
                   const struct consensus *consensus)
{
	float *strengths = arena_array(coverage_arena(finder), consensus->count,
	                               sizeof(*strengths));

	for (size_t i = 0; i < consensus->reference_count; i++) {
		struct hits hits = coverage_hits(finder, document, &consensus->references[i], NULL);

		for (uint32_t h = 0; h < hits.count; h++) {
			float *strength = &strengths[consensus->terms[i][hits.items[h].slot]];

			if (!hits.items[h].opposite && hits.items[h].strength > *strength)
				*strength = hits.items[h].strength;
		}
	}
	return strengths;
}

double consensus_share(struct finder *finder, const struct document *document,
                       const struct consensus *consensus)
{
	const float *strengths = find(finder, document, consensus);
	double fresh = 0, asked = 0, needed = QUESTION_FULL_AT * consensus->fresh_total, share;

	for (uint32_t i = 0; i < consensus->count; i++) {
		const struct term *term = &consensus->all[i];

		*(term->fresh ? &fresh : &asked) += strengths[i] * term->weight;
	}
	if (consensus->total <= 0)
		return 0;
	if (fresh < needed)
		asked *= QUESTION_LEAST + (1 - QUESTION_LEAST) * fresh / needed;
	share = (fresh + asked) / consensus->total;
	return share < 1 ? share : 1;
}
