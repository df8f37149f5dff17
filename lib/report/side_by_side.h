/* Candidates of one invitation side by side: what each said and scored, nobody ranked. */
#ifndef VIVA_REPORT_SIDE_BY_SIDE_H
#define VIVA_REPORT_SIDE_BY_SIDE_H

#include <stdbool.h>

#include <cjson/cJSON.h>

enum { SIDE_BY_SIDE_MIN = 2, SIDE_BY_SIDE_MAX = 5 };

/* True if all of them were scored by the same version of the rules, so that scores compare. */
bool side_by_side_is_fair(const cJSON *const *documents, size_t count);

/*
 * Of stored reports with the same questions, in the order given; every `values`, `best` and
 * `sides` has one element for each:
 *   rows [{ group, name, unit, max, values, best }]: group "result", "rubric", "skills" or "work";
 *     unit "ratio", "number", "seconds" or "count"; a value that is not there is null;
 *     max is the full mark of scores, null unless all have the same
 *     and where the name says it. `best` is
 *     true of the highest values of a row of scores that are not all alike, and false in "work".
 *   questions [{ bank_id, is_coding, title, max_score, row (as above), sides [{ state, is_asked,
 *     hints, model_answer, covered, partial, missing, tests_passed, tests_total, attempts,
 *     is_ruled }], points [{ text, statuses }] }]: a status is null where nothing was asked.
 * Questions and their points come in the first report's order; those of others follow.
 */
cJSON *side_by_side(const cJSON *const *documents, size_t count);

#endif
