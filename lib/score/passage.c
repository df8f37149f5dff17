#include "score/passage.h"

#include <string.h>

#include "base/text.h"
#include "score/constants.h"
#include "score/fold.h"
#include "score/markup.h"
#include "score/negation.h"
#include "score/retraction.h"
#include "score/verdict.h"
#include "score/words.h"

enum { LETTERS_A_WORD = 5, FIRST_SENTENCES = 16, MAX_BYTES = 4 * MAX_WORD };

struct reader {
	struct arena *arena;
	struct vocab *vocab;
	struct passage *passage;
	const char *text, *end;
	uint32_t clause;
	bool sentence_ended; /* the next token begins a new sentence */
	bool line_ended;     /* ... or a new line */
	bool colon;          /* ... or stands after a colon */
};

/* A word while it is read. */
struct spelling {
	char bytes[MAX_BYTES];
	size_t len, letters;
	uint32_t last; /* letter */
	bool cyrillic;
	const char *apostrophe; /* in a Latin word, where the first one stands */
	const char *tail;       /* what follows that */
	const char *end;
};

static void open_sentence(struct reader *reader)
{
	struct passage *passage = reader->passage;

	if (passage->sentence_count == passage->sentence_capacity) {
		size_t room = passage->sentence_capacity;
		struct sentence *grown = arena_raw(reader->arena, 2 * room * sizeof(*grown));

		memcpy(grown, passage->sentences, room * sizeof(*grown));
		passage->sentences = grown;
		passage->sentence_capacity *= 2;
	}
	passage->sentences[passage->sentence_count++] = (struct sentence){ .first = passage->count,
		                                                           .end = passage->count };
	reader->sentence_ended = false;
	reader->clause++;
}

static void grow_tokens(struct reader *reader)
{
	struct passage *passage = reader->passage;
	struct token *grown;

	if (passage->count < passage->capacity)
		return;
	grown = arena_raw(reader->arena, 2 * (size_t)passage->capacity * sizeof(*grown));
	memcpy(grown, passage->tokens, passage->count * sizeof(*grown));
	passage->tokens = grown;
	passage->capacity *= 2;
}

/*
 * The article's letter names something inside a Cyrillic sentence, and as a capital after a
 * word that does not end with one.
 */
static bool is_letter_name(const struct reader *reader, const char *start, const char *end)
{
	const struct passage *passage = reader->passage;
	char before;

	if (end != start + 1 ||
	    passage->sentences[passage->sentence_count - 1].first == passage->count)
		return false;
	before = reader->text[passage->tokens[passage->count - 1].end - 1];
	return (before & 0x80) != 0 || (*start == 'A' && before >= 'a' && before <= 'z');
}

/* Enters a word that stands at [start, end) of the text and is spelt `bytes` when folded. */
static void add_token(struct reader *reader, const char *bytes, size_t len, const char *start,
                      const char *end)
{
	struct passage *passage = reader->passage;
	const struct vocab_word *entry;
	unsigned named = 0;
	uint32_t word;

	if (len == 0)
		return;
	if (reader->sentence_ended)
		open_sentence(reader);
	grow_tokens(reader);
	word = vocab_word(reader->vocab, bytes, len);
	entry = vocab_word_at(reader->vocab, word);
	if ((entry->flags & WORD_ARTICLE) && is_letter_name(reader, start, end))
		named = WORD_ARTICLE | WORD_OPENER;
	if (entry->flags & (WORD_CONTRAST | WORD_REASON))
		reader->clause++;
	passage->tokens[passage->count++] = (struct token){
		.start = (uint32_t)(start - reader->text),
		.end = (uint32_t)(end - reader->text),
		.word = word,
		.stem = entry->stem,
		.sentence = passage->sentence_count - 1,
		.clause = reader->clause,
		.ordinal = passage->content_count,
		.flags = entry->flags & ~named,
		.content = !(entry->flags & WORD_STOP),
		.figure = fold_is_digit((unsigned char)bytes[0]) || memchr(bytes, '(', len) != NULL,
		.line = reader->line_ended,
		.colon = reader->colon,
	};
	reader->line_ended = reader->colon = false;
	passage->sentences[passage->sentence_count - 1].end = passage->count;
	passage->content_count += !(entry->flags & WORD_STOP);
}

static bool is_word_letter(uint32_t c)
{
	return text_is_letter(c) || fold_is_digit(c);
}

static uint32_t peek(const char *p, const char *end)
{
	return p < end ? text_next(&p, end) : 0;
}

static void spell(struct spelling *word, uint32_t letter)
{
	if (word->letters == 0)
		word->cyrillic = fold_is_cyrillic(letter);
	if (word->letters < MAX_WORD) {
		word->len += text_encode(letter, word->bytes + word->len);
		word->letters++;
	}
	word->last = letter;
}

/* Puts a mark on the last letter when the two make another letter. */
static void add_mark(struct spelling *word, uint32_t mark)
{
	uint32_t letter = fold_compose(word->last, mark);

	if (letter == word->last || word->letters == MAX_WORD)
		return;
	while (word->len > 0 && (word->bytes[--word->len] & 0xC0) == 0x80)
		continue;
	word->len += text_encode(letter, word->bytes + word->len);
	word->last = letter;
}

/* The next character, where an apostrophe may be written as HTML does. */
static uint32_t next_in_word(const char **p, const char *end)
{
	uint32_t sign;
	const char *after = markup_reference(*p, end, &sign);

	if (after == NULL || !fold_is_apostrophe(sign))
		return text_next(p, end);
	*p = after;
	return sign;
}

/* Whether the word goes on after the sign `c`, which the text from `p` on follows. */
static bool joins(struct spelling *word, uint32_t c, const char *p, const char *end)
{
	if (fold_is_apostrophe(c)) {
		if (!text_is_letter(word->last) || !text_is_letter(peek(p, end)) ||
		    (!word->cyrillic && c == '`'))
			return false;
		if (!word->cyrillic && word->apostrophe == NULL) {
			word->apostrophe = word->end;
			word->tail = p;
		}
		return true;
	}
	if ((c != '.' && c != ',') || !fold_is_digit(word->last) || !fold_is_digit(peek(p, end)))
		return false;
	spell(word, '.');
	return true;
}

/*
 * Letters and digits, marks on them, apostrophes between letters (of no meaning
 * in Cyrillic, the cut of a Latin word) and the point within a number.
 */
static void read_spelling(const char *p, const char *end, struct spelling *word)
{
	*word = (struct spelling){ .end = p };
	while (p < end) {
		uint32_t c = next_in_word(&p, end);

		if (is_word_letter(c)) {
			if (word->apostrophe == NULL)
				spell(word, fold_letter(c));
		} else if (fold_is_mark(c) && word->letters > 0) {
			add_mark(word, c);
		} else if (!joins(word, c, p, end)) {
			break;
		}
		word->end = p;
	}
}

/* "n't" is a word of its own; returns false when the word does not end with it. */
static bool add_contraction(struct reader *reader, const struct spelling *word, const char *start)
{
	const char *cut = word->apostrophe;
	size_t len = word->len;

	if (cut == NULL || len < 2 || word->bytes[len - 1] != 'n')
		return false;
	if ((word->end[-1] | 32) != 't' || fold_letter((unsigned char)cut[-1]) != 'n' ||
	    word->end != word->tail + 1)
		return false;
	if (len == 3 && memcmp(word->bytes, "can", len) == 0)
		add_token(reader, "can", len, start, cut);
	else if (len == 3 && memcmp(word->bytes, "won", len) == 0)
		add_token(reader, "will", 4, start, cut - 1);
	else
		add_token(reader, word->bytes, len - 1, start, cut - 1);
	add_token(reader, "not", 3, len == 3 && word->bytes[0] == 'c' ? cut : cut - 1, word->end);
	return true;
}

/* C++, C#, F#; a Cyrillic letter that looks like C is taken for it. */
static void read_suffix(struct spelling *word, const char *end)
{
	const char *p = word->end;
	bool plus = end - p >= 2 && p[0] == '+' && p[1] == '+';
	bool sharp = end - p >= 1 && p[0] == '#' && word->letters == 1;

	if (word->apostrophe != NULL || (!plus && !sharp) || word->letters + 2 > MAX_WORD ||
	    (word->cyrillic && word->letters > 1))
		return;
	if (is_word_letter(peek(p + (plus ? 2 : 1), end)))
		return;
	if (word->last == 0x441) {
		word->bytes[0] = 'c';
		word->len = 1;
	}
	memcpy(word->bytes + word->len, plus ? "++" : "#", plus ? 2 : 1);
	word->len += plus ? 2 : 1;
	word->end += plus ? 2 : 1;
}

/* O(n log n) as "o(nlogn)", whatever its spaces, stars and carets. */
static void read_complexity(struct spelling *word, const char *end)
{
	const char *p = word->end;
	char inner[MAX_WORD];
	size_t len = 0;

	if (word->letters != 1 || (word->last != 'o' && word->last != 0x43E) || p == end ||
	    *p != '(')
		return;
	for (p++; p < end && *p != ')' && *p != '\n' && len + 8 < MAX_WORD;) {
		uint32_t c = fold_letter(text_next(&p, end));

		if (c == 0xB2 || c == 0xB3)
			c = c == 0xB2 ? '2' : '3';
		if (is_word_letter(c) || c == '+' || c == '/')
			len += text_encode(c, inner + len);
		else if (c != ' ' && c != '*' && c != '^' && c != 0xB7 && (c != '(' || len > 0))
			return;
	}
	if (p >= end || *p != ')' || len == 0)
		return;
	word->len = 0;
	memcpy(word->bytes, "o(", 2);
	memcpy(word->bytes + 2, inner, len);
	word->bytes[2 + len] = ')';
	word->len = len + 3;
	word->end = p + 1;
}

static const char *read_word(struct reader *reader, const char *start)
{
	struct spelling word;

	read_spelling(start, reader->end, &word);
	read_suffix(&word, reader->end);
	read_complexity(&word, reader->end);
	if (word.len == 6 && memcmp(word.bytes, "cannot", 6) == 0) {
		add_token(reader, "can", 3, start, start + 3);
		add_token(reader, "not", 3, start + 3, word.end);
	} else if (!add_contraction(reader, &word, start)) {
		add_token(reader, word.bytes, word.len, start, word.end);
	}
	return word.end;
}

/* After a word of one letter a point is part of an abbreviation: "e.g.", "т. д." */
static bool ends_abbreviation(const struct passage *passage, const char *text, const char *point)
{
	const struct token *last;

	if (passage->count == 0)
		return false;
	last = &passage->tokens[passage->count - 1];
	return text + last->end == point &&
	       text_count(text + last->start, last->end - last->start) == 1 &&
	       !fold_is_digit((unsigned char)text[last->start]);
}

static void end_sentence(struct reader *reader, uint32_t sign)
{
	struct passage *passage = reader->passage;

	if (sign == '?' && passage->sentence_count > 0 && !reader->sentence_ended)
		passage->sentences[passage->sentence_count - 1].question = true;
	reader->sentence_ended = true;
}

/* A sign that is part of no word; `next` is the text after it. */
static void note_sign(struct reader *reader, uint32_t sign, const char *next)
{
	uint32_t following = peek(next, reader->end);

	switch (sign) {
	case '.':
		if (is_word_letter(following) ||
		    ends_abbreviation(reader->passage, reader->text, next - 1))
			return;
		end_sentence(reader, sign);
		return;
	case '!':
	case '?':
	case ';':
	case 0x2026: /* ellipsis */
	case 0x3002: /* ideographic full stop */
	case 0xFF1F: /* fullwidth question mark */
		end_sentence(reader, sign);
		return;
	case ':':
		reader->colon = true;
		reader->clause++;
		return;
	case ',':
	case '(':
	case ')':
	case 0x2013: /* dashes */
	case 0x2014:
		reader->clause++;
		return;
	case '-': /* a dash where it stands by itself */
		reader->clause += next - 1 > reader->text && next[-2] == ' ' && following == ' ';
		return;
	default:
		return;
	}
}

static bool is_operator(const char *bytes, size_t len)
{
	static const char *const operators[] = { "==", "===", "!=", "!==", "<=", ">=", "&&",
		                                 "||", "->",  "=>", "::",  "<<", ">>" };

	for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++) {
		if (strlen(operators[i]) == len && memcmp(operators[i], bytes, len) == 0)
			return true;
	}
	return false;
}

/* A run of signs: one that programmers use as a word, or each sign for itself. */
static const char *read_signs(struct reader *reader, const char *start)
{
	const char *p = start;

	while (p < reader->end && memchr("=<>!&|-:", *p, 8) != NULL &&
	       (p == start || (*p != '<' && *p != '&') || p[-1] == *p))
		p++;
	if (p == start)
		return start;
	if (is_operator(start, (size_t)(p - start))) {
		add_token(reader, start, (size_t)(p - start), start, p);
		return p;
	}
	for (const char *sign = start; sign < p; sign++)
		note_sign(reader, (unsigned char)*sign, sign + 1);
	return p;
}

/* After a comma or "the" a line that begins with a capital goes on: "real,\nI retrain". */
static bool goes_on(const struct reader *reader, const char *line_end, const char *next)
{
	const struct passage *passage = reader->passage;
	const char *start = line_end + 1;

	while (start < next && (*start == ' ' || *start == '\t'))
		start++;
	while (line_end > reader->text && (line_end[-1] == ' ' || line_end[-1] == '\r'))
		line_end--;
	if (start != next || line_end == reader->text || passage->count == 0)
		return false;
	return line_end[-1] == ',' ||
	       ((passage->tokens[passage->count - 1].flags & (WORD_OPENER | WORD_JOINS)) != 0 &&
	        reader->text + passage->tokens[passage->count - 1].end == line_end);
}

static const char *read_other(struct reader *reader, const char *p)
{
	const char *next;
	uint32_t sign;
	bool block = false;

	if (*p == ' ')
		return p + 1;
	if (*p == '\n') {
		next = markup_line_start(p + 1, reader->end, &block);
		reader->sentence_ended |= block && !goes_on(reader, p, next);
		reader->line_ended = true;
		return next;
	}
	next = markup_reference(p, reader->end, &sign);
	if (next != NULL) {
		note_sign(reader, sign, next);
		return next;
	}
	next = markup_tag(p, reader->end, &block);
	if (next != NULL) {
		reader->sentence_ended |= block;
		return next;
	}
	next = read_signs(reader, p);
	if (next > p)
		return next;
	sign = text_next(&next, reader->end);
	note_sign(reader, sign, next);
	return next;
}

void passage_count_distinct(struct arena *arena, const struct vocab *vocab, struct passage *passage)
{
	size_t stems = vocab_stem_count(vocab);
	bool *seen = arena_array(arena, stems, sizeof(*seen));

	passage->distinct_count = 0;
	for (uint32_t i = 0; i < passage->count; i++) {
		const struct token *token = &passage->tokens[i];

		passage->distinct_count += token->content && !seen[token->stem];
		seen[token->stem] |= token->content;
	}
	/* Of thousands of short texts, each would keep as much as all words need. */
	arena_extend(arena, seen, stems * sizeof(*seen), 0);
}

void passage_read(struct arena *arena, struct vocab *vocab, const char *text, size_t len,
                  struct passage *ret_passage)
{
	const char *end = text + (len < MAX_TEXT ? len : MAX_TEXT), *p;
	struct reader reader = { .arena = arena,
		                 .vocab = vocab,
		                 .passage = ret_passage,
		                 .text = text,
		                 .end = end,
		                 .sentence_ended = true,
		                 .line_ended = true };
	uint32_t tokens = 1 + (uint32_t)((end - text) / LETTERS_A_WORD);
	bool block;

	*ret_passage = (struct passage){
		.tokens = arena_raw(arena, tokens * sizeof(struct token)),
		.capacity = tokens,
		.sentences = arena_raw(arena, FIRST_SENTENCES * sizeof(struct sentence)),
		.sentence_capacity = FIRST_SENTENCES,
	};
	for (p = markup_line_start(markup_object(text, end), end, &block); p < end;)
		p = is_word_letter(peek(p, end)) ? read_word(&reader, p) : read_other(&reader, p);
	passage_count_distinct(arena, vocab, ret_passage);
	verdict_find(vocab, ret_passage);
	retraction_find(vocab, ret_passage);
	negation_mark(ret_passage);
	verdict_turn(ret_passage);
}
