#include "examiner/guard_text.h"

#include <string.h>

#include "base/text.h"
#include "examiner/guard_letter.h"
#include "score/fold.h"

enum { SPACED_MIN = 4, SPACED_GAP = 3 };

/* A word as it is written, and what stands before it. */
struct raw_word {
	size_t first, count; /* of its letters */
	size_t start, end;   /* bytes */
	size_t gap;          /* characters since the word before */
	bool breaks;         /* a sentence ended there */
	bool new_line;
	bool opens, quoted, is_key;
};

struct reader {
	struct arena *arena;
	const char *text, *end;
	enum guard_reading reading;
	uint32_t *letters;
	size_t letter_count;
	struct raw_word *words;
	size_t word_count;
};

/* What is known of the signs since the last word. */
struct gap {
	size_t count, line_ends;
	bool breaks, opens, at_line, quoted;
};

static bool is_word_letter(uint32_t c)
{
	return text_is_letter(c) || fold_is_digit(c);
}

/* Signs that stand for letters where letters are around: p@$$. */
static bool is_letter_sign(uint32_t c)
{
	return c == '@' || c == '$';
}

static bool is_follower(uint32_t c)
{
	return text_is_space(c) || c == '"' || c == '\'' || c == ')' || c == ']' || c == '*' ||
	       c == 0xBB || c == 0x201D || c == 0x2019 || c == '.' || c == '!' || c == '?';
}

/* A dot inside a name, as in node.js, or between disguised letters ends nothing. */
static bool ends_sentence(uint32_t c, const char *rest, const char *end)
{
	if (c == ';' || c == 0x2026 || c == 0x3002)
		return true;
	if (c != '.' && c != '!' && c != '?')
		return false;
	return rest == end || is_follower(text_next(&rest, end));
}

/* Where a comment or its end begins. A comment's line goes on in the next one's. */
static bool is_comment_sign(const struct gap *gap, const char *p)
{
	if (text_starts(p, "/*") || text_starts(p, "*/") || text_starts(p, "<!--") ||
	    text_starts(p, "-->") || text_starts(p, "```"))
		return true;
	return !gap->at_line && gap->count > 0 &&
	       (text_starts(p, "//") || text_starts(p, "# ") || text_starts(p, "-- "));
}

static void note_quote(struct gap *gap, uint32_t c)
{
	if (c == '"' || c == '`' || c == 0x201C)
		gap->quoted = !gap->quoted;
	else if (c == 0xAB || c == 0x201E)
		gap->quoted = true;
	else if (c == 0xBB || c == 0x201D)
		gap->quoted = false;
}

static void note_sign(struct gap *gap, uint32_t c, const char *at, const char *end)
{
	const char *rest = at;

	text_next(&rest, end);
	if (ends_sentence(c, rest, end) || is_comment_sign(gap, at))
		gap->breaks = true;
	if (c == '\n' && ++gap->line_ends > 1) {
		gap->breaks = true;
		gap->quoted = false;
	}
	if (c == '\n')
		gap->at_line = true;
	note_quote(gap, c);
	if (!text_is_space(c) && c != '-' && c != '.' && c != '_' && c != '/')
		gap->opens = true;
	if (c == '-' && gap->count > 0)
		gap->opens = true;
	gap->count++;
}

/* True if the word before `p` is a member's name or an XML element's. */
static bool is_key(const char *text, size_t start, const char *p)
{
	if (start > 0 && text[start - 1] == '<' && strchr(" >/", *p) != NULL)
		return true;
	p += strspn(p, "\"'`\\*");
	p += strspn(p, " \t");
	return *p == ':' || (*p == '=' && p[1] != '=');
}

/* True if a letter of the word, or a sign that stands for one, is at `p`. */
static bool continues(const struct reader *reader, const struct raw_word *word, const char *p,
                      uint32_t c)
{
	const char *next = p;
	uint32_t after;

	if (is_word_letter(guard_letter_plain(c)))
		return true;
	if (word->count == 0 && !is_letter_sign(c))
		return false;
	if (fold_is_mark(c) || fold_is_apostrophe(c))
		return word->count > 0;
	text_next(&next, reader->end);
	after = next < reader->end ? text_next(&next, reader->end) : ' ';
	if (c == '-')
		return reader->reading == GUARD_AS_LATIN && text_is_letter(after);
	return is_letter_sign(c) && (text_is_letter(after) || is_letter_sign(after));
}

static void add_letter(struct reader *reader, struct raw_word *word, uint32_t c)
{
	uint32_t plain = guard_letter_plain(c);

	if (is_word_letter(plain) || is_letter_sign(plain)) {
		reader->letters[reader->letter_count++] = plain;
		word->count++;
	} else if (word->count > 0) {
		uint32_t *last = &reader->letters[reader->letter_count - 1];

		*last = fold_compose(*last, c);
	}
}

static const char *read_word(struct reader *reader, const char *p, struct gap *gap)
{
	struct raw_word word = { .first = reader->letter_count,
		                 .start = (size_t)(p - reader->text) };

	while (p < reader->end) {
		const char *next = p;
		uint32_t c = text_next(&next, reader->end);

		if (!continues(reader, &word, p, c))
			break;
		add_letter(reader, &word, c);
		p = next;
	}
	if (word.count == 0)
		return p;
	word.end = (size_t)(p - reader->text);
	word.gap = gap->count;
	word.breaks = gap->breaks || reader->word_count == 0;
	word.new_line = gap->line_ends > 0;
	word.opens = gap->opens || word.breaks || word.new_line;
	word.quoted = gap->quoted;
	word.is_key = is_key(reader->text, word.start, p);
	reader->words[reader->word_count++] = word;
	*gap = (struct gap){ .quoted = gap->quoted };
	return p;
}

static void read_raw(struct reader *reader)
{
	struct gap gap = { .at_line = true };
	const char *p = reader->text;

	while (p < reader->end) {
		const char *at = p, *next = p;
		uint32_t c = text_next(&next, reader->end);

		p = read_word(reader, p, &gap);
		if (p > at)
			continue;
		if (!fold_is_mark(c))
			note_sign(&gap, c, at, reader->end);
		p = next;
	}
}

/* Number of single letters from word `at` on that stand close together. */
static size_t spaced_run(const struct reader *reader, size_t at)
{
	size_t end = at;

	while (end < reader->word_count && reader->words[end].count == 1 &&
	       (end == at || (!reader->words[end].breaks && !reader->words[end].new_line &&
	                      reader->words[end].gap <= SPACED_GAP)))
		end++;
	return end - at;
}

/* Joins words [at, at + count): a wider gap than the narrowest stands between words. */
static size_t join_spaced(struct reader *reader, size_t at, size_t count, size_t to)
{
	size_t narrow = SPACED_GAP;

	for (size_t i = at + 1; i < at + count; i++)
		narrow = reader->words[i].gap < narrow ? reader->words[i].gap : narrow;
	reader->words[to] = reader->words[at];
	for (size_t i = at + 1; i < at + count; i++) {
		struct raw_word word = reader->words[i];

		if (word.gap > narrow) {
			word.opens = false;
			reader->words[++to] = word;
		} else {
			reader->words[to].count += word.count;
			reader->words[to].end = word.end;
			reader->words[to].is_key = word.is_key;
		}
	}
	return to + 1;
}

static void join_all_spaced(struct reader *reader)
{
	size_t to = 0;

	for (size_t at = 0; at < reader->word_count;) {
		size_t run = spaced_run(reader, at);

		if (run >= SPACED_MIN) {
			to = join_spaced(reader, at, run, to);
			at += run;
		} else {
			reader->words[to++] = reader->words[at++];
		}
	}
	reader->word_count = to;
}

static const char *word_text(struct reader *reader, const struct raw_word *word)
{
	char *text = arena_raw(reader->arena, 4 * word->count + 1);
	size_t len = 0;

	guard_letter_settle(reader->letters + word->first, word->count, reader->reading);
	for (size_t i = 0; i < word->count; i++)
		len += text_encode(reader->letters[word->first + i], text + len);
	text[len] = '\0';
	return text;
}

/* The full stop and closing quotation marks belong to what they end. */
static size_t unit_end(const struct reader *reader, size_t end)
{
	const char *p = reader->text + end;

	while (p < reader->end) {
		const char *next = p;
		uint32_t c = text_next(&next, reader->end);

		if (c != '.' && c != '!' && c != '?' && c != ';' && c != 0x2026)
			break;
		p = next;
	}
	return (size_t)(p - reader->text);
}

static void add_word(struct reader *reader, const struct raw_word *raw, struct guard_text *text)
{
	size_t i = text->words.count++;
	bool starts = raw->breaks || raw->new_line;
	size_t sentence = i == 0 ? 0 : text->words.words[i - 1].sentence + raw->breaks;

	if (i == 0 || starts)
		text->units[text->unit_count++].start = raw->start;
	text->units[text->unit_count - 1].end = unit_end(reader, raw->end);
	text->words.words[i] = (struct utterance_word){
		.text = word_text(reader, raw),
		.sentence = sentence,
		.in_sentence = i == 0 || raw->breaks ? 0 : text->words.words[i - 1].in_sentence + 1,
		.quoted = raw->quoted,
	};
	text->places[i] = (struct guard_word){ raw->start, raw->end, text->unit_count - 1,
		                               raw->opens, raw->is_key };
}

void guard_text_read(struct arena *arena, const char *text, enum guard_reading reading,
                     struct guard_text *ret_text)
{
	size_t len = strlen(text);
	struct reader reader = { .arena = arena,
		                 .text = text,
		                 .end = text + len,
		                 .reading = reading,
		                 .letters = arena_array(arena, len + 1, sizeof(uint32_t)),
		                 .words = arena_array(arena, len / 2 + 1,
		                                      sizeof(struct raw_word)) };

	read_raw(&reader);
	join_all_spaced(&reader);
	*ret_text = (struct guard_text){
		.words.words = arena_array(arena, reader.word_count + 1,
		                           sizeof(struct utterance_word)),
		.places = arena_array(arena, reader.word_count + 1, sizeof(struct guard_word)),
		.units = arena_array(arena, reader.word_count + 1, sizeof(struct score_span)),
	};
	for (size_t i = 0; i < reader.word_count; i++)
		add_word(&reader, &reader.words[i], ret_text);
}
