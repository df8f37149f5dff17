#include "profile/page.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"

/* Words of a heading; bytes between two words of one name; code points of a quote. */
enum { HEADING_MAX = 7, SIGN_MAX = 3, QUOTE_MAX = 140, QUOTE_BYTES = 1000, ADDRESS_MAX = 200 };

struct heading {
	enum page_part part;
	const char *const *patterns;
};

static const char *const summary_names[] = {
	"summary|profile|objective|overview",
	"about me|myself",
	"professional|career summary|profile|objective",
	"о|обо себе|мне",
	"про себе|мене",
	"коротко|стисло|цель|мета|резюме",
	NULL,
};

static const char *const work_names[] = {
	"experience|employment|career",
	"work|professional|employment|commercial|relevant experience|history",
	"career history",
	"опыт|опыта|досвід",
	"опыт|досвід работы|роботи",
	"профессиональный|коммерческий|професійний|комерційний опыт|досвід",
	"места|місця работы|роботи",
	"где|де работал*|працював|працювала",
	"карьера|кар’єра|карєра",
	"трудова* деятельность|діяльність",
	NULL,
};

static const char *const skills_names[] = {
	"skills|technologies|stack|toolbox|tools|competencies|expertise|frameworks|databases|"
	"infrastructure|observability|testing|technology",
	"technical|key|core|hard|professional|it skills|competencies|expertise",
	"technical|tech|technology stack|summary",
	"programming languages",
	"skills and|& technologies|tools",
	"навыки|технологии|стек|инструменты|умения|фреймворки|инструментарий",
	"ключевые|профессиональные|технические|основные навыки|компетенции",
	"стек технологий|технологій",
	"чем|чим владею|володію",
	"навички|технології|інструменти|вміння|компетенції",
	"ключові|технічні|професійні|основні навички|компетенції",
	"языки|мови программирования|програмування",
	"базы|бази данных|даних",
	NULL,
};

static const char *const studies_names[] = {
	"education|courses|certificat*|training|trainings|academic*|qualifications",
	"образование|курсы|сертификаты|обучение|учеба",
	"повышение квалификации",
	"основное|дополнительное образование",
	"освіта|курси|сертифікати|навчання",
	"підвищення кваліфікації",
	NULL,
};

static const char *const other_names[] = {
	"contact|contacts|languages|interests|hobbies|references|projects|publications|awards",
	"side|personal|pet projects",
	"знание языков",
	"контакты|языки|хобби|интересы|проекты|рекомендации|увлечения",
	"учебные|личные проекты",
	"контакти|мови|хобі|інтереси|проєкти|проекти|захоплення",
	"навчальні|власні проєкти|проекти",
	"желаемая|бажана должность|посада",
	NULL,
};

/* The longer names first: "programming languages" are skills, "languages" are not. */
static const struct heading headings[] = {
	{ PAGE_SKILLS, skills_names },   { PAGE_WORK, work_names },
	{ PAGE_STUDIES, studies_names }, { PAGE_SUMMARY, summary_names },
	{ PAGE_OTHER, other_names },
};

/* --- words and what parts them ------------------------------------------------- */

static enum page_gap gap_of(const char *text, size_t start, size_t end)
{
	size_t signs = 0, breaks = 0;

	if (end - start == 1 && text[start] == '-')
		return PAGE_HYPHEN;
	for (size_t at = start; at < end; at++) {
		if (text[at] == ' ')
			continue;
		breaks += text[at] == '\n';
		signs++;
		if (strchr("-/.:&\n", text[at]) == NULL)
			return PAGE_PARTED;
	}
	if (signs == 0)
		return PAGE_SPACE;
	return end - start > SIGN_MAX || breaks > 1 ? PAGE_PARTED : PAGE_SIGN;
}

static void trim(const char *text, struct page_line *line)
{
	while (line->start < line->stop && strchr(" \t\r", text[line->start]) != NULL)
		line->start++;
	while (line->stop > line->start && strchr(" \t\r", text[line->stop - 1]) != NULL)
		line->stop--;
}

static size_t count_lines(const char *text)
{
	size_t count = 1;

	for (; *text != '\0'; text++)
		count += *text == '\n';
	return count;
}

/* Lines without words are left out. */
static void split_lines(struct page *page)
{
	const char *text = page->base.text;
	size_t start = 0, word = 0;

	page->lines = arena_array(page->base.arena, count_lines(text), sizeof(*page->lines));
	while (word < page->count) {
		struct page_line line = { .start = start, .first = word };

		line.stop = start + strcspn(text + start, "\n");
		while (word < page->count && page->base.spans[word].start < line.stop)
			page->lines_of[word++] = page->line_count;
		line.end = word;
		start = line.stop + 1;
		trim(text, &line);
		if (line.end > line.first)
			page->lines[page->line_count++] = line;
	}
}

/* --- the parts of a CV --------------------------------------------------------- */

/* Behind the name of a part at the beginning of the line, else 0. */
static size_t part_name(const struct page *page, const struct page_line *line,
                        enum page_part *ret_part)
{
	size_t longest = 0;

	for (size_t i = 0; i < sizeof(headings) / sizeof(*headings); i++) {
		const size_t end = utterance_match_any(&page->base.words, line->first,
		                                       headings[i].patterns);

		if (end > longest && end <= line->end) {
			longest = end;
			*ret_part = headings[i].part;
		}
	}
	return longest;
}

/* Nothing follows the name, or what a sign parts from it: "Experience: 5 years". */
static bool is_heading(const struct page *page, const struct page_line *line, size_t name_end)
{
	const char *text = page->base.text;
	size_t at;

	if (line->end - line->first > HEADING_MAX)
		return false;
	if (name_end == line->end)
		return true;
	at = page->base.spans[name_end - 1].end;
	while (text[at] == ' ')
		at++;
	return page->gaps[name_end] != PAGE_SPACE && strchr(",.", text[at]) == NULL;
}

static bool is_and(const char *word)
{
	static const char *const words[] = { "and", "и", "та", "і", "й" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strcmp(word, words[i]) == 0)
			return true;
	return false;
}

static void find_parts(struct page *page)
{
	enum page_part now = PAGE_TOP;

	for (size_t i = 0; i < page->line_count; i++) {
		struct page_line *line = &page->lines[i];
		enum page_part part = PAGE_TOP;
		const size_t end = part_name(page, line, &part);
		const bool names_more = end != 0 && end < line->end && is_and(page_word(page, end));

		line->is_heading = end != 0 && (is_heading(page, line, end) ||
		                                (names_more && line->end - line->first <= 5));
		/* A list of skills behind its label does not begin a part of the CV. */
		if (line->is_heading && (end == line->end || part != PAGE_SKILLS || names_more))
			now = part;
		line->part = now;
		line->is_skills = end != 0 && part == PAGE_SKILLS;
	}
}

struct page page_read(struct arena *arena, const char *text)
{
	struct page page = { .base = facts_page_read(arena, text) };

	page.count = page.base.words.count;
	page.gaps = arena_array(arena, page.count + 1, sizeof(*page.gaps));
	page.lines_of = arena_array(arena, page.count + 1, sizeof(*page.lines_of));
	for (size_t i = 0; i < page.count; i++)
		page.gaps[i] = i == 0 ? PAGE_PARTED
		                      : gap_of(text, page.base.spans[i - 1].end,
		                               page.base.spans[i].start);
	page.gaps[page.count] = PAGE_PARTED;
	split_lines(&page);
	find_parts(&page);
	return page;
}

/* --- looking at it ------------------------------------------------------------- */

const char *page_word(const struct page *page, size_t at)
{
	return at < page->count ? page->base.words.words[at].text : "";
}

bool page_is(const struct page *page, size_t at, const char *const *patterns)
{
	return facts_page_is(&page->base, at, patterns);
}

bool page_has(const struct page *page, size_t first, size_t end, const char *const *patterns)
{
	for (size_t at = first; at < end; at++)
		if (utterance_match_any(&page->base.words, at, patterns) != 0)
			return true;
	return false;
}

/* "github.com", but not "Node.js", "ASP.NET" or "2.0" */
static bool is_host(const char *start, size_t len)
{
	static const char *const names[] = { ".js", ".ts", ".net", "socket.io" };
	const char *dot = memrchr(start, '.', len);
	size_t letters = 0;

	if (dot == NULL || dot == start)
		return false;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const size_t name_len = strlen(names[i]);

		if (len >= name_len && strncasecmp(start + len - name_len, names[i], name_len) == 0)
			return false;
	}
	while (dot + letters + 1 < start + len &&
	       strchr("abcdefghijklmnopqrstuvwxyz", dot[letters + 1] | 0x20) != NULL)
		letters++;
	return letters >= 2 && dot + letters + 1 == start + len;
}

bool page_is_address(const struct page *page, size_t at)
{
	static const char ends[] = " \t\n()<>,;|"; /* the NUL ends it, too */
	const char *text = page->base.text;
	const size_t first = page->base.spans[at].start, last = page->base.spans[at].end;
	size_t start = first, end = last, slash, sign;

	while (start > 0 && first - start < ADDRESS_MAX && strchr(ends, text[start - 1]) == NULL)
		start--;
	while (end - last < ADDRESS_MAX && strchr(ends, text[end]) == NULL)
		end++;
	for (slash = start; slash < end && text[slash] != '/';)
		slash++;
	for (sign = start; sign < end && text[sign] != '@';)
		sign++;
	if (memmem(text + start, end - start, "://", 3) != NULL)
		return true;
	return (sign > start && sign < end && memchr(text + sign, '.', end - sign) != NULL) ||
	       (slash < end && is_host(text + start, slash - start));
}

const char *page_quote(const struct page *page, size_t at)
{
	const struct page_line *line = &page->lines[page->lines_of[at]];
	struct arena *arena = page->base.arena;
	const size_t word = page->base.spans[at].start;
	size_t start = line->start, len;
	const char *bytes;

	/* Of a long line the piece around the word. */
	if (word - start > QUOTE_MAX)
		start = page->base.spans[at - (at - line->first < 6 ? at - line->first : 6)].start;
	len = line->stop - start;
	bytes = page->base.text + start;
	/* Enough for so many characters, and cut between two. */
	if (len > QUOTE_BYTES)
		for (len = QUOTE_BYTES; ((unsigned char)bytes[len] & 0xC0) == 0x80; len--)
			continue;
	return text_shortened(arena, text_one_line(arena, arena_copy(arena, bytes, len)),
	                      QUOTE_MAX);
}
