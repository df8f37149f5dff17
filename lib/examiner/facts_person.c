#include "examiner/facts_person.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "examiner/facts_words.h"

enum { NAME_WORDS = 2, NUMBER_WORDS = 3, ADULT = 18, YEAR_MIN = 1960, YEAR_MAX = 2100 };

/* --- the name ---------------------------------------------------------------- */

static bool is_dictionary_word(const struct facts_page *page, size_t at)
{
	static const char *const *const lists[] = {
		facts_jobs,    facts_fillers, facts_heads,
		facts_numbers, facts_periods, facts_no_names,
	};

	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		if (facts_page_is(page, at, lists[i]))
			return true;
	for (const struct facts_level *row = facts_levels; row->name != NULL; row++)
		if (utterance_match(&page->words, at, row->pattern) != 0)
			return true;
	for (const struct facts_technology *row = facts_technologies; row->name != NULL; row++)
		if (utterance_match(&page->words, at, row->pattern) != 0)
			return true;
	return false;
}

/* Letters only, two at least, small behind the first: neither QA nor DevOps. */
static bool is_spelt_like_name(const struct facts_page *page, size_t at)
{
	const char *cursor = page->text + page->spans[at].start;
	const char *end = page->text + page->spans[at].end;
	size_t letters = 0;
	bool after_sign = true;

	while (cursor < end) {
		const uint32_t c = text_next(&cursor, end);

		if ((c >= '0' && c <= '9') || c == '+' || c == '#' || c == '.')
			return false;
		if (!after_sign && text_lower(c) != c && cursor < end)
			return false;
		after_sign = !text_is_letter(c);
		letters++;
	}
	return letters >= 2;
}

static bool may_be_name(const struct facts_page *page, size_t at)
{
	return is_spelt_like_name(page, at) && !is_dictionary_word(page, at);
}

/* True if no word of the clause of `at - 1` stands at `at`. */
static bool ends_clause(const struct facts_page *page, size_t at)
{
	return !facts_page_together(page, at - 1, at);
}

/* Behind the name that starts at `first`: one or two words with capitals; `first`: none. */
static size_t name_end(const struct facts_page *page, size_t first)
{
	size_t end = first;

	while (end < page->words.count && end - first < NAME_WORDS &&
	       facts_page_is_capital(page, end) && may_be_name(page, end) &&
	       (end == first || facts_page_together(page, first, end)))
		end++;
	return end;
}

/* Behind a wording that only a name follows, a lone small word is one as well. */
static size_t told_name_end(const struct facts_page *page, size_t first)
{
	const size_t end = name_end(page, first);

	if (end > first || first >= page->words.count || !may_be_name(page, first))
		return end;
	if (ends_clause(page, first + 1) || facts_page_is(page, first + 1, facts_name_tails))
		return first + 1;
	return end;
}

/* Behind a wording that only a name follows ("my name is", "name:") at `at`, else 0. */
static size_t lead_end(const struct facts_page *page, size_t at)
{
	const size_t lead = utterance_match_any(&page->words, at, facts_name_leads);

	if (at > 0 && facts_page_together(page, at - 1, at) &&
	    !facts_page_is(page, at - 1, facts_fillers))
		return 0; /* "the declared name is ..." */
	if (facts_page_is(page, at, facts_name_labels) && !facts_page_together(page, at, at + 1))
		return at + 1;
	return facts_page_together(page, at, lead) ? lead : 0;
}

/* "my name is Ann", "меня зовут Анна", "меня Анна зовут" */
static const char *told_name(const struct facts_page *page, size_t at)
{
	const size_t lead = lead_end(page, at);
	size_t end;

	if (lead != 0) {
		end = told_name_end(page, lead);
		return end > lead ? facts_page_slice(page, lead, end - 1) : NULL;
	}
	if (!facts_page_is(page, at, facts_name_openers))
		return NULL;
	end = name_end(page, at + 1);
	if (end == at + 1 || end >= page->words.count ||
	    !facts_page_is(page, end, facts_name_closers))
		return NULL;
	return facts_page_slice(page, at + 1, end - 1);
}

/* "I'm Ann", "я Анна", "це Олена": the name ends its clause. */
static const char *said_name(const struct facts_page *page, size_t at)
{
	const size_t lead = utterance_match_any(&page->words, at, facts_name_hints);
	size_t end;

	if (lead == 0 || !facts_page_together(page, at, lead))
		return NULL;
	end = name_end(page, lead);
	if (end == lead || (!ends_clause(page, end) && !facts_page_is(page, end, facts_name_tails)))
		return NULL;
	return facts_page_slice(page, lead, end - 1);
}

/* True if a job, a level or a number of years stands within the clause that begins at `at`. */
static bool tells_work(const struct facts_page *page, size_t at)
{
	for (size_t i = at; facts_page_together(page, at, i); i++) {
		if (facts_page_is(page, i, facts_jobs) || facts_page_is(page, i, facts_heads) ||
		    facts_page_is(page, i, facts_periods))
			return true;
		for (const struct facts_level *row = facts_levels; row->name != NULL; row++)
			if (utterance_match(&page->words, i, row->pattern) != 0)
				return true;
	}
	return false;
}

/* "Ann, backend developer", "John here": a clause of its own before what they do. */
static const char *bare_name(const struct facts_page *page, size_t at)
{
	const size_t end = name_end(page, at);

	if (end == at || (at > 0 && facts_page_together(page, at - 1, at)) ||
	    page->text[page->spans[end - 1].end] == '!')
		return NULL;
	if (end < page->words.count && utterance_match(&page->words, end, "here") != 0 &&
	    ends_clause(page, end + 1))
		return facts_page_slice(page, at, end - 1);
	return ends_clause(page, end) && tells_work(page, end) ? facts_page_slice(page, at, end - 1)
	                                                       : NULL;
}

const char *facts_person_name(const struct facts_page *page)
{
	static const char *(*const ways[])(const struct facts_page *, size_t) = {
		told_name,
		said_name,
		bare_name,
	};

	for (size_t way = 0; way < sizeof(ways) / sizeof(*ways); way++)
		for (size_t at = 0; at < page->words.count; at++) {
			const char *name = ways[way](page, at);

			if (name != NULL)
				return name;
		}
	return NULL;
}

/* --- the years --------------------------------------------------------------- */

static long figure_at(const struct facts_page *page, size_t at)
{
	return at < page->words.count && facts_page_is_figure(page, at)
	               ? strtol(page->words.words[at].text, NULL, 10)
	               : -1;
}

static bool is_year(const struct facts_page *page, size_t at)
{
	const long figure = figure_at(page, at);

	return figure >= YEAR_MIN && figure <= YEAR_MAX;
}

static bool is_number(const struct facts_page *page, size_t at)
{
	return at < page->words.count && !is_year(page, at) &&
	       (facts_page_is_figure(page, at) || facts_page_is(page, at, facts_numbers));
}

/* Behind "three years", "2-3 года", "два з половиною роки" at `at`, else 0. */
static size_t counted_end(const struct facts_page *page, size_t at)
{
	size_t end = at;

	while (end - at < NUMBER_WORDS && is_number(page, end)) {
		const size_t half = utterance_match_any(&page->words, end + 1, facts_halves);

		end = half != 0 ? half : end + 1;
	}
	if (end == at || end >= page->words.count || !facts_page_is(page, end, facts_periods))
		return 0;
	return end + 1;
}

/* Behind "since 2019", "с 2019 года" at `at`, else 0. */
static size_t since_end(const struct facts_page *page, size_t at)
{
	if (!facts_page_is(page, at, facts_since) || !is_year(page, at + 1))
		return 0;
	if (at + 2 < page->words.count && facts_page_is_cyrillic(page, at + 2) &&
	    facts_page_is(page, at + 2, facts_periods))
		return at + 3;
	return at + 2;
}

/* Behind "года три" at `at`, else 0. */
static size_t turned_end(const struct facts_page *page, size_t at)
{
	if (!facts_page_is(page, at, facts_periods) || !is_number(page, at + 1) ||
	    !facts_page_together(page, at, at + 1))
		return 0;
	return at + 2 < page->words.count && facts_page_is(page, at + 2, facts_periods) ? 0
	                                                                                : at + 2;
}

/* Behind "a year", "полгода" at `at`, and "год" in "over a year", "a year of experience". */
static size_t single_end(const struct facts_page *page, size_t at)
{
	const size_t end = utterance_match_any(&page->words, at, facts_spells);

	if (end != 0)
		return end;
	if (at > 0 && facts_page_is(page, at - 1, facts_about) &&
	    facts_page_is(page, at, facts_periods))
		return at + 1;
	return facts_page_is(page, at, facts_periods) && !is_number(page, at + 1) &&
	                       at + 1 < page->words.count &&
	                       facts_page_is(page, at + 1, facts_works)
	               ? at + 1
	               : 0;
}

/* True if the words at `at` up to `end` tell how old somebody is. */
static bool is_age(const struct facts_page *page, size_t at, size_t end)
{
	size_t first = at, i;

	if ((at > 0 && facts_page_is(page, at - 1, facts_ages)) ||
	    utterance_match(&page->words, end, "old") != 0)
		return true;
	while (first > 0 && facts_page_together(page, first - 1, at))
		first--;
	for (i = first; facts_page_together(page, i, at); i++)
		if (facts_page_is(page, i, facts_works))
			return false;
	return first == at && i == end && figure_at(page, at) >= ADULT;
}

const char *facts_person_experience(const struct facts_page *page)
{
	for (size_t at = 0; at < page->words.count; at++) {
		size_t end = since_end(page, at);

		if (end == 0)
			end = counted_end(page, at);
		if (end == 0)
			end = turned_end(page, at);
		if (end == 0)
			end = single_end(page, at);
		if (end != 0 && !is_age(page, at, end))
			return facts_page_slice(page, at, end - 1);
		if (end != 0)
			at = end - 1;
	}
	return NULL;
}
