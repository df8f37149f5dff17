#include "examiner/guard.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "score/fold.h"

/* Shorter secrets cannot be told from common words; so many matching words are held back. */
enum { RUN_MIN = 3 };

/*
 * A stray word now and then breaks every run: of the last words, so many may stand in runs of
 * RUN_MIN of a secret.
 */
enum { DENSE_WORDS = 24, DENSE_MAX = 14 };

/* What a row of words is: nothing, the beginning of a secret's run, a whole one. */
enum run_kind { RUN_NONE, RUN_BEGUN, RUN_WHOLE };

/*
 * Rows of words by hash; at most half of the slots are taken. A slot has the upper half of
 * the hash but for two bits, which are the kind; 0: it is free. Many talks wait with one.
 */
struct run_table {
	uint32_t *slots;
	size_t mask;
};

enum { KIND_BITS = 3 };

/* Words are compared by hash; two that clash would have to do so eight times in a row. */
struct word_row {
	uint64_t *hashes;
	size_t count;
};

struct guard_leak {
	struct run_table runs;
	struct buf held;            /* not shown yet; its first byte is byte `base` of the speech */
	size_t base, next;          /* `next`: the first byte that was not read */
	uint64_t hashes[GUARD_RUN]; /* of the last words, in a ring */
	size_t starts[GUARD_RUN];
	size_t words;  /* so far */
	uint64_t word; /* hash of the word that is being read; 0: none is */
	size_t word_start;
	size_t matched; /* of the last words, how many begin a run that is held */
	uint32_t dense; /* a bit for each of the last words: it stands in a short run */
	bool is_leaked;
};

static const uint64_t FNV_START = 0xCBF29CE484222325u, FNV_STEP = 0x100000001B3u;

static uint64_t mix(uint64_t hash, uint64_t value)
{
	hash = (hash ^ value) * FNV_STEP;
	return hash ^ hash >> 29;
}

static bool is_word_letter(uint32_t c)
{
	return text_is_letter(c) || fold_is_digit(c);
}

/* Adds a letter to the word; false: it ends the word. */
static bool extend_word(uint64_t *word, uint32_t c)
{
	if (is_word_letter(c)) {
		*word = mix(*word == 0 ? FNV_START : *word, fold_letter(c));
		return true;
	}
	return *word != 0 && (fold_is_mark(c) || fold_is_apostrophe(c));
}

static struct word_row read_words(struct arena *arena, const char *text)
{
	size_t len = strlen(text);
	struct word_row row = { arena_array(arena, len / 2 + 1, sizeof(uint64_t)), 0 };
	const char *end = text + len;
	uint64_t word = 0;

	while (text < end) {
		if (extend_word(&word, text_next(&text, end)) || word == 0)
			continue;
		row.hashes[row.count++] = word;
		word = 0;
	}
	if (word != 0)
		row.hashes[row.count++] = word;
	return row;
}

static struct run_table table_for(struct arena *arena, size_t entries)
{
	size_t size = 16;

	while (size < 2 * entries)
		size *= 2;
	return (struct run_table){ arena_array(arena, size, sizeof(uint32_t)), size - 1 };
}

static uint32_t tag_of(uint64_t hash)
{
	const uint32_t tag = (uint32_t)(hash >> 32) & ~(uint32_t)KIND_BITS;

	return tag != 0 ? tag : KIND_BITS + 1;
}

static uint32_t *table_slot(const struct run_table *table, uint64_t hash)
{
	const uint32_t tag = tag_of(hash);
	size_t at = (size_t)hash & table->mask;

	while (table->slots[at] != 0 && (table->slots[at] & ~(uint32_t)KIND_BITS) != tag)
		at = (at + 1) & table->mask;
	return &table->slots[at];
}

static enum run_kind kind_of(const struct run_table *table, uint64_t hash)
{
	return (enum run_kind)(*table_slot(table, hash) & KIND_BITS);
}

static void table_add(struct run_table *table, uint64_t hash, enum run_kind kind)
{
	uint32_t *slot = table_slot(table, hash);

	if ((*slot & KIND_BITS) < (uint32_t)kind)
		*slot = tag_of(hash) | (uint32_t)kind;
}

/* The hash of a row of one more word, from its end to its start. */
static uint64_t hash_run(const uint64_t *words, size_t count)
{
	uint64_t hash = FNV_START;

	while (count > 0)
		hash = mix(hash, words[--count]);
	return hash;
}

/* Short runs have entries of their own: most of them also begin a run that is held. */
static uint64_t hash_short_run(const uint64_t *words)
{
	return mix(hash_run(words, RUN_MIN), RUN_MIN);
}

static size_t run_length(const struct word_row *row)
{
	return row->count < GUARD_RUN ? row->count : GUARD_RUN;
}

/* Rows of each length that a run can have, from each word of what may be said. */
static struct run_table known_runs(struct arena *arena, const struct score_texts *known)
{
	struct word_row *rows = arena_array(arena, known->count + 1, sizeof(*rows));
	struct run_table table;
	size_t total = 0;

	for (size_t i = 0; i < known->count; i++) {
		rows[i] = read_words(arena, known->items[i]);
		total += rows[i].count;
	}
	table = table_for(arena, total * (GUARD_RUN - RUN_MIN + 1));
	for (size_t i = 0; i < known->count; i++)
		for (size_t at = 0; at < rows[i].count; at++)
			for (size_t n = RUN_MIN; n <= GUARD_RUN && at + n <= rows[i].count; n++)
				table_add(&table, hash_run(rows[i].hashes + at, n), RUN_WHOLE);
	return table;
}

/* Of a run of three, the third word must not get out letter by letter. */
static size_t held_from(size_t length)
{
	return length > RUN_MIN ? RUN_MIN : RUN_MIN - 1;
}

static void add_runs(struct run_table *runs, const struct word_row *row,
                     const struct run_table *known)
{
	size_t length = run_length(row);

	if (length < RUN_MIN)
		return;
	for (size_t at = 0; at + length <= row->count; at++) {
		const uint64_t *words = row->hashes + at;
		uint64_t whole = hash_run(words, length);

		if (kind_of(known, whole) != RUN_NONE)
			continue;
		table_add(runs, whole, RUN_WHOLE);
		for (size_t n = held_from(length); n < length; n++)
			table_add(runs, hash_run(words, n), RUN_BEGUN);
	}
}

/* Of secrets that are long enough; short ones are told by their runs. */
static void add_short_runs(struct run_table *runs, const struct word_row *row,
                           const struct run_table *known)
{
	for (size_t at = 0; row->count > DENSE_MAX && at + RUN_MIN <= row->count; at++)
		if (kind_of(known, hash_run(row->hashes + at, RUN_MIN)) == RUN_NONE)
			table_add(runs, hash_short_run(row->hashes + at), RUN_WHOLE);
}

struct guard_leak *guard_leak_create(struct arena *arena, const struct score_texts *secrets,
                                     const struct score_texts *known)
{
	struct guard_leak *leak = arena_alloc(arena, sizeof(*leak));
	struct arena *scratch = arena_create();
	struct word_row *rows = arena_array(scratch, secrets->count + 1, sizeof(*rows));
	struct run_table allowed = known_runs(scratch, known);
	size_t total = 0;

	for (size_t i = 0; i < secrets->count; i++) {
		rows[i] = read_words(scratch, secrets->items[i]);
		total += rows[i].count;
	}
	leak->runs = table_for(arena, total * (GUARD_RUN - RUN_MIN + 2));
	for (size_t i = 0; i < secrets->count; i++) {
		add_runs(&leak->runs, &rows[i], &allowed);
		add_short_runs(&leak->runs, &rows[i], &allowed);
	}
	arena_destroy(scratch);
	buf_init(&leak->held, arena);
	return leak;
}

/* Looks up the rows that end with the last word, the longest first. */
static void match_runs(struct guard_leak *leak)
{
	uint64_t hash = FNV_START;

	leak->matched = 0;
	for (size_t n = 1; n <= GUARD_RUN && n <= leak->words; n++) {
		enum run_kind kind;

		hash = mix(hash, leak->hashes[(leak->words - n) % GUARD_RUN]);
		kind = n < RUN_MIN - 1 ? RUN_NONE : kind_of(&leak->runs, hash);
		if (kind == RUN_WHOLE)
			leak->is_leaked = true;
		if (kind != RUN_NONE)
			leak->matched = n;
	}
}

static void match_short_run(struct guard_leak *leak)
{
	uint64_t last[RUN_MIN];

	leak->dense = leak->dense << 1 & ((1u << DENSE_WORDS) - 1);
	if (leak->words < RUN_MIN)
		return;
	for (size_t i = 0; i < RUN_MIN; i++)
		last[i] = leak->hashes[(leak->words - RUN_MIN + i) % GUARD_RUN];
	if (kind_of(&leak->runs, hash_short_run(last)) != RUN_NONE)
		leak->dense |= (1u << RUN_MIN) - 1;
	if (__builtin_popcount(leak->dense) > DENSE_MAX)
		leak->is_leaked = true;
}

static void end_word(struct guard_leak *leak)
{
	if (leak->word == 0)
		return;
	leak->hashes[leak->words % GUARD_RUN] = leak->word;
	leak->starts[leak->words % GUARD_RUN] = leak->word_start;
	leak->words++;
	leak->word = 0;
	match_runs(leak);
	match_short_run(leak);
}

static bool is_lead(unsigned char byte, size_t *ret_length)
{
	*ret_length = byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
	return byte < 0x80 || byte >= 0xC0;
}

/* Bytes of `held` from `at` that are whole characters: the last one may have only begun. */
static size_t whole_end(const struct buf *held, size_t at)
{
	size_t from = held->len > 3 ? held->len - 3 : 0, length;

	for (size_t i = held->len; i > from && i > at; i--)
		if (is_lead((unsigned char)held->data[i - 1], &length))
			return i - 1 + length > held->len ? i - 1 : held->len;
	return held->len;
}

static void read_held(struct guard_leak *leak)
{
	const char *start = leak->held.data;
	const char *p = start + (leak->next - leak->base);
	const char *end = start + whole_end(&leak->held, leak->next - leak->base);

	while (p < end && !leak->is_leaked) {
		size_t at = leak->base + (size_t)(p - start);
		bool begins = leak->word == 0;

		if (!extend_word(&leak->word, text_next(&p, end)))
			end_word(leak);
		else if (begins)
			leak->word_start = at;
	}
	leak->next = leak->base + (size_t)(p - start);
}

/* Shows what stands before byte `end` of the speech. */
static void show(struct guard_leak *leak, size_t end, struct buf *out)
{
	size_t len = end - leak->base;

	if (end <= leak->base)
		return;
	buf_add(out, leak->held.data, len);
	memmove(leak->held.data, leak->held.data + len, leak->held.len - len);
	buf_truncate(&leak->held, leak->held.len - len);
	leak->base = end;
}

static bool drop(struct guard_leak *leak)
{
	buf_truncate(&leak->held, 0);
	return false;
}

bool guard_leak_feed(struct guard_leak *leak, const char *text, size_t len, struct buf *out)
{
	size_t end;

	if (leak->is_leaked)
		return false;
	buf_add(&leak->held, text, len);
	read_held(leak);
	if (leak->is_leaked)
		return drop(leak);
	end = leak->next;
	if (leak->matched > 0)
		end = leak->starts[(leak->words - leak->matched) % GUARD_RUN];
	show(leak, end, out);
	return true;
}

bool guard_leak_end(struct guard_leak *leak, struct buf *out)
{
	if (!leak->is_leaked)
		end_word(leak);
	if (leak->is_leaked)
		return drop(leak);
	show(leak, leak->base + leak->held.len, out);
	return true;
}

bool guard_leaks(struct arena *arena, const char *text, const struct score_texts *secrets,
                 const struct score_texts *known)
{
	struct guard_leak *leak = guard_leak_create(arena, secrets, known);
	struct buf out;

	buf_init(&out, arena);
	return !guard_leak_feed(leak, text, strlen(text), &out) || !guard_leak_end(leak, &out);
}
