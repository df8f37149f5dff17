#include "score/grams.h"

#include "score/constants.h"

/* How many grams are the reference's own, and how many the question has as well. */
struct tally {
	uint32_t own, asked;
};

struct gram_set {
	uint64_t *letters; /* by place; four letters of 16 bits, 0 for none */
	bool *asked;
	size_t capacity;
	struct tally all;
};

/* Goes through the grams of a text: its words with one space between them. */
struct cursor {
	const struct vocab *vocab;
	const struct passage *passage;
	const uint16_t *next, *end; /* letters of the current word */
	bool relevant;              /* passes over sentences that are not */
	uint32_t token;
	uint64_t letters;
	int length;
};

static struct cursor begin(const struct vocab *vocab, const struct passage *passage)
{
	return (struct cursor){ .vocab = vocab, .passage = passage };
}

static uint16_t next_letter(struct cursor *cursor)
{
	const struct passage *passage = cursor->passage;
	const struct vocab_word *word;

	if (cursor->next < cursor->end)
		return *cursor->next++;
	while (cursor->relevant && cursor->token < passage->count &&
	       !passage->sentences[passage->tokens[cursor->token].sentence].relevant)
		cursor->token++;
	if (cursor->token >= passage->count)
		return 0;
	word = vocab_word_at(cursor->vocab, passage->tokens[cursor->token++].word);
	cursor->next = word->letters;
	cursor->end = word->letters + word->length;
	return ' ';
}

/* The next gram, 0 at the end. */
static uint64_t next_gram(struct cursor *cursor)
{
	uint16_t letter;

	while ((letter = next_letter(cursor)) != 0) {
		cursor->letters = cursor->letters << 16 | letter;
		if (++cursor->length >= GRAM)
			return cursor->letters;
	}
	return 0;
}

/* The place where the gram is or would be. */
static size_t place_of(const struct gram_set *set, uint64_t letters)
{
	size_t i = (size_t)((letters * 0x9E3779B97F4A7C15u) >> 32);

	for (;; i++) {
		uint64_t there = set->letters[i & (set->capacity - 1)];

		if (there == letters || there == 0)
			return i & (set->capacity - 1);
	}
}

static size_t text_length(const struct vocab *vocab, const struct passage *passage)
{
	size_t length = 0;

	for (uint32_t i = 0; i < passage->count; i++)
		length += 1 + vocab_word_at(vocab, passage->tokens[i].word)->length;
	return length;
}

static void count(struct tally *tally, bool asked)
{
	tally->asked += asked;
	tally->own += !asked;
}

static double weight_of(const struct tally *tally)
{
	return tally->own + QUESTION_WEIGHT * tally->asked;
}

const struct gram_set *grams_collect(struct arena *arena, const struct vocab *vocab,
                                     const struct passage *reference,
                                     const struct passage *question)
{
	struct gram_set *set = arena_alloc(arena, sizeof(*set));
	struct cursor own = begin(vocab, reference), asked = begin(vocab, question);
	size_t length = text_length(vocab, reference);
	uint64_t letters;

	for (set->capacity = 64; set->capacity < 2 * length;)
		set->capacity *= 2;
	set->letters = arena_array(arena, set->capacity, sizeof(*set->letters));
	set->asked = arena_array(arena, set->capacity, sizeof(*set->asked));
	while ((letters = next_gram(&own)) != 0)
		set->letters[place_of(set, letters)] = letters;
	while ((letters = next_gram(&asked)) != 0)
		set->asked[place_of(set, letters)] = true;
	for (size_t i = 0; i < set->capacity; i++) {
		if (set->letters[i] != 0)
			count(&set->all, set->asked[i]);
	}
	return set;
}

double grams_recall(struct arena *arena, const struct vocab *vocab, const struct gram_set *set,
                    const struct passage *answer)
{
	bool *found = arena_array(arena, set->capacity, sizeof(*found));
	struct cursor given = begin(vocab, answer);
	struct tally tally = { 0 };
	double total = weight_of(&set->all);
	uint64_t letters;

	given.relevant = true;
	while ((letters = next_gram(&given)) != 0) {
		size_t place = place_of(set, letters);

		if (set->letters[place] == 0 || found[place])
			continue;
		found[place] = true;
		count(&tally, set->asked[place]);
	}
	return total > 0 ? weight_of(&tally) / total : 0;
}
