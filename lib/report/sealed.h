/* Reading a stored report: nothing of it is believed before its signature was. */
#ifndef VIVA_REPORT_SEALED_H
#define VIVA_REPORT_SEALED_H

#include <cjson/cJSON.h>

#include "store/interview.h"

/*
 * The document of a row. ERR_INTERNAL (logged): it cannot be read, is of another interview, is
 * not as it was signed or nobody signed it, and nothing of it may be shown.
 */
enum err sealed_read(struct store *store, struct arena *arena, const struct report_row *row,
                     cJSON **ret_document);

#endif
