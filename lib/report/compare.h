/* Two finished interviews side by side: what was gained and what was lost. */
#ifndef VIVA_REPORT_COMPARE_H
#define VIVA_REPORT_COMPARE_H

#include <cjson/cJSON.h>

#include "base/arena.h"

/*
 * Compares two report documents, which may be in different languages:
 *   first, second: { session_id, created_at, role, type, level, language, score, max_score,
 *     score_ratio }
 *   by_type [{ name, first, second }]: "theory" and "coding" that either has, as ratios
 *   rubric [{ name, first, second }]: the five dimensions (0..5) and overall (0..100)
 *   by_skill [{ name, first, second }]: ratios; the second's tags, then the first's others
 *   questions [{ bank_id, is_coding, title, first, second: { order, state, score, max_score,
 *     score_ratio, verdict, tests_passed, tests_total }, kept,
 *     points [{ id, text, first, second, change, evidence [text] }] }]
 *   only_first, only_second: numbers of the questions that the other does not have
 * What one of them lacks is null. Questions are matched by bank_id, key points by their ids;
 * titles (a theory question as a whole) and points are in the second's words. `points` are those
 * whose status changed: "gained" with the words of the second answer, "lost" with those of the
 * first; `kept` is how many are covered in both.
 */
cJSON *compare_reports(const cJSON *first, const cJSON *second);

#endif
