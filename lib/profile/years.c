#include "profile/years.h"

#include <stdlib.h>
#include <string.h>

#include "examiner/facts_words.h"
#include "profile/occupation.h"

/* Words between the number of years and "experience"; between a lone "year" and it. */
enum { NEAR = 7, NEAR_SINGLE = 3 };

struct number {
	const char *pattern;
	double value;
};

static const struct number numbers[] = {
	{ "half|пол|пів", 0.5 },
	{ "one|один|одного|одна", 1 },
	{ "полтора|полутора|півтора|півтори", 1.5 },
	{ "two|два|двух|двох|couple", 2 },
	{ "three|три|трех|трьох", 3 },
	{ "four|четыре|четырех|чотири|чотирьох", 4 },
	{ "five|пять|пяти|пятьох", 5 },
	{ "six|шесть|шести|шість|шести", 6 },
	{ "seven|семь|семи|сім", 7 },
	{ "eight|восемь|восьми|вісім", 8 },
	{ "nine|девять|девяти|девятьох", 9 },
	{ "ten|десять|десяти|десятьох", 10 },
	{ "eleven|одиннадцать|одинадцять", 11 },
	{ "twelve|двенадцать|дванадцять", 12 },
	{ "fifteen|пятнадцать|пятнадцять", 15 },
	{ "twenty|двадцать|двадцять", 20 },
	{ NULL, 0 },
};

static const char *const year_words[] = {
	"year|years|yr|yrs|yoe|год|года|году|лет|г|рік|року|роки|років|р",
	NULL,
};
static const char *const month_words[] = {
	"month|months|mos|мес|месяц*|міс|місяц*",
	NULL,
};
static const char *const half_years[] = { "полгода|полугода|півроку", NULL };
static const char *const experience[] = {
	"experience|experienced|exp|yoe|опыт*|стаж*|досвід*",
	NULL,
};
static const char *const ages[] = { "age|aged|old|возраст*|вік|віку|мне|мені|родил*|народ*", NULL };
static const char *const since[] = { "ago|назад|тому", NULL };

/* The number at word `at`, below 0 if there is none or it is a date. */
static double number_at(const struct page *page, size_t at)
{
	double value;

	if (at >= page->count)
		return -1;
	if (facts_page_is_figure(&page->base, at)) {
		char digits[16] = "";

		strncpy(digits, page_word(page, at), sizeof(digits) - 1);
		for (char *p = digits; *p != '\0'; p++)
			*p = *p == ',' ? '.' : *p;
		value = strtod(digits, NULL);
		return value <= YEARS_MAX ? value : -1;
	}
	for (const struct number *row = numbers; row->pattern != NULL; row++)
		if (utterance_match(&page->base.words, at, row->pattern) != 0)
			return row->value;
	return -1;
}

/* "3 years", "3-5 years", "two and a half years", "3 года 6 месяцев" at word `at`. */
static double years_at(const struct page *page, size_t at, size_t *ret_end)
{
	double value = number_at(page, at), months;
	size_t end = at + 1, half;

	if (value < 0)
		return -1;
	if (number_at(page, end) >= 0 && page->gaps[end] != PAGE_SPACE)
		end++;
	half = utterance_match_any(&page->base.words, end, facts_halves);
	if (half != 0) {
		value += 0.5;
		end = half;
	}
	if (!page_is(page, end, year_words))
		return -1;
	months = number_at(page, end + 1);
	if (months > 0 && months < 12 && page_is(page, end + 2, month_words)) {
		value += months / 12;
		end += 2;
	}
	*ret_end = end + 1;
	return value;
}

static bool is_experience(const struct page *page, size_t at, size_t end)
{
	const size_t from = at > NEAR ? at - NEAR : 0;
	const size_t to = end + NEAR < page->count ? end + NEAR : page->count;

	if (page_is(page, end, since) || page_is(page, end, ages) ||
	    (at > 0 && page_is(page, at - 1, ages)))
		return false;
	return page_has(page, from, at, experience) || page_has(page, end, to, experience);
}

/* "6 months of commercial experience" at word `at` */
static double months_at(const struct page *page, size_t at, size_t *ret_end)
{
	const double value = number_at(page, at);
	const size_t from = at + 2;
	const size_t to = from + NEAR_SINGLE < page->count ? from + NEAR_SINGLE : page->count;

	if (value <= 0 || !page_is(page, at + 1, month_words) ||
	    !page_has(page, from, to, experience))
		return -1;
	*ret_end = from;
	return value / 12;
}

/* "a year of experience", "год опыта", "полгода опыта" */
static double single_at(const struct page *page, size_t at, size_t *ret_end)
{
	const size_t to = at + 1 + NEAR_SINGLE < page->count ? at + 1 + NEAR_SINGLE : page->count;

	if (page_is(page, at, half_years) && page_has(page, at + 1, to, experience)) {
		*ret_end = at + 1;
		return 0.5;
	}
	if (!page_is(page, at, year_words) || page_word(page, at)[1] == '\0' ||
	    (at > 0 && number_at(page, at - 1) >= 0) || !page_has(page, at + 1, to, experience))
		return -1;
	*ret_end = at + 1;
	return 1;
}

/* Where people speak of all they did: not within a job, a list or their studies. */
static bool is_of_all(const struct page_line *line)
{
	return line->is_heading || line->part == PAGE_TOP || line->part == PAGE_SUMMARY ||
	       line->part == PAGE_OTHER;
}

/* The years, maybe a part of one, said at word `at`; below 0 if there are none. */
static double said_at(const struct page *page, size_t at, size_t *ret_end)
{
	double value = years_at(page, at, ret_end);

	if (value < 0)
		value = months_at(page, at, ret_end);
	return value < 0 ? single_at(page, at, ret_end) : value;
}

/* Word `at` goes on with the clause before it, maybe on a new line. */
static bool is_continued(const struct page *page, size_t at)
{
	return facts_page_together(&page->base, at - 1, at) ||
	       (page->gaps[at] == PAGE_SIGN && page->lines_of[at] == page->lines_of[at - 1] + 1 &&
	        page->base.spans[at].start == page->base.spans[at - 1].end + 1 &&
	        !facts_page_is_capital(&page->base, at));
}

/* "10 years as a nurse and 2 years as a developer": what follows the number, or precedes it. */
static bool is_other_work(const struct page *page, size_t at, size_t end)
{
	size_t first = at, last = end, ignored;
	enum occupation occupation;

	while (last < page->count && is_continued(page, last) && said_at(page, last, &ignored) < 0)
		last++;
	occupation = occupation_in(page, end, last);
	while (first > 0 && is_continued(page, first) && number_at(page, first - 1) < 0)
		first--;
	if (occupation == OCCUPATION_UNSAID)
		occupation = occupation_in(page, first, at);
	return occupation == OCCUPATION_OTHER;
}

static struct years largest(const struct page *page, bool is_anywhere)
{
	struct years best = { -1, NULL };

	for (size_t at = 0, end; at < page->count; at = end) {
		const struct page_line *line = &page->lines[page->lines_of[at]];
		double value;

		end = at + 1;
		value = said_at(page, at, &end);
		if (value <= best.value || line->part == PAGE_STUDIES ||
		    !(is_anywhere || is_of_all(line) || page_is(page, line->first, experience)) ||
		    !is_experience(page, at, end) || is_other_work(page, at, end))
			continue;
		best = (struct years){ value, page_quote(page, at) };
	}
	return best;
}

struct years years_said(const struct page *page)
{
	const struct years best = largest(page, false);

	return best.value >= 0 ? best : largest(page, true);
}
