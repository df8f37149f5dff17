/*
 * Text and shapes laid out on A4 pages, from the top of the first to the bottom of the last.
 * What is put on a sheet is only noted; sheet_paint draws it when the number of pages is known.
 * A sheet belongs to one thread, and Pango is used by one thread at a time: see pdf/press.h.
 * Lengths are points, y grows downwards from the top of the page, colours are 0xRRGGBB.
 */
#ifndef VIVA_PDF_SHEET_H
#define VIVA_PDF_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/i18n.h"

enum { SHEET_INK = 0x1a1f24, SHEET_MUTED = 0x56606b, SHEET_LINE = 0xc9d0d6 };

/* The kinds of type; each has a font, a size, a colour and a distance to what is above it. */
enum sheet_type {
	SHEET_TITLE,    /* the name of the document */
	SHEET_PART,     /* the heading of a part; bookmark of the first level */
	SHEET_QUESTION, /* the heading of a question; bookmark of the second level */
	SHEET_LABEL,    /* a small heading within it */
	SHEET_BODY,
	SHEET_STRONG,
	SHEET_SMALL,
	SHEET_CODE,
	SHEET_FIGURE, /* the score */
	SHEET_TYPES
};

/* Bytes of a text with a colour behind them. */
struct sheet_span {
	size_t start, end;
	uint32_t colour;
};

struct sheet_spans {
	const struct sheet_span *items;
	size_t count;
};

/* What stands on every page and in the file's properties. */
struct sheet_title {
	const char *title, *left, *right; /* left and right of the header */
	const char *footer;               /* left; the number of the page is on the right */
	const char *created;              /* ISO 8601 */
};

struct sheet;
struct press;

/* An empty sheet; the press must stay locked until sheet_close. */
struct sheet *sheet_open(struct arena *arena, struct press *press, enum language language);

/* Gives back what Pango holds; nothing of the sheet may be used after it. */
void sheet_close(struct sheet *sheet);

/* Pages so far; at least 1. */
int sheet_pages(const struct sheet *sheet);

/* Where the next thing goes, and the left edge and width of the column. */
double sheet_y(const struct sheet *sheet);
double sheet_left(const struct sheet *sheet);
double sheet_width(const struct sheet *sheet);

/* Leaves space; none at the top of a page. */
void sheet_space(struct sheet *sheet, double points);

/* Begins a new page unless so much room is left, or more than a page is asked for. */
void sheet_need(struct sheet *sheet, double points);

/* Moves the left edge by so much, until the opposite call. */
void sheet_indent(struct sheet *sheet, double points);

/* Draws a rule of that colour left of the lines that follow; 0: no more. */
void sheet_rule(struct sheet *sheet, uint32_t colour);

/*
 * A text of any length, broken over lines and pages; an empty one is nothing. Control
 * characters become spaces or stand-ins; what a text has beyond SHEET_TEXT_MAX bytes or 700 lines
 * is left out, and said so.
 */
void sheet_text(struct sheet *sheet, enum sheet_type type, const char *text);

/* The same with colours behind parts of it; NULL: none. */
void sheet_marked(struct sheet *sheet, enum sheet_type type, const char *text,
                  const struct sheet_spans *spans);

enum { SHEET_TEXT_MAX = 24000 };

/* A heading that stays on one page with `keep` points of what follows. */
void sheet_heading(struct sheet *sheet, enum sheet_type type, const char *text, double keep);

/* Cells of a row beside one another, on one page; `shares` of the width. Bold if it is a head. */
struct sheet_row {
	const char *const *cells;
	const double *shares;
	size_t count;
	bool is_head;
};
void sheet_add_row(struct sheet *sheet, const struct sheet_row *row);

/* --- drawing at a place of the page ------------------------------------------------- */

struct sheet_spot {
	double x, y;
};

/* A box filled with that colour, its corner at `at`. */
void sheet_box(struct sheet *sheet, struct sheet_spot at, struct sheet_spot size, uint32_t colour);

enum sheet_side { SHEET_LEFT, SHEET_MIDDLE, SHEET_RIGHT };

/*
 * A line of text, shortened where it is wider than `width`, its top at `at`, which is its left
 * end, middle or right end. Returns its height.
 */
double sheet_label(struct sheet *sheet, enum sheet_side side, struct sheet_spot at, double width,
                   const char *text);

/* A closed shape, filled lightly and outlined; is_hair: a thin outline without filling. */
void sheet_shape(struct sheet *sheet, const struct sheet_spot *spots, size_t count, uint32_t colour,
                 bool is_hair);

/* Appends the PDF file. ERR_INTERNAL is logged. */
enum err sheet_paint(struct sheet *sheet, const struct sheet_title *title, struct buf *out);

#endif
