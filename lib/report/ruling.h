/*
 * What persons decided about a question, in numbers and in the document. The examiner's
 * evaluation is read and never changed.
 */
#ifndef VIVA_REPORT_RULING_H
#define VIVA_REPORT_RULING_H

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "store/interview.h"
#include "store/ruling.h"

/*
 * The score of a graded theory question with what accepted appeals grant, in tenths. The
 * examiner's formula is done again: of the built-in (score.h, struct score_steps) with the
 * stored numbers, a granted point having the credit 1, or, granted in part, the most that
 * partial coverage earns, (covered_min / full) ^ credit_power, and no longer being denied; of
 * a model as max_score * (covered + 0.5 * partial) / points. Caps, the prices of hints and the
 * limit after a model answer hold as they did. Where the built-in examiner kept no steps, the
 * score rises by the share of the full mark that the point has among the points, by half of it
 * for half a point. The score is never lower than the examiner's.
 */
double ruling_score(const struct evaluation *evaluation, const struct question *question,
                    const struct ruling *ruling);

/*
 * Makes a normalized question report (report/normalize.h) the one that counts, in place:
 * statuses and evidence of granted points, with decided_by "person"; score, ratio and verdict;
 * and `ruling` { score_by_examiner, score_by_appeals, override { score, reason, at, by } or
 * null, appeals [{ key_point_id, state, granted, status_before, evidence, comment, reply, at,
 * by }] }, null when nothing was decided. A score of code that nobody judged is null. `by` is
 * the name of who decided, null once they are deleted. `evaluation` NULL: not graded; `ruling`
 * NULL: nothing decided.
 */
void ruling_apply(struct arena *arena, cJSON *report, const struct question *question,
                  const struct evaluation *evaluation, const struct ruling *ruling);

/* What the examiner gave for a normalized question, whatever counts; NAN: nothing. */
double ruling_by_examiner(const cJSON *report);

/* Its full mark; of code that nobody judged what its tests would have given at most. */
double ruling_max_score(const cJSON *report);

#endif
