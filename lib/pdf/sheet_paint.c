#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "base/log.h"
#include "pdf/sheet_inner.h"

/* Where header and footer stand. */
#define HEADER_Y 36.0
#define FOOTER_Y 796.0

static cairo_status_t write_bytes(void *closure, const unsigned char *bytes, unsigned int len)
{
	buf_add(closure, bytes, len);
	return CAIRO_STATUS_SUCCESS;
}

static void set_colour(cairo_t *cairo, uint32_t colour, double opacity)
{
	cairo_set_source_rgba(cairo, (double)(colour >> 16 & 0xFF) / 255,
	                      (double)(colour >> 8 & 0xFF) / 255, (double)(colour & 0xFF) / 255,
	                      opacity);
}

/* The lighter filling is mixed with white: transparent shapes make files that print slowly. */
static uint32_t lightened(uint32_t colour)
{
	uint32_t light = 0;

	for (int shift = 0; shift <= 16; shift += 8)
		light |= (255 - (255 - (colour >> shift & 0xFF)) / 4) << shift;
	return light;
}

static void trace(cairo_t *cairo, const struct mark *mark)
{
	cairo_new_path(cairo);
	for (size_t i = 0; i < mark->count; i++)
		cairo_line_to(cairo, mark->spots[i].x, mark->spots[i].y);
	cairo_close_path(cairo);
}

static void paint_shape(cairo_t *cairo, const struct mark *mark)
{
	const bool is_hair = mark->kind == MARK_HAIR;

	trace(cairo, mark);
	if (!is_hair) {
		set_colour(cairo, lightened(mark->colour), 1);
		cairo_fill_preserve(cairo);
	}
	set_colour(cairo, mark->colour, 1);
	cairo_set_line_width(cairo, is_hair ? 0.4 : 1.4);
	cairo_stroke(cairo);
}

static void paint_mark(cairo_t *cairo, const struct mark *mark)
{
	set_colour(cairo, mark->colour, 1);
	switch (mark->kind) {
	case MARK_LINE:
		cairo_move_to(cairo, mark->at.x, mark->at.y);
		pango_cairo_show_layout_line(cairo, mark->line);
		break;
	case MARK_BOX:
		cairo_new_path(cairo);
		cairo_rectangle(cairo, mark->at.x, mark->at.y, mark->size.x, mark->size.y);
		cairo_fill(cairo);
		break;
	case MARK_SHAPE:
	case MARK_HAIR:
		paint_shape(cairo, mark);
		break;
	}
}

static void paint_page(cairo_t *cairo, const struct page *page)
{
	for (const struct mark *mark = page->first; mark != NULL; mark = mark->next)
		paint_mark(cairo, mark);
}

/* --- what every page has -------------------------------------------------------------- */

/* Header and footer are marks as well, added when the number of pages is known. */
static void frame_page(struct sheet *sheet, const struct sheet_title *title, int number)
{
	const double right = PAGE_WIDTH - EDGE, width = right - EDGE;
	const char *count = arena_printf(sheet->arena, i18n(sheet->language, "Page %d of %d"),
	                                 number, sheet->page_count);

	sheet_label(sheet, SHEET_LEFT, (struct sheet_spot){ EDGE, HEADER_Y }, width * 0.6,
	            title->left);
	sheet_label(sheet, SHEET_RIGHT, (struct sheet_spot){ right, HEADER_Y }, width * 0.38,
	            title->right);
	sheet_box(sheet, (struct sheet_spot){ EDGE, HEADER_Y + 15 },
	          (struct sheet_spot){ width, 0.5 }, SHEET_LINE);
	sheet_label(sheet, SHEET_LEFT, (struct sheet_spot){ EDGE, FOOTER_Y }, width * 0.75,
	            title->footer);
	sheet_label(sheet, SHEET_RIGHT, (struct sheet_spot){ right, FOOTER_Y }, width * 0.25,
	            count);
}

static void add_frames(struct sheet *sheet, const struct sheet_title *title)
{
	struct page *last = sheet->page;
	int number = 0;

	for (sheet->page = sheet->pages; sheet->page != NULL; sheet->page = sheet->page->next)
		frame_page(sheet, title, ++number);
	sheet->page = last;
}

static void set_properties(const struct sheet *sheet, cairo_surface_t *surface,
                           const struct sheet_title *title)
{
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE,
	                               sheet_clean(sheet->arena, title->title));
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, "Viva");
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Viva");
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, title->created);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, title->created);
}

/* The bookmarks, those of questions below the part they stand in. */
static void add_outline(struct sheet *sheet, cairo_surface_t *surface)
{
	int part = CAIRO_PDF_OUTLINE_ROOT;

	for (const struct bookmark *mark = sheet->bookmarks; mark != NULL; mark = mark->next) {
		const char *place = arena_printf(sheet->arena, "page=%d pos=[%d %d]", mark->page,
		                                 (int)EDGE, (int)mark->y);
		const int id = cairo_pdf_surface_add_outline(
		        surface, mark->level == 1 ? CAIRO_PDF_OUTLINE_ROOT : part, mark->title,
		        place, 0);

		if (mark->level == 1)
			part = id;
	}
}

enum err sheet_paint(struct sheet *sheet, const struct sheet_title *title, struct buf *out)
{
	cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(write_bytes, out, PAGE_WIDTH,
	                                                               PAGE_HEIGHT);
	cairo_t *cairo = cairo_create(surface);
	cairo_status_t status;

	set_properties(sheet, surface, title);
	add_frames(sheet, title);
	for (const struct page *page = sheet->pages; page != NULL; page = page->next) {
		paint_page(cairo, page);
		cairo_show_page(cairo);
	}
	add_outline(sheet, surface);
	cairo_destroy(cairo);
	cairo_surface_finish(surface);
	status = cairo_surface_status(surface);
	cairo_surface_destroy(surface);
	if (status == CAIRO_STATUS_SUCCESS)
		return OK;
	log_error("a PDF could not be written: %s", cairo_status_to_string(status));
	return ERR_INTERNAL;
}
