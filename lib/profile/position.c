#include "profile/position.h"

#include <string.h>

#include "base/text.h"
#include "examiner/facts_words.h"

/* Words of a line that is a title, and of a position; lines below a label; bytes of a title. */
enum { CYRILLIC_END = 0x530 };

enum {
	TITLE_MAX = 12,
	POSITION_MAX = 8,
	BELOW_LABEL = 2,
	NAME_MAX_WORDS = 4,
	LEFT_IN_SENTENCE = 3
};

static const char *const jobs[] = {
	"lead|teamlead|techlead|specialist|consultant|dev-ops|owner|intern|internship",
	"team|tech lead",
	"machine learning engineer",
	"специалист*|консультант*|тимлид*|техлид*|тімлід*|техлід*|спеціаліст*|фахівець|фахівчиня|"
	"верстальниц*|програмістк*|архітекторк*|інженерк*|стажер*",
	NULL,
};

static const char *const heads[] = { "team|tech lead", NULL };

static const char *const labels[] = {
	"position|objective|role|vacancy",
	"desired|target|wanted position|role|job|title",
	"job title",
	"желаемая|желаемую|искомая должность|позиция",
	"должность|позиция|вакансия",
	"бажана посада|позиція",
	"посада|позиція",
	NULL,
};

static const char *const level_labels[] = {
	"level|grade|seniority",
	"уровень|грейд",
	"рівень|грейд",
	NULL,
};

static const char *const stops[] = {
	"with|who|at|from|having|and|for|that|since|based|experienced|skilled|passionate|currently|"
	"i|im|am|a|an|the|as|of|to|years|year|open|looking|seeking|located",
	"с|со|в|во|на|и|из|от|у|я|как|лет|года|опыт*|опытный|готов*|ищу|умею|работаю|работал*",
	"з|із|зі|у|в|на|та|і|й|від|я|як|років|роки|досвід*|готов*|шукаю|працюю|працював|працювала",
	NULL,
};

struct level {
	const char *name, *pattern;
};

/* Beside those of the talk (examiner/facts_words.h): how titles have them. */
static const struct level levels[] = {
	{ "senior", "senior+|staff|head|chief|expert|старшая|старша|ведущая|ведущего|провідна|"
	            "провідного|главный|главная|головний|головна|сеньйорк*" },
	{ "middle", "middle+|mid+|regular|middle++" },
	{ "junior", "junior+|internship|entry|младшая|молодша|початківиця|начинающая|стажерк*|"
	            "стажировк*|практикант*" },
	{ NULL, NULL },
};

const char *position_level_at(const struct page *page, size_t at)
{
	for (const struct level *row = levels; row->name != NULL; row++)
		if (utterance_match(&page->base.words, at, row->pattern) != 0)
			return row->name;
	for (const struct facts_level *row = facts_levels; row->name != NULL; row++)
		if (utterance_match(&page->base.words, at, row->pattern) != 0)
			return row->name;
	return NULL;
}

/* --- titles -------------------------------------------------------------------- */

static bool is_job(const struct page *page, size_t at)
{
	return page_is(page, at, facts_jobs) || page_is(page, at, jobs);
}

/* True if the title goes on over what stands before word `at`. */
static bool is_joined(const struct page *page, size_t at)
{
	const size_t start = page->base.spans[at - 1].end, end = page->base.spans[at].start;

	return page->gaps[at] != PAGE_PARTED && (page->gaps[at] != PAGE_SIGN || end - start == 1);
}

/* "Developer 1C / Bitrix", "Team lead / architect", but not "Developer / Kyiv". */
static bool is_slashed(const struct page *page, size_t job, size_t at, size_t end)
{
	const size_t start = page->base.spans[at - 1].end;

	if (page->gaps[at] != PAGE_SIGN || strncmp(page->base.text + start, " / ", 3) != 0)
		return false;
	return is_job(page, at) || (at + 1 < end && is_job(page, at + 1)) ||
	       (facts_page_is_cyrillic(&page->base, job) &&
	        !facts_page_is_cyrillic(&page->base, at));
}

static size_t left_of(const struct page *page, size_t job, size_t from, bool is_sentence)
{
	size_t first = job;

	while (first > from && job - first <= POSITION_MAX && is_joined(page, first) &&
	       !page_is(page, first - 1, stops) && (!is_sentence || job - first < LEFT_IN_SENTENCE))
		first--;
	return first;
}

static size_t right_of(const struct page *page, size_t job, size_t end, bool is_sentence)
{
	size_t last = job + 1;

	while (last < end && last - job <= POSITION_MAX &&
	       (is_joined(page, last) || is_slashed(page, job, last, end))) {
		const size_t more = utterance_match_any(&page->base.words, last, facts_job_ends);

		if (more == 0 &&
		    (page_is(page, last, stops) || (is_sentence && !is_job(page, last))))
			break;
		last = more > last && more <= end ? more : last + 1;
	}
	return last;
}

/* "lead" and the like are a level before another job, and a job of their own without. */
static bool is_level_only(const struct page *page, size_t at, size_t first, size_t end)
{
	if (position_level_at(page, at) == NULL ||
	    (at + 1 < end && is_job(page, at) && is_slashed(page, at, at + 1, end)))
		return false;
	for (size_t i = first; i < end; i++)
		if (i != at && is_job(page, i) && position_level_at(page, i) == NULL)
			return true;
	return !is_job(page, at);
}

static uint32_t upper_of(uint32_t letter)
{
	for (uint32_t upper = 'A'; upper < CYRILLIC_END; upper++)
		if (upper != letter && text_lower(upper) == letter)
			return upper;
	return letter;
}

/* What is left of "Senior developer" begins with a capital as well, but not "iOS developer". */
static const char *words_of(const struct page *page, size_t first, size_t end, bool has_capital)
{
	const char *words = facts_page_slice(&page->base, first, end - 1);
	const char *stop = words + strlen(words), *rest = words, *second;
	const uint32_t letter = text_next(&rest, stop);
	char capital[5] = "";
	uint32_t next;

	second = rest;
	next = second < stop ? text_next(&second, stop) : ' ';
	if (!has_capital || text_lower(next) != next || !text_is_letter(next))
		return words;
	capital[text_encode(upper_of(letter), capital)] = '\0';
	return arena_printf(page->base.arena, "%s%s", capital, rest);
}

/* The title around the first job in the words `from` to `end` of a line. */
static struct proposal_value title_in(const struct page *page, size_t from, size_t end,
                                      size_t *ret_at)
{
	const bool is_sentence = end - from > TITLE_MAX;

	for (size_t job = from; job < end; job++) {
		size_t first, last;
		bool is_capital;

		if (!is_job(page, job) || page_is_address(page, job) ||
		    (is_sentence && position_level_at(page, job) != NULL))
			continue;
		first = left_of(page, job, from, is_sentence);
		last = right_of(page, job, end, is_sentence);
		is_capital = facts_page_is_capital(&page->base, first);
		while (first < last - 1 && is_level_only(page, first, first, last))
			first += strcmp(page_word(page, first + 1), "level") == 0 &&
			                         first + 2 < last
			                 ? 2
			                 : 1;
		while (last > first + 1 && is_level_only(page, last - 1, first, last) &&
		       !page_is(page, last - 2, heads))
			last--;
		*ret_at = job;
		if (last - first <= POSITION_MAX)
			return (struct proposal_value){ words_of(page, first, last, is_capital),
				                        page_quote(page, job) };
	}
	return (struct proposal_value){ NULL, NULL };
}

/* --- where titles stand ---------------------------------------------------------- */

static struct proposal_value by_label(const struct page *page, size_t *ret_at)
{
	for (size_t i = 0; i < page->line_count; i++) {
		const struct page_line *line = &page->lines[i];
		const size_t end = utterance_match_any(&page->base.words, line->first, labels);
		struct proposal_value found = { NULL, NULL };

		if (end == 0 || end > line->end)
			continue;
		found = title_in(page, end, line->end, ret_at);
		for (size_t j = i + 1; j < page->line_count && j <= i + BELOW_LABEL; j++)
			if (found.value == NULL)
				found = title_in(page, page->lines[j].first, page->lines[j].end,
				                 ret_at);
		if (found.value != NULL)
			return found;
	}
	return (struct proposal_value){ NULL, NULL };
}

/* Two to four words with capitals and nothing else: somebody's name. */
static bool is_name(const struct page *page, const struct page_line *line)
{
	if (line->end - line->first < 2 || line->end - line->first > NAME_MAX_WORDS)
		return false;
	for (size_t at = line->first; at < line->end; at++)
		if (!facts_page_is_capital(&page->base, at) || is_job(page, at) ||
		    (at > line->first && page->gaps[at] == PAGE_PARTED))
			return false;
	return true;
}

static bool is_short(const struct page_line *line)
{
	return line->end - line->first <= TITLE_MAX;
}

static bool is_at_top(const struct page *page, size_t line)
{
	return page->lines[line].part == PAGE_TOP && is_short(&page->lines[line]);
}

static bool is_below_name(const struct page *page, size_t line)
{
	return line > 0 && is_short(&page->lines[line]) && is_name(page, &page->lines[line - 1]);
}

static bool is_in_work(const struct page *page, size_t line)
{
	return page->lines[line].part == PAGE_WORK && is_short(&page->lines[line]);
}

static bool is_in_summary(const struct page *page, size_t line)
{
	return page->lines[line].part <= PAGE_SUMMARY;
}

static bool is_no_study(const struct page *page, size_t line)
{
	return page->lines[line].part != PAGE_STUDIES;
}

struct proposal_value position_find(const struct page *page, size_t *ret_at)
{
	static bool (*const places[])(const struct page *, size_t) = {
		is_at_top, is_below_name, is_in_work, is_in_summary, is_no_study,
	};
	struct proposal_value found = by_label(page, ret_at);

	for (size_t place = 0; place < sizeof(places) / sizeof(*places); place++)
		for (size_t i = 0; i < page->line_count && found.value == NULL; i++)
			if (places[place](page, i))
				found = title_in(page, page->lines[i].first, page->lines[i].end,
				                 ret_at);
	if (found.value == NULL)
		*ret_at = page->count;
	return found;
}

/* --- the level --------------------------------------------------------------------- */

static struct proposal_value level_in(const struct page *page, size_t first, size_t end)
{
	for (size_t at = first; at < end; at++) {
		const char *level = position_level_at(page, at);

		if (level != NULL)
			return (struct proposal_value){ level, page_quote(page, at) };
	}
	return (struct proposal_value){ NULL, NULL };
}

static bool has_job(const struct page *page, const struct page_line *line)
{
	for (size_t at = line->first; at < line->end; at++)
		if (is_job(page, at))
			return true;
	return false;
}

/* The level of the line, if it has the title of a job; `*ret_is_title` says so. */
static struct proposal_value level_of_job(const struct page *page, size_t line, bool *ret_is_title)
{
	*ret_is_title = is_in_work(page, line) && has_job(page, &page->lines[line]);
	return *ret_is_title ? level_in(page, page->lines[line].first, page->lines[line].end)
	                     : (struct proposal_value){ NULL, NULL };
}

/* "..., level: middle" within a line; "English level: intermediate" is none. */
static struct proposal_value level_behind_label(const struct page *page)
{
	static const char *const skills[] = { "intermediate|beginner|expert", NULL };

	for (size_t at = 1; at + 1 < page->count; at++)
		if (page_is(page, at, level_labels) && page->gaps[at + 1] == PAGE_SIGN &&
		    page->lines_of[at] == page->lines_of[at + 1] &&
		    position_level_at(page, at + 1) != NULL && !page_is(page, at + 1, skills))
			return level_in(page, at + 1, at + 2);
	return (struct proposal_value){ NULL, NULL };
}

struct proposal_value position_level(const struct page *page, size_t at)
{
	struct proposal_value found = { NULL, NULL };
	bool is_title = false;

	if (at < page->count) {
		const struct page_line *line = &page->lines[page->lines_of[at]];

		found = is_short(line) ? level_in(page, line->first, line->end)
		                       : level_in(page, at > 2 ? at - 2 : 0, at + 1);
	}
	for (size_t i = 0; i < page->line_count && found.value == NULL; i++)
		if (page_is(page, page->lines[i].first, level_labels))
			found = level_in(page, page->lines[i].first + 1, page->lines[i].end);
	if (found.value == NULL)
		found = level_behind_label(page);
	for (size_t i = 0; i < page->line_count && found.value == NULL && is_at_top(page, i); i++)
		found = level_in(page, page->lines[i].first, page->lines[i].end);
	for (size_t i = 0; i < page->line_count && found.value == NULL && !is_title; i++)
		found = level_of_job(page, i, &is_title);
	return found;
}
