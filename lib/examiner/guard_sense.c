#include "examiner/guard_sense.h"

#include <string.h>

#include "examiner/guard_words.h"

enum { BUCKETS = 256, GLUED_MIN = 12 };

struct entry {
	const struct guard_row *row;
	const struct entry *next;
};

struct guard_index {
	const struct entry *buckets[BUCKETS];
};

/* Cyrillic letters differ in their second byte. */
static unsigned char bucket_of(const char *word)
{
	unsigned char first = (unsigned char)word[0];

	return first < 0x80 ? first : (unsigned char)word[1];
}

static void add_entry(struct arena *arena, struct guard_index *index, const struct guard_row *row,
                      const char *word)
{
	const struct entry **bucket = &index->buckets[bucket_of(word)];
	struct entry *entry;

	if (*bucket != NULL && (*bucket)->row == row)
		return;
	entry = arena_alloc(arena, sizeof(*entry));
	*entry = (struct entry){ row, *bucket };
	*bucket = entry;
}

struct guard_index *guard_sense_index(struct arena *arena)
{
	struct guard_index *index = arena_alloc(arena, sizeof(*index));

	for (const struct guard_row *row = guard_words_rows; row->pattern != NULL; row++) {
		const char *word = row->pattern;
		const char *end = word + strcspn(word, " ");

		while (word < end) {
			add_entry(arena, index, row, word);
			word += strcspn(word, "| ") + 1;
		}
	}
	return index;
}

/* Wordings count from their first word on, everything else wherever it is met. */
static void note_row(struct guard_sense *sense, size_t at, const struct guard_row *row)
{
	const struct utterance *words = &sense->text.words;
	size_t end = utterance_match(words, at, row->pattern);

	if (end == 0 || words->words[end - 1].sentence != words->words[at].sentence)
		return;
	if (row->meanings & (GUARD_ORDER | GUARD_ORDER_OPEN))
		end = at + 1;
	for (size_t i = at; i < end; i++)
		sense->meanings[i] |= row->meanings;
}

static bool is_glued_order(const char *word)
{
	if (strlen(word) < GLUED_MIN)
		return false;
	for (size_t i = 0; guard_words_glued[i][0] != NULL; i++)
		if (strstr(word, guard_words_glued[i][0]) != NULL &&
		    strstr(word, guard_words_glued[i][1]) != NULL)
			return true;
	return false;
}

void guard_sense_read(struct arena *arena, const struct guard_index *index, const char *text,
                      enum guard_reading reading, struct guard_sense *ret_sense)
{
	struct guard_sense sense = { .bytes = text };

	guard_text_read(arena, text, reading, &sense.text);
	sense.meanings = arena_array(arena, sense.text.words.count + 1, sizeof(unsigned));
	for (size_t at = 0; at < sense.text.words.count; at++) {
		const char *word = sense.text.words.words[at].text;
		const struct entry *entry = index->buckets[bucket_of(word)];

		for (; entry != NULL; entry = entry->next)
			note_row(&sense, at, entry->row);
		if (is_glued_order(word))
			sense.meanings[at] |= GUARD_ORDER;
	}
	*ret_sense = sense;
}

void guard_sense_carry(const struct guard_sense *written, struct guard_sense *other)
{
	const unsigned kept = GUARD_NOT | GUARD_SUBJECT | GUARD_MACHINE;
	const struct guard_text *from = &written->text, *to = &other->text;
	size_t i = 0;

	for (size_t at = 0; at < to->words.count; at++) {
		while (i < from->words.count && from->places[i].start < to->places[at].start)
			i++;
		if (i < from->words.count && from->places[i].start == to->places[at].start)
			other->meanings[at] |= written->meanings[i] & kept;
	}
}

unsigned guard_sense_at(const struct guard_sense *sense, size_t at, size_t sentence)
{
	if (at >= sense->text.words.count || sense->text.words.words[at].sentence != sentence)
		return 0;
	return sense->meanings[at];
}
