/* What a sheet is made of; for lib/pdf/sheet*.c alone. */
#ifndef VIVA_PDF_SHEET_INNER_H
#define VIVA_PDF_SHEET_INNER_H

#include <pango/pango.h>

#include "pdf/sheet.h"

#define PAGE_WIDTH  595.28 /* A4 */
#define PAGE_HEIGHT 841.89
#define EDGE        54.0  /* left and right */
#define TOP         68.0  /* below the header */
#define BOTTOM      782.0 /* above the footer */

enum mark_kind { MARK_LINE, MARK_BOX, MARK_SHAPE, MARK_HAIR };

/* Something that is drawn. */
struct mark {
	struct mark *next;
	enum mark_kind kind;
	uint32_t colour;
	struct sheet_spot at, size; /* of a line of text: the left end of its base line */
	PangoLayoutLine *line;
	const struct sheet_spot *spots;
	size_t count;
};

struct page {
	struct page *next;
	struct mark *first, **end;
};

struct bookmark {
	struct bookmark *next;
	const char *title;
	int page, level; /* from 1 */
	double y;
};

/* A layout, so that it can be given back. */
struct held {
	struct held *next;
	PangoLayout *layout;
};

struct sheet {
	struct arena *arena;
	enum language language;
	PangoContext *context;
	PangoFontDescription *fonts[SHEET_TYPES];
	struct page *pages, *page; /* the first, the last */
	int page_count;
	double y, left;
	uint32_t rule;
	struct bookmark *bookmarks, **bookmarks_end;
	struct held *held;
};

/* The kind's colour and its distance to what is above it. */
uint32_t sheet_ink(enum sheet_type type);
double sheet_gap(enum sheet_type type);

/* A layout of text that is clean already, held until sheet_close. */
PangoLayout *sheet_layout(struct sheet *sheet, enum sheet_type type, const char *text,
                          double width);

/* Its height in points. */
double sheet_height(PangoLayout *layout);

/* A line of a layout on the last page, its top at `at`. */
void sheet_put_line(struct sheet *sheet, PangoLayoutLine *line, struct sheet_spot at,
                    uint32_t colour);

/*
 * The text as Pango may have it, at most SHEET_TEXT_MAX bytes of it: every byte keeps its place,
 * controls become spaces.
 */
char *sheet_clean(struct arena *arena, const char *text);

#endif
