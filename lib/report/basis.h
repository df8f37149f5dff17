/* What the marks of a report rest on and what has no part in them, for its readers. */
#ifndef VIVA_REPORT_BASIS_H
#define VIVA_REPORT_BASIS_H

#include "report/report.h"

/*
 * Sets `basis` of the document: { used: [code], not_used: [code] }. Used is what can change a
 * mark of an interview of these kinds of questions, whether it did or not.
 */
void basis_add(cJSON *document, const struct report_source *source);

/*
 * Sets `basis` of a page, { used: [{ text }], not_used: [{ text }] }, in the words of
 * terms_basis; null for a document of before it was told.
 */
void basis_present(enum language language, cJSON *page, const cJSON *document);

#endif
