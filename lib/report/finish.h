/* The texts of a stored report, written by whoever sits at a desk. */
#ifndef VIVA_REPORT_FINISH_H
#define VIVA_REPORT_FINISH_H

#include "report/report.h"

/* As report_finish, with the desk that writes (NULL: the built-in writer, again). */
enum err finish_report(struct store *store, struct arena *arena, const char *interview_id,
                       const struct agent_desk *desk, struct report_row *ret_row);

#endif
