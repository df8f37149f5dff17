#include "view/markdown.h"

#include <string.h>
#include <strings.h>

#include <md4c.h>

#include "base/buf.h"
#include "base/text.h"

enum { MAX_TEXT = 256 * 1024, MAX_DEPTH = 100, FIRST_HEADING = 3, LAST_HEADING = 6 };

struct span {
	MD_SPANTYPE type;
	const char *tag; /* of its end; NULL: nothing of it is shown */
};

struct renderer {
	struct buf out;
	int blocks; /* open ones */
	struct span spans[MAX_DEPTH];
	int span_count;
	int images; /* open ones: what they describe is plain text */
	int links;  /* open ones that became an <a> */
};

/* Blocks and spans that are a pair of tags and nothing else; NULL: no tags at all. */
static const char *const block_tags[] = {
	[MD_BLOCK_QUOTE] = "blockquote",
	[MD_BLOCK_UL] = "ul",
	[MD_BLOCK_LI] = "li",
	[MD_BLOCK_P] = "p",
	[MD_BLOCK_THEAD] = "thead",
	[MD_BLOCK_TBODY] = "tbody",
	[MD_BLOCK_TR] = "tr",
	[MD_BLOCK_TH] = "th",
	[MD_BLOCK_TD] = "td",
};

static const char *const span_tags[] = {
	[MD_SPAN_EM] = "em",
	[MD_SPAN_STRONG] = "strong",
	[MD_SPAN_CODE] = "code",
	[MD_SPAN_DEL] = "del",
};

#define TAG_OF(table, type) \
	((size_t)(type) < sizeof(table) / sizeof((table)[0]) ? (table)[type] : NULL)

/* The innermost open span. */
static void close_span(struct renderer *renderer)
{
	const struct span *span = &renderer->spans[--renderer->span_count];

	if (span->type == MD_SPAN_IMG)
		renderer->images--;
	if (span->tag == NULL)
		return;
	if (span->type == MD_SPAN_A)
		renderer->links--;
	buf_printf(&renderer->out, "</%s>", span->tag);
}

/*
 * md4c forgets the end of some spans, such as that of a ~ before a link with another in its
 * address: what is open ends with its block, or it would go on over the rest of the page.
 */
static void close_spans(struct renderer *renderer)
{
	while (renderer->span_count > 0)
		close_span(renderer);
}

static int heading_level(const MD_BLOCK_H_DETAIL *heading)
{
	int level = (int)heading->level + FIRST_HEADING - 1;

	return level < LAST_HEADING ? level : LAST_HEADING;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *context)
{
	struct renderer *renderer = context;
	struct buf *out = &renderer->out;
	const char *tag = TAG_OF(block_tags, type);

	close_spans(renderer);
	if (++renderer->blocks > MAX_DEPTH)
		return -1;
	if (type == MD_BLOCK_H)
		buf_printf(out, "<h%d>", heading_level(detail));
	else if (type == MD_BLOCK_OL)
		buf_printf(out, "<ol start=\"%u\">", ((const MD_BLOCK_OL_DETAIL *)detail)->start);
	else if (type == MD_BLOCK_CODE)
		buf_str(out, "<pre tabindex=\"0\"><code>"); /* the keyboard can scroll it */
	else if (type == MD_BLOCK_HR)
		buf_str(out, "<hr>\n");
	else if (type == MD_BLOCK_TABLE)
		buf_str(out, "<div class=\"scroll\" tabindex=\"0\"><table>\n");
	else if (tag != NULL)
		buf_printf(out, "<%s>", tag);
	return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *context)
{
	struct renderer *renderer = context;
	struct buf *out = &renderer->out;
	const char *tag = TAG_OF(block_tags, type);

	close_spans(renderer);
	renderer->blocks--;
	if (type == MD_BLOCK_H)
		buf_printf(out, "</h%d>\n", heading_level(detail));
	else if (type == MD_BLOCK_OL)
		buf_str(out, "</ol>\n");
	else if (type == MD_BLOCK_CODE)
		buf_str(out, "</code></pre>\n");
	else if (type == MD_BLOCK_TABLE)
		buf_str(out, "</table></div>\n");
	else if (tag != NULL)
		buf_printf(out, "</%s>\n", tag);
	return 0;
}

/*
 * The scheme is looked for in the address as it stands: one that hides behind character
 * references ("javascript&colon;") is none of ours either.
 */
static bool is_safe_address(const MD_ATTRIBUTE *address)
{
	static const char *const schemes[] = { "http://", "https://", "mailto:" };

	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
		if (address->size > strlen(schemes[i]) &&
		    strncasecmp(address->text, schemes[i], strlen(schemes[i])) == 0)
			return true;
	return false;
}

/* A character reference stays one: md4c gives only those that are well-formed. */
static void add_text(struct buf *out, MD_TEXTTYPE type, const char *text, size_t len)
{
	if (type == MD_TEXT_ENTITY)
		buf_add(out, text, len);
	else if (type == MD_TEXT_NULLCHAR)
		buf_str(out, "\xEF\xBF\xBD");
	else
		buf_html(out, text, len);
}

static void add_attribute(struct buf *out, const MD_ATTRIBUTE *attribute)
{
	for (size_t i = 0; attribute->substr_offsets[i] < attribute->size; i++) {
		MD_OFFSET start = attribute->substr_offsets[i];

		add_text(out, attribute->substr_types[i], attribute->text + start,
		         attribute->substr_offsets[i + 1] - start);
	}
}

/* Begins a link, unless its address is none of ours or it stands in another link. */
static const char *open_link(struct renderer *renderer, const MD_SPAN_A_DETAIL *link)
{
	if (renderer->links > 0 || !is_safe_address(&link->href))
		return NULL;
	renderer->links++;
	buf_str(&renderer->out, "<a rel=\"noopener noreferrer nofollow\" href=\"");
	add_attribute(&renderer->out, &link->href);
	buf_str(&renderer->out, "\">");
	return "a";
}

static int enter_span(MD_SPANTYPE type, void *detail, void *context)
{
	struct renderer *renderer = context;
	struct span span = { .type = type };

	if (renderer->blocks + renderer->span_count >= MAX_DEPTH)
		return -1;
	if (type == MD_SPAN_IMG) {
		renderer->images++;
	} else if (renderer->images == 0 && type == MD_SPAN_A) {
		span.tag = open_link(renderer, detail);
	} else if (renderer->images == 0) {
		span.tag = TAG_OF(span_tags, type);
		if (span.tag != NULL)
			buf_printf(&renderer->out, "<%s>", span.tag);
	}
	renderer->spans[renderer->span_count++] = span;
	return 0;
}

/* Ends the innermost span of the type with all that is still open in it. */
static int leave_span(MD_SPANTYPE type, void *detail, void *context)
{
	struct renderer *renderer = context;
	int at = renderer->span_count;

	(void)detail;
	while (at > 0 && renderer->spans[at - 1].type != type)
		at--;
	while (at > 0 && renderer->span_count >= at)
		close_span(renderer);
	return 0;
}

static int add_run(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE len, void *context)
{
	struct renderer *renderer = context;

	if (type == MD_TEXT_BR)
		buf_str(&renderer->out, renderer->images > 0 ? " " : "<br>\n");
	else if (type == MD_TEXT_SOFTBR)
		buf_char(&renderer->out, '\n');
	else
		add_text(&renderer->out, type, text, len);
	return 0;
}

static char *plain(struct renderer *renderer, const char *text, size_t len)
{
	buf_truncate(&renderer->out, 0);
	buf_str(&renderer->out, "<pre tabindex=\"0\">");
	while (len > 0) {
		const char *cursor = text;
		char character[4];

		buf_html(&renderer->out, character,
		         text_encode(text_next(&cursor, text + len), character));
		len -= (size_t)(cursor - text);
		text = cursor;
	}
	buf_str(&renderer->out, "</pre>\n");
	return renderer->out.data;
}

char *markdown_html(struct arena *arena, const char *markdown)
{
	static const MD_PARSER parser = {
		.flags = MD_FLAG_NOHTML | MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH,
		.enter_block = enter_block,
		.leave_block = leave_block,
		.enter_span = enter_span,
		.leave_span = leave_span,
		.text = add_run,
	};
	size_t len = strlen(markdown);
	struct renderer renderer = { 0 };

	buf_init(&renderer.out, arena);
	if (len > MAX_TEXT || !text_valid(markdown, len) ||
	    md_parse(markdown, (MD_SIZE)len, &parser, &renderer) != 0)
		return plain(&renderer, markdown, len);
	return renderer.out.data;
}
