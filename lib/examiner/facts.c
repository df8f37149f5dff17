#include "examiner/facts.h"

#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/text.h"
#include "examiner/facts_words.h"
#include "examiner/llm_checks.h"
#include "examiner/utterance.h"

/* Code points of a fact; words of a name and before the last word of a position. */
enum { FACT_MAX = 120, TECHNOLOGIES_MAX = 600, NAME_WORDS = 2, QUALIFIERS = 2 };

/* Letters that two forms of a word share at least, and by which they may differ. */
enum { STEM_MIN = 4, ENDING_MAX = 3 };

enum { IO = 0x451, IE = 0x435 };

/* A text as words, each with its place; signs as in C++, C#, .NET and Node.js belong to it. */
struct page {
	struct arena *arena;
	const char *text;
	struct utterance words;
	struct score_span *spans;
	size_t capacity;
};

/* --- reading ----------------------------------------------------------------- */

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
	case '\'':
		return at > start && after != '\0' && strchr(" .,!?\n", after) == NULL;
	default:
		return false;
	}
}

/* Bytes of the character at `at` if it belongs to a word that begins at `start`, else 0. */
static size_t word_character(const char *text, size_t at, size_t start)
{
	const char *cursor = text + at;
	const uint32_t c = text_next(&cursor, cursor + strnlen(cursor, 4));

	if (text_is_letter(c) || (c < 0x80 && is_digit((char)c)))
		return (size_t)(cursor - text) - at;
	return is_inner_sign(text, at, start) ? 1 : 0;
}

static const char *folded(struct arena *arena, const char *bytes, size_t len)
{
	const char *end = bytes + len;
	struct buf out;
	char letter[4];

	buf_init(&out, arena);
	while (bytes < end) {
		const uint32_t c = text_lower(text_next(&bytes, end));

		buf_add(&out, letter, text_encode(c == IO ? IE : c, letter));
	}
	return out.data;
}

static void add_word(struct page *page, size_t start, size_t end, size_t sentence)
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
	page->spans[words->count] = (struct score_span){ start, end };
	words->words[words->count++] = (struct utterance_word){
		.text = folded(page->arena, page->text + start, end - start),
		.sentence = sentence,
	};
}

static struct page read_page(struct arena *arena, const char *text)
{
	struct page page = { .arena = arena, .text = text };
	size_t at = 0, sentence = 0, len;

	while (text[at] != '\0') {
		const size_t start = at;

		while (text[at] != '\0' && (len = word_character(text, at, start)) > 0)
			at += len;
		if (at > start) {
			add_word(&page, start, at, sentence);
			continue;
		}
		sentence += strchr(".!?;\n", text[at]) != NULL;
		at++;
	}
	return page;
}

/* The text from one word to the end of another. */
static const char *slice(const struct page *page, size_t first, size_t last)
{
	const size_t start = page->spans[first].start;
	const char *bytes = arena_copy(page->arena, page->text + start,
	                               page->spans[last].end - start);

	return text_shortened(page->arena, text_one_line(page->arena, bytes), FACT_MAX);
}

static bool word_is(const struct page *page, size_t at, const char *const *patterns)
{
	return utterance_match_any(&page->words, at, patterns) != 0;
}

/* --- the built-in way -------------------------------------------------------- */

/* As the name is written, or in capitals; a lone lower-case word is an English one. */
static bool is_written_as(const struct page *page, size_t at, const char *name)
{
	const struct score_span span = page->spans[at];

	return strncmp(page->text + span.start, name, span.end - span.start) == 0 &&
	       name[span.end - span.start] == '\0';
}

static bool is_used(const struct page *page, const struct facts_technology *technology)
{
	for (size_t at = 0; at < page->words.count; at++)
		if (utterance_match(&page->words, at, technology->pattern) != 0 &&
		    (!technology->is_word || is_written_as(page, at, technology->name)))
			return true;
	return false;
}

static void add_technology(struct buf *list, const char *name)
{
	if (list->len > 0)
		buf_str(list, ", ");
	buf_str(list, name);
}

static const char *technologies(const struct page *page)
{
	const char *last = "";
	struct buf list;

	buf_init(&list, page->arena);
	for (const struct facts_technology *row = facts_technologies; row->name != NULL; row++) {
		if (strcmp(row->name, last) == 0 || !is_used(page, row))
			continue;
		add_technology(&list, row->name);
		last = row->name;
	}
	return list.len > 0 ? list.data : NULL;
}

static bool has_level(const struct page *page, const char *name)
{
	for (const struct facts_level *level = facts_levels; level->name != NULL; level++)
		for (size_t at = 0; at < page->words.count; at++)
			if (strcmp(level->name, name) == 0 &&
			    utterance_match(&page->words, at, level->pattern) != 0)
				return true;
	return false;
}

static const char *level_at(const struct page *page, size_t at)
{
	for (const struct facts_level *level = facts_levels; level->name != NULL; level++)
		if (utterance_match(&page->words, at, level->pattern) != 0)
			return level->name;
	return NULL;
}

/* The level that is named first. */
static const char *level(const struct page *page)
{
	const char *name = NULL;

	for (size_t at = 0; at < page->words.count && name == NULL; at++)
		name = level_at(page, at);
	return name;
}

static const char *position(const struct page *page)
{
	const struct utterance_word *words = page->words.words;

	for (size_t at = 0; at < page->words.count; at++) {
		size_t first = at, last = at;

		if (!word_is(page, at, facts_jobs))
			continue;
		while (last + 1 < page->words.count && word_is(page, last + 1, facts_jobs) &&
		       words[last + 1].sentence == words[at].sentence)
			last++;
		while (first > 0 && at - first < QUALIFIERS &&
		       words[first - 1].sentence == words[at].sentence &&
		       !word_is(page, first - 1, facts_fillers) &&
		       level_at(page, first - 1) == NULL)
			first--;
		return slice(page, first, last);
	}
	return NULL;
}

static bool is_number(const struct page *page, size_t at)
{
	return is_digit(page->words.words[at].text[0]) || word_is(page, at, facts_numbers);
}

static bool is_age(const struct page *page, size_t at)
{
	return (at > 0 && word_is(page, at - 1, facts_ages)) ||
	       utterance_match(&page->words, at + 2, "old") != 0;
}

static const char *experience(const struct page *page)
{
	for (size_t at = 0; at + 1 < page->words.count; at++)
		if (is_number(page, at) && word_is(page, at + 1, facts_periods) &&
		    !is_age(page, at))
			return slice(page, at, at + 1);
	return NULL;
}

static bool is_capital(const struct page *page, size_t at)
{
	const char *cursor = page->text + page->spans[at].start;
	const uint32_t c = text_next(&cursor, page->text + page->spans[at].end);

	return text_is_letter(c) && text_lower(c) != c;
}

static const char *name(const struct page *page)
{
	for (size_t at = 0; at < page->words.count; at++) {
		const size_t first = utterance_match_any(&page->words, at, facts_name_leads);
		size_t end = first;

		if (first == 0)
			continue;
		while (end < page->words.count && end - first < NAME_WORDS &&
		       is_capital(page, end) &&
		       page->words.words[end].sentence == page->words.words[at].sentence)
			end++;
		if (end > first)
			return slice(page, first, end - 1);
	}
	return NULL;
}

struct exam_facts facts_find(struct arena *arena, const char *text)
{
	const struct page page = read_page(arena, text);

	return (struct exam_facts){
		.name = name(&page),
		.position = position(&page),
		.level = level(&page),
		.experience = experience(&page),
		.technologies = technologies(&page),
	};
}

/* --- a model's way ----------------------------------------------------------- */

/* Code points at the beginning that two words have in common. */
static size_t common_letters(const char *a, const char *b)
{
	const char *a_end = a + strlen(a), *b_end = b + strlen(b);
	size_t count = 0;

	while (a < a_end && b < b_end && text_next(&a, a_end) == text_next(&b, b_end))
		count++;
	return count;
}

/* The same word, or another form of it; figures must be the same. */
static bool is_form_of(const char *a, const char *b)
{
	const size_t common = common_letters(a, b);
	const size_t a_count = text_count(a, strlen(a)), b_count = text_count(b, strlen(b));

	if (strcmp(a, b) == 0)
		return true;
	return common >= STEM_MIN && a_count - common <= ENDING_MAX &&
	       b_count - common <= ENDING_MAX && strpbrk(a, "0123456789") == NULL;
}

static bool stands(const struct page *page, const char *word)
{
	for (size_t i = 0; i < page->words.count; i++)
		if (is_form_of(word, page->words.words[i].text))
			return true;
	return false;
}

/* How many words of the fact stand on the page; -1 when one with a figure does not. */
static int proved_words(const struct page *page, const struct page *fact)
{
	int count = 0;

	for (size_t i = 0; i < fact->words.count; i++) {
		const char *word = fact->words.words[i].text;

		if (stands(page, word))
			count += text_count(word, strlen(word)) > 1 || is_digit(word[0]);
		else if (strpbrk(word, "0123456789") != NULL)
			return -1;
	}
	return count;
}

static const char *read_fact(const struct page *page, const cJSON *object, const char *key)
{
	const char *text = text_one_line(page->arena, json_string(object, key, ""));
	const char *fact = text_trimmed(page->arena, text);
	const struct page words = read_page(page->arena, fact);

	if (proved_words(page, &words) <= 0)
		return NULL;
	return text_shortened(page->arena, fact, FACT_MAX);
}

static const char *read_name(const struct page *page, const cJSON *object)
{
	const char *fact = read_fact(page, object, "name");
	struct page words;

	if (fact == NULL)
		return NULL;
	words = read_page(page->arena, fact);
	for (size_t i = 0; i < words.words.count; i++)
		if (!stands(page, words.words.words[i].text))
			return NULL;
	return fact;
}

static const char *read_level(const struct page *page, const cJSON *object)
{
	const char *said = json_string(object, "level", "");

	for (const struct facts_level *row = facts_levels; row->name != NULL; row++)
		if (strcmp(row->name, said) == 0 && has_level(page, said))
			return row->name;
	return NULL;
}

/* Its words stand there, or another wording of it that the dictionary knows. */
static bool is_technology(const struct page *page, const char *name)
{
	const struct page words = read_page(page->arena, name);
	size_t count = 0;

	for (const struct facts_technology *row = facts_technologies; row->name != NULL; row++)
		if (strcmp(folded(page->arena, row->name, strlen(row->name)),
		           folded(page->arena, name, strlen(name))) == 0 &&
		    is_used(page, row))
			return true;
	for (size_t i = 0; i < words.words.count; i++)
		count += stands(page, words.words.words[i].text);
	return count > 0 && count == words.words.count;
}

static bool is_listed(struct arena *arena, const struct buf *list, const char *name)
{
	const char *entry = arena_printf(arena, ", %s, ", name);
	const char *whole = arena_printf(arena, ", %s, ", list->data);

	return strstr(text_folded(arena, whole), text_folded(arena, entry)) != NULL;
}

static const char *read_technologies(const struct page *page, const cJSON *object)
{
	const cJSON *item;
	struct buf list;

	buf_init(&list, page->arena);
	cJSON_ArrayForEach(item, json_get(object, "technologies"))
	{
		const char *name = cJSON_IsString(item) ? item->valuestring : "";

		name = text_trimmed(page->arena, text_one_line(page->arena, name));
		if (strlen(name) <= FACT_MAX && list.len + strlen(name) <= TECHNOLOGIES_MAX &&
		    strchr(name, ',') == NULL && is_technology(page, name) &&
		    !is_listed(page->arena, &list, name))
			add_technology(&list, name);
	}
	return list.len > 0 ? list.data : NULL;
}

struct exam_facts facts_read(struct arena *arena, const cJSON *object, const char *text)
{
	const struct page page = read_page(arena, text);

	return (struct exam_facts){
		.name = read_name(&page, object),
		.position = read_fact(&page, object, "position"),
		.level = read_level(&page, object),
		.experience = read_fact(&page, object, "experience"),
		.technologies = read_technologies(&page, object),
	};
}

struct exam_facts facts_extract(const struct agent_desk *desk, struct arena *arena,
                                enum language language, const char *text, const char **ret_engine)
{
	const struct llm_fenced fenced = llm_checks_fence(arena, text);
	struct agent_task task = { .agent = AGENT_PROFILE_EXTRACTOR, .language = language };
	struct llm_result result;
	cJSON *data;

	*ret_engine = "builtin";
	if (desk == NULL || fenced.orders.is_all)
		return facts_find(arena, fenced.blanked);
	data = cJSON_CreateObject();
	json_set_string(data, "text", fenced.shown);
	task.data = data;
	if (agent_run(desk, arena, &task, &result) != OK || result.json == NULL)
		return facts_find(arena, fenced.blanked);
	*ret_engine = agent_model(desk->kit, AGENT_PROFILE_EXTRACTOR);
	return facts_read(arena, result.json, fenced.blanked);
}
