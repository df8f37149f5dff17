#include "score/match.h"

#include <string.h>

#include "base/text.h"
#include "score/constants.h"
#include "score/opposites.h"

enum { BUCKETS = 0x530 }; /* first letters up to the end of Cyrillic */

static size_t common_prefix(const struct vocab_stem *a, const struct vocab_stem *b)
{
	size_t n = 0;

	while (n < a->length && n < b->length && a->letters[n] == b->letters[n])
		n++;
	return n;
}

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* Optimal string alignment: the edits, a swap of neighbours being one, from `a` to `b`. */
static unsigned osa_distance(const struct vocab_stem *a, const struct vocab_stem *b)
{
	unsigned rows[3][MAX_WORD + 1];

	for (unsigned j = 0; j <= b->length; j++)
		rows[0][j] = j;
	for (unsigned i = 1; i <= a->length; i++) {
		unsigned *row = rows[i % 3];
		const unsigned *above = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];

		row[0] = i;
		for (unsigned j = 1; j <= b->length; j++) {
			bool same = a->letters[i - 1] == b->letters[j - 1];

			row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + !same);
			if (i > 1 && j > 1 && a->letters[i - 1] == b->letters[j - 2] &&
			    a->letters[i - 2] == b->letters[j - 1])
				row[j] = least(row[j], before[j - 2] + 1);
		}
	}
	return rows[a->length % 3][b->length];
}

static bool is_typo(const struct vocab_stem *a, const struct vocab_stem *b)
{
	size_t shorter = a->length < b->length ? a->length : b->length;
	size_t difference = (size_t)a->length + b->length - 2 * shorter;
	unsigned most = shorter >= TWO_EDITS_MIN ? 2 : 1;
	int letters = __builtin_popcountll(a->mask ^ b->mask);

	if (shorter < SOFT_MIN || difference > most || letters > 2 * (int)most)
		return false;
	return osa_distance(a, b) <= most;
}

/* Beginnings that say nothing about the rest: "interface" is no "interval". */
static bool is_mere_prefix(const struct vocab_stem *stem, size_t prefix)
{
	static const char *const prefixes[] = { "inter", "trans", "super", "micro", "multi",
		                                "hyper", "under", "infra", "proto", "интер",
		                                "транс", "супер", "микро", "гипер", "мульти" };

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		if (text_count(prefixes[i], strlen(prefixes[i])) == prefix &&
		    text_starts(stem->bytes, prefixes[i]))
			return true;
	}
	return false;
}

static double trigram_dice(const struct vocab_stem *a, const struct vocab_stem *b)
{
	int na = (int)a->length - 2, nb = (int)b->length - 2, common = 0;
	uint64_t used = 0;

	if (na < 1 || nb < 1)
		return 0;
	/* Not even all trigrams of the shorter one would do. */
	if (2.0 * (na < nb ? na : nb) / (na + nb) < DICE_MIN)
		return 0;
	for (int i = 0; i < na; i++) {
		for (int j = 0; j < nb; j++) {
			if ((used >> j & 1) == 0 &&
			    memcmp(&a->letters[i], &b->letters[j], 3 * sizeof(*a->letters)) == 0) {
				used |= (uint64_t)1 << j;
				common++;
				break;
			}
		}
	}
	return 2.0 * common / (na + nb);
}

float match_strength(const struct vocab_stem *a, const struct vocab_stem *b, bool *ret_typo)
{
	size_t longer = a->length > b->length ? a->length : b->length, prefix;
	double dice;

	*ret_typo = false;
	if (a->bytes == b->bytes)
		return STRENGTH_EQUAL;
	if (a->exact || b->exact || a->length < 3 || b->length < 3)
		return 0;
	if (a->letters[0] != b->letters[0])
		return 0;
	prefix = common_prefix(a, b);
	if (is_typo(a, b)) {
		*ret_typo = prefix + 2 < longer;
		return (float)STRENGTH_TYPO;
	}
	if (is_mere_prefix(a, prefix))
		return 0;
	if (prefix >= PREFIX_MIN && (double)prefix >= PREFIX_SHARE_MIN * (double)longer)
		return (float)STRENGTH_PREFIX;
	dice = trigram_dice(a, b);
	return dice >= DICE_MIN ? (float)dice : 0;
}

static void add_opposite(struct vocab *vocab, uint32_t one, uint32_t other)
{
	if (one == VOCAB_NONE || other == VOCAB_NONE || one == other)
		return;
	if (vocab_stem_at(vocab, one)->wanted)
		vocab_add_match(vocab, one,
		                &(struct vocab_match){
		                        .stem = other, .strength = 1, .relation = VOCAB_OPPOSITE });
	if (vocab_stem_at(vocab, other)->wanted)
		vocab_add_match(vocab, other,
		                &(struct vocab_match){
		                        .stem = one, .strength = 1, .relation = VOCAB_OPPOSITE });
}

/* "unsafe" is the opposite of "safe", "небезопасный" of "безопасный". */
static void add_prefixed_opposites(struct vocab *vocab)
{
	static const struct {
		const char *bytes;
		size_t base_min; /* letters; shorter rests are seldom words */
	} prefixes[] = { { "un", 4 }, { "non", 4 }, { "in", 5 },
		         { "im", 5 }, { "dis", 6 }, { "не", 4 } };

	for (uint32_t id = 0; id < vocab_stem_count(vocab); id++) {
		const struct vocab_stem *stem = vocab_stem_at(vocab, id);

		for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
			const char *prefix = prefixes[i].bytes, *base;

			if (stem->exact || !text_starts(stem->bytes, prefix))
				continue;
			base = stem->bytes + strlen(prefix);
			if (text_count(base, strlen(base)) >= prefixes[i].base_min)
				add_opposite(vocab, id, vocab_find_stem(vocab, base, strlen(base)));
		}
	}
}

static void add_listed_opposites(struct vocab *vocab)
{
	size_t count;
	const struct opposite *pairs = opposites_all(&count);

	for (size_t i = 0; i < count; i++) {
		uint32_t one = vocab_find_stem(vocab, pairs[i].one, strlen(pairs[i].one));

		if (one != VOCAB_NONE)
			add_opposite(
			        vocab, one,
			        vocab_find_stem(vocab, pairs[i].other, strlen(pairs[i].other)));
	}
}

static bool is_listed(const struct vocab_stem *stem, uint32_t other)
{
	for (const struct vocab_match *m = stem->matches; m != NULL; m = m->next) {
		if (m->stem == other)
			return true;
	}
	return false;
}

/* Compares one wanted stem with the bucket of its first letter, whose head is `id`. */
static void add_similar(struct vocab *vocab, uint32_t wanted, uint32_t id, const uint32_t *next)
{
	for (; id != 0; id = next[id - 1]) {
		const struct vocab_stem *stem = vocab_stem_at(vocab, wanted);
		struct vocab_match match = { .stem = id - 1, .relation = VOCAB_SIMILAR };

		match.strength = match_strength(stem, vocab_stem_at(vocab, id - 1), &match.typo);
		if (match.strength > 0 && !is_listed(stem, id - 1))
			vocab_add_match(vocab, wanted, &match);
	}
}

void match_all(struct arena *arena, struct vocab *vocab)
{
	uint32_t count = vocab_stem_count(vocab);
	uint32_t *heads = arena_array(arena, BUCKETS, sizeof(*heads));
	uint32_t *next = arena_array(arena, count, sizeof(*next));

	add_listed_opposites(vocab);
	add_prefixed_opposites(vocab);
	for (uint32_t id = count; id-- > 0;) {
		uint16_t first = vocab_stem_at(vocab, id)->letters[0];

		if (first < BUCKETS) {
			next[id] = heads[first];
			heads[first] = id + 1;
		}
	}
	for (uint32_t id = 0; id < count; id++) {
		const struct vocab_stem *stem = vocab_stem_at(vocab, id);

		if (!stem->wanted)
			continue;
		if (stem->letters[0] < BUCKETS)
			add_similar(vocab, id, heads[stem->letters[0]], next);
		else
			vocab_add_match(vocab, id,
			                &(struct vocab_match){ .stem = id, .strength = 1 });
	}
}
