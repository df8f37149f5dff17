#include "score/coding.h"

#include <math.h>

/* Binary fractions lie a little beside the decimal ones; what is nearer is the same. */
#define SAME 1e-9

const double coding_hint_price[CODING_HINT_LEVELS + 1] = { 0, 0.5, 1, 2 };

bool coding_is_full_pass(const struct coding_attempt *attempt)
{
	return attempt->public_passed >= attempt->public_total &&
	       attempt->hidden_passed >= attempt->hidden_total;
}

static double ratio(int passed, int total)
{
	if (total <= 0)
		return 1;
	return passed <= 0 ? 0 : passed >= total ? 1 : (double)passed / total;
}

static double points(const struct coding_attempt *attempt)
{
	return CODING_MAX_SCORE *
	       (CODING_PUBLIC_WEIGHT * ratio(attempt->public_passed, attempt->public_total) +
	        CODING_HIDDEN_WEIGHT * ratio(attempt->hidden_passed, attempt->hidden_total));
}

/* To tenths, half away from zero. */
static double to_tenths(double score)
{
	return round(score * 10 + SAME) / 10;
}

struct coding_score coding_score(const struct coding_attempt *attempts, size_t count,
                                 int hint_level)
{
	const int level = hint_level < 0                    ? 0
	                  : hint_level > CODING_HINT_LEVELS ? CODING_HINT_LEVELS
	                                                    : hint_level;
	struct coding_score score = { .hint_price = coding_hint_price[level] };
	double left;

	for (size_t i = 0; i < count; i++) {
		const double now = points(&attempts[i]);

		if (score.best_attempt == 0 || now > score.best + SAME) {
			score.best = now;
			score.best_attempt = (int)i + 1;
		}
		if (score.first_success > 0)
			continue;
		if (coding_is_full_pass(&attempts[i]))
			score.first_success = (int)i + 1;
		else
			score.failures++;
	}
	score.failure_price = fmin(score.failures * CODING_FAILURE_PRICE, CODING_FAILURES_PRICE);
	left = score.best - score.hint_price - score.failure_price;
	score.score = to_tenths(left > 0 ? left : 0);
	return score;
}
