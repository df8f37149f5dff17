/* Canonical JSON: the one way to write a document, by RFC 8785 (JCS). */
#ifndef VIVA_SEAL_CANONICAL_H
#define VIVA_SEAL_CANONICAL_H

#include <cjson/cJSON.h>

#include "base/buf.h"
#include "base/err.h"

/*
 * Appends the document: members sorted by the UTF-16 code units of their names, no white space,
 * numbers as ECMAScript writes them (section 7.1.12.1), strings in UTF-8 with the least escapes.
 * ERR_INVALID: a number that is not finite, two members of one name, text that is not UTF-8.
 */
enum err canonical_write(const cJSON *document, struct buf *out);

#endif
