#include "profile/dictionary.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"

/* Letters that a Cyrillic ending may have; letters of a stem at least; bytes of an alias. */
enum { SLOTS = 4096, ENDING_MAX = 3, STEM_MIN = 4, ALIAS_MAX = 96 };

const struct technology *const dictionary_groups[] = {
	technologies_languages, technologies_frontend,
	technologies_backend,   technologies_mobile,
	technologies_databases, technologies_cloud,
	technologies_data,      technologies_testing,
	technologies_tools,     NULL,
};

struct slot {
	const struct technology *row; /* NULL: free */
	const char *alias;            /* not terminated */
	size_t len;
	bool has_endings;
};

struct dictionary {
	struct slot slots[SLOTS];
};

/* FNV-1a */
static size_t hash(const char *bytes, size_t len)
{
	uint32_t value = 2166136261U;

	for (size_t i = 0; i < len; i++)
		value = (value ^ (unsigned char)bytes[i]) * 16777619U;
	return value % SLOTS;
}

static void add_alias(struct dictionary *dictionary, const struct technology *row,
                      const char *alias, size_t len)
{
	const bool has_endings = alias[len - 1] == '*';
	size_t at;

	len -= has_endings;
	at = hash(alias, len);
	while (dictionary->slots[at].row != NULL)
		at = (at + 1) % SLOTS;
	dictionary->slots[at] = (struct slot){ row, alias, len, has_endings };
}

struct dictionary *dictionary_create(struct arena *arena)
{
	struct dictionary *dictionary = arena_alloc(arena, sizeof(*dictionary));

	for (const struct technology *const *group = dictionary_groups; *group != NULL; group++)
		for (const struct technology *row = *group; row->name != NULL; row++)
			for (const char *alias = row->aliases; *alias != '\0';) {
				const size_t len = strcspn(alias, "|");

				add_alias(dictionary, row, alias, len);
				alias += len + (alias[len] == '|');
			}
	return dictionary;
}

static const struct slot *find(const struct dictionary *dictionary, const char *alias, size_t len)
{
	for (size_t at = hash(alias, len); dictionary->slots[at].row != NULL; at = (at + 1) % SLOTS)
		if (dictionary->slots[at].len == len &&
		    memcmp(dictionary->slots[at].alias, alias, len) == 0)
			return &dictionary->slots[at];
	return NULL;
}

const struct technology *dictionary_find(const struct dictionary *dictionary, const char *alias)
{
	const struct slot *slot = find(dictionary, alias, strlen(alias));

	return slot == NULL ? NULL : slot->row;
}

/* "докером", "постгресе": the alias and an ending. */
static const struct technology *find_with_ending(const struct dictionary *dictionary,
                                                 const char *word, size_t len)
{
	const struct slot *slot;

	for (int i = 0; i < ENDING_MAX && len > 2 * STEM_MIN; i++) {
		if ((unsigned char)word[len - 1] < 0x80)
			return NULL;
		len -= 2; /* Cyrillic letters have two bytes */
		slot = find(dictionary, word, len);
		if (slot != NULL && slot->has_endings)
			return slot->row;
	}
	return NULL;
}

/* "html5", "php7.4", "c++17": a name with its version. */
static const struct technology *find_with_version(const struct dictionary *dictionary,
                                                  const char *word, size_t len)
{
	const struct slot *slot;
	size_t letters = len;

	while (letters > 0 && strchr("0123456789.", word[letters - 1]) != NULL)
		letters--;
	if (letters == len || letters < 2)
		return NULL;
	slot = find(dictionary, word, letters);
	return slot == NULL ? NULL : slot->row;
}

static const struct technology *find_form(const struct dictionary *dictionary, const char *words,
                                          size_t len)
{
	const struct slot *slot = find(dictionary, words, len);
	const struct technology *row;

	if (slot != NULL)
		return slot->row;
	row = find_with_ending(dictionary, words, len);
	return row != NULL ? row : find_with_version(dictionary, words, len);
}

const struct technology *dictionary_at(const struct dictionary *dictionary, const struct page *page,
                                       size_t at, size_t *ret_end)
{
	const struct technology *best = NULL;
	char words[ALIAS_MAX];
	size_t len = 0;

	for (size_t i = at; i < page->count && i - at < DICTIONARY_WORDS; i++) {
		const char *word = page_word(page, i);
		const size_t word_len = strlen(word);
		const struct technology *row;

		if (len + word_len + 2 > ALIAS_MAX || (i > at && page->gaps[i] == PAGE_PARTED))
			break;
		if (i > at)
			words[len++] = ' ';
		memcpy(words + len, word, word_len);
		len += word_len;
		row = find_form(dictionary, words, len);
		if (row != NULL) {
			best = row;
			*ret_end = i + 1;
		}
	}
	return best;
}
