/* One question report, when it is already known how the interviewer put the question. */
#ifndef VIVA_REPORT_NORMALIZE_H
#define VIVA_REPORT_NORMALIZE_H

#include "report/report.h"
#include "score/score.h"

/* True for the interviewer's turn that asked a question. */
bool normalize_is_asking(const struct turn *turn);

/* As report_question; `asked` is the body of that turn, NULL when it was never asked. */
cJSON *normalize_question(struct arena *arena, const struct report_source *source, size_t index,
                          const char *asked);

/* Only what stands verbatim in the answer is evidence: NULL for anything else. */
cJSON *normalize_quotation(struct arena *arena, const char *answer, const struct span *span);

/* The time in ISO 8601, null when `ms` is 0. */
void normalize_set_time(struct arena *arena, cJSON *object, const char *name, int64_t ms);

/* Sets `rubric`: five dimensions in thousandths and the overall value of 100 that these give. */
cJSON *normalize_set_rubric(cJSON *object, const struct score_rubric *rubric);

#endif
