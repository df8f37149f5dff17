/* A report as a PDF: what its TXT says, with charts, on numbered pages, its text selectable. */
#ifndef VIVA_PDF_PDF_H
#define VIVA_PDF_PDF_H

#include <stdbool.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

struct press;

/*
 * What PDFs are made with, for all threads; fonts are loaded at the first PDF. It is closed
 * when `lasting` is reset.
 */
struct press *pdf_open(struct arena *lasting);

struct pdf_subject {
	const cJSON *document; /* as its reader may have it: see report_for_candidate */
	bool for_admin;
};

/*
 * Appends the report as a PDF of A4 pages in the report's language. The same subject gives the
 * same bytes on a machine. Questions beyond 200 pages are left out, and the document says so.
 * ERR_INTERNAL, logged: there are no fonts. One PDF is made at a time.
 */
enum err pdf_report(struct press *press, struct arena *arena, const struct pdf_subject *subject,
                    struct buf *out);

#endif
