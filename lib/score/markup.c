#include "score/markup.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "score/fold.h"

enum { MAX_TAG = 200, MAX_NAME = 10, MAX_REFERENCE = 8, MAX_ITEM_DIGITS = 2 };

/*
 * In strcmp order. Other names in angle brackets are code: Map<String>. A model's prompts
 * have the roles, and so have orders that pretend to be part of one.
 */
static const char *const block_tags[] = { "assistant", "blockquote", "br",    "dd", "div", "dl",
	                                  "dt",        "h1",         "h2",    "h3", "h4",  "h5",
	                                  "h6",        "hr",         "li",    "ol", "p",   "pre",
	                                  "section",   "system",     "table", "td", "th",  "tr",
	                                  "ul",        "user" };
static const char *const inline_tags[] = { "a",     "b",     "body", "code",   "del", "em",
	                                   "font",  "html",  "i",    "ins",    "kbd", "mark",
	                                   "s",     "small", "span", "strong", "sub", "sup",
	                                   "tbody", "thead", "u" };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static int compare(const void *key, const void *element)
{
	return strcmp(key, *(const char *const *)element);
}

#define HAS(list, name) (bsearch(name, list, COUNT(list), sizeof(*(list)), compare) != NULL)

/* Case-folded name of the tag at `p`, which is "<" or "</" already passed. */
static size_t tag_name(const char *p, const char *end, char name[MAX_NAME + 1])
{
	size_t len = 0;

	while (p + len < end && len < MAX_NAME) {
		char c = p[len];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c + 32);
		if ((c < 'a' || c > 'z') && (c < '0' || c > '9'))
			break;
		name[len++] = c;
	}
	name[len] = '\0';
	return len;
}

/* The character of "#39", "#x27" or a name before a semicolon, 0 if it does not matter. */
static uint32_t named_sign(const char *name, size_t len)
{
	static const struct {
		const char *name;
		uint32_t sign;
	} signs[] = { { "apos", '\'' },
		      { "rsquo", 0x2019 },
		      { "ndash", 0x2013 },
		      { "mdash", 0x2014 },
		      { "hellip", 0x2026 } };

	if (name[0] == '#') {
		bool hex = (name[1] | 32) == 'x';

		/* The semicolon stops it. */
		return (uint32_t)strtoul(name + 1 + hex, NULL, hex ? 16 : 10);
	}
	for (size_t i = 0; i < COUNT(signs); i++) {
		if (strlen(signs[i].name) == len && memcmp(signs[i].name, name, len) == 0)
			return signs[i].sign;
	}
	return 0;
}

const char *markup_reference(const char *p, const char *end, uint32_t *ret_sign)
{
	if (*p != '&')
		return NULL;
	for (int i = 1; i <= MAX_REFERENCE && p + i < end; i++) {
		char c = p[i];

		if (c == ';') {
			if (i > 1)
				*ret_sign = named_sign(p + 1, (size_t)i - 1);
			return i > 1 ? p + i + 1 : NULL;
		}
		if (c != '#' && (c < '0' || c > '9') && (c < 'a' || c > 'z') &&
		    (c < 'A' || c > 'Z'))
			return NULL;
	}
	return NULL;
}

const char *markup_tag(const char *p, const char *end, bool *ret_block)
{
	char name[MAX_NAME + 1];
	const char *rest = p + 1, *close;
	size_t room;

	if (*p != '<')
		return NULL;
	if (rest < end && *rest == '/')
		rest++;
	rest += tag_name(rest, end, name);
	if (rest < end && *rest != '>' && *rest != '/' && *rest != ' ' && *rest != '\n')
		return NULL;
	room = (size_t)(end - rest) < MAX_TAG ? (size_t)(end - rest) : MAX_TAG;
	close = memchr(rest, '>', room);
	if (close == NULL || !(HAS(block_tags, name) || HAS(inline_tags, name)))
		return NULL;
	*ret_block = HAS(block_tags, name);
	return close + 1;
}

static const char *skip_blanks(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || *p == '\t' || *p == '\r'))
		p++;
	return p;
}

/* The text after "12. " or "3) ", NULL if no such number stands at `p`. */
static const char *item_number_end(const char *p, const char *end)
{
	int digits = 0;

	while (p < end && fold_is_digit((unsigned char)*p) && digits <= MAX_ITEM_DIGITS) {
		p++;
		digits++;
	}
	if (digits == 0 || digits > MAX_ITEM_DIGITS || end - p < 2)
		return NULL;
	return (*p == '.' || *p == ')') && p[1] == ' ' ? p + 2 : NULL;
}

/* The text after "- ", "* ", "## ", "> " or a bullet, NULL if none stands at `p`. */
static const char *item_sign_end(const char *p, const char *end)
{
	const char *next = p;
	uint32_t sign;

	if (p == end)
		return NULL;
	sign = text_next(&next, end);
	while (sign == '#' && next < end && *next == '#')
		next++;
	if (sign != '-' && sign != '*' && sign != '+' && sign != '#' && sign != '>' &&
	    sign != 0x2022 && sign != 0x2013 && sign != 0x2014)
		return NULL;
	return next < end && (*next == ' ' || *next == '\t') ? next + 1 : NULL;
}

static bool is_capital(uint32_t c)
{
	return text_is_letter(c) && text_lower(c) != c;
}

const char *markup_line_start(const char *p, const char *end, bool *ret_block)
{
	const char *line = skip_blanks(p, end), *item;

	*ret_block = line < end && *line == '\n';
	item = item_number_end(line, end);
	if (item == NULL)
		item = item_sign_end(line, end);
	if (item != NULL) {
		*ret_block = true;
		return item;
	}
	if (line < end && *line != '\n') {
		const char *next = line;
		uint32_t c = text_next(&next, end);

		*ret_block |= is_capital(c) && (next == end || !is_capital(text_next(&next, end)));
	}
	return line;
}

static const char *skip_space(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r'))
		p++;
	return p;
}

const char *markup_object(const char *text, const char *end)
{
	const char *p = skip_space(text, end);

	if (p == end || *p != '{')
		return text;
	p = skip_space(p + 1, end);
	if (p == end || *p != '"')
		return text;
	for (p++; p < end && *p != '"' && *p != ' '; p++)
		continue;
	if (p == end || *p != '"')
		return text;
	p = skip_space(p + 1, end);
	return p < end && *p == ':' ? p + 1 : text;
}
