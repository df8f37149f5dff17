/* The coding part of a question report: its task, attempts, hints and score. */
#ifndef VIVA_REPORT_NORMALIZE_CODE_H
#define VIVA_REPORT_NORMALIZE_CODE_H

#include "report/report.h"

struct code_material {
	struct arena *arena;
	enum language language;
	const char *code_language; /* the interview's, "" or NULL: none */
	const struct question *question;
	const cJSON *body;            /* the task as asked, NULL when it cannot be read */
	const struct code_work *work; /* NULL: nothing was sent and no hint taken */
};

/* Attempts: submissions that were sent to be judged, whatever became of them. */
size_t normalize_code_sent(const struct code_work *work);

/* Level of the highest hint that was shown, 0: none. */
int normalize_code_hint_level(const struct code_work *work);

/* The reference solution as it was shown: in the interview's language, else in another. */
const char *normalize_code_reference(const struct code_material *material);

/* Sets metrics.coding of a coding question: counts, score and how it was computed. */
void normalize_code_metrics(const struct code_material *material, cJSON *metrics);

/* Sets code_task, code_attempts, hints and error_explanations. */
void normalize_code_work(const struct code_material *material, cJSON *report);

/* The same members of a question without code. */
void normalize_no_code_metrics(cJSON *metrics);
void normalize_no_code_work(cJSON *report);

#endif
