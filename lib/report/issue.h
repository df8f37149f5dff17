/* Making a built document the one that is stored: what it was made of, why, and the signature. */
#ifndef VIVA_REPORT_ISSUE_H
#define VIVA_REPORT_ISSUE_H

#include "report/report.h"

struct issue {
	const char *interview_id;
	const char *manifest;      /* of the records that the document was built from */
	int before;                /* revision of the report that it replaces; 0: there is none */
	struct report_cause cause; /* cause NULL: "finished" */
	bool texts_due;            /* a model's texts are to follow */
};

/*
 * Adds `revision` { number, cause, note, made_at, texts_follow }, `records` and `signature` to
 * the document and gives the row to be stored. Numbers go on after the highest that was ever
 * made; where that is not the one before, the note says so. The key and the number are read in
 * the caller's transaction.
 */
enum err issue_report(struct store *store, struct arena *arena, cJSON *document,
                      const struct issue *issue, struct report_row *ret_row);

/*
 * Makes the first signing key unless there is one, and signs with it the reports of editions
 * without signatures, all or none of it: whatever is unsigned later on was forged.
 */
enum err issue_first_key(struct store *store, struct arena *arena);

#endif
