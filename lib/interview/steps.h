/* How the built-in scorer came to a mark, as it is stored with the evaluation and told later. */
#ifndef VIVA_INTERVIEW_STEPS_H
#define VIVA_INTERVIEW_STEPS_H

#include "score/score.h"

/* What is taken off a mark. */
struct steps_toll {
	int hints;       /* shown */
	double price;    /* points that they cost in all */
	bool is_limited; /* the model answer was shown: `most` points are left at most */
	double most;
};

/*
 * JSON text in the thread's arena: version, key_points [{ id, text, status, coverage, full,
 * credit, weight, denied, wording, wrong, denial { start, end } or null, evidence
 * [{ start, end }] }], credit_power, covered_min, partial_min, points, likeness, point_share,
 * power, agreement, denied, penalty, cap and share as in struct score_steps, flags (names),
 * score and max_score before anything is taken off, hints, hints_price, and
 * model_answer_cap, null where it was not shown. Numbers are exact. `question` is what
 * `result` is the grade of.
 */
const char *steps_text(const struct score_question *question, const struct score_result *result,
                       const struct steps_toll *toll);

#endif
