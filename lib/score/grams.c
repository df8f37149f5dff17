#include "score/grams.h"

#include "score/constants.h"

/* A set of grams, each four letters of 16 bits; a gram of zeros does not occur. */
struct gram {
	uint64_t letters;
	bool asked, found;
};

struct gram_set {
	struct gram *grams;
	size_t capacity;
};

/* Goes through the grams of a text: its words with one space between them. */
struct cursor {
	const struct vocab *vocab;
	const struct passage *passage;
	const uint16_t *next, *end; /* letters of the current word */
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
	const struct vocab_word *word;

	if (cursor->next < cursor->end)
		return *cursor->next++;
	if (cursor->token >= cursor->passage->count)
		return 0;
	word = vocab_word_at(cursor->vocab, cursor->passage->tokens[cursor->token++].word);
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

static struct gram *find(const struct gram_set *set, uint64_t letters)
{
	size_t i = (size_t)((letters * 0x9E3779B97F4A7C15u) >> 32);

	for (;; i++) {
		struct gram *gram = &set->grams[i & (set->capacity - 1)];

		if (gram->letters == letters || gram->letters == 0)
			return gram;
	}
}

static size_t text_length(const struct vocab *vocab, const struct passage *passage)
{
	size_t length = 0;

	for (uint32_t i = 0; i < passage->count; i++)
		length += 1 + vocab_word_at(vocab, passage->tokens[i].word)->length;
	return length;
}

static struct gram_set collect(struct arena *arena, const struct vocab *vocab,
                               const struct passage *passage)
{
	size_t length = text_length(vocab, passage);
	struct cursor cursor = begin(vocab, passage);
	struct gram_set set = { .capacity = 64 };
	uint64_t letters;

	while (set.capacity < 2 * length)
		set.capacity *= 2;
	set.grams = arena_array(arena, set.capacity, sizeof(*set.grams));
	while ((letters = next_gram(&cursor)) != 0)
		find(&set, letters)->letters = letters;
	return set;
}

double grams_recall(struct arena *arena, const struct vocab *vocab, const struct passage *reference,
                    const struct passage *question, const struct passage *answer)
{
	struct gram_set set = collect(arena, vocab, reference);
	struct cursor asked = begin(vocab, question), given = begin(vocab, answer);
	double total = 0, found = 0;
	uint64_t letters;

	while ((letters = next_gram(&asked)) != 0)
		find(&set, letters)->asked = true;
	while ((letters = next_gram(&given)) != 0)
		find(&set, letters)->found = true;
	for (size_t i = 0; i < set.capacity; i++) {
		double weight = set.grams[i].asked ? QUESTION_WEIGHT : 1;

		if (set.grams[i].letters == 0)
			continue;
		total += weight;
		found += set.grams[i].found ? weight : 0;
	}
	return total > 0 ? found / total : 0;
}
