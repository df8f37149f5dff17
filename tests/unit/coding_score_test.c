#include "check.h"

#include "score/coding.h"

#define FULL                                                                                   \
	{                                                                                      \
		.public_passed = 3, .public_total = 3, .hidden_passed = 10, .hidden_total = 10 \
	}
#define PUBLIC_ONLY                                                                           \
	{                                                                                     \
		.public_passed = 3, .public_total = 3, .hidden_passed = 0, .hidden_total = 10 \
	}
#define NOTHING                                                                               \
	{                                                                                     \
		.public_passed = 0, .public_total = 3, .hidden_passed = 0, .hidden_total = 10 \
	}

static struct coding_attempt attempt(int public_passed, int public_total, int hidden_passed,
                                     int hidden_total)
{
	return (struct coding_attempt){ public_passed, public_total, hidden_passed, hidden_total };
}

static double score_of(struct coding_attempt one, int hint_level)
{
	return coding_score(&one, 1, hint_level).score;
}

static void no_attempt_is_no_score(void)
{
	const struct coding_score score = coding_score(NULL, 0, 3);

	CHECK_NEAR(score.score, 0, 0);
	CHECK_NEAR(score.best, 0, 0);
	CHECK_NEAR(score.hint_price, 2, 0);
	CHECK_NEAR(score.failure_price, 0, 0);
	CHECK_INT(score.first_success, 0);
	CHECK_INT(score.failures, 0);
	CHECK_INT(score.best_attempt, 0);
}

static void a_full_pass_is_ten(void)
{
	const struct coding_attempt full = FULL;
	const struct coding_score score = coding_score(&full, 1, 0);

	CHECK_NEAR(score.score, 10, 0);
	CHECK_INT(score.first_success, 1);
	CHECK_INT(score.failures, 0);
	CHECK_INT(score.best_attempt, 1);
	CHECK(coding_is_full_pass(&full));
}

static void public_and_hidden_weigh_four_to_six(void)
{
	/* Less a quarter: it is a failed submission. */
	CHECK_NEAR(score_of(attempt(3, 3, 0, 10), 0), 3.8, 1e-9);  /* 4 - 0.25 = 3.75 */
	CHECK_NEAR(score_of(attempt(0, 3, 10, 10), 0), 5.8, 1e-9); /* 6 - 0.25 = 5.75 */
	CHECK_NEAR(score_of(attempt(1, 2, 1, 2), 0), 4.8, 1e-9);
	CHECK_NEAR(score_of(attempt(1, 3, 1, 7), 0), 1.9, 1e-9); /* 1.3333 + 0.8571 - 0.25 */
	CHECK_NEAR(score_of(attempt(0, 3, 0, 10), 0), 0, 0);
}

static void a_missing_part_counts_as_passed(void)
{
	const struct coding_attempt empty = { 0 };

	CHECK(coding_is_full_pass(&empty));
	CHECK_NEAR(score_of(empty, 0), 10, 0);
	CHECK_NEAR(score_of(attempt(2, 2, 0, 0), 0), 10, 0);
	CHECK_NEAR(score_of(attempt(0, 0, 0, 4), 0), 3.8, 1e-9);
	CHECK(!coding_is_full_pass(&(struct coding_attempt){ .hidden_total = 4 }));
}

static void hints_have_their_prices(void)
{
	static const double expected[] = { 10, 9.5, 9, 8 };
	const struct coding_attempt full = FULL;

	for (int level = 0; level <= 3; level++)
		CHECK_NEAR(coding_score(&full, 1, level).score, expected[level], 1e-9);
	CHECK_NEAR(coding_score(&full, 1, 7).hint_price, 2, 0);
	CHECK_NEAR(coding_score(&full, 1, -1).hint_price, 0, 0);
	CHECK_NEAR(score_of(attempt(1, 3, 0, 10), 3), 0, 0); /* 1.33 - 0.25 - 2 is below 0 */
}

static void failures_before_the_first_success_cost(void)
{
	const struct coding_attempt attempts[] = { NOTHING, PUBLIC_ONLY, FULL, NOTHING, FULL };
	const struct coding_score score = coding_score(attempts, 5, 0);

	CHECK_NEAR(score.score, 9.5, 1e-9);
	CHECK_NEAR(score.best, 10, 1e-9);
	CHECK_NEAR(score.failure_price, 0.5, 1e-9);
	CHECK_INT(score.failures, 2);
	CHECK_INT(score.first_success, 3);
	CHECK_INT(score.best_attempt, 3);
}

static void failures_cost_a_point_at_most(void)
{
	struct coding_attempt attempts[9] = { [8] = FULL };
	struct coding_score score;

	for (int i = 0; i < 8; i++)
		attempts[i] = (struct coding_attempt)NOTHING;
	score = coding_score(attempts, 9, 0);
	CHECK_NEAR(score.score, 9, 1e-9);
	CHECK_INT(score.failures, 8);
	CHECK_NEAR(coding_score(attempts + 5, 4, 0).score, 9.3, 1e-9); /* 10 - 0.75 = 9.25 */
	score = coding_score(attempts, 8, 0);
	CHECK_INT(score.first_success, 0);
	CHECK_INT(score.failures, 8);
	CHECK_NEAR(score.score, 0, 0);
}

/* The best counts, not the last; of equals the earliest. */
static void the_best_attempt_counts(void)
{
	const struct coding_attempt attempts[] = {
		attempt(1, 3, 0, 10),
		attempt(3, 3, 5, 10),
		attempt(3, 3, 5, 10),
		attempt(0, 3, 0, 10),
	};
	const struct coding_score score = coding_score(attempts, 4, 1);

	CHECK_INT(score.best_attempt, 2);
	CHECK_NEAR(score.best, 7, 1e-9);
	CHECK_NEAR(score.failure_price, 1, 1e-9);
	CHECK_NEAR(score.score, 5.5, 1e-9);
}

/* A half goes up, also where binary fractions lie just below it. */
static void halves_are_rounded_up(void)
{
	CHECK_NEAR(score_of(attempt(1, 2, 2, 4), 0), 4.8, 1e-9);  /* 4.75 */
	CHECK_NEAR(score_of(attempt(1, 4, 3, 10), 0), 2.6, 1e-9); /* 1 + 1.8 - 0.25 = 2.55 */
	CHECK_NEAR(score_of(attempt(3, 4, 7, 10), 0), 7.0, 1e-9); /* 3 + 4.2 - 0.25 = 6.95 */
	CHECK_NEAR(score_of(attempt(1, 2, 9, 10), 0), 7.2, 1e-9); /* 2 + 5.4 - 0.25 = 7.15 */
}

static void nonsense_counts_stay_in_bounds(void)
{
	CHECK_NEAR(score_of(attempt(5, 3, 20, 10), 0), 10, 0);
	CHECK_NEAR(score_of(attempt(-5, 3, -1, 10), 0), 0, 0);
}

int main(void)
{
	RUN(no_attempt_is_no_score);
	RUN(a_full_pass_is_ten);
	RUN(public_and_hidden_weigh_four_to_six);
	RUN(a_missing_part_counts_as_passed);
	RUN(hints_have_their_prices);
	RUN(failures_before_the_first_success_cost);
	RUN(failures_cost_a_point_at_most);
	RUN(the_best_attempt_counts);
	RUN(halves_are_rounded_up);
	RUN(nonsense_counts_stay_in_bounds);
	return check_done();
}
