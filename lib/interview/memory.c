#include "interview/memory.h"

#include <math.h>

#define STABILITY_MIN 0.001

/* The defaults of FSRS-6, w0..w20, fitted by their authors to the reviews of many people. */
static const double w[] = {
	0.212,  1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001,  1.8722, 0.1666, 0.796,
	1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
};

static double clamped(double difficulty)
{
	return fmin(fmax(difficulty, 1), 10);
}

static double first_difficulty(enum memory_grade grade)
{
	return w[4] - exp(w[5] * (grade - 1)) + 1;
}

static double next_difficulty(double difficulty, enum memory_grade grade)
{
	const double damped = -w[6] * ((int)grade - 3) * (10 - difficulty) / 9;

	return clamped(w[7] * first_difficulty(MEMORY_EASY) + (1 - w[7]) * (difficulty + damped));
}

static double after_a_while(double stability, enum memory_grade grade)
{
	const double change = exp(w[17] * ((int)grade - 3 + w[18])) * pow(stability, -w[19]);

	return stability * (grade >= MEMORY_GOOD ? fmax(change, 1) : change);
}

static double after_forgetting(const struct memory *memory, double retrievability)
{
	const double S = memory->stability;

	return fmin(w[11] * pow(memory->difficulty, -w[12]) * (pow(S + 1, w[13]) - 1) *
	                    exp((1 - retrievability) * w[14]),
	            S / exp(w[17] * w[18]));
}

static double after_recall(const struct memory *memory, double retrievability,
                           enum memory_grade grade)
{
	const double S = memory->stability;
	double growth = exp(w[8]) * (11 - memory->difficulty) * pow(S, -w[9]) *
	                (exp((1 - retrievability) * w[10]) - 1);

	if (grade == MEMORY_HARD)
		growth *= w[15];
	else if (grade == MEMORY_EASY)
		growth *= w[16];
	return S * (1 + growth);
}

double memory_retrievability(const struct memory *memory, double days)
{
	const double factor = pow(0.9, -1 / w[20]) - 1;

	return pow(1 + factor * days / memory->stability, -w[20]);
}

struct memory memory_grade(struct memory memory, enum memory_grade grade, double days)
{
	const double whole = floor(days), retrievability = memory_retrievability(&memory, whole);
	double stability;

	if (!(memory.stability > 0))
		return (struct memory){ .stability = w[grade - 1],
			                .difficulty = clamped(first_difficulty(grade)) };
	if (whole < 1)
		stability = after_a_while(memory.stability, grade);
	else if (grade == MEMORY_AGAIN)
		stability = after_forgetting(&memory, retrievability);
	else
		stability = after_recall(&memory, retrievability, grade);
	return (struct memory){ .stability = fmax(stability, STABILITY_MIN),
		                .difficulty = next_difficulty(memory.difficulty, grade) };
}

int memory_interval_days(const struct memory *memory)
{
	const double factor = pow(0.9, -1 / w[20]) - 1;
	const double days = memory->stability / factor * (pow(MEMORY_RETENTION, -1 / w[20]) - 1);

	return (int)fmin(fmax(nearbyint(days), 1), MEMORY_MAX_DAYS);
}

const char *memory_grade_name(enum memory_grade grade)
{
	static const char *const names[] = { "again", "hard", "good", "easy" };

	return names[grade - 1];
}
