/* Making a built document the one that is stored: what it was made of, why, and the signature. */
#ifndef VIVA_REPORT_ISSUE_H
#define VIVA_REPORT_ISSUE_H

#include "report/report.h"

struct issue {
	const char *interview_id;
	const char *manifest;      /* of the records that the document was built from */
	int revision;              /* it will be, from 1 */
	struct report_cause cause; /* cause NULL: "finished" */
	bool texts_due;            /* a model's texts are to follow */
};

/*
 * Adds `revision` { number, cause, note, made_at, texts_follow }, `records` and `signature` to
 * the document and gives the row to be stored. The key is read in the caller's transaction.
 */
enum err issue_report(struct store *store, struct arena *arena, cJSON *document,
                      const struct issue *issue, struct report_row *ret_row);

#endif
