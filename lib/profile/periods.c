/* years_dated: the dates of jobs as periods, and how long they are together. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "profile/occupation.h"
#include "profile/years.h"

enum {
	PERIODS_MAX = 60,
	QUOTED = 3,
	AROUND = 25,        /* words */
	HEADING_LINES = 2,  /* with the company and the position */
	HEADING_WORDS = 12, /* of a line that is no sentence */
	YEAR_MIN = 1960,
	YEAR_MAX = 2100,
	MONTHS = 12,
	HALF_YEAR = 6
};

struct date {
	int month;    /* from January of the year 0 */
	bool is_year; /* no month is said */
	size_t end;   /* behind its last word */
};

struct period {
	int start, end; /* months; the end is not within */
	size_t at;      /* its first word */
	size_t stop;
};

struct periods {
	struct period items[PERIODS_MAX];
	size_t count;
};

static const char *const months[MONTHS] = {
	"jan*|янв*|січ*",     "feb*|фев*|лют*",    "mar|march|мар|март|марта|бер*",
	"apr*|апр*|квіт*",    "may|май|мая|трав*", "jun|june|июн*|черв*",
	"jul|july|июл*|лип*", "aug*|авг*|серп*",   "sep*|сен*|вер|верес*",
	"oct*|окт*|жовт*",    "nov*|ноя*|лист*",   "dec*|дек*|груд*",
};

static const char *const year_marks[] = { "г|гг|год|года|р|рр|року|рік", NULL };
static const char *const until[] = { "to|till|until|through|по|до", NULL };
static const char *const since[] = { "since|с|со|з|із", NULL };
static const char *const fillers[] = { "the|time|наст|настоящее|нинішній|теперішній|н", NULL };
static const char *const present[] = {
	"present|now|current|currently|today|ongoing",
	"настоящее|наст|сейчас|сегодня|нынешнее|текущее",
	"н в|вр|время|час",
	"дотепер|зараз|сьогодні|нині|теперішній|теперішнього|досі",
	NULL,
};
static const char *const studies[] = {
	"university|college|institute|bachelor|master|bsc|msc|phd|student|school|degree|faculty",
	"университет*|институт*|бакалавр*|магистр*|факультет*|студент*|школ*|колледж*|вуз|техникум*"
	"|"
	"специальност*",
	"університет*|інститут*|магістр*|бакалаврат*|коледж*|спеціальніст*|спеціальност*",
	NULL,
};

/* --- dates --------------------------------------------------------------------------- */

static int year_of(const char *digits)
{
	const long year = strspn(digits, "0123456789") == 4 && digits[4] == '\0'
	                          ? strtol(digits, NULL, 10)
	                          : 0;

	return year >= YEAR_MIN && year <= YEAR_MAX ? (int)year : 0;
}

static int month_number(const char *digits)
{
	const size_t len = strspn(digits, "0123456789");
	const long month = len == 1 || len == 2 ? strtol(digits, NULL, 10) : 0;

	return month >= 1 && month <= MONTHS ? (int)month : 0;
}

static int month_name(const struct page *page, size_t at)
{
	for (int i = 0; i < MONTHS; i++)
		if (utterance_match(&page->base.words, at, months[i]) != 0)
			return i + 1;
	return 0;
}

/* "2020.08" is one word. */
static bool read_year_first(const char *word, struct date *ret_date)
{
	char year[5] = "";
	int month;

	if (strnlen(word, sizeof(year)) < sizeof(year) || word[4] != '.')
		return false;
	memcpy(year, word, 4);
	month = word[5 + strspn(word + 5, "0123456789")] == '\0' ? month_number(word + 5) : 0;
	if (month == 0 || year_of(year) == 0)
		return false;
	ret_date->month = year_of(year) * MONTHS + month - 1;
	ret_date->is_year = false;
	return true;
}

/* "08.2020" is one word as well. */
static bool read_joined(const char *word, struct date *ret_date)
{
	const char *dot = strrchr(word, '.');
	const int year = dot == NULL ? 0 : year_of(dot + 1);
	const char *month = word;
	int number;

	if (year == 0)
		return false;
	/* "14.05.2020": the middle one is the month. */
	if (strchr(word, '.') != dot)
		month = strchr(word, '.') + 1;
	number = month_number(month);
	ret_date->month = year * MONTHS + (number > 0 ? number - 1 : 0);
	ret_date->is_year = number == 0;
	return true;
}

/* One sign stands before word `at` as within "2020-08", "08/2020". */
static bool is_within_date(const struct page *page, size_t at)
{
	const size_t start = page->base.spans[at - 1].end;

	return page->base.spans[at].start - start == 1 &&
	       strchr("-/.", page->base.text[start]) != NULL;
}

/* The month behind the year at word `at`: "2020-08"; 0 if there is none. */
static int month_behind(const struct page *page, size_t at)
{
	return at + 1 < page->count && strlen(page_word(page, at + 1)) == 2 &&
	                       is_within_date(page, at + 1)
	               ? month_number(page_word(page, at + 1))
	               : 0;
}

static bool date_at(const struct page *page, size_t at, struct date *ret_date)
{
	int month, year;

	if (at >= page->count)
		return false;
	ret_date->end = at + 1;
	if (read_year_first(page_word(page, at), ret_date) ||
	    read_joined(page_word(page, at), ret_date))
		return true;
	year = year_of(page_word(page, at));
	month = month_behind(page, at);
	if (year > 0 && month > 0) {
		*ret_date = (struct date){ year * MONTHS + month - 1, false, at + 2 };
		return true;
	}
	if (year > 0) {
		*ret_date = (struct date){ year * MONTHS, true, at + 1 };
		return true;
	}
	month = month_name(page, at);
	if (month == 0 && at + 1 < page->count &&
	    (page->gaps[at + 1] == PAGE_SIGN || is_within_date(page, at + 1)))
		month = month_number(page_word(page, at));
	year = year_of(page_word(page, at + 1));
	if (month == 0 || year == 0)
		return false;
	*ret_date = (struct date){ year * MONTHS + month - 1, false, at + 2 };
	return true;
}

/* --- periods ------------------------------------------------------------------------- */

static bool has_dash(const struct page *page, size_t at)
{
	const char *text = page->base.text;

	for (size_t i = page->base.spans[at - 1].end; i < page->base.spans[at].start; i++)
		if (text[i] == '-' || strncmp(text + i, "–", 3) == 0 ||
		    strncmp(text + i, "—", 3) == 0 || strncmp(text + i, "−", 3) == 0)
			return true;
	return false;
}

/* The word behind "–", "to", "по" after a date, or 0. */
static size_t after_dash(const struct page *page, size_t at)
{
	size_t next = at;

	if (page_is(page, next, year_marks))
		next++;
	if (next >= page->count)
		return 0;
	if (page_is(page, next, until))
		return next + 1;
	return has_dash(page, next) ? next : 0;
}

static bool is_present(const struct page *page, size_t at)
{
	return page_is(page, at, present) ||
	       (page_is(page, at, fillers) && page_is(page, at + 1, present)) ||
	       (page_is(page, at, until) && page_is(page, at + 1, present));
}

static int end_month(const struct date *start, const struct date *end)
{
	if (!end->is_year)
		return end->month + 1;
	return end->month == start->month ? start->month + HALF_YEAR : end->month;
}

/* "since 2020" */
static bool is_since(const struct page *page, size_t at)
{
	return at > 0 && page->gaps[at] == PAGE_SPACE && page_is(page, at - 1, since);
}

static bool period_at(const struct page *page, size_t at, int now, struct period *ret_period)
{
	struct date start, end;
	size_t next;

	if (!date_at(page, at, &start))
		return false;
	next = after_dash(page, start.end);
	if (next == 0 && is_since(page, at))
		*ret_period = (struct period){ start.month, now, at - 1, start.end };
	else if (next == 0)
		return false;
	else if (is_present(page, next))
		*ret_period = (struct period){ start.month, now, at, next + 1 };
	else if (date_at(page, next, &end))
		*ret_period = (struct period){ start.month, end_month(&start, &end), at, end.end };
	else
		return false;
	if (ret_period->end > now)
		ret_period->end = now;
	return ret_period->end > ret_period->start;
}

/* Looks around a word in a line, which may be endless. */
static bool is_about_studies(const struct page *page, const struct page_line *line, size_t at)
{
	const size_t from = at > line->first + AROUND ? at - AROUND : line->first;
	const size_t to = at + AROUND < line->end ? at + AROUND : line->end;

	return page_has(page, from, to, studies);
}

/* --- what the work was ------------------------------------------------------------------ */

/* The line has nothing but the dates of one job. */
static bool is_bare(const struct page *page, const struct period *period)
{
	const struct page_line *line = &page->lines[page->lines_of[period->at]];

	return period->at <= line->first + 1 && period->stop + 1 >= line->end;
}

/* The words of a period's line around it, up to the periods beside it. */
static enum occupation said_beside(const struct page *page, const struct periods *all, size_t index)
{
	const struct period *period = &all->items[index];
	const struct page_line *line = &page->lines[page->lines_of[period->at]];
	size_t from = period->at > line->first + AROUND ? period->at - AROUND : line->first;
	size_t to = period->stop + AROUND < line->end ? period->stop + AROUND : line->end;

	if (index > 0 && all->items[index - 1].stop > from)
		from = all->items[index - 1].stop;
	if (index + 1 < all->count && all->items[index + 1].at < to)
		/* What stands between two periods belongs to the one behind it or before it. */
		to = line->first < all->items[0].at ? period->stop : all->items[index + 1].at;
	return occupation_in(page, from, to);
}

/* Headings stand above their dates unless the first dates follow the name of the part. */
static bool is_above(const struct page *page, const struct periods *all)
{
	const size_t number = page->lines_of[all->items[0].at];

	return number > 0 && !page->lines[number - 1].is_heading;
}

/* Lines above or below the dates, up to those of another job. */
static enum occupation said_nearby(const struct page *page, const struct periods *all, size_t index)
{
	const size_t number = page->lines_of[all->items[index].at];
	const size_t before = index > 0 ? page->lines_of[all->items[index - 1].at] + 1 : 0;
	const size_t behind = index + 1 < all->count ? page->lines_of[all->items[index + 1].at]
	                                             : page->line_count;
	const size_t reach = is_bare(page, &all->items[index]) ? HEADING_LINES : 1;
	/* In a table the cells of the dates before may stand right above. */
	const bool is_up = is_above(page, all) && number > before;
	enum occupation found = OCCUPATION_UNSAID;

	for (size_t i = 1; i <= reach && found == OCCUPATION_UNSAID; i++) {
		const size_t at = is_up ? number - i : number + i;

		/* Below zero is beyond the last one, too. */
		if (at < before || at >= behind || page->lines[at].is_heading)
			break;
		if (page->lines[at].end - page->lines[at].first <= HEADING_WORDS)
			found = occupation_in(page, page->lines[at].first, page->lines[at].end);
	}
	return found;
}

/* Where something was learned stands as what the work was does. */
static bool is_study(const struct page *page, const struct periods *all, size_t index,
                     bool is_said_beside)
{
	const size_t at = all->items[index].at, number = page->lines_of[at];
	const struct page_line *near = &page->lines[number];

	if (is_about_studies(page, near, at))
		return true;
	if (is_said_beside || (!is_above(page, all) && number + 1 == page->line_count))
		return false;
	near += is_above(page, all) ? -1 : 1;
	return is_about_studies(page, near, near->first);
}

static bool is_other_work(const struct page *page, const struct periods *all, size_t index)
{
	enum occupation occupation = said_beside(page, all, index);

	if (is_study(page, all, index, occupation != OCCUPATION_UNSAID))
		return true;
	if (occupation == OCCUPATION_UNSAID)
		occupation = said_nearby(page, all, index);
	return occupation == OCCUPATION_OTHER;
}

static struct periods find_periods(const struct page *page, int now)
{
	struct periods all = { .count = 0 }, found = { .count = 0 };

	for (size_t at = 0; at < page->count && all.count < PERIODS_MAX;) {
		struct period period;

		if (!period_at(page, at, now, &period) ||
		    page->lines[page->lines_of[at]].part != PAGE_WORK) {
			at++;
			continue;
		}
		all.items[all.count++] = period;
		at = period.stop;
	}
	for (size_t i = 0; i < all.count; i++)
		if (!is_other_work(page, &all, i))
			found.items[found.count++] = all.items[i];
	return found;
}

static int by_start(const void *a, const void *b)
{
	const struct period *x = a, *y = b;

	return (x->start > y->start) - (x->start < y->start);
}

/* Months in at least one of the periods, which get sorted. */
static int count_months(struct periods *periods)
{
	int count = 0, until_month = 0;

	qsort(periods->items, periods->count, sizeof(*periods->items), by_start);
	for (size_t i = 0; i < periods->count; i++) {
		const struct period *period = &periods->items[i];
		const int from = period->start > until_month ? period->start : until_month;

		if (period->end <= from)
			continue;
		count += period->end - from;
		until_month = period->end;
	}
	return count;
}

static const char *quote(const struct page *page, const struct periods *periods)
{
	struct buf text;

	buf_init(&text, page->base.arena);
	for (size_t i = 0; i < periods->count && i < QUOTED; i++)
		buf_printf(&text, "%s%s", i == 0 ? "" : "; ",
		           facts_page_slice(&page->base, periods->items[i].at,
		                            periods->items[i].stop - 1));
	buf_str(&text, periods->count > QUOTED ? "; …" : "");
	return text.data;
}

struct years years_dated(const struct page *page, int now)
{
	struct periods periods = find_periods(page, now);
	const char *words = quote(page, &periods);
	const int count = count_months(&periods);
	const int halves = (count + HALF_YEAR / 2) / HALF_YEAR;

	if (periods.count == 0)
		return (struct years){ -1, NULL };
	return (struct years){ halves / 2.0 < YEARS_MAX ? halves / 2.0 : YEARS_MAX, words };
}
