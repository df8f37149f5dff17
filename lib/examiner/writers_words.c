#include "examiner/writers_words.h"

#include <string.h>

#include "base/text.h"
#include "examiner/guard.h"
#include "examiner/writers_hire.h"

enum { RESOURCE_MAX = 80, DIGITS_IN_ROW = 4, PHONE_DIGITS = 7, PHONE_GROUPS = 3 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Of a folded text: letters of other alphabets are bytes above ASCII. */
static bool is_alnum(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* --- characters ------------------------------------------------------------------------ */

/* What does not show, turns the line round or stands for a sign of ASCII. */
static bool is_unseen(uint32_t c)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
		{ 0x01, 0x09 },     { 0x0B, 0x1F },     { 0x7F, 0x9F },       { 0xAD, 0xAD },
		{ 0x61C, 0x61C },   { 0x180E, 0x180E }, { 0x200B, 0x200F },   { 0x2024, 0x2024 },
		{ 0x2028, 0x202E }, { 0x2060, 0x206F }, { 0x3002, 0x3002 },   { 0xFEFF, 0xFEFF },
		{ 0xFF01, 0xFF61 }, { 0xFFF9, 0xFFFB }, { 0xE0000, 0xE0FFF },
	};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(*ranges); i++)
		if (c >= ranges[i].first && c <= ranges[i].last)
			return true;
	return false;
}

static bool has_unseen(const char *text)
{
	const char *end = text + strlen(text);

	while (text < end)
		if (is_unseen(text_next(&text, end)))
			return true;
	return false;
}

static bool has_formula(const char *text)
{
	const char *end = text + strlen(text);
	bool is_start = true;

	while (text < end) {
		uint32_t c = text_next(&text, end);

		if (is_start && (c == '=' || c == '+' || c == '@'))
			return true;
		is_start = c == '\n' || (is_start && text_is_space(c));
	}
	return false;
}

/* --- links ------------------------------------------------------------------------------- */

static bool is_in(const char *const *list, const char *text, size_t len)
{
	for (; *list != NULL; list++)
		if (strlen(*list) == len && memcmp(*list, text, len) == 0)
			return true;
	return false;
}

static bool has_scheme(const char *folded)
{
	static const char *const schemes[] = { "mailto:", "javascript:", "vbscript:", "data:",
		                               "tel:",    "sms:",        "http:",     "https:",
		                               "ftp:",    "file:",       "tg:" };

	if (strstr(folded, "://") != NULL)
		return true;
	for (size_t i = 0; i < sizeof(schemes) / sizeof(*schemes); i++) {
		const char *at = folded;

		while ((at = strstr(at, schemes[i])) != NULL) {
			bool is_word = at == folded || !is_alnum(at[-1]);

			at += strlen(schemes[i]);
			/* "data: types" is a sentence. */
			if (is_word && strchr(" \n", *at) == NULL)
				return true;
		}
	}
	return false;
}

/* Whether a run of labels, as in evil.example, is an address with what follows it. */
static bool is_host(const char *run, size_t len, const char *after)
{
	static const char *const top[] = { "com", "org", "biz", "ru",  "ua",
		                           "su",  "xyz", "рф",  "укр", NULL };
	static const char *const trade[] = { "js", NULL }, *const net[] = { "asp.net", NULL };
	const char *tail = run + len;
	size_t tail_len;

	while (tail > run && tail[-1] != '.')
		tail--;
	tail_len = (size_t)(run + len - tail);
	if (tail - run < 2 || tail_len < 2)
		return false;
	if (is_in(top, tail, tail_len))
		return true;
	for (size_t i = 0; i < tail_len; i++)
		if (tail[i] < 'a' || tail[i] > 'z')
			return false;
	if (is_in(trade, tail, tail_len) || is_in(net, run, len))
		return false;
	return after[0] == '/' || (after[0] == ':' && is_digit(after[1]));
}

static bool has_host(const char *folded)
{
	while (*folded != '\0') {
		size_t len = 0, whole;

		while (is_alnum(folded[len]) || folded[len] == '-' || folded[len] == '.')
			len++;
		if (len == 0) {
			folded++;
			continue;
		}
		whole = len;
		while (len > 0 && folded[len - 1] == '.')
			len--;
		if (is_host(folded, len, folded + whole))
			return true;
		folded += whole;
	}
	return false;
}

static bool has_mail(const char *folded)
{
	for (const char *at = strchr(folded, '@'); at != NULL; at = strchr(at + 1, '@'))
		if (at > folded && is_alnum(at[-1]) && is_alnum(at[1]))
			return true;
	return false;
}

static bool has_link(struct arena *arena, const char *text)
{
	const char *folded = text_folded(arena, text);

	return has_scheme(folded) || strstr(folded, "www.") != NULL || has_mail(folded) ||
	       strstr(folded, "](") != NULL || strstr(folded, "![") != NULL || has_host(folded);
}

/* --- markup and orders ------------------------------------------------------------------- */

/* A tag that ends something, has attributes or runs; List<String> is none. */
static bool has_tag(struct arena *arena, const char *text)
{
	const char *folded = text_folded(arena, text);

	for (const char *at = strchr(folded, '<'); at != NULL; at = strchr(at + 1, '<')) {
		size_t len = strcspn(at, ">\n");

		if (at[1] == '/' || at[1] == '!' || text_starts(at, "<script"))
			return true;
		if (at[1] >= 'a' && at[1] <= 'z' && at[len] == '>' && memchr(at, '=', len) != NULL)
			return true;
	}
	return false;
}

/*
 * "Explain each missing key point in your own words" is an order to give secrets away for an
 * examiner and good advice in a report.
 */
static const char *without_key_points(struct arena *arena, const char *text)
{
	static const char name[] = "ey point", other[] = "he topic";
	char *copy = arena_strdup(arena, text);

	for (char *at = copy; (at = strstr(at, name)) != NULL; at += strlen(other))
		if (at > copy && (at[-1] == 'k' || at[-1] == 'K')) {
			at[-1] = 't';
			memcpy(at, other, strlen(other));
		}
	return copy;
}

static bool has_orders(struct arena *arena, const char *text)
{
	struct guard_orders orders;

	guard_find_orders(arena, without_key_points(arena, text), &orders);
	return orders.count > 0;
}

static bool repeats(struct arena *arena, const char *text, const char *system)
{
	const struct score_texts secrets = { &system, 1 }, known = { NULL, 0 };

	return guard_leaks(arena, text, &secrets, &known);
}

const char *writers_words_fault(struct arena *arena, const char *words, const char *system)
{
	if (has_unseen(words))
		return "there are characters that are not seen or stand for others";
	if (has_formula(words))
		return "a line starts with =, + or @";
	if (has_link(arena, words))
		return "there must be no links";
	if (has_tag(arena, words))
		return "a sentence holds markup";
	if (repeats(arena, words, system))
		return "a sentence repeats these rules";
	if (writers_hire_orders(arena, words))
		return "nobody may be told to hire or to reject";
	return has_orders(arena, words) ? "a sentence gives orders to an examiner" : NULL;
}

/* --- resources --------------------------------------------------------------------------- */

/* "9 of 10", "9/10", behind the 9. */
static bool is_share(const char *after)
{
	static const char *const between[] = { "/", "of ", "out of ", "из ", "з ", "із ", NULL };

	after += strspn(after, " ");
	for (size_t i = 0; between[i] != NULL; i++)
		if (text_starts(after, between[i])) {
			const char *next = after + strlen(between[i]);

			return is_digit(next[strspn(next, " ")]);
		}
	return false;
}

/* Figures with nothing but signs between them, as telephone numbers are written. */
static bool is_phone(const char *folded, size_t at)
{
	size_t digits = 0, groups = 0;

	if (at > 0 && folded[at - 1] == '+' &&
	    (at == 1 || (folded[at - 2] != '+' && !is_alnum(folded[at - 2]))))
		return true;
	for (const char *c = folded + at; *c != '\0' && strchr("0123456789 -().", *c) != NULL;
	     c++) {
		digits += is_digit(*c);
		groups += is_digit(*c) && !is_digit(c[1]);
	}
	return digits >= PHONE_DIGITS && groups >= PHONE_GROUPS;
}

static bool has_figures(const char *folded)
{
	for (size_t at = 0; folded[at] != '\0'; at++) {
		size_t len = strspn(folded + at, "0123456789");

		if (len == 0)
			continue;
		if (len > DIGITS_IN_ROW || is_share(folded + at + len) || is_phone(folded, at))
			return true;
		at += len - 1;
	}
	return false;
}

bool writers_words_is_resource(struct arena *arena, const char *name, const char *before,
                               const char *system)
{
	const char *folded = text_folded(arena, name);

	if (text_count(name, strlen(name)) > RESOURCE_MAX || text_trimmed(arena, name)[0] == '\0' ||
	    strpbrk(name, "\n<>=`{}|\\@%") != NULL || name[0] == '-' || has_figures(folded))
		return false;
	return writers_words_fault(arena, name, system) == NULL &&
	       !repeats(arena, arena_printf(arena, "%s\n%s", before, name), system);
}
