#include "examiner/facts_page.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"

/* Code points of a fact. */
enum { FACT_MAX = 120 };

enum { IO = 0x451, IE = 0x435, CYRILLIC = 0x400, CYRILLIC_END = 0x530 };

static bool is_latin(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* True if the byte at `at` is a sign within or around a word's letters. */
static bool is_inner_sign(const char *text, size_t at, size_t start)
{
	const char c = text[at], before = at > start ? text[at - 1] : ' ', after = text[at + 1];

	switch (c) {
	case '+':
	case '#':
		return at > start;
	case '.':
		return is_latin(after) ? is_latin(before) || is_digit(before) || at == start
		                       : is_digit(before) && is_digit(after);
	case ',':
		return is_digit(before) && is_digit(after);
	default:
		return false;
	}
}

static bool is_apostrophe(uint32_t c)
{
	return c == '\'' || c == 0x2019 || c == 0x02BC || c == 0x2018 || c == 0x00B4;
}

static uint32_t character_at(const char *text, size_t at, size_t *ret_end)
{
	const char *cursor = text + at;
	const uint32_t c = text_next(&cursor, cursor + strnlen(cursor, 4));

	*ret_end = (size_t)(cursor - text);
	return c;
}

/* Bytes of the character at `at` if it belongs to a word that begins at `start`, else 0. */
static size_t word_character(const char *text, size_t at, size_t start)
{
	size_t end, next;
	const uint32_t c = character_at(text, at, &end);

	if (text_is_letter(c) || (c < 0x80 && is_digit((char)c)))
		return end - at;
	if (is_apostrophe(c) && at > start && text[end] != '\0' &&
	    text_is_letter(character_at(text, end, &next)))
		return end - at;
	return is_inner_sign(text, at, start) ? 1 : 0;
}

const char *facts_page_folded(struct arena *arena, const char *bytes, size_t len)
{
	const char *end = bytes + len;
	struct buf out;
	char letter[4];

	buf_init(&out, arena);
	while (bytes < end) {
		const uint32_t c = text_lower(text_next(&bytes, end));

		if (!is_apostrophe(c))
			buf_add(&out, letter, text_encode(c == IO ? IE : c, letter));
	}
	return out.data;
}

static void add_word(struct facts_page *page, struct score_span span, size_t sentence,
                     size_t clause)
{
	struct utterance *words = &page->words;

	if (words->count == page->capacity) {
		const size_t capacity = page->capacity == 0 ? 64 : 2 * page->capacity;
		struct utterance_word *more = arena_array(page->arena, capacity, sizeof(*more));
		struct score_span *spans = arena_array(page->arena, capacity, sizeof(*spans));

		if (words->count > 0) {
			memcpy(more, words->words, words->count * sizeof(*more));
			memcpy(spans, page->spans, words->count * sizeof(*spans));
		}
		words->words = more;
		page->spans = spans;
		page->capacity = capacity;
	}
	page->spans[words->count] = span;
	words->words[words->count++] = (struct utterance_word){
		.text = facts_page_folded(page->arena, page->text + span.start,
		                          span.end - span.start),
		.sentence = sentence,
		.clause = clause,
	};
}

static bool ends_clause(const char *at)
{
	if (strchr(",;:.!?()\n", *at) != NULL)
		return true;
	return strncmp(at, " - ", 3) == 0 || strncmp(at, "—", strlen("—")) == 0 ||
	       strncmp(at, "–", strlen("–")) == 0;
}

struct facts_page facts_page_read(struct arena *arena, const char *text)
{
	struct facts_page page = { .arena = arena, .text = text };
	size_t at = 0, sentence = 0, clause = 0, len;

	while (text[at] != '\0') {
		const size_t start = at;

		while (text[at] != '\0' && (len = word_character(text, at, start)) > 0)
			at += len;
		if (at > start) {
			add_word(&page, (struct score_span){ start, at }, sentence, clause);
			continue;
		}
		sentence += strchr(".!?;\n", text[at]) != NULL;
		clause += ends_clause(text + at);
		at++;
	}
	return page;
}

const char *facts_page_slice(const struct facts_page *page, size_t first, size_t last)
{
	const size_t start = page->spans[first].start;
	const char *bytes = arena_copy(page->arena, page->text + start,
	                               page->spans[last].end - start);

	return text_shortened(page->arena, text_one_line(page->arena, bytes), FACT_MAX);
}

bool facts_page_is(const struct facts_page *page, size_t at, const char *const *patterns)
{
	return utterance_match_any(&page->words, at, patterns) != 0;
}

bool facts_page_together(const struct facts_page *page, size_t a, size_t b)
{
	return a < page->words.count && b < page->words.count &&
	       page->words.words[a].clause == page->words.words[b].clause;
}

bool facts_page_is_capital(const struct facts_page *page, size_t at)
{
	size_t end;
	const uint32_t c = character_at(page->text, page->spans[at].start, &end);

	return text_is_letter(c) && text_lower(c) != c;
}

bool facts_page_is_cyrillic(const struct facts_page *page, size_t at)
{
	size_t end;
	const uint32_t c = character_at(page->text, page->spans[at].start, &end);

	return c >= CYRILLIC && c < CYRILLIC_END;
}

bool facts_page_is_figure(const struct facts_page *page, size_t at)
{
	return is_digit(page->words.words[at].text[0]);
}
