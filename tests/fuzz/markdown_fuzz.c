/*
 * Renders the input as Markdown and reads the HTML back with a checker of its own: only the
 * known tags and attributes, every element closed in order, only addresses that are allowed.
 */
#include <stdio.h>
#include <strings.h>

#include "target.h"

#include "base/text.h"
#include "view/markdown.h"

enum { MAX_OPEN = 512 };

static const char link_start[] = "a rel=\"noopener noreferrer nofollow\" href=\"";

static const char *const tags[] = { "p",     "em",  "strong",     "code", "del",   "ul",
	                            "li",    "h3",  "h4",         "h5",   "h6",    "thead",
	                            "tbody", "tr",  "th",         "td",   "table", "pre",
	                            "a",     "div", "blockquote", "ol",   "br",    "hr" };

static const char *const starts[] = { "pre tabindex=\"0\"", "div class=\"scroll\" tabindex=\"0\"" };

static void fail(const char *what, const char *html)
{
	fprintf(stderr, "%s in: %s\n", what, html);
	abort();
}

/* The index of the tag's name, if all that stands between < and > may stand there. */
static size_t known_tag(const char *tag, size_t len, const char *html)
{
	size_t name_len = strcspn(tag, " >"), attributes = len - name_len;
	bool is_known = attributes == 0;

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		is_known |= len == strlen(starts[i]) && memcmp(tag, starts[i], len) == 0;
	if (strncmp(tag, link_start, strlen(link_start)) == 0) {
		const char *address = tag + strlen(link_start);

		is_known = memchr(address, '"', len - strlen(link_start)) == tag + len - 1 &&
		           (strncasecmp(address, "http://", 7) == 0 ||
		            strncasecmp(address, "https://", 8) == 0 ||
		            strncasecmp(address, "mailto:", 7) == 0);
	} else if (strncmp(tag, "ol start=\"", 10) == 0) {
		is_known = strspn(tag + 10, "0123456789") == len - 11 && tag[len - 1] == '"';
	}
	if (!is_known)
		fail("an unknown tag", html);
	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
		if (strlen(tags[i]) == name_len && memcmp(tags[i], tag, name_len) == 0)
			return i;
	fail("an unknown element", html);
	return 0;
}

static void check(const char *html)
{
	size_t open[MAX_OPEN], count = 0;

	for (const char *p = strchr(html, '<'); p != NULL; p = strchr(p + 1, '<')) {
		const char *end = strchr(p, '>');
		bool is_end = p[1] == '/';
		const char *tag = p + 1 + is_end;
		size_t index;

		if (end == NULL)
			fail("an open tag", html);
		index = known_tag(tag, (size_t)(end - tag), html);
		if (strcmp(tags[index], "br") == 0 || strcmp(tags[index], "hr") == 0)
			continue;
		if (!is_end && count == MAX_OPEN)
			fail("too deep", html);
		if (!is_end)
			open[count++] = index;
		else if (count == 0 || open[--count] != index)
			fail("a wrong end", html);
	}
	if (count != 0)
		fail("an element without end", html);
}

FUZZ_TARGET("markdown")
{
	struct arena *arena = arena_create();
	const char *html = markdown_html(arena, arena_copy(arena, data, size));

	if (!text_valid(html, strlen(html)))
		fail("broken UTF-8", html);
	check(html);
	arena_destroy(arena);
	return 0;
}
