/* Reading the raw data of a report from the database. */
#ifndef VIVA_REPORT_SOURCE_H
#define VIVA_REPORT_SOURCE_H

#include "report/report.h"

/*
 * Everything of a completed interview, read in the caller's transaction. ERR_NOT_FOUND: no
 * such interview. ERR_CONFLICT: it is not completed. ERR_BUSY: the judge has code of it.
 */
enum err source_load(struct store *store, struct arena *arena, const char *interview_id,
                     struct report_source *source);

#endif
