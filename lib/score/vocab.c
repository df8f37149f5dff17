#include "score/vocab.h"

#include <string.h>

#include <libstemmer.h>

#include "base/text.h"
#include "score/constants.h"
#include "score/fold.h"
#include "score/irregular.h"
#include "score/loan.h"
#include "score/words.h"

enum { FIRST_CAPACITY = 256, MAX_BYTES = 4 * MAX_WORD };

/* A place of a table: the string's hash and its index + 1, which is 0 for none. */
struct entry {
	uint32_t hash, number;
};

/* Open addressing over strings that an array beside it holds. */
struct string_table {
	struct entry *entries;
	uint32_t capacity, count;
};

struct vocab {
	struct arena *arena;
	struct sb_stemmer *english, *russian;
	struct string_table word_table, stem_table;
	struct vocab_word *words;
	struct vocab_stem *stems;
	uint32_t *stem_lens; /* bytes */
	uint32_t word_capacity, stem_capacity;
};

static void close_stemmer(void *stemmer)
{
	sb_stemmer_delete(stemmer);
}

static struct sb_stemmer *open_stemmer(struct arena *arena, const char *algorithm)
{
	struct sb_stemmer *stemmer = sb_stemmer_new(algorithm, "UTF_8");

	if (stemmer != NULL)
		arena_defer(arena, close_stemmer, stemmer);
	return stemmer;
}

static void table_init(struct string_table *table, struct arena *arena)
{
	table->capacity = 2 * FIRST_CAPACITY;
	table->entries = arena_array(arena, table->capacity, sizeof(*table->entries));
}

struct vocab *vocab_create(struct arena *arena)
{
	struct vocab *vocab = arena_alloc(arena, sizeof(*vocab));

	vocab->arena = arena;
	table_init(&vocab->word_table, arena);
	table_init(&vocab->stem_table, arena);
	vocab->word_capacity = vocab->stem_capacity = FIRST_CAPACITY;
	vocab->words = arena_raw(arena, FIRST_CAPACITY * sizeof(*vocab->words));
	vocab->stems = arena_raw(arena, FIRST_CAPACITY * sizeof(*vocab->stems));
	vocab->stem_lens = arena_raw(arena, FIRST_CAPACITY * sizeof(*vocab->stem_lens));
	return vocab;
}

/* FNV-1a */
static uint32_t hash_of(const char *bytes, size_t len)
{
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)bytes[i]) * 16777619u;
	return hash ^ hash >> 15;
}

/* The first `count` items in a new array with room for more. */
static void *moved(struct arena *arena, const void *items, size_t count, size_t room, size_t size)
{
	return memcpy(arena_raw(arena, room * size), items, count * size);
}

static void enter(struct string_table *table, struct entry entry)
{
	uint32_t i = entry.hash & (table->capacity - 1);

	while (table->entries[i].number != 0)
		i = (i + 1) & (table->capacity - 1);
	table->entries[i] = entry;
}

/* A table of the same strings with room for `count`, at least half of it empty. */
static void table_copy(struct string_table *table, struct arena *arena, size_t count)
{
	const struct entry *old = table->entries;
	uint32_t capacity = table->capacity;

	while (table->capacity < 2 * count)
		table->capacity *= 2;
	if (table->capacity == capacity) {
		table->entries = moved(arena, old, capacity, capacity, sizeof(*old));
		return;
	}
	table->entries = arena_array(arena, table->capacity, sizeof(*table->entries));
	for (uint32_t i = 0; i < capacity; i++) {
		if (old[i].number != 0)
			enter(table, old[i]);
	}
}

/* Enters the string with the next index; the caller has made sure that it is new. */
static void table_add(struct string_table *table, struct arena *arena, uint32_t hash)
{
	if (table->count == table->capacity / 2)
		table_copy(table, arena, 2 * (size_t)table->count);
	enter(table, (struct entry){ .hash = hash, .number = ++table->count });
}

struct vocab *vocab_fork(struct arena *arena, const struct vocab *vocab, size_t more)
{
	size_t words = vocab->word_table.count, stems = vocab->stem_table.count;
	struct vocab *fork = arena_raw(arena, sizeof(*fork));

	*fork = *vocab;
	fork->arena = arena;
	fork->english = fork->russian = NULL; /* a stemmer has a state */
	fork->word_capacity = (uint32_t)(words + more);
	fork->stem_capacity = (uint32_t)(stems + more);
	table_copy(&fork->word_table, arena, words + more);
	table_copy(&fork->stem_table, arena, stems + more);
	fork->words = moved(arena, vocab->words, words, words + more, sizeof(*fork->words));
	fork->stems = moved(arena, vocab->stems, stems, stems + more, sizeof(*fork->stems));
	fork->stem_lens = moved(arena, vocab->stem_lens, stems, stems + more,
	                        sizeof(*fork->stem_lens));
	return fork;
}

static uint32_t find_word(const struct vocab *vocab, const char *bytes, size_t len, uint32_t hash)
{
	const struct string_table *table = &vocab->word_table;

	for (uint32_t i = hash;; i++) {
		struct entry entry = table->entries[i & (table->capacity - 1)];
		uint32_t id = entry.number - 1;

		if (entry.number == 0)
			return VOCAB_NONE;
		if (entry.hash == hash && vocab->words[id].len == len &&
		    memcmp(vocab->words[id].bytes, bytes, len) == 0)
			return id;
	}
}

static uint32_t find_stem(const struct vocab *vocab, const char *bytes, size_t len, uint32_t hash)
{
	const struct string_table *table = &vocab->stem_table;

	for (uint32_t i = hash;; i++) {
		struct entry entry = table->entries[i & (table->capacity - 1)];
		uint32_t id = entry.number - 1;

		if (entry.number == 0)
			return VOCAB_NONE;
		if (entry.hash == hash && vocab->stem_lens[id] == len &&
		    memcmp(vocab->stems[id].bytes, bytes, len) == 0)
			return id;
	}
}

uint32_t vocab_find_stem(const struct vocab *vocab, const char *bytes, size_t len)
{
	return find_stem(vocab, bytes, len, hash_of(bytes, len));
}

static void grow_words(struct vocab *vocab)
{
	size_t room = vocab->word_capacity;

	if (vocab->word_table.count < room)
		return;
	vocab->words = moved(vocab->arena, vocab->words, room, 2 * room, sizeof(*vocab->words));
	vocab->word_capacity *= 2;
}

static void grow_stems(struct vocab *vocab)
{
	size_t room = vocab->stem_capacity;

	if (vocab->stem_table.count < room)
		return;
	vocab->stems = moved(vocab->arena, vocab->stems, room, 2 * room, sizeof(*vocab->stems));
	vocab->stem_lens = moved(vocab->arena, vocab->stem_lens, room, 2 * room,
	                         sizeof(*vocab->stem_lens));
	vocab->stem_capacity *= 2;
}

/* The letters of a word; those beyond 16 bits become one and the same. */
static const uint16_t *spell(struct arena *arena, const char *bytes, size_t len,
                             uint32_t *ret_length)
{
	uint16_t *letters = arena_raw(arena, len * sizeof(*letters));
	const char *p = bytes, *end = bytes + len;

	*ret_length = 0;
	while (p < end) {
		uint32_t c = text_next(&p, end);

		letters[(*ret_length)++] = (uint16_t)(c > UINT16_MAX ? UINT16_MAX : c);
	}
	return letters;
}

static uint64_t trigram_bit(const uint16_t *letters)
{
	uint64_t letters48 = (uint64_t)letters[0] << 32 | (uint64_t)letters[1] << 16 | letters[2];

	return (uint64_t)1 << (letters48 * 0x9E3779B97F4A7C15u >> 58);
}

/* Notes the letters of a stem: those of `word`, which may be NULL, when it begins with them. */
static void spell_stem(struct arena *arena, struct vocab_stem *stem, size_t len,
                       const struct vocab_word *word)
{
	if (word != NULL && len <= word->len && memcmp(word->bytes, stem->bytes, len) == 0) {
		stem->letters = word->letters;
		stem->length = (uint32_t)text_count(stem->bytes, len);
	} else {
		stem->letters = spell(arena, stem->bytes, len, &stem->length);
	}
	for (uint32_t i = 0; i < stem->length; i++) {
		stem->exact |= !text_is_letter(stem->letters[i]);
		stem->mask |= (uint64_t)1 << (stem->letters[i] & 63);
		if (i >= 2)
			stem->trigrams |= trigram_bit(&stem->letters[i - 2]);
	}
}

static uint32_t add_stem(struct vocab *vocab, const char *bytes, size_t len,
                         const struct vocab_word *word)
{
	uint32_t hash = hash_of(bytes, len), id = find_stem(vocab, bytes, len, hash);
	struct vocab_stem *stem;

	if (id != VOCAB_NONE)
		return id;
	grow_stems(vocab);
	id = vocab->stem_table.count;
	stem = &vocab->stems[id];
	*stem = (struct vocab_stem){ .bytes = arena_copy(vocab->arena, bytes, len) };
	vocab->stem_lens[id] = (uint32_t)len;
	spell_stem(vocab->arena, stem, len, word);
	table_add(&vocab->stem_table, vocab->arena, hash);
	return id;
}

uint32_t vocab_enter_stem(struct vocab *vocab, const char *bytes, size_t len)
{
	return add_stem(vocab, bytes, len, NULL);
}

/* Folds Ukrainian letters and stems by script: the Russian stemmer serves both languages. */
static uint32_t stem_word(struct vocab *vocab, const struct vocab_word *word)
{
	const char *base = irregular_base(word->bytes);
	const char *p = base != NULL ? base : word->bytes, *end = p + strlen(p);
	char plain[MAX_BYTES];
	struct sb_stemmer **stemmer;
	const sb_symbol *stem;
	size_t plain_len = 0;
	bool cyrillic = false, letters = true;
	const char *loan;

	while (p < end) {
		uint32_t c = fold_ukrainian(text_next(&p, end));

		cyrillic |= fold_is_cyrillic(c);
		letters &= text_is_letter(c);
		plain_len += text_encode(c, plain + plain_len);
	}
	loan = cyrillic && letters ? loan_stem(plain, plain_len) : NULL;
	if (loan != NULL)
		return add_stem(vocab, loan, strlen(loan), NULL);
	stemmer = cyrillic ? &vocab->russian : &vocab->english;
	if (*stemmer == NULL && letters)
		*stemmer = open_stemmer(vocab->arena, cyrillic ? "russian" : "english");
	if (*stemmer == NULL || !letters)
		return add_stem(vocab, plain, plain_len, word);
	stem = sb_stemmer_stem(*stemmer, (const sb_symbol *)plain, (int)plain_len);
	if (stem == NULL || sb_stemmer_length(*stemmer) == 0)
		return add_stem(vocab, plain, plain_len, word);
	return add_stem(vocab, (const char *)stem, (size_t)sb_stemmer_length(*stemmer), word);
}

uint32_t vocab_word(struct vocab *vocab, const char *bytes, size_t len)
{
	uint32_t hash = hash_of(bytes, len), id = find_word(vocab, bytes, len, hash);
	struct vocab_word *word;

	if (id != VOCAB_NONE)
		return id;
	grow_words(vocab);
	id = vocab->word_table.count;
	word = &vocab->words[id];
	*word = (struct vocab_word){ .bytes = arena_copy(vocab->arena, bytes, len) };
	word->letters = spell(vocab->arena, bytes, len, &word->length);
	word->len = (uint32_t)len;
	word->flags = words_flags(word->bytes);
	word->stem = stem_word(vocab, word);
	if (!(word->flags & WORD_STOP))
		vocab->stems[word->stem].content = true;
	table_add(&vocab->word_table, vocab->arena, hash);
	return id;
}

const struct vocab_word *vocab_word_at(const struct vocab *vocab, uint32_t word)
{
	return &vocab->words[word];
}

struct vocab_stem *vocab_stem_at(const struct vocab *vocab, uint32_t stem)
{
	return &vocab->stems[stem];
}

uint32_t vocab_stem_count(const struct vocab *vocab)
{
	return vocab->stem_table.count;
}

void vocab_add_match(struct vocab *vocab, uint32_t stem, const struct vocab_match *match)
{
	struct vocab_match *copy = arena_raw(vocab->arena, sizeof(*copy));

	*copy = *match;
	copy->next = vocab->stems[stem].matches;
	vocab->stems[stem].matches = copy;
	vocab->stems[stem].match_count++;
	vocab->stems[match->stem].found = true;
}
