#include "pdf/sheet.h"

#include <pango/pangocairo.h>
#include <string.h>

#include "base/text.h"
#include "pdf/press.h"
#include "pdf/sheet_inner.h"

/* A text of empty lines is short and would be hundreds of pages. */
enum { LINES_MOST = 700 };

struct face {
	const char *font;
	uint32_t ink;
	double gap; /* above it */
};

static const struct face faces[SHEET_TYPES] = {
	[SHEET_TITLE] = { "DejaVu Sans Bold 20", SHEET_INK, 0 },
	[SHEET_PART] = { "DejaVu Sans Bold 13.5", SHEET_INK, 22 },
	[SHEET_QUESTION] = { "DejaVu Sans Bold 10.5", SHEET_INK, 18 },
	[SHEET_LABEL] = { "DejaVu Sans Bold 8.5", SHEET_MUTED, 8 },
	[SHEET_BODY] = { "DejaVu Sans 9.5", SHEET_INK, 4 },
	[SHEET_STRONG] = { "DejaVu Sans Bold 9.5", SHEET_INK, 4 },
	[SHEET_SMALL] = { "DejaVu Sans 8", SHEET_MUTED, 3 },
	[SHEET_CODE] = { "DejaVu Sans Mono 8", SHEET_INK, 4 },
	[SHEET_FIGURE] = { "DejaVu Sans Bold 26", SHEET_INK, 10 },
};

uint32_t sheet_ink(enum sheet_type type)
{
	return faces[type].ink;
}

double sheet_gap(enum sheet_type type)
{
	return faces[type].gap;
}

/* --- the sheet ------------------------------------------------------------------------ */

static void add_page(struct sheet *sheet)
{
	struct page *page = arena_alloc(sheet->arena, sizeof(*page));

	page->end = &page->first;
	if (sheet->page != NULL)
		sheet->page->next = page;
	else
		sheet->pages = page;
	sheet->page = page;
	sheet->page_count++;
	sheet->y = TOP;
}

struct sheet *sheet_open(struct arena *arena, struct press *press, enum language language)
{
	struct sheet *sheet = arena_alloc(arena, sizeof(*sheet));

	sheet->arena = arena;
	sheet->language = language;
	sheet->left = EDGE;
	sheet->bookmarks_end = &sheet->bookmarks;
	sheet->context = press_context(press);
	pango_context_set_language(sheet->context,
	                           pango_language_from_string(language_code(language)));
	for (int type = 0; type < SHEET_TYPES; type++)
		sheet->fonts[type] = pango_font_description_from_string(faces[type].font);
	add_page(sheet);
	return sheet;
}

void sheet_close(struct sheet *sheet)
{
	for (struct held *held = sheet->held; held != NULL; held = held->next)
		g_object_unref(held->layout);
	for (int type = 0; type < SHEET_TYPES; type++)
		pango_font_description_free(sheet->fonts[type]);
	g_object_unref(sheet->context);
}

int sheet_pages(const struct sheet *sheet)
{
	return sheet->page_count;
}

double sheet_y(const struct sheet *sheet)
{
	return sheet->y;
}

double sheet_left(const struct sheet *sheet)
{
	return sheet->left;
}

double sheet_width(const struct sheet *sheet)
{
	return PAGE_WIDTH - EDGE - sheet->left;
}

void sheet_space(struct sheet *sheet, double points)
{
	if (sheet->y > TOP)
		sheet->y += points;
}

void sheet_need(struct sheet *sheet, double points)
{
	if (sheet->y > TOP && sheet->y + points > BOTTOM)
		add_page(sheet);
}

void sheet_indent(struct sheet *sheet, double points)
{
	sheet->left += points;
}

void sheet_rule(struct sheet *sheet, uint32_t colour)
{
	sheet->rule = colour;
}

/* --- text ------------------------------------------------------------------------------- */

/* What Unicode keeps for no character at all; cairo refuses a text with it. */
static bool is_no_character(uint32_t c)
{
	return (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
}

/* What stands for a character that cannot be set, in as many bytes. */
static const char *stand_in(uint32_t c)
{
	if (c < 0x80)
		return " ";
	if (c < 0x800)
		return "\u00a0";
	return c < 0x10000 ? "\ufffd" : "\ufffd ";
}

char *sheet_clean(struct arena *arena, const char *text)
{
	size_t len = strnlen(text, SHEET_TEXT_MAX);
	char *clean;
	const char *next, *end;

	while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80)
		len--;
	clean = arena_copy(arena, text, len);
	next = clean;
	end = clean + len;
	while (next < end) {
		char *at = clean + (next - clean);
		const uint32_t c = text_next(&next, end);

		if (text_is_control(c) || is_no_character(c))
			memcpy(at, stand_in(c), (size_t)(next - at));
	}
	return clean;
}

/* Ligatures and hyphens are not in the text, so a reader who copies it should not get them. */
static void set_features(PangoLayout *layout)
{
	PangoAttrList *list = pango_attr_list_new();

	pango_attr_list_insert(list, pango_attr_font_features_new("liga 0, clig 0, dlig 0"));
	pango_attr_list_insert(list, pango_attr_insert_hyphens_new(FALSE));
	pango_layout_set_attributes(layout, list);
	pango_attr_list_unref(list);
}

PangoLayout *sheet_layout(struct sheet *sheet, enum sheet_type type, const char *text, double width)
{
	PangoLayout *layout = pango_layout_new(sheet->context);
	struct held *held = arena_alloc(sheet->arena, sizeof(*held));

	held->layout = layout;
	held->next = sheet->held;
	sheet->held = held;
	pango_layout_set_font_description(layout, sheet->fonts[type]);
	pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_line_spacing(layout, type == SHEET_CODE ? 1.05F : 1.15F);
	set_features(layout);
	pango_layout_set_text(layout, text, -1);
	return layout;
}

double sheet_height(PangoLayout *layout)
{
	PangoRectangle shape;

	pango_layout_get_extents(layout, NULL, &shape);
	return (double)shape.height / PANGO_SCALE;
}

static struct mark *add_mark(struct sheet *sheet, enum mark_kind kind, uint32_t colour,
                             struct sheet_spot at)
{
	struct mark *mark = arena_alloc(sheet->arena, sizeof(*mark));

	mark->kind = kind;
	mark->colour = colour;
	mark->at = at;
	*sheet->page->end = mark;
	sheet->page->end = &mark->next;
	return mark;
}

void sheet_put_line(struct sheet *sheet, PangoLayoutLine *line, struct sheet_spot at,
                    uint32_t colour)
{
	PangoRectangle shape;

	pango_layout_line_get_extents(line, NULL, &shape);
	at.x += (double)shape.x / PANGO_SCALE;
	at.y -= (double)shape.y / PANGO_SCALE;
	add_mark(sheet, MARK_LINE, colour, at)->line = line;
}

/* How many lines have to stay together from this one on: none is left alone on a page. */
static int together(int line, int count)
{
	if (line == 0)
		return count <= 3 ? count : 2;
	return line == count - 2 ? 2 : 1;
}

/* False: there are too many lines for this document, and not all were put. */
static bool put_lines(struct sheet *sheet, enum sheet_type type, PangoLayout *layout)
{
	const int count = pango_layout_get_line_count(layout);
	PangoLayoutIter *iter = pango_layout_get_iter(layout);
	int index = 0;

	do {
		PangoLayoutLine *line = pango_layout_iter_get_line_readonly(iter);
		PangoRectangle shape;
		int top, bottom;
		double height;

		pango_layout_iter_get_line_extents(iter, NULL, &shape);
		pango_layout_iter_get_line_yrange(iter, &top, &bottom);
		height = (double)(bottom - top) / PANGO_SCALE;
		sheet_need(sheet, height * together(index++, count));
		if (sheet->rule != 0)
			sheet_box(sheet, (struct sheet_spot){ sheet->left - 8, sheet->y },
			          (struct sheet_spot){ 2, height }, sheet->rule);
		/* A line of the other direction begins at the right edge. */
		sheet_put_line(sheet, line,
		               (struct sheet_spot){ sheet->left + (double)shape.x / PANGO_SCALE,
		                                    sheet->y },
		               sheet_ink(type));
		sheet->y += height;
	} while (index < LINES_MOST && pango_layout_iter_next_line(iter));
	pango_layout_iter_free(iter);
	return count <= LINES_MOST;
}

static guint16 channel(uint32_t colour, int shift)
{
	return (guint16)((colour >> shift & 0xFF) * 0x101);
}

static void add_spans(PangoLayout *layout, const struct sheet_spans *spans, size_t len)
{
	PangoAttrList *list = pango_attr_list_copy(pango_layout_get_attributes(layout));

	for (size_t i = 0; i < spans->count && spans->items[i].end <= len; i++) {
		const struct sheet_span *span = &spans->items[i];
		PangoAttribute *attribute = pango_attr_background_new(channel(span->colour, 16),
		                                                      channel(span->colour, 8),
		                                                      channel(span->colour, 0));

		attribute->start_index = (guint)span->start;
		attribute->end_index = (guint)span->end;
		pango_attr_list_insert(list, attribute);
	}
	pango_layout_set_attributes(layout, list);
	pango_attr_list_unref(list);
}

void sheet_marked(struct sheet *sheet, enum sheet_type type, const char *text,
                  const struct sheet_spans *spans)
{
	const char *clean = sheet_clean(sheet->arena, text);
	PangoLayout *layout;

	if (clean[0] == '\0')
		return;
	layout = sheet_layout(sheet, type, clean, sheet_width(sheet));
	if (spans != NULL)
		add_spans(layout, spans, strlen(clean));
	sheet_space(sheet, sheet_gap(type));
	if (!put_lines(sheet, type, layout) || strlen(text) > SHEET_TEXT_MAX)
		sheet_text(sheet, SHEET_SMALL,
		           i18n(sheet->language, "The rest of this text is left out here; the TXT "
		                                 "and JSON forms of the report have it."));
}

void sheet_text(struct sheet *sheet, enum sheet_type type, const char *text)
{
	sheet_marked(sheet, type, text, NULL);
}

/* --- headings and rows -------------------------------------------------------------------- */

static void add_bookmark(struct sheet *sheet, enum sheet_type type, const char *title)
{
	struct bookmark *bookmark;

	if (type != SHEET_PART && type != SHEET_QUESTION)
		return;
	bookmark = arena_alloc(sheet->arena, sizeof(*bookmark));
	bookmark->title = text_shortened(sheet->arena, text_one_line(sheet->arena, title), 100);
	bookmark->page = sheet->page_count;
	bookmark->level = type == SHEET_PART ? 1 : 2;
	bookmark->y = sheet->y;
	*sheet->bookmarks_end = bookmark;
	sheet->bookmarks_end = &bookmark->next;
}

void sheet_heading(struct sheet *sheet, enum sheet_type type, const char *text, double keep)
{
	const char *clean = sheet_clean(sheet->arena, text);
	PangoLayout *layout = sheet_layout(sheet, type, clean, sheet_width(sheet));
	const double height = sheet_height(layout);

	if (height < (BOTTOM - TOP) / 2)
		sheet_need(sheet, sheet_gap(type) + height + keep);
	sheet_space(sheet, sheet_gap(type));
	add_bookmark(sheet, type, clean);
	put_lines(sheet, type, layout);
	sheet_space(sheet, type == SHEET_LABEL ? 0 : 2);
}

void sheet_add_row(struct sheet *sheet, const struct sheet_row *row)
{
	const enum sheet_type type = row->is_head ? SHEET_LABEL : SHEET_SMALL;
	const double padding = 4, width = sheet_width(sheet);
	PangoLayout **cells = arena_array(sheet->arena, row->count + 1, sizeof(PangoLayout *));
	double height = 0, x = sheet->left;

	for (size_t i = 0; i < row->count; i++) {
		cells[i] = sheet_layout(sheet, type, sheet_clean(sheet->arena, row->cells[i]),
		                        width * row->shares[i] - 2 * padding);
		height = height < sheet_height(cells[i]) ? sheet_height(cells[i]) : height;
	}
	sheet_need(sheet, height + 2 * padding + (row->is_head ? 30 : 0));
	for (size_t i = 0; i < row->count; i++) {
		const double left = sheet->left, y = sheet->y;

		sheet->left = x;
		sheet->y += padding;
		put_lines(sheet, SHEET_BODY, cells[i]);
		sheet->left = left;
		sheet->y = y;
		x += width * row->shares[i];
	}
	sheet->y += height + 2 * padding;
	sheet_box(sheet, (struct sheet_spot){ sheet->left, sheet->y },
	          (struct sheet_spot){ width, 0.5 }, SHEET_LINE);
}

/* --- drawing ---------------------------------------------------------------------------- */

void sheet_box(struct sheet *sheet, struct sheet_spot at, struct sheet_spot size, uint32_t colour)
{
	add_mark(sheet, MARK_BOX, colour, at)->size = size;
}

double sheet_label(struct sheet *sheet, enum sheet_side side, struct sheet_spot at, double width,
                   const char *text)
{
	const char *clean = text_one_line(sheet->arena, sheet_clean(sheet->arena, text));
	PangoLayout *layout = sheet_layout(sheet, SHEET_SMALL, clean, width);
	PangoRectangle shape;

	pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
	pango_layout_get_extents(layout, NULL, &shape);
	if (side == SHEET_MIDDLE)
		at.x -= (double)shape.width / PANGO_SCALE / 2;
	else if (side == SHEET_RIGHT)
		at.x -= (double)shape.width / PANGO_SCALE;
	sheet_put_line(sheet, pango_layout_get_line_readonly(layout, 0), at, SHEET_INK);
	return (double)shape.height / PANGO_SCALE;
}

void sheet_shape(struct sheet *sheet, const struct sheet_spot *spots, size_t count, uint32_t colour,
                 bool is_hair)
{
	struct mark *mark = add_mark(sheet, is_hair ? MARK_HAIR : MARK_SHAPE, colour,
	                             (struct sheet_spot){ 0, 0 });
	struct sheet_spot *copy = arena_array(sheet->arena, count, sizeof(*copy));

	memcpy(copy, spots, count * sizeof(*copy));
	mark->spots = copy;
	mark->count = count;
}
