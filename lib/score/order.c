#include "score/order.h"

#include "score/constants.h"
#include "score/words.h"

/* What two words are to each other; the kind is part of a pair's key. */
enum kind { KIND_WORDS, KIND_BOUND, KIND_CONTENT, KIND_COUNT };

/* Stems and pairs of stems that the references have; a key of 0 is an empty place. */
struct known {
	uint64_t *keys;
	size_t mask;
};

/* The last words of each kind while a text is walked; NULL before the first. */
struct walk {
	const struct token *before[KIND_COUNT];
};

/* Of two stems in this order; of one stem alone when `b` is VOCAB_NONE. */
static uint64_t key_of(uint32_t a, uint32_t b, enum kind kind)
{
	return ((uint64_t)a + 1) << 34 | (uint64_t)kind << 32 | b;
}

static uint64_t *place_of(const struct known *known, uint64_t key)
{
	size_t i = (size_t)((key * 0x9E3779B97F4A7C15u) >> 32);

	for (;; i++) {
		uint64_t *place = &known->keys[i & known->mask];

		if (*place == key || *place == 0)
			return place;
	}
}

static bool has(const struct known *known, uint64_t key)
{
	return *place_of(known, key) == key;
}

static void learn(const struct known *known, uint32_t a, uint32_t b, enum kind kind)
{
	uint64_t key = key_of(a, b, kind);

	*place_of(known, key) = key;
}

static bool is_of(const struct token *token, enum kind kind)
{
	if (kind == KIND_WORDS)
		return true;
	return kind == KIND_BOUND ? !(token->flags & WORD_ARTICLE) : token->content;
}

/* The word of a kind that stands before this one; then this one takes its place. */
static const struct token *step(struct walk *walk, const struct token *token, enum kind kind)
{
	const struct token *before = walk->before[kind];

	if (!is_of(token, kind))
		return NULL;
	walk->before[kind] = token;
	return before;
}

static void learn_text(const struct known *known, const struct passage *passage)
{
	struct walk walk = { 0 };

	for (uint32_t i = 0; i < passage->count; i++) {
		const struct token *token = &passage->tokens[i];

		learn(known, token->stem, VOCAB_NONE, KIND_WORDS);
		if (i >= 2)
			learn(known, token[-2].stem, token->stem, KIND_WORDS);
		for (enum kind kind = 0; kind < KIND_COUNT; kind++) {
			const struct token *before = step(&walk, token, kind);

			if (before != NULL)
				learn(known, before->stem, token->stem, kind);
		}
	}
}

static struct known learn_all(struct arena *arena, const struct document *references, size_t count)
{
	struct known known = { .mask = 63 };
	size_t tokens = 0;

	for (size_t i = 0; i < count; i++)
		tokens += references[i].passage.count;
	while (known.mask < 2 * (KIND_COUNT + 2) * tokens)
		known.mask = 2 * known.mask + 1;
	known.keys = arena_array(arena, known.mask + 1, sizeof(*known.keys));
	for (size_t i = 0; i < count; i++)
		learn_text(&known, &references[i].passage);
	return known;
}

static void look_up(const struct known *known, const struct token *a, const struct token *b,
                    enum kind kind, struct order_pairs *pairs)
{
	if (a == NULL || a->sentence != b->sentence || a->figure || b->figure)
		return;
	pairs->all++;
	if (!has(known, key_of(a->stem, VOCAB_NONE, KIND_WORDS)) ||
	    !has(known, key_of(b->stem, VOCAB_NONE, KIND_WORDS)))
		return;
	pairs->known++;
	pairs->kept += has(known, key_of(a->stem, b->stem, kind));
}

struct order_found order_find(struct arena *arena, const struct document *references, size_t count,
                              const struct passage *text)
{
	struct known known = learn_all(arena, references, count);
	struct order_found found = { 0 };
	struct order_pairs *const pairs[] = { &found.words, &found.bound, &found.content };
	struct walk walk = { 0 };

	for (uint32_t i = 0; i < text->count; i++) {
		for (enum kind kind = 0; kind < KIND_COUNT; kind++)
			look_up(&known, step(&walk, &text->tokens[i], kind), &text->tokens[i], kind,
			        pairs[kind]);
	}
	return found;
}

double order_share(const struct order_pairs *pairs)
{
	return pairs->known > 0 ? (double)pairs->kept / pairs->known : 1;
}
