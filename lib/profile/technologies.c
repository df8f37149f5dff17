#include "profile/technologies.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "examiner/facts_words.h"
#include "profile/dictionary.h"

/* How near certain technologies are to an uncertain one that is meant. */
enum {
	TITLE_WORDS = 12,
	NEAR_WORDS = 8,
	NEAR_LINES = 2,
	NEAR_NAMES = 2,
	YEAR_MIN = 1950,
	YEAR_MAX = 2100
};

/* What a place adds to a technology's weight. */
static const double WEIGHT_OF_TITLE = 6, WEIGHT_OF_SKILLS = 3, WEIGHT_OF_WORK = 1,
                    WEIGHT_ELSEWHERE = 0.5;

struct match {
	const struct technology *row;
	size_t first, end; /* words */
	bool is_certain;
};

struct matches {
	const struct page *page;
	struct match *items;
	size_t count;
};

static const char *const kinds[] = {
	"developer|engineer|programmer|sdk|api|framework|library|libraries|language|server|"
	"cluster|clusters|service|services|microservices|code|backend|stack|scripts|programming|"
	"apps|app|ecosystem",
	"сервис*|сервіс*|фреймворк*|библиотек*|бібліотек*|код*|скрипт*|микросервис*",
	NULL,
};

static const char *const joiners[] = {
	"and|or|in|with|using|on|to|via|from|of",
	"и|или|на|с|со|под|через|к",
	"і|й|та|або|з|із|під|у|в",
	NULL,
};

static const char *const ands[] = { "and|or|и|или|і|й|та|або", NULL };

static const char *const denials[] = {
	"no experience|knowledge",
	"not familiar",
	"never used|worked",
	"want|like|plan to learn",
	"не работал*|знаю|знаком*",
	"без опыта|досвіду",
	"хочу|планирую изучить|выучить",
	"не працював|працювала|знаю",
	"хочу|планую вивчити",
	NULL,
};

/* Behind what they are about. */
static const char *const late_denials[] = {
	"but|though|although never used|tried|touched|worked",
	"но не|никогда использовал*|пробовал*|применял*|работал*",
	"але не|ніколи використовував|використовувала|пробував|пробувала|працював|працювала",
	NULL,
};

static bool has_capital(const char *bytes, const char *end)
{
	while (bytes < end) {
		const uint32_t c = text_next(&bytes, end);

		if (text_lower(c) != c)
			return true;
	}
	return false;
}

static bool is_upper(const char *name)
{
	for (; *name != '\0'; name++)
		if (*name >= 'a' && *name <= 'z')
			return false;
	return true;
}

static const char *bytes_at(const struct page *page, size_t at)
{
	return page->base.text + page->base.spans[at].start;
}

static const char *bytes_end(const struct page *page, size_t at)
{
	return page->base.text + page->base.spans[at].end;
}

/* With a capital; a name in capitals (CAN, SAS, C) only so. */
static bool is_written_as_name(const struct page *page, const struct match *match)
{
	const char *start = bytes_at(page, match->first), *end = bytes_end(page, match->end - 1);

	if (!is_upper(match->row->name))
		return has_capital(start, end);
	for (; start < end; start++)
		if (*start >= 'a' && *start <= 'z')
			return false;
	return true;
}

/* --- what a word stands in ----------------------------------------------------- */

/* True if a comma, a bullet, a line's end or "and" stands before word `at`. */
static bool is_parted(const struct page *page, size_t at)
{
	return at == 0 || at >= page->count || page->gaps[at] == PAGE_PARTED ||
	       page->gaps[at] == PAGE_SIGN || page_is(page, at - 1, ands) ||
	       page_is(page, at, ands);
}

/* True if it is an entry of a list, maybe with a version. */
static bool is_entry(const struct page *page, const struct match *match)
{
	size_t end = match->end;

	while (end < page->count && page->gaps[end] == PAGE_SPACE &&
	       facts_page_is_figure(&page->base, end) &&
	       strtol(page_word(page, end), NULL, 10) < YEAR_MIN)
		end++;
	return is_parted(page, match->first) && is_parted(page, end);
}

static bool is_near(const struct page *page, const struct match *a, const struct match *b)
{
	const size_t a_line = page->lines_of[a->first], b_line = page->lines_of[b->first];
	const size_t lines = a_line > b_line ? a_line - b_line : b_line - a_line;
	const size_t words = a->first > b->first ? a->first - b->first : b->first - a->first;

	return lines <= NEAR_LINES && words <= NEAR_WORDS &&
	       page->lines[a_line].part == page->lines[b_line].part;
}

/* True if a technology that means nothing else stands near. */
static bool has_company(const struct matches *matches, size_t index)
{
	const size_t from = index > NEAR_NAMES ? index - NEAR_NAMES : 0;

	for (size_t i = from; i < matches->count && i <= index + NEAR_NAMES; i++)
		if (i != index && matches->items[i].is_certain &&
		    is_near(matches->page, &matches->items[i], &matches->items[index]))
			return true;
	return false;
}

static bool is_among_skills(const struct page *page, size_t at)
{
	const struct page_line *line = &page->lines[page->lines_of[at]];

	return line->part == PAGE_SKILLS || line->is_skills;
}

/* A word with a capital that no technology has: "American Express", "Julia Smith". */
static bool is_other_name(const struct matches *matches, size_t at, size_t neighbour)
{
	for (size_t i = at > 0 ? at - 1 : 0; i < matches->count && i <= at + 1; i++)
		if (neighbour >= matches->items[i].first && neighbour < matches->items[i].end)
			return false;
	return facts_page_is_capital(&matches->page->base, neighbour);
}

static bool is_part_of_name(const struct matches *matches, size_t index)
{
	const struct page *page = matches->page;
	const struct match *match = &matches->items[index];

	if (!is_parted(page, match->first) && is_other_name(matches, index, match->first - 1))
		return true;
	return !is_parted(page, match->end) && is_other_name(matches, index, match->end);
}

/* "Spring 2019" */
static bool is_before_year(const struct page *page, size_t at)
{
	const long figure = at < page->count ? strtol(page_word(page, at), NULL, 10) : 0;

	return figure >= YEAR_MIN && figure <= YEAR_MAX && page->gaps[at] == PAGE_SPACE;
}

/* "services in Go", "with Spring and Kafka": within a sentence that names another one. */
static bool is_in_sentence(const struct matches *matches, size_t index)
{
	const struct page *page = matches->page;
	const struct match *match = &matches->items[index];

	if (match->first == 0 || page->gaps[match->first] != PAGE_SPACE ||
	    (match->end < page->count && page->gaps[match->end] == PAGE_HYPHEN))
		return false;
	if (is_part_of_name(matches, index) || !page_is(page, match->first - 1, joiners))
		return false;
	return has_company(matches, index);
}

static bool is_before_kind(const struct page *page, size_t at)
{
	return at < page->count && page->gaps[at] <= PAGE_HYPHEN &&
	       (page_is(page, at, kinds) || page_is(page, at, facts_jobs));
}

/* "1C programmer" the other way round: "программист C", "разработчик Go" */
static bool is_behind_job(const struct page *page, size_t at)
{
	return at > 0 && page->gaps[at] == PAGE_SPACE && page_is(page, at - 1, facts_jobs) &&
	       facts_page_is_cyrillic(&page->base, at - 1);
}

/* "R&B", "R&D" */
static bool is_initial(const struct page *page, const struct match *match)
{
	const char *text = page->base.text;
	const size_t start = page->base.spans[match->first].start;

	return *bytes_end(page, match->end - 1) == '&' || (start > 0 && text[start - 1] == '&');
}

/* A label of a line of contacts: "GitHub: somebody". */
static bool is_label(const struct page *page, size_t end)
{
	return end < page->count && *bytes_end(page, end - 1) == ':';
}

static bool is_meant(const struct matches *matches, size_t index)
{
	const struct page *page = matches->page;
	const struct match *match = &matches->items[index];
	const bool is_name = is_written_as_name(page, match);
	const bool is_single = match->row->name[1] == '\0';

	if ((is_single && is_initial(page, match)) || is_before_year(page, match->end) ||
	    is_label(page, match->end) || (!is_name && (is_single || is_upper(match->row->name))))
		return false;
	if (is_entry(page, match))
		return has_company(matches, index) ||
		       (is_name && is_among_skills(page, match->first));
	if (!is_name)
		return false;
	return is_before_kind(page, match->end) || is_behind_job(page, match->first) ||
	       is_in_sentence(matches, index);
}

/* --- collecting ---------------------------------------------------------------- */

static struct matches find_matches(const struct page *page, const struct dictionary *dictionary)
{
	struct matches matches = {
		.page = page,
		.items = arena_array(page->base.arena, page->count + 1, sizeof(struct match)),
	};

	for (size_t at = 0; at < page->count;) {
		size_t end = at;
		const struct technology *row = dictionary_at(dictionary, page, at, &end);

		if (row != NULL && !page_is_address(page, at))
			matches.items[matches.count++] = (struct match){ row, at, end,
				                                         !row->is_word };
		at = row == NULL ? at + 1 : end;
	}
	return matches;
}

static bool is_same_sentence(const struct page *page, size_t a, size_t b)
{
	const struct utterance_word *words = page->base.words.words;

	return words[a].sentence == words[b].sentence && page->lines_of[a] == page->lines_of[b];
}

/* "no experience with Go", "read about Go but never used it": within its sentence. */
static bool is_denied(const struct page *page, size_t at, size_t end)
{
	size_t from = at, to = end;

	while (from > 0 && at - from < NEAR_WORDS && is_same_sentence(page, from - 1, at))
		from--;
	while (to < page->count && to - end < NEAR_WORDS && is_same_sentence(page, to, at))
		to++;
	return page_has(page, from, at, denials) || page_has(page, end, to, late_denials);
}

static double weight_at(const struct page *page, size_t at)
{
	const struct page_line *line = &page->lines[page->lines_of[at]];

	if (line->part == PAGE_SKILLS || line->is_skills)
		return WEIGHT_OF_SKILLS;
	if (line->part == PAGE_TOP && line->end - line->first <= TITLE_WORDS &&
	    page_has(page, line->first, line->end, facts_jobs))
		return WEIGHT_OF_TITLE;
	return line->part == PAGE_WORK ? WEIGHT_OF_WORK : WEIGHT_ELSEWHERE;
}

static struct technology_found *find_item(const struct technologies *found, const char *name)
{
	for (size_t i = 0; i < found->count; i++)
		if (strcmp(found->items[i].name, name) == 0)
			return &found->items[i];
	return NULL;
}

static void add_match(struct technologies *found, const struct page *page,
                      const struct match *match)
{
	struct technology_found *item = find_item(found, match->row->name);

	if (item == NULL) {
		item = &found->items[found->count++];
		*item = (struct technology_found){ .name = match->row->name, .at = match->first };
	}
	item->weight += weight_at(page, match->first);
}

static int compare(const void *a, const void *b)
{
	const struct technology_found *x = a, *y = b;

	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

static size_t row_count(void)
{
	size_t count = 0;

	for (const struct technology *const *group = dictionary_groups; *group != NULL; group++)
		for (const struct technology *row = *group; row->name != NULL; row++)
			count++;
	return count;
}

struct technologies technologies_find(const struct page *page)
{
	struct technologies found = {
		.items = arena_array(page->base.arena, row_count(), sizeof(*found.items)),
		.dictionary = dictionary_create(page->base.arena),
	};
	const struct matches matches = find_matches(page, found.dictionary);

	for (size_t i = 0; i < matches.count; i++)
		if ((matches.items[i].is_certain || is_meant(&matches, i)) &&
		    !is_denied(page, matches.items[i].first, matches.items[i].end))
			add_match(&found, page, &matches.items[i]);
	qsort(found.items, found.count, sizeof(*found.items), compare);
	if (found.count > TECHNOLOGIES_MAX)
		found.count = TECHNOLOGIES_MAX;
	for (size_t i = 0; i < found.count; i++)
		found.items[i].quote = page_quote(page, found.items[i].at);
	return found;
}

/* --- checking a model's answer -------------------------------------------------- */

/* The words of a name stand one behind the other, with nothing between that parts them. */
static bool stands_at(const struct page *page, size_t at, const struct facts_page *name)
{
	for (size_t i = 0; i < name->words.count; i++)
		if (strcmp(page_word(page, at + i), name->words.words[i].text) != 0 ||
		    page_is_address(page, at + i) || (i > 0 && page->gaps[at + i] == PAGE_PARTED))
			return false;
	return true;
}

static const char *key_of(struct arena *arena, const struct facts_page *name)
{
	struct buf key;

	buf_init(&key, arena);
	for (size_t i = 0; i < name->words.count; i++)
		buf_printf(&key, "%s%s", i == 0 ? "" : " ", name->words.words[i].text);
	return key.data;
}

bool technologies_prove(const struct page *page, const struct technologies *found, const char *name,
                        struct technology_found *ret_found)
{
	struct arena *arena = page->base.arena;
	const struct facts_page words = facts_page_read(arena, name);
	const struct technology *row = dictionary_find(dictionary_create(arena),
	                                               key_of(arena, &words));

	if (row != NULL) {
		const struct technology_found *item = find_item(found, row->name);

		if (item != NULL)
			*ret_found = *item;
		return item != NULL;
	}
	for (size_t at = 0; words.words.count > 0 && at < page->count; at++)
		if (stands_at(page, at, &words)) {
			*ret_found = (struct technology_found){
				.name = name,
				.quote = page_quote(page, at),
				.at = at,
				.weight = weight_at(page, at),
			};
			return true;
		}
	return false;
}
