#include "score/match.h"

#include <string.h>

#include "base/text.h"
#include "score/constants.h"
#include "score/opposites.h"

enum { LETTERS_END = 0x530 /* of Cyrillic: beyond it only equal stems match */, BUCKETS = 64 };

struct match_index {
	uint32_t starts[BUCKETS + 1]; /* into `stems`, by first letter modulo BUCKETS */
	uint32_t *stems;
};

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

static bool has_at_most(uint64_t bits, unsigned count)
{
	for (; bits != 0 && count > 0; count--)
		bits &= bits - 1;
	return bits == 0;
}

/* The edits that a typo between stems may make; 0 when their letters rule one out. */
static unsigned typo_most(const struct vocab_stem *a, const struct vocab_stem *b)
{
	size_t shorter = a->length < b->length ? a->length : b->length;
	size_t difference = (size_t)a->length + b->length - 2 * shorter;
	unsigned most = shorter >= TWO_EDITS_MIN ? 2 : 1;

	if (shorter < SOFT_MIN || difference > most)
		return 0;
	return has_at_most(a->mask ^ b->mask, 2 * most) ? most : 0;
}

/* Beginnings that say nothing about the rest: "interface" is no "interval". */
static bool is_mere_prefix(const struct vocab_stem *stem, size_t prefix)
{
	static const char *const five[] = { "inter", "trans", "super", "micro", "multi",
		                            "hyper", "under", "infra", "proto", "интер",
		                            "транс", "супер", "микро", "гипер" };

	if (prefix == 6)
		return text_starts(stem->bytes, "мульти");
	for (size_t i = 0; prefix == 5 && i < sizeof(five) / sizeof(five[0]); i++) {
		if (text_starts(stem->bytes, five[i]))
			return true;
	}
	return false;
}

static int lesser(int a, int b)
{
	return a < b ? a : b;
}

/* The most trigrams that two stems can share: a bit that only one has is one that is not shared. */
static int most_common(const struct vocab_stem *a, const struct vocab_stem *b)
{
	int na = (int)a->length - 2 - __builtin_popcountll(a->trigrams & ~b->trigrams);
	int nb = (int)b->length - 2 - __builtin_popcountll(b->trigrams & ~a->trigrams);

	return lesser(na, nb);
}

static double trigram_dice(const struct vocab_stem *a, const struct vocab_stem *b)
{
	int na = (int)a->length - 2, nb = (int)b->length - 2, common = 0;
	uint64_t used = 0;

	if (na < 1 || nb < 1)
		return 0;
	if (2.0 * most_common(a, b) / (na + nb) < DICE_MIN)
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
	unsigned edits = typo_most(a, b);
	double dice;

	*ret_typo = false;
	if (a->bytes == b->bytes)
		return STRENGTH_EQUAL;
	if (a->exact || b->exact || a->length < 3 || b->length < 3)
		return 0;
	/* A long common beginning has trigrams, too. */
	if (edits == 0 && (a->trigrams & b->trigrams) == 0)
		return 0;
	if (a->letters[0] != b->letters[0])
		return 0;
	prefix = common_prefix(a, b);
	if (edits > 0 && osa_distance(a, b) <= edits) {
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
	struct vocab_match match = { .strength = 1, .relation = VOCAB_OPPOSITE };

	if (one == VOCAB_NONE || other == VOCAB_NONE || one == other)
		return;
	match.stem = other;
	if (vocab_stem_at(vocab, one)->wanted)
		vocab_add_match(vocab, one, &match);
	match.stem = one;
	if (vocab_stem_at(vocab, other)->wanted)
		vocab_add_match(vocab, other, &match);
}

/* What follows the prefix that turns a word: "safe" of "unsafe"; NULL if it has none. */
static const char *turned_base(const struct vocab_stem *stem)
{
	static const struct {
		const char *bytes;
		uint32_t len, letters, base_min; /* in letters; shorter rests are seldom words */
	} prefixes[] = { { "un", 2, 2, 4 }, { "non", 3, 3, 4 }, { "in", 2, 2, 5 },
		         { "im", 2, 2, 5 }, { "dis", 3, 3, 6 }, { "не", 4, 2, 4 } };

	for (size_t i = 0; !stem->exact && i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		if (stem->length >= prefixes[i].letters + prefixes[i].base_min &&
		    memcmp(stem->bytes, prefixes[i].bytes, prefixes[i].len) == 0)
			return stem->bytes + prefixes[i].len;
	}
	return NULL;
}

/* Both stems of a listed pair of which one is wanted. */
static void add_listed(struct vocab *vocab, const char *wanted, const char *other)
{
	uint32_t id = vocab_find_stem(vocab, wanted, strlen(wanted));

	if (id != VOCAB_NONE && vocab_stem_at(vocab, id)->wanted)
		add_opposite(vocab, id, vocab_enter_stem(vocab, other, strlen(other)));
}

static void add_opposites(struct vocab *vocab)
{
	uint32_t known = vocab_stem_count(vocab);
	size_t count;
	const struct opposite *pairs = opposites_all(&count);

	for (size_t i = 0; i < count; i++) {
		add_listed(vocab, pairs[i].one, pairs[i].other);
		add_listed(vocab, pairs[i].other, pairs[i].one);
	}
	for (uint32_t id = 0; id < known; id++) {
		const char *base = turned_base(vocab_stem_at(vocab, id));

		if (base == NULL)
			continue;
		if (vocab_stem_at(vocab, id)->wanted)
			vocab_enter_stem(vocab, base, strlen(base));
		add_opposite(vocab, id, vocab_find_stem(vocab, base, strlen(base)));
	}
}

static const struct match_index *index_wanted(struct arena *arena, struct vocab *vocab)
{
	struct match_index *index = arena_alloc(arena, sizeof(*index));
	uint32_t count = vocab_stem_count(vocab), at[BUCKETS];

	for (uint32_t id = 0; id < count; id++) {
		const struct vocab_stem *stem = vocab_stem_at(vocab, id);

		if (stem->wanted)
			index->starts[stem->letters[0] % BUCKETS + 1]++;
	}
	for (int i = 0; i < BUCKETS; i++) {
		at[i] = index->starts[i];
		index->starts[i + 1] += index->starts[i];
	}
	index->stems = arena_array(arena, index->starts[BUCKETS], sizeof(*index->stems));
	for (uint32_t id = 0; id < count; id++) {
		const struct vocab_stem *stem = vocab_stem_at(vocab, id);

		if (stem->wanted)
			index->stems[at[stem->letters[0] % BUCKETS]++] = id;
	}
	return index;
}

static bool is_listed(const struct vocab_stem *stem, uint32_t other)
{
	for (const struct vocab_match *m = stem->matches; m != NULL; m = m->next) {
		if (m->stem == other)
			return true;
	}
	return false;
}

/* Adds a stem to the matches of the wanted ones that it resembles, but those it opposes. */
static void add_similar(const struct match_index *index, struct vocab *vocab, uint32_t id)
{
	const struct vocab_stem *stem = vocab_stem_at(vocab, id);
	uint32_t bucket = stem->letters[0] % BUCKETS;

	for (uint32_t i = index->starts[bucket]; i < index->starts[bucket + 1]; i++) {
		uint32_t wanted = index->stems[i];
		const struct vocab_stem *other = vocab_stem_at(vocab, wanted);
		struct vocab_match match = { .stem = id, .relation = VOCAB_SIMILAR };

		if (wanted != id &&
		    (stem->letters[0] >= LETTERS_END || other->match_count >= MAX_MATCHES))
			continue;
		match.strength = match_strength(other, stem, &match.typo);
		if (match.strength > 0 && !is_listed(other, id))
			vocab_add_match(vocab, wanted, &match);
	}
}

const struct match_index *match_all(struct arena *arena, struct vocab *vocab)
{
	const struct match_index *index;

	add_opposites(vocab);
	index = index_wanted(arena, vocab);
	for (uint32_t id = 0; id < vocab_stem_count(vocab); id++)
		add_similar(index, vocab, id);
	return index;
}

void match_new(const struct match_index *index, struct vocab *vocab, uint32_t first)
{
	for (uint32_t id = first; id < vocab_stem_count(vocab); id++) {
		const char *base = turned_base(vocab_stem_at(vocab, id));

		if (base != NULL)
			add_opposite(vocab, id, vocab_find_stem(vocab, base, strlen(base)));
		add_similar(index, vocab, id);
	}
}
