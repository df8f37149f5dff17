/*
 * Tables as CSV for spreadsheets: RFC 4180 with commas and CRLF, UTF-8 with a byte order mark.
 *
 * What somebody typed is never a formula: a text of which a cell of a spreadsheet could begin with
 * = + - @ or their full-width forms gets an apostrophe before that sign, which spreadsheets
 * take as "this is text". A cell begins at the text's start, behind white space and quotes
 * there, and, for readers with another idea of separators, behind a comma, semicolon, tab, bar or
 * line end in it.
 */
#ifndef VIVA_BASE_CSV_H
#define VIVA_BASE_CSV_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

struct csv {
	struct buf *out;
	bool has_cell; /* in this row */
};

/* Writes the byte order mark; what comes after goes to the same buffer. */
struct csv csv_begin(struct buf *out);

/* A cell of text; NULL is an empty one. */
void csv_text(struct csv *csv, const char *text);

/* Cells of numbers, never quoted; at most four decimals, an empty cell if it is not finite. */
void csv_integer(struct csv *csv, int64_t number);
void csv_number(struct csv *csv, double number);

/* A cell with a time as "2026-11-21T01:20:00Z"; empty for 0. */
void csv_time(struct csv *csv, int64_t ms);

/* Cells of texts, the last one NULL, and the end of the row: a head. */
void csv_head(struct csv *csv, const char *const *names);

/* Ends the row. */
void csv_end(struct csv *csv);

#endif
