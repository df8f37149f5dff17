#include "examiner/utterance.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"

enum { GAP = 4, IO = 0x451, IE = 0x435 };

struct splitter {
	struct arena *arena;
	struct utterance *utterance;
	size_t capacity, sentence, in_sentence, clause;
	bool clause_begins;
	bool quoted;
	struct buf word;
};

static bool is_apostrophe(uint32_t c)
{
	return c == '\'' || c == 0x2019 || c == 0x02BC || c == 0x2018 || c == 0x00B4;
}

static bool is_word_letter(uint32_t c)
{
	return (c >= '0' && c <= '9') || text_is_letter(c);
}

static void add_letter(struct buf *word, uint32_t c)
{
	char bytes[4];
	uint32_t lower = text_lower(c);

	buf_add(word, bytes, text_encode(lower == IO ? IE : lower, bytes));
}

/* What turns against the words before it says something of its own, comma or not. */
static bool turns(const char *word)
{
	static const char *const words[] = {
		"but",  "however", "although", "though", "но",   "однако", "хотя",
		"зато", "але",     "проте",    "однак",  "хоча", "зате",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strcmp(words[i], word) == 0)
			return true;
	return false;
}

static void end_word(struct splitter *splitter)
{
	struct utterance *utterance = splitter->utterance;

	if (splitter->word.len == 0)
		return;
	if (utterance->count == splitter->capacity) {
		size_t capacity = splitter->capacity == 0 ? 32 : 2 * splitter->capacity;
		struct utterance_word *words = arena_array(splitter->arena, capacity,
		                                           sizeof(*words));

		if (utterance->count > 0)
			memcpy(words, utterance->words, utterance->count * sizeof(*words));
		utterance->words = words;
		splitter->capacity = capacity;
	}
	if (utterance->count > 0 && (splitter->clause_begins || turns(splitter->word.data)))
		splitter->clause++;
	splitter->clause_begins = false;
	utterance->words[utterance->count++] = (struct utterance_word){
		.text = arena_copy(splitter->arena, splitter->word.data, splitter->word.len),
		.sentence = splitter->sentence,
		.in_sentence = splitter->in_sentence++,
		.clause = splitter->clause,
		.quoted = splitter->quoted,
	};
	utterance->asks = false;
	buf_truncate(&splitter->word, 0);
}

/* Quotation marks of the three languages; some open in one and close in another. */
static void note_quote(struct splitter *splitter, uint32_t c)
{
	if (c == '"' || c == '`' || c == 0x201C)
		splitter->quoted = !splitter->quoted;
	else if (c == 0x00AB || c == 0x201E)
		splitter->quoted = true;
	else if (c == 0x00BB || c == 0x201D)
		splitter->quoted = false;
}

/* A dot inside a name, as in node.js, ends nothing. */
static bool ends_sentence(uint32_t c, const char *rest, const char *end)
{
	if (c == '\n' || c == '!' || c == '?')
		return true;
	return c == '.' && (rest == end || text_is_space(text_next(&rest, end)));
}

/* A hyphen parts clauses only between spaces. */
static bool ends_clause(uint32_t c, const char *rest, const char *end)
{
	switch (c) {
	case ',':
	case ';':
	case ':':
	case '(':
	case ')':
	case 0x2013:
	case 0x2014:
		return true;
	case '-':
		return rest == end || text_is_space(text_next(&rest, end));
	default:
		return ends_sentence(c, rest, end);
	}
}

static void separate(struct splitter *splitter, uint32_t c, bool ends)
{
	end_word(splitter);
	note_quote(splitter, c);
	if (c == '?')
		splitter->utterance->asks = splitter->utterance->count > 0;
	if (ends && splitter->in_sentence > 0) {
		splitter->sentence++;
		splitter->in_sentence = 0;
	}
}

void utterance_read(struct arena *arena, const char *text, struct utterance *ret_utterance)
{
	struct utterance utterance = { 0 };
	struct splitter splitter = { .arena = arena, .utterance = &utterance };
	const char *end = text + strlen(text);

	buf_init(&splitter.word, arena);
	while (text < end) {
		uint32_t c = text_next(&text, end);

		if (is_word_letter(c))
			add_letter(&splitter.word, c);
		else if (!is_apostrophe(c) || splitter.word.len == 0) {
			separate(&splitter, c, ends_sentence(c, text, end));
			splitter.clause_begins = splitter.clause_begins ||
			                         ends_clause(c, text, end);
		}
	}
	end_word(&splitter);
	*ret_utterance = utterance;
}

struct utterance utterance_clause(const struct utterance *utterance, size_t first)
{
	size_t end = first;

	while (end < utterance->count &&
	       utterance->words[end].clause == utterance->words[first].clause)
		end++;
	return (struct utterance){
		.words = utterance->words + first,
		.count = end - first,
		.asks = utterance->asks && end == utterance->count,
	};
}

static bool alternative_matches(const char *word, const char *text, size_t len)
{
	if (len > 0 && text[len - 1] == '*')
		return strncmp(word, text, len - 1) == 0;
	return strlen(word) == len && strncmp(word, text, len) == 0;
}

static bool token_matches(const char *word, const char *token, size_t len)
{
	const char *end = token + len;

	while (token < end) {
		const char *bar = memchr(token, '|', (size_t)(end - token));
		const char *stop = bar != NULL ? bar : end;

		if (alternative_matches(word, token, (size_t)(stop - token)))
			return true;
		token = stop + 1;
	}
	return false;
}

static size_t match_after_gap(const struct utterance *utterance, size_t at, const char *pattern)
{
	for (size_t skipped = 0; skipped <= GAP && at + skipped < utterance->count; skipped++) {
		size_t end = utterance_match(utterance, at + skipped, pattern);

		if (end != 0)
			return end;
	}
	return 0;
}

size_t utterance_match(const struct utterance *utterance, size_t at, const char *pattern)
{
	while (*pattern != '\0') {
		size_t len = strcspn(pattern, " ");
		const char *rest = pattern + len + strspn(pattern + len, " ");

		if (len == 2 && memcmp(pattern, "..", 2) == 0)
			return match_after_gap(utterance, at, rest);
		if (at >= utterance->count ||
		    !token_matches(utterance->words[at].text, pattern, len))
			return 0;
		at++;
		pattern = rest;
	}
	return at;
}

size_t utterance_match_any(const struct utterance *utterance, size_t at,
                           const char *const *patterns)
{
	size_t longest = 0;

	for (; *patterns != NULL; patterns++) {
		size_t end = utterance_match(utterance, at, *patterns);

		if (end > longest)
			longest = end;
	}
	return longest;
}

static bool stands_at(const struct utterance *utterance, const struct utterance *original,
                      size_t from)
{
	for (size_t i = 0; i < utterance->count; i++)
		if (strcmp(utterance->words[i].text, original->words[from + i].text) != 0)
			return false;
	return true;
}

bool utterance_repeats(const struct utterance *utterance, const struct utterance *original)
{
	if (utterance->count > original->count || 2 * utterance->count <= original->count)
		return false;
	for (size_t from = 0; from + utterance->count <= original->count; from++)
		if (stands_at(utterance, original, from))
			return true;
	return false;
}
