/* How long key points are remembered: FSRS-6 against published examples and its own laws. */
#include "check.h"

#include <math.h>

#include "interview/memory.h"

#define ELEMENTS(array) (sizeof(array) / sizeof((array)[0]))

static const struct memory never = { 0 };

/*
 * The intervals of py-fsrs' own test (test_review_card: thirteen gradings without random
 * spread). Its learning steps make the first Good, and each after Again, come within a day.
 */
static void the_published_intervals_come_out(void)
{
	static const struct step {
		enum memory_grade grade;
		double days; /* since the step before */
		int interval;
	} steps[] = {
		{ MEMORY_GOOD, 0, 2 },     { MEMORY_GOOD, 0.007, 2 },   { MEMORY_GOOD, 2, 11 },
		{ MEMORY_GOOD, 11, 46 },   { MEMORY_GOOD, 46, 163 },    { MEMORY_GOOD, 163, 498 },
		{ MEMORY_AGAIN, 498, -1 }, { MEMORY_AGAIN, 0.007, -1 }, { MEMORY_GOOD, 0.007, 2 },
		{ MEMORY_GOOD, 2, 4 },     { MEMORY_GOOD, 4, 7 },       { MEMORY_GOOD, 7, 12 },
		{ MEMORY_GOOD, 12, 21 },
	};
	struct memory memory = never;

	for (size_t i = 0; i < ELEMENTS(steps); i++) {
		memory = memory_grade(memory, steps[i].grade, steps[i].days);
		if (steps[i].interval > 0)
			CHECK_INT(memory_interval_days(&memory), steps[i].interval);
	}
}

/* Those of its test_memo_state, which fsrs-rs, ts-fsrs and go-fsrs check as well. */
static void the_published_state_comes_out(void)
{
	static const double days[] = { 0, 1, 3, 8, 21 };
	struct memory memory = memory_grade(never, MEMORY_AGAIN, 0);

	for (size_t i = 0; i < ELEMENTS(days); i++)
		memory = memory_grade(memory, MEMORY_GOOD, days[i]);
	CHECK_NEAR(memory.stability, 53.62691, 0.0001);
	CHECK_NEAR(memory.difficulty, 6.3574867, 0.0001);
}

static void the_first_grading_gives_the_published_values(void)
{
	static const double stability[] = { 0.212, 1.2931, 2.3065, 8.2956 };
	static const double difficulty[] = { 6.4133, 5.11217071, 2.11810397, 1.0 };

	for (enum memory_grade grade = MEMORY_AGAIN; grade <= MEMORY_EASY; grade++) {
		struct memory memory = memory_grade(never, grade, 0);

		CHECK_NEAR(memory.stability, stability[grade - 1], 1e-9);
		CHECK_NEAR(memory.difficulty, difficulty[grade - 1], 1e-7);
	}
}

static void a_stability_is_the_days_to_ninety_percent(void)
{
	static const double stabilities[] = { 0.01, 0.5, 1, 3.5, 30, 400 };

	for (size_t i = 0; i < ELEMENTS(stabilities); i++) {
		struct memory memory = { .stability = stabilities[i], .difficulty = 5 };
		double before = 1;

		CHECK_NEAR(memory_retrievability(&memory, 0), 1, 1e-12);
		CHECK_NEAR(memory_retrievability(&memory, stabilities[i]), 0.9, 1e-12);
		for (double days = 1; days < 5000; days *= 2) {
			double chance = memory_retrievability(&memory, days);

			CHECK(chance > 0 && chance < before);
			before = chance;
		}
	}
}

/* Calls `check` for memories of all kinds, with the days since their last grading. */
static void for_all_memories(void (*check)(struct memory memory, double days))
{
	static const double stabilities[] = { 0.001, 0.212, 1, 2.3065, 10, 100, 5000, 40000 };
	static const double difficulties[] = { 1, 2.5, 5, 7.5, 10 };
	static const double days[] = { 0, 0.5, 1, 3, 30, 1000, 20000 };

	for (size_t i = 0; i < ELEMENTS(stabilities); i++)
		for (size_t j = 0; j < ELEMENTS(difficulties); j++)
			for (size_t k = 0; k < ELEMENTS(days); k++)
				check((struct memory){ stabilities[i], difficulties[j] }, days[k]);
}

static void check_order(struct memory memory, double days)
{
	struct memory before = memory_grade(memory, MEMORY_AGAIN, days);

	for (enum memory_grade grade = MEMORY_HARD; grade <= MEMORY_EASY; grade++) {
		struct memory after = memory_grade(memory, grade, days);

		/* Within a day good and easy may leave a firm memory as it is; 0.001 is the least.
		 */
		if (days < 1 && (grade == MEMORY_EASY || before.stability <= 0.001))
			CHECK(after.stability >= before.stability);
		else
			CHECK(after.stability > before.stability);
		CHECK(after.difficulty <= before.difficulty);
		CHECK(memory_interval_days(&after) >= memory_interval_days(&before));
		before = after;
	}
}

static void a_better_grade_lasts_longer(void)
{
	for_all_memories(check_order);
}

static void check_bounds(struct memory memory, double days)
{
	for (enum memory_grade grade = MEMORY_AGAIN; grade <= MEMORY_EASY; grade++) {
		struct memory after = memory_grade(memory, grade, days);
		int interval = memory_interval_days(&after);

		CHECK(isfinite(after.stability) && after.stability >= 0.001);
		CHECK(after.difficulty >= 1 && after.difficulty <= 10);
		CHECK(interval >= 1 && interval <= MEMORY_MAX_DAYS);
	}
}

static void every_memory_stays_within_bounds(void)
{
	for_all_memories(check_bounds);
}

static void check_direction(struct memory memory, double days)
{
	if (days < 1)
		return;
	CHECK(memory_grade(memory, MEMORY_HARD, days).stability > memory.stability);
	CHECK(memory_grade(memory, MEMORY_AGAIN, days).stability < memory.stability ||
	      memory.stability <= 0.001);
	/* What was nearly forgotten and still said is worth more. */
	CHECK(memory_grade(memory, MEMORY_GOOD, days * 2).stability >
	      memory_grade(memory, MEMORY_GOOD, days).stability);
}

static void saying_a_point_strengthens_it_and_missing_it_weakens_it(void)
{
	for_all_memories(check_direction);
}

static void a_harder_point_grows_more_slowly(void)
{
	double before = INFINITY;

	for (double difficulty = 1; difficulty <= 10; difficulty += 0.5) {
		struct memory memory = { .stability = 4, .difficulty = difficulty };
		double after = memory_grade(memory, MEMORY_GOOD, 4).stability;

		CHECK(after < before);
		before = after;
	}
}

static void a_part_of_a_day_does_not_count(void)
{
	const struct memory memory = { .stability = 4, .difficulty = 5 };

	CHECK(memory_grade(memory, MEMORY_GOOD, 3.9).stability ==
	      memory_grade(memory, MEMORY_GOOD, 3).stability);
}

static void a_point_that_was_always_said_comes_seldom_one_that_never_was_tomorrow(void)
{
	struct memory said = memory_grade(never, MEMORY_EASY, 0);
	struct memory missed = memory_grade(never, MEMORY_AGAIN, 0);

	for (int i = 0; i < 40; i++) {
		said = memory_grade(said, MEMORY_EASY, memory_interval_days(&said));
		missed = memory_grade(missed, MEMORY_AGAIN, memory_interval_days(&missed));
	}
	CHECK_INT(memory_interval_days(&said), MEMORY_MAX_DAYS);
	CHECK_INT(memory_interval_days(&missed), 1);
	CHECK_NEAR(said.difficulty, 1, 0.01);
	CHECK(missed.difficulty > 9.9);
}

static void grades_have_names(void)
{
	CHECK_STR(memory_grade_name(MEMORY_AGAIN), "again");
	CHECK_STR(memory_grade_name(MEMORY_EASY), "easy");
}

int main(void)
{
	RUN(the_published_intervals_come_out);
	RUN(the_published_state_comes_out);
	RUN(the_first_grading_gives_the_published_values);
	RUN(a_stability_is_the_days_to_ninety_percent);
	RUN(a_better_grade_lasts_longer);
	RUN(every_memory_stays_within_bounds);
	RUN(saying_a_point_strengthens_it_and_missing_it_weakens_it);
	RUN(a_harder_point_grows_more_slowly);
	RUN(a_part_of_a_day_does_not_count);
	RUN(a_point_that_was_always_said_comes_seldom_one_that_never_was_tomorrow);
	RUN(grades_have_names);
	return check_done();
}
