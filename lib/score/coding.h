/* The score of a coding task (product section 6): constants and one formula. */
#ifndef VIVA_SCORE_CODING_H
#define VIVA_SCORE_CODING_H

#include <stdbool.h>
#include <stddef.h>

#define CODING_MAX_SCORE      10.0
#define CODING_PUBLIC_WEIGHT  0.4
#define CODING_HIDDEN_WEIGHT  0.6
#define CODING_FAILURE_PRICE  0.25 /* each failed submission before the first full pass */
#define CODING_FAILURES_PRICE 1.0  /* all of them at most */

enum { CODING_HINT_LEVELS = 3 };

/* Points that the highest hint level taken costs: 0, 0.5, 1, 2. */
extern const double coding_hint_price[CODING_HINT_LEVELS + 1];

/* One judged submission; totals may be 0 (such a part counts as passed). */
struct coding_attempt {
	int public_passed, public_total, hidden_passed, hidden_total;
};

struct coding_score {
	double score; /* 0..10, rounded to 0.1, half away from zero */
	double best;  /* of the best attempt before anything is taken off */
	double hint_price, failure_price;
	int first_success; /* number of the first full pass, from 1; 0: never */
	int failures;      /* failed submissions before it, or all */
	int best_attempt;  /* from 1; 0: none; the earliest of equals */
};

/* True if every test passed. */
bool coding_is_full_pass(const struct coding_attempt *attempt);

/* Of the attempts in their order; `hint_level` 0..3 is the highest one taken. */
struct coding_score coding_score(const struct coding_attempt *attempts, size_t count,
                                 int hint_level);

#endif
