/* The root of a PDF file, for what cairo cannot say there. */
#ifndef VIVA_PDF_CATALOG_H
#define VIVA_PDF_CATALOG_H

#include "base/buf.h"

/*
 * Says in which language the text of the PDF is that starts at byte `start` of `file` and ends
 * with it, as an incremental update; a file that is not as cairo writes it stays as it is.
 */
void catalog_set_language(struct buf *file, size_t start, const char *language);

#endif
