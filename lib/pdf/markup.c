#include <md4c.h>
#include <string.h>

#include "base/text.h"
#include "pdf/writer.h"

enum { MAX_DEPTH = 8, INDENT = 10 };

/* Markdown on its way to the sheet, block by block. */
struct markup {
	const struct writer *writer;
	struct buf words; /* of the block, without the marks between them */
	int depth, strong;
	bool has_plain; /* not all of the words are strong */
	bool is_item;   /* they begin an item of a list */
};

static void put_words(struct markup *markup, MD_BLOCKTYPE type)
{
	const struct writer *writer = markup->writer;
	const enum sheet_type body = markup->has_plain ? SHEET_BODY : SHEET_STRONG;

	if (type == MD_BLOCK_CODE)
		sheet_text(writer->sheet, SHEET_CODE, markup->words.data);
	else if (type == MD_BLOCK_H)
		sheet_heading(writer->sheet, SHEET_LABEL, markup->words.data, 24);
	else if (markup->is_item)
		writer_item(writer, body, markup->words.data);
	else
		sheet_text(writer->sheet, body, markup->words.data);
}

static void put(struct markup *markup, MD_BLOCKTYPE type)
{
	struct buf *words = &markup->words;

	if (words->len > 0 && words->data[words->len - 1] == '\n')
		buf_truncate(words, words->len - 1);
	if (words->len == 0)
		return;
	put_words(markup, type);
	buf_truncate(words, 0);
	markup->has_plain = false;
	markup->is_item = false;
}

static bool is_cell(MD_BLOCKTYPE type)
{
	return type == MD_BLOCK_TH || type == MD_BLOCK_TD;
}

/* Those that are nested very deeply stand below one another. */
static void indent(const struct markup *markup, MD_BLOCKTYPE type, double points)
{
	if (markup->depth <= MAX_DEPTH &&
	    (type == MD_BLOCK_UL || type == MD_BLOCK_OL || type == MD_BLOCK_QUOTE))
		sheet_indent(markup->writer->sheet, points);
}

/* Cells of a row share a line. */
static int enter_block(MD_BLOCKTYPE type, void *detail, void *context)
{
	struct markup *markup = context;

	(void)detail;
	markup->depth++;
	if (!is_cell(type))
		put(markup, MD_BLOCK_P);
	else if (markup->words.len > 0)
		buf_str(&markup->words, " | ");
	indent(markup, type, INDENT);
	if (type == MD_BLOCK_LI)
		markup->is_item = true;
	return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *context)
{
	struct markup *markup = context;

	(void)detail;
	if (!is_cell(type))
		put(markup, type);
	indent(markup, type, -INDENT);
	if (type == MD_BLOCK_LI)
		markup->is_item = false;
	markup->depth--;
	return 0;
}

static int enter_span(MD_SPANTYPE type, void *detail, void *context)
{
	struct markup *markup = context;

	(void)detail;
	markup->strong += type == MD_SPAN_STRONG;
	return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *context)
{
	struct markup *markup = context;

	(void)detail;
	markup->strong -= type == MD_SPAN_STRONG;
	return 0;
}

static int add_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE len, void *context)
{
	struct markup *markup = context;

	if (markup->strong == 0)
		markup->has_plain = true;
	if (type == MD_TEXT_BR)
		buf_char(&markup->words, '\n');
	else if (type == MD_TEXT_SOFTBR)
		buf_char(&markup->words, ' ');
	else if (type == MD_TEXT_NULLCHAR)
		buf_str(&markup->words, "\uFFFD");
	else
		buf_add(&markup->words, text, len);
	return 0;
}

void markup_write(const struct writer *writer, const char *markdown)
{
	static const MD_PARSER parser = {
		.flags = MD_FLAG_NOHTML | MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH,
		.enter_block = enter_block,
		.leave_block = leave_block,
		.enter_span = enter_span,
		.leave_span = leave_span,
		.text = add_text,
	};
	const size_t len = strlen(markdown);
	struct markup markup = { .writer = writer };

	buf_init(&markup.words, writer->arena);
	if (len > SHEET_TEXT_MAX || !text_valid(markdown, len))
		sheet_text(writer->sheet, SHEET_BODY, markdown);
	else
		md_parse(markdown, (MD_SIZE)len, &parser, &markup);
}
