/* Making a report anew; report_revise (report.h) is what others use. */
#ifndef VIVA_REPORT_REVISE_H
#define VIVA_REPORT_REVISE_H

#include "report/report.h"
#include "store/revision.h"

/*
 * The grades and rulings that the interview's newest report was made of. Evaluations are those
 * that stand now: who replaces them reads this before.
 */
enum err revise_grades(struct store *store, struct arena *arena, const struct report_row *report,
                       struct revision_grades *ret_grades);

struct revise_order {
	struct report_cause cause;
	const struct revision_grades *grades; /* of the report before; NULL: revise_grades */
};

/* As report_revise. */
enum err revise_report(struct store *store, struct arena *arena, const char *interview_id,
                       const struct revise_order *order, struct report_row *ret_row);

#endif
