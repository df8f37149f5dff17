#include "base/mustache_scan.h"

#include <string.h>

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

bool mustache_scan_white(char c)
{
	return is_blank(c) || c == '\n' || c == '\r';
}

struct mustache_slice mustache_scan_trimmed(const char *from, const char *to)
{
	while (from < to && mustache_scan_white(*from))
		from++;
	while (from < to && mustache_scan_white(to[-1]))
		to--;
	return (struct mustache_slice){ from, (size_t)(to - from) };
}

struct mustache_scanner mustache_scan_start(const char *text, size_t len)
{
	return (struct mustache_scanner){
		.begin = text,
		.at = text,
		.end = text + len,
		.counted = text,
		.line = 1,
		.open = "{{",
		.close = "}}",
	};
}

bool mustache_scan_line_start(const struct mustache_scanner *scanner, const char *at)
{
	return !scanner->no_lines && (at == scanner->begin || at[-1] == '\n');
}

/* Where the line of `at` begins, if nothing but blanks stands before `at`; else NULL. */
static const char *blank_before(const struct mustache_scanner *scanner, const char *at)
{
	while (at > scanner->begin && is_blank(at[-1]))
		at--;
	return mustache_scan_line_start(scanner, at) ? at : NULL;
}

/* Where the next line begins, if nothing but blanks follows `at`; else NULL. */
static const char *blank_after(const struct mustache_scanner *scanner, const char *at)
{
	if (scanner->no_lines)
		return NULL;
	while (at < scanner->end && is_blank(*at))
		at++;
	if (scanner->end - at >= 2 && at[0] == '\r' && at[1] == '\n')
		return at + 2;
	if (at == scanner->end)
		return at;
	return *at == '\n' ? at + 1 : NULL;
}

struct mustache_slice mustache_scan_indentation(const struct mustache_scanner *scanner,
                                                const char *at)
{
	const char *next, *to;

	while (at < scanner->end && (next = blank_after(scanner, at)) != NULL)
		at = next;
	for (to = at; to < scanner->end && is_blank(*to);)
		to++;
	return (struct mustache_slice){ at, (size_t)(to - at) };
}

/* Finds the end of a tag whose text begins at `from`; a brace or = belongs to the end. */
static bool find_end(const struct mustache_scanner *scanner, const char *from,
                     struct mustache_tag *tag)
{
	char needle[MUSTACHE_MAX_DELIMITER + 2];
	size_t len = 0, close_len = strlen(scanner->close);
	const char *found;

	if (tag->type == '{' || tag->type == '=')
		needle[len++] = tag->type == '{' ? '}' : '=';
	memcpy(needle + len, scanner->close, close_len);
	len += close_len;
	found = memmem(from, (size_t)(scanner->end - from), needle, len);
	if (found == NULL)
		return false;
	tag->content = mustache_scan_trimmed(from, found);
	tag->end = found + len;
	return true;
}

static void count_lines(struct mustache_scanner *scanner, const char *to)
{
	while (scanner->counted < to)
		scanner->line += *scanner->counted++ == '\n';
}

enum mustache_found mustache_scan_tag(struct mustache_scanner *scanner,
                                      struct mustache_tag *ret_tag)
{
	size_t left = (size_t)(scanner->end - scanner->at), open_len = strlen(scanner->open);
	struct mustache_tag tag = { .start = memmem(scanner->at, left, scanner->open, open_len) };
	const char *from;

	if (tag.start == NULL)
		return MUSTACHE_END;
	if (!scanner->no_lines)
		count_lines(scanner, tag.start);
	from = tag.start + open_len;
	while (from < scanner->end && mustache_scan_white(*from))
		from++;
	if (from < scanner->end && *from != '\0' && strchr("#^/><$!=&{", *from) != NULL)
		tag.type = *from++;
	if (!find_end(scanner, from, &tag))
		return MUSTACHE_UNCLOSED;
	tag.line_begin = blank_before(scanner, tag.start);
	tag.line_end = blank_after(scanner, tag.end);
	*ret_tag = tag;
	return MUSTACHE_TAG;
}

/* Takes one word without = off the front of `rest` into `word`, NUL-terminated. */
static bool take_word(struct mustache_slice *rest, char *word)
{
	size_t len = 0;

	while (len < rest->len && !mustache_scan_white(rest->text[len]))
		len++;
	if (len == 0 || len > MUSTACHE_MAX_DELIMITER || memchr(rest->text, '=', len) != NULL)
		return false;
	memcpy(word, rest->text, len);
	word[len] = '\0';
	*rest = mustache_scan_trimmed(rest->text + len, rest->text + rest->len);
	return true;
}

bool mustache_scan_delimiters(struct mustache_scanner *scanner, struct mustache_slice words)
{
	return take_word(&words, scanner->open) && take_word(&words, scanner->close) &&
	       words.len == 0;
}
