/* One builder of a report at a time. */
#ifndef VIVA_REPORT_ENSURE_H
#define VIVA_REPORT_ENSURE_H

#include "report/report.h"

/* As report_ensure, with the desk that writes (NULL: the built-in writer does). */
enum err ensure_report(struct store *store, struct arena *arena, const char *interview_id,
                       const struct agent_desk *desk, struct report_row *ret_row);

#endif
