/* How the coverage of a key point became its credit, as a sum for a reader to follow. */
#ifndef VIVA_REPORT_CREDIT_H
#define VIVA_REPORT_CREDIT_H

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/i18n.h"

struct credit_text {
	const char *coverage, *full; /* as percentages, full: from where on a point counts whole */
	const char *sum;             /* "(39 / 70)^0.7 × 39 / 40 = 0.65", of the same figures */
};

/*
 * Of a key point of the stored `scoring` (see interview/steps.h), as exact as it takes for
 * the printed sum to give the credit with that many decimals. The sum is NULL where the
 * version that graded did not keep what it takes.
 */
struct credit_text credit_tell(struct arena *arena, enum language language, const cJSON *scoring,
                               const cJSON *point, int decimals);

/* The sum of all points in a sentence; NULL where nothing of it was kept. */
const char *credit_rule(struct arena *arena, enum language language, const cJSON *scoring);

#endif
