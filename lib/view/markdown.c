#include "view/markdown.h"

#include <string.h>
#include <strings.h>

#include <md4c.h>

#include "base/buf.h"
#include "base/text.h"

enum { MAX_TEXT = 256 * 1024, MAX_DEPTH = 100, FIRST_HEADING = 3, LAST_HEADING = 6 };

struct renderer {
	struct buf out;
	int depth;  /* of open blocks and spans */
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

	if (++renderer->depth > MAX_DEPTH)
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

	renderer->depth--;
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

static int enter_span(MD_SPANTYPE type, void *detail, void *context)
{
	struct renderer *renderer = context;
	struct buf *out = &renderer->out;
	const char *tag = TAG_OF(span_tags, type);

	if (++renderer->depth > MAX_DEPTH)
		return -1;
	if (type == MD_SPAN_IMG) {
		renderer->images++;
	} else if (renderer->images > 0) {
		return 0;
	} else if (type == MD_SPAN_A) {
		const MD_SPAN_A_DETAIL *link = detail;

		if (renderer->links > 0 || !is_safe_address(&link->href))
			return 0;
		renderer->links = renderer->depth;
		buf_str(out, "<a rel=\"noopener noreferrer nofollow\" href=\"");
		add_attribute(out, &link->href);
		buf_str(out, "\">");
	} else if (tag != NULL) {
		buf_printf(out, "<%s>", tag);
	}
	return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *context)
{
	struct renderer *renderer = context;
	const char *tag = TAG_OF(span_tags, type);

	(void)detail;
	if (type == MD_SPAN_IMG)
		renderer->images--;
	else if (type == MD_SPAN_A && renderer->links == renderer->depth) {
		renderer->links = 0;
		buf_str(&renderer->out, "</a>");
	} else if (tag != NULL && renderer->images == 0) {
		buf_printf(&renderer->out, "</%s>", tag);
	}
	renderer->depth--;
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
