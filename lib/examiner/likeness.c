#include "examiner/likeness.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "score/passage.h"

/* Endings that the stemmer leaves lie behind so many letters. */
enum { ROOT = 5 };

/* Of each text the roots of its content words; of each root in how many texts it is. */
struct comparison {
	struct arena *arena;
	struct vocab *vocab;
	struct passage *passages;
	size_t count;
	uint32_t *roots; /* of each stem: the first stem that begins alike */
	double *weights; /* by root */
};

static void start(struct comparison *all)
{
	all->vocab = vocab_create(all->arena);
	all->passages = arena_array(all->arena, all->count, sizeof(*all->passages));
}

static void read_text(struct comparison *all, size_t place, const char *text)
{
	if (text != NULL)
		passage_read(all->arena, all->vocab, text, strlen(text), &all->passages[place]);
}

/* Letters that count: all of a short stem and of one with digits or signs. */
static uint32_t root_length(const struct vocab_stem *stem)
{
	return stem->exact || stem->length < ROOT ? stem->length : ROOT;
}

static bool begin_alike(const struct vocab_stem *one, const struct vocab_stem *other)
{
	const uint32_t length = root_length(one);

	return one->exact == other->exact && root_length(other) == length &&
	       memcmp(one->letters, other->letters, length * sizeof(*one->letters)) == 0;
}

static void find_roots(struct comparison *all)
{
	const uint32_t count = vocab_stem_count(all->vocab);

	all->roots = arena_array(all->arena, count + 1, sizeof(*all->roots));
	for (uint32_t stem = 0; stem < count; stem++) {
		uint32_t root = 0;

		while (!begin_alike(vocab_stem_at(all->vocab, stem),
		                    vocab_stem_at(all->vocab, root)))
			root++;
		all->roots[stem] = root;
	}
}

/* Marks the roots of a text; a root counts once however often it comes. */
static bool *stems_of(const struct comparison *all, size_t place)
{
	const struct passage *passage = &all->passages[place];
	bool *stems = arena_array(all->arena, vocab_stem_count(all->vocab) + 1, sizeof(*stems));

	for (uint32_t i = 0; i < passage->count; i++)
		if (passage->tokens[i].content)
			stems[all->roots[passage->tokens[i].stem]] = true;
	return stems;
}

static bool **read_stems(struct comparison *all)
{
	const uint32_t stem_count = vocab_stem_count(all->vocab);
	bool **stems = arena_array(all->arena, all->count, sizeof(*stems));

	find_roots(all);
	all->weights = arena_array(all->arena, stem_count + 1, sizeof(*all->weights));
	for (size_t i = 0; i < all->count; i++) {
		stems[i] = stems_of(all, i);
		for (uint32_t stem = 0; stem < stem_count; stem++)
			all->weights[stem] += stems[i][stem];
	}
	for (uint32_t stem = 0; stem < stem_count; stem++)
		all->weights[stem] = 1 + log(((double)all->count + 1) / (all->weights[stem] + 1));
	return stems;
}

static double cosine(const struct comparison *all, const bool *one, const bool *other)
{
	const uint32_t stem_count = vocab_stem_count(all->vocab);
	double both = 0, first = 0, second = 0;

	for (uint32_t stem = 0; stem < stem_count; stem++) {
		const double square = all->weights[stem] * all->weights[stem];

		both += one[stem] && other[stem] ? square : 0;
		first += one[stem] ? square : 0;
		second += other[stem] ? square : 0;
	}
	return first > 0 && second > 0 ? both / sqrt(first * second) : 0;
}

double likeness_most(struct arena *arena, const char *text, const char *const *others, size_t count,
                     size_t *ret_place)
{
	struct comparison all = { .arena = arena, .count = count + 1 };
	double most = 0;
	bool **stems;

	start(&all);
	for (size_t i = 0; i < count; i++)
		read_text(&all, i, others[i]);
	read_text(&all, count, text);
	stems = read_stems(&all);
	*ret_place = 0;
	for (size_t i = 0; i < count; i++) {
		const double likeness = cosine(&all, stems[count], stems[i]);

		if (likeness > most) {
			most = likeness;
			*ret_place = i;
		}
	}
	return most;
}

static void add_pair(struct arena *arena, struct likeness **pairs, size_t *count,
                     const struct likeness *pair)
{
	if ((*count & (*count - 1)) == 0) { /* a power of two: it is full */
		struct likeness *larger = arena_array(arena, 2 * *count + 1, sizeof(*larger));

		if (*count > 0)
			memcpy(larger, *pairs, *count * sizeof(*larger));
		*pairs = larger;
	}
	(*pairs)[(*count)++] = *pair;
}

size_t likeness_pairs(struct arena *arena, const char *const *texts, size_t count, double least,
                      struct likeness **ret_pairs)
{
	struct comparison all = { .arena = arena, .count = count };
	size_t found = 0;
	bool **stems;

	start(&all);
	for (size_t i = 0; i < count; i++)
		read_text(&all, i, texts[i]);
	stems = read_stems(&all);
	*ret_pairs = NULL;
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < i; j++) {
			const struct likeness pair = { j, i, cosine(&all, stems[j], stems[i]) };

			if (pair.share >= least)
				add_pair(arena, ret_pairs, &found, &pair);
		}
	return found;
}
